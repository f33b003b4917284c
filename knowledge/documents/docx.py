"""Text of a Word document: paragraphs under their headings, lists under what introduces them, tables row by row."""

import io
from collections.abc import Iterator
from zipfile import BadZipFile

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph

from knowledge.documents.layout import last_sentence
from knowledge.documents.outcome import Piece, Pieces, Refused
from knowledge.documents.tables import rows_in_words

_HEADING_STYLES = ("heading", "título", "titulo", "title", "encabezado", "cabeçalho")
_LIST_STYLES = ("list", "lista")


def read_docx(data: bytes) -> Pieces | Refused:
    try:
        document = docx.Document(io.BytesIO(data))
    except (OpcError, BadZipFile, KeyError, ValueError):
        return Refused(reason="broken")
    title = str(document.core_properties.title or "").strip()
    return Pieces(pieces=tuple(_pieces(document)), title=title)


def _pieces(document: WordDocument) -> Iterator[Piece]:
    section = opening = ""
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from (Piece(text=text, heading=opening or section) for text in _table(block))
            continue
        text = block.text.strip()
        if not text:
            continue
        if _style(block).startswith(_HEADING_STYLES):
            section, opening = text, ""
            yield Piece(text=text)
        elif _is_list(block):
            yield Piece(text=text, heading=opening or section)
        else:
            yield Piece(text=text, heading=section)
            opening = last_sentence(text) if text.endswith(":") else ""


def _table(table: Table) -> list[str]:
    return rows_in_words([[cell.text for cell in row.cells] for row in table.rows])


def _style(paragraph: Paragraph) -> str:
    style = paragraph.style
    return str(style.name or "").lower() if style is not None else ""


def _is_list(paragraph: Paragraph) -> bool:
    properties = paragraph._p.pPr  # noqa: SLF001 - python-docx has no public word for a numbered paragraph
    return _style(paragraph).startswith(_LIST_STYLES) or (
        properties is not None and properties.numPr is not None
    )
