"""What kind of file this is, by its content; the name decides only between kinds of plain text."""

import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePath

from knowledge.documents.decoding import decode
from knowledge.documents.outcome import Limits, Refused

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(r"</(?:p|div|li|ul|table|tr|td|h[1-6]|span|a)>", re.IGNORECASE)
_MARKDOWN_NAMES = (".md", ".markdown", ".mdown")
_TABLE_NAMES = (".csv", ".tsv")
_HTML_NAMES = (".html", ".htm", ".xhtml")
_PROMISED = {".pdf": "not_a_pdf", ".docx": "not_a_docx", ".xlsx": "not_a_xlsx"}


class Kind(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    SHEET = "sheet"
    """A workbook: XLSX, XLSB, ODS or the old XLS."""
    CSV = "csv"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"


def kind_of(data: bytes, name: str, limits: Limits) -> Kind | Refused:
    """The kind of a file, or why it cannot be read: too large, empty, damaged, locked, or of no kind known here."""
    if len(data) > limits.bytes:
        return Refused(reason="too_large")
    if not data.strip():
        return Refused(reason="empty")
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith(b"PK\x03\x04"):
        return _archive(data, limits)
    if data.startswith(_OLE):
        return _ole(data)
    return _text_kind(data, PurePath(name).suffix.lower())


def _archive(data: bytes, limits: Limits) -> Kind | Refused:
    """A DOCX or a workbook, both zip archives; looked at without unpacking anything."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return Refused(reason="broken")
    if len(entries) > 10_000 or sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        return Refused(reason="unpacks_too_large")
    names = {entry.filename for entry in entries}
    if "word/document.xml" in names:
        return Kind.DOCX
    if names & {"xl/workbook.xml", "xl/workbook.bin"} or {"content.xml", "mimetype"} <= names:
        return Kind.SHEET
    return Refused(reason="unsupported")


def _ole(data: bytes) -> Kind | Refused:
    """The container of Office before 2007, and of locked files of Office after it."""
    head = data[: 1 << 20]
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Refused(reason="encrypted")
    if "WordDocument".encode("utf-16-le") in head:
        return Refused(reason="old_word")
    return Kind.SHEET


def _text_kind(data: bytes, suffix: str) -> Kind | Refused:
    if suffix in _PROMISED:
        return Refused(reason=_PROMISED[suffix])
    text = decode(data)
    if text is None:
        return Refused(reason="unsupported")
    if (
        _HTML.match(text[:4096])
        or (suffix in _HTML_NAMES and "<" in text)
        or len(_TAGS.findall(text[:20_000])) > 5
    ):
        return Kind.HTML
    if suffix in _TABLE_NAMES:
        return Kind.CSV
    return Kind.MARKDOWN if suffix in _MARKDOWN_NAMES else Kind.TEXT
