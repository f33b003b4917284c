"""One door for every kind of file: bytes in; a document, or the reason why there is none, out."""

from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import TypeVar

from knowledge.documents.decoding import decode
from knowledge.documents.docx import read_docx
from knowledge.documents.html import read_html
from knowledge.documents.kinds import Kind, kind_of
from knowledge.documents.markdown import read_markdown
from knowledge.documents.outcome import Limits, Piece, Pieces, Refused
from knowledge.documents.pdf import read_pdf
from knowledge.documents.tables import Sheet, read_csv, read_workbook, sheets_as_text
from knowledge.documents.text import lines_of, read_text
from knowledge.entries import Document, EntryKey, Paragraph
from knowledge.readers import clean

T = TypeVar("T")


def extract(
    data: bytes,
    *,
    name: str,
    key: EntryKey,
    title: str = "",
    by: str = "paragraph",
    limits: Limits | None = None,
) -> Document | Refused:
    """The text of an uploaded file as a document, in paragraphs or, for plain text, `by="line"`."""
    bounds = limits or Limits()
    kind = kind_of(data, name, bounds)
    if isinstance(kind, Refused):
        return kind
    if by == "line" and kind in {Kind.TEXT, Kind.MARKDOWN, Kind.CSV}:
        paragraphs, found_title = lines_of(decode(data) or ""), ""
    else:
        outcome = guarded(lambda: _pieces(data, kind, bounds))
        if isinstance(outcome, Refused):
            return outcome
        by, found_title = "paragraph", outcome.title
        paragraphs = _numbered(outcome.pieces)
    refused = _too_much(paragraphs, bounds)
    return refused or Document(
        key=key,
        title=title or clean(found_title)[:200] or PurePath(name).stem or key,
        paragraphs=paragraphs,
        source=PurePath(name).name,
        by=by,
    )


def read_sheets(data: bytes, *, name: str, limits: Limits) -> tuple[Sheet, ...] | Refused:
    """The cells of a workbook or CSV; any other kind of file is refused."""
    kind = kind_of(data, name, limits)
    if isinstance(kind, Refused):
        return kind
    if kind is Kind.SHEET:
        return guarded(lambda: read_workbook(data, limits))
    if kind in {Kind.CSV, Kind.TEXT}:
        return guarded(lambda: read_csv(decode(data) or "", limits))
    return Refused(reason="not_a_table")


def guarded(read: Callable[[], T | Refused]) -> T | Refused:
    """Run a reader of foreign files: whatever its libraries raise on a hostile one means that it is damaged."""
    try:
        return read()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001 - pypdf, lxml and calamine fail in every way; Rust panics are no Exception
        return Refused(reason="broken")


def _pieces(data: bytes, kind: Kind, limits: Limits) -> Pieces | Refused:
    match kind:
        case Kind.PDF:
            return read_pdf(data, limits)
        case Kind.DOCX:
            return read_docx(data)
        case Kind.SHEET:
            return _tables(read_workbook(data, limits))
        case _:
            return _text_pieces(decode(data) or "", kind, limits)


def _text_pieces(text: str, kind: Kind, limits: Limits) -> Pieces | Refused:
    if len(text) > limits.characters:
        return Refused(reason="too_long")
    match kind:
        case Kind.CSV:
            return _tables(read_csv(text, limits))
        case Kind.HTML:
            return read_html(text)
        case Kind.MARKDOWN:
            return read_markdown(text)
        case _:
            return read_text(text)


def _tables(sheets: tuple[Sheet, ...] | Refused) -> Pieces | Refused:
    return sheets if isinstance(sheets, Refused) else sheets_as_text(sheets)


def _numbered(pieces: Sequence[Piece]) -> tuple[Paragraph, ...]:
    cleaned = ((clean(piece.text), clean(piece.heading)) for piece in pieces)
    kept = ((text, heading) for text, heading in cleaned if text)
    return tuple(
        Paragraph(anchor=f"#{number}", text=text, heading=heading)
        for number, (text, heading) in enumerate(kept, 1)
    )


def _too_much(paragraphs: Sequence[Paragraph], limits: Limits) -> Refused | None:
    if not any(any(map(str.isalnum, paragraph.text)) for paragraph in paragraphs):
        return Refused(reason="no_words")
    characters = sum(len(paragraph.text) for paragraph in paragraphs)
    if characters > limits.characters or len(paragraphs) > limits.paragraphs:
        return Refused(reason="too_long")
    return None
