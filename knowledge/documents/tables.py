"""Tables as text and as cells: workbooks, CSV with any delimiter, rows put into words."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import python_calamine

from knowledge.documents.outcome import Limits, Piece, Pieces, Refused

_DELIMITERS = (";", ",", "\t", "|")
_HEAD_WITHIN = 10
_SAMPLE_LINES = 50
_LONGEST_CELL = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Cells as text, as people see them. `rows` keeps empty rows, so that row numbers stay those of the file."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def read_workbook(data: bytes, limits: Limits) -> tuple[Sheet, ...] | Refused:
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = workbook.sheet_names
        tables = [workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names]
    except python_calamine.PasswordError:
        return Refused(reason="encrypted")
    except (python_calamine.CalamineError, OSError, ValueError):
        return Refused(reason="broken")
    if sum(map(len, tables)) > limits.rows:
        return Refused(reason="too_many_rows")
    return tuple(
        Sheet(name=name, rows=tuple(tuple(map(_shown, row)) for row in rows))
        for name, rows in zip(names, tables, strict=True)
    )


def _shown(cell: object) -> str:
    """A cell as it is seen in the sheet: 30.0 is "30", midnight of a date is the date."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(round(cell, 10))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    if isinstance(cell, timedelta):
        return f"{int(cell.total_seconds()) // 60} min"
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


def read_csv(text: str, limits: Limits) -> tuple[Sheet, ...] | Refused:
    """A CSV, delimiter found out."""
    lines = text.splitlines()
    if len(lines) > limits.rows:
        return Refused(reason="too_many_rows")
    csv.field_size_limit(_LONGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(lines)))
    except csv.Error:
        return Refused(reason="broken")
    return (Sheet(name="", rows=tuple(tuple(cell.strip() for cell in row) for row in rows)),)


def delimiter_of(lines: Sequence[str]) -> str:
    """The mark that cuts most lines into the same number of cells, more than one."""
    sample = [line for line in lines[:_SAMPLE_LINES] if line.strip()]

    def regularity(delimiter: str) -> tuple[float, int]:
        try:
            widths = [len(row) for row in csv.reader(sample, delimiter=delimiter)]
        except csv.Error:
            return 0.0, 0
        usual = max(set(widths), key=widths.count, default=1)
        return (widths.count(usual) / len(widths), usual) if usual > 1 else (0.0, 0)

    return max(_DELIMITERS, key=regularity)


def sheets_as_text(sheets: Sequence[Sheet]) -> Pieces:
    """Every row as a paragraph, "heading: value" where the first row holds headings."""
    several = sum(1 for sheet in sheets if any(map(any, sheet.rows))) > 1
    pieces: list[Piece] = []
    for sheet in sheets:
        heading = sheet.name if several else ""
        pieces += [Piece(text=text, heading=heading) for text in rows_in_words(sheet.rows)]
    return Pieces(pieces=tuple(pieces))


def rows_in_words(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of a table as sentences; the first full row of words heads those below it."""
    filled = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    head = _head_of(filled)
    if head is None:
        return [", ".join(_distinct(row)) for row in filled]
    names, body = filled[head], filled[head + 1 :]
    before = [", ".join(_distinct(row)) for row in filled[:head]]
    # A heading over an empty column is said in no row below.
    unused = [
        name for at, name in enumerate(names) if name and not any("".join(row[at : at + 1]) for row in body)
    ]
    return before + ([", ".join(unused)] if unused else []) + [_under(names, row) for row in body]


def _head_of(rows: Sequence[Sequence[str]]) -> int | None:
    """The row of headings: among the first, one of words only that is as wide as the rows below it."""
    widest = max((sum(map(bool, row)) for row in rows), default=0)
    candidates = range(min(len(rows) - 1, _HEAD_WITHIN))
    return next(
        (at for at in candidates if _is_head(rows[at]) and sum(map(bool, rows[at])) * 2 > widest), None
    )


def _is_head(row: Sequence[str]) -> bool:
    cells = [cell for cell in row if cell]
    return (
        len(cells) > 1
        and len(set(cells)) == len(cells)
        and not any(any(map(str.isdigit, cell)) for cell in cells)
    )


def _under(head: Sequence[str], row: Sequence[str]) -> str:
    named = zip((*head, *("" for _ in row[len(head) :])), row, strict=False)
    return "; ".join(f"{name}: {cell}" if name else cell for name, cell in named if cell)


def _distinct(row: Sequence[str]) -> list[str]:
    """Cells in order; merged cells come several times and are said once."""
    return list(dict.fromkeys(cell for cell in row if cell))
