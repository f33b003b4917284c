"""Small files that a customer can attach with one tap."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent / "samples"


@dataclass(frozen=True, slots=True)
class Sample:
    kind: str
    mime_type: str
    filename: str

    def content(self) -> bytes:
        return (_FOLDER / self.filename).read_bytes()


SAMPLES: Mapping[str, Sample] = {
    "image": Sample("image", "image/jpeg", "foto.jpg"),
    "document": Sample("document", "application/pdf", "documento.pdf"),
    "audio": Sample("audio", "audio/ogg; codecs=opus", "nota-de-voz.ogg"),
}
