"""The `documents` section of a merchant's file: text that stands in it, or files that lie beside it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from knowledge.documents.extract import extract
from knowledge.documents.outcome import Limits, Refused
from knowledge.entries import Document, EntryKey, Paragraph
from knowledge.interchange_row import Findings, Row
from knowledge.interchange_rows import entry_key, rows_of

FileReader = Callable[[str], bytes | str]
"""A file's content by the name a merchant gave it, or the reason it cannot be had ("file_missing")."""


def files_in(*folders: Path) -> FileReader:
    """Reads from these folders only, by the given path first and by the bare file name second."""

    def read(name: str) -> bytes | str:
        try:
            path = next(_candidates(name, folders), None)
            if path is None:
                return "file_missing"
            return path.read_bytes() if path.stat().st_size <= Limits().bytes else "too_large"
        except (OSError, ValueError):
            return "file_missing"

    return read


def _candidates(name: str, folders: tuple[Path, ...]) -> Iterator[Path]:
    for folder in folders:
        root = folder.resolve()
        for candidate in (root / name, root / Path(name).name):
            path = candidate.resolve()
            if path.is_relative_to(root) and path.is_file():
                yield path


def no_files(_name: str) -> bytes | str:
    return "file_missing"


def read_documents(content: object, findings: Findings, read_file: FileReader) -> tuple[Document, ...]:
    found = [_document(row, read_file) for row in rows_of(content, "documents", findings)]
    return tuple(one for one in found if one is not None)


def _document(row: Row, read_file: FileReader) -> Document | None:
    key = entry_key(row, "documents")
    title, name, by = row.text("title", "name"), row.text("file"), row.text("by") or "paragraph"
    source, phrasings = row.text("source") or Path(name).name, row.texts("phrasings")
    listed = row.take("paragraphs")
    row.refuse_rest()
    if by not in {"paragraph", "line"}:
        row.fail("by", "bad_by", by)
    if not row.ok:
        return None
    document: Document | None
    if listed is not None:
        paragraphs = _paragraphs(listed, row)
        document = Document(
            key=key, title=title or source or key, paragraphs=paragraphs, source=source, by=by
        )
    elif name:
        document = _from_file(row, key, name, title=title, by=by, read_file=read_file)
    else:
        row.fail("file", "missing")
        document = None
    if document is None or not row.ok or not row.findings.claim(key, row.where):
        return None
    return replace(document, phrasings=phrasings)


def _from_file(
    row: Row, key: EntryKey, name: str, *, title: str, by: str, read_file: FileReader
) -> Document | None:
    data = read_file(name)
    if isinstance(data, str):
        row.fail("file", data, name)
        return None
    outcome = extract(data, name=name, key=key, title=title, by=by)
    if isinstance(outcome, Refused):
        row.fail("file", outcome.reason, name)
        return None
    return outcome


def _paragraphs(content: object, row: Row) -> tuple[Paragraph, ...]:
    paragraphs = []
    for number, value in enumerate(content if isinstance(content, list) else [content], 1):
        where = f"{row.where}.paragraphs[{number}]"
        line = Row(value if isinstance(value, Mapping) else {"text": value}, where, row.findings)
        anchor, text = line.text("anchor") or f"#{number}", line.required("text")
        heading = line.text("heading")
        line.refuse_rest()
        if line.ok:
            paragraphs.append(Paragraph(anchor=anchor, text=text, heading=heading))
    return tuple(paragraphs)
