"""Loads an encoder by the setting EMBEDDING_MODEL. This is where the seconds and the memory go."""

from pathlib import Path

from knowledge.embedding.encoder import Encoder
from knowledge.embedding.errors import ModelFolderCorrupt, ModelFolderMissing, ModelUnavailable
from knowledge.embedding.model_folder import DEFAULT_FOLDER, MANIFEST_FILE, check, is_built_in


def load_encoder(model: str | Path | None = None, threads: int = 0) -> Encoder:
    """Load the built-in model (`None`, or the folder that `unpack` made), another folder, or a hub name.

    `threads` is how many processors one call may use; 0 leaves it to the runtime. It holds for the process.
    """
    place = DEFAULT_FOLDER if model is None else model
    folder = Path(place)
    if _holds_a_model(folder):
        return _built_in(folder, threads) if is_built_in(folder) else _other(str(folder), threads)
    if not isinstance(place, str) or folder.exists() or not _could_be_a_hub_name(place):
        raise ModelFolderMissing(folder)
    return _other(place, threads)


def _holds_a_model(folder: Path) -> bool:
    return any((folder / name).is_file() for name in ("modules.json", "config.json", MANIFEST_FILE))


def _could_be_a_hub_name(place: str) -> bool:
    return not place.startswith(("/", ".", "~")) and place.count("/") < 2


def _built_in(folder: Path, threads: int) -> Encoder:
    manifest = check(folder)
    # Importing it takes seconds and hundreds of megabytes, which only a process that encodes should pay.
    from knowledge.embedding.sentence_encoder import open_built_in  # noqa: PLC0415

    try:
        return open_built_in(folder, manifest, threads)
    except Exception as error:  # onnxruntime's own errors have no common root
        raise ModelFolderCorrupt(folder, str(error)) from error


def _other(place: str, threads: int) -> Encoder:
    from knowledge.embedding.sentence_encoder import open_other  # noqa: PLC0415 - as above

    try:
        return open_other(place, threads)
    except (OSError, ValueError, KeyError, ImportError) as error:
        raise ModelUnavailable(place, str(error)) from error
