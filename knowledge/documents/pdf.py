"""Text of a PDF, page by page, put back into paragraphs."""

import io
import re
import time
from collections import Counter
from collections.abc import Sequence

import pypdf
from pypdf.errors import PyPdfError

from knowledge.documents.layout import is_bullet, is_heading, pieces_of
from knowledge.documents.outcome import Limits, Pieces, Refused

_PAGE_NUMBER = re.compile(r"(?:p[áa]g(?:ina|e)?\.?\s*)?\d{1,4}(?:\s*(?:de|of|/)\s*\d{1,4})?", re.IGNORECASE)
_SOFT_END = re.compile(r"(?<=[a-zà-ÿ])-$")
_NEARLY = 0.93
"""Letters differ in width, so a full line may hold fewer of them than the longest one."""


def read_pdf(data: bytes, limits: Limits) -> Pieces | Refused:
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return Refused(reason="encrypted")
        if len(reader.pages) > limits.pages:
            return Refused(reason="too_many_pages", value=str(len(reader.pages)))
        pages = _pages(reader, limits)
        title = (reader.metadata.title if reader.metadata else None) or ""
    except PyPdfError:
        return Refused(reason="broken")
    if isinstance(pages, Refused):
        return pages
    if not any(page.strip() for page in pages):
        return Refused(reason="scanned")
    return Pieces(pieces=pieces_of(paragraphs(pages)), title=str(title).strip())


def _pages(reader: pypdf.PdfReader, limits: Limits) -> list[str] | Refused:
    deadline = time.monotonic() + limits.seconds
    pages: list[str] = []
    characters = 0
    for page in reader.pages:
        pages.append(page.extract_text())
        characters += len(pages[-1])
        if characters > limits.characters:
            return Refused(reason="too_long")
        if time.monotonic() > deadline:
            return Refused(reason="too_slow")
    return pages


def paragraphs(pages: Sequence[str]) -> list[str]:
    """Lines of all pages joined to paragraphs, without page numbers and running heads."""
    split = [[line.rstrip() for line in page.splitlines() if not _is_page_number(line)] for page in pages]
    for edge in (0, 0, -1, -1):
        split = _without_running(split, edge)
    return _joined([line for page in split for line in page])


def _is_page_number(line: str) -> bool:
    return _PAGE_NUMBER.fullmatch(line.strip()) is not None


def _without_running(pages: list[list[str]], edge: int) -> list[list[str]]:
    """Pages less the line at one edge that most of them share."""
    bodies = [[line for line in page if line.strip()] for page in pages]
    edges = Counter(body[edge].strip() for body in bodies if body and not is_bullet(body[edge]))
    running = {line for line, count in edges.items() if count > 2 and count * 2 > len(pages)}
    rest = slice(None, -1) if edge else slice(1, None)
    pairs = zip(bodies, pages, strict=True)
    return [body[rest] if body and body[edge].strip() in running else page for body, page in pairs]


def _joined(lines: Sequence[str]) -> list[str]:
    """A line that was wrapped runs on into the next; one that ended early ends its paragraph."""
    lengths = sorted(len(line) for line in lines if line.strip())
    width = lengths[int(len(lengths) * 0.95)] * _NEARLY if lengths else 0.0
    blocks: list[str] = []
    last = ""
    for line in lines:
        if last.strip() and line.strip() and _runs_on(last, line, width):
            blocks[-1] = _glued(blocks[-1], line.strip())
        elif line.strip():
            blocks.append(line)
        last = line
    return blocks


def _runs_on(last: str, line: str, width: float) -> bool:
    """Whether a line was broken for lack of room: the next one's first word would not have fitted."""
    if is_bullet(line):
        return False
    if line.lstrip()[:1].islower() or _SOFT_END.search(last):
        return True
    was_full = len(last) + 1 + len(line.split(maxsplit=1)[0]) > width
    if last.rstrip().endswith((".", ":", "!", "?")):
        return was_full
    return (was_full or len(last) > width / 2) and not is_heading(line)


def _glued(block: str, line: str) -> str:
    return (
        _SOFT_END.sub("", block) + line
        if _SOFT_END.search(block) and line[:1].islower()
        else f"{block} {line}"
    )
