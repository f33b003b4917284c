"""A spreadsheet's cells as text, with the row numbers that the merchant sees. CSV in any delimiter, Excel in any age."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, time

import python_calamine

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 50_000
_DELIMITERS = (";", ",", "\t", "|")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
Rows = Sequence[tuple[str, ...]]


class NotATable(Exception):
    """Caught by `importing`: the file cannot be read as rows."""


def read_rows(data: bytes) -> Rows:
    """Every row of the first sheet that holds something, empty ones included; raises `NotATable`."""
    if data.startswith(_WORKBOOKS):
        return _of_workbook(data)
    return _of_text(_decoded(data))


def _of_workbook(data: bytes) -> Rows:
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if any(cell not in {"", None} for row in rows for cell in row):
                return [tuple(map(_shown, row)) for row in rows]
    except (python_calamine.CalamineError, OSError, ValueError) as reason:
        raise NotATable from reason
    return []


def _shown(cell: object) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


def _of_text(text: str) -> Rows:
    if "\0" in text:
        raise NotATable
    delimiter = max(_DELIMITERS, key=lambda one: sum(one in line for line in text.splitlines()[:50]))
    try:
        return [tuple(cell.strip() for cell in row) for row in _records(text, delimiter)]
    except csv.Error as reason:
        raise NotATable from reason


def _records(text: str, delimiter: str) -> list[list[str]]:
    """One record a line of the file: a record that spans lines leaves empty ones behind it."""
    reader, rows = csv.reader(io.StringIO(text), delimiter=delimiter), list[list[str]]()
    for record in reader:
        rows.append(record)
        rows.extend([] for _ in range(reader.line_num - len(rows)))
    return rows


def _decoded(data: bytes) -> str:
    has_mark = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if has_mark else ["utf-8-sig", "cp1252"]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotATable
