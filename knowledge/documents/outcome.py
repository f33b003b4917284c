"""What reading a file can give: pieces of text in order, or the reason why it gives none."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of a file is read at most. Generous for a shop's papers, small for a machine."""

    bytes: int = 20_000_000
    unpacked_bytes: int = 200_000_000
    """Of everything inside a DOCX or XLSX, which are zip archives."""
    pages: int = 400
    rows: int = 20_000
    characters: int = 2_000_000
    paragraphs: int = 10_000
    seconds: float = 30.0
    """For a PDF, checked between pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A file that gives no text. `reason` is a key of `reasons` in the message catalogues."""

    reason: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A paragraph that has no address yet; `heading` is what it stands under."""

    text: str
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """The paragraphs of a file in reading order, and the title it gives itself."""

    pieces: tuple[Piece, ...]
    title: str = ""
