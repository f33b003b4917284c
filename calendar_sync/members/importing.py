"""A members' list from a spreadsheet: the good rows to be previewed, the broken ones with row number and reason."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from calendar_sync.members.days import read_day
from calendar_sync.members.documents import document_key
from calendar_sync.members.phones import phone_key
from calendar_sync.members.sheets import MAX_BYTES, MAX_ROWS, NotATable, Rows, read_rows

LANGUAGES = ("es", "pt", "en")
_HEADINGS_WITHIN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One row of the list. At least one of the keys is there."""

    row: int
    name: str
    phone: str | None = None
    document: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A row that cannot be used. `reason` is a key of the catalogues."""

    row: int
    reason: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """The whole file cannot be used."""

    reason: str
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do."""

    members: tuple[Member, ...]
    broken: tuple[Broken, ...]


def read_members(data: bytes, region: str) -> Preview | Refused:
    """Read a list. `region` is the shop's country, for phones that are written without one."""
    if len(data) > MAX_BYTES:
        return Refused("too_large", MAX_BYTES // 1024**2)
    try:
        rows = read_rows(data)
    except NotATable:
        return Refused("not_a_table")
    if not any(cell for row in rows for cell in row):
        return Refused("empty")
    if len(rows) > MAX_ROWS:
        return Refused("too_many_rows", MAX_ROWS)
    head = _headings(rows)
    if head is None:
        return Refused("no_columns")
    return _sorted_out(_read_rows(rows, *head, region))


def describe(told: Broken | Refused, language: str) -> str:
    """The problem in the merchant's language."""
    texts = _catalogue(language if language in LANGUAGES else "es")
    if isinstance(told, Refused):
        return str(texts["refused"][told.reason]).format(limit=told.limit)
    return str(texts["broken"][told.reason]).format(row=told.row, value=told.value)


def _sorted_out(found: Iterable[Member | Broken]) -> Preview:
    members, broken = list[Member](), list[Broken]()
    first: dict[str, int] = {}
    for one in found:
        if isinstance(one, Broken):
            broken.append(one)
            continue
        keys = [f"p{one.phone}" if one.phone else "", f"d{one.document}" if one.document else ""]
        earlier = next((first[key] for key in keys if key in first), None)
        if earlier is not None:
            broken.append(Broken(row=one.row, reason="repeated", value=str(earlier)))
            continue
        first.update({key: one.row for key in keys if key})
        members.append(one)
    return Preview(tuple(members), tuple(broken))


def _read_rows(
    rows: Rows, heading: int, columns: Mapping[str, int], region: str
) -> Iterator[Member | Broken]:
    for number, cells in enumerate(rows[heading + 1 :], start=heading + 2):
        if any(cells):
            given = {what: cells[place] if place < len(cells) else "" for what, place in columns.items()}
            yield _read_row(number, given, region)


def _read_row(row: int, given: Mapping[str, str], region: str) -> Member | Broken:
    read = {
        "phone": _one(given, "phone", lambda text: phone_key(text, region)),
        "document": _one(given, "document", document_key),
        "valid_from": _one(given, "valid_from", read_day),
        "valid_until": _one(given, "valid_until", read_day),
    }
    for what, value in read.items():
        if value is None and given.get(what):
            return Broken(row=row, reason=f"bad_{what}", value=given[what])
    if read["phone"] is None and read["document"] is None:
        return Broken(row=row, reason="no_key")
    begins, ends = read["valid_from"], read["valid_until"]
    if begins is not None and ends is not None and ends < begins:
        return Broken(row=row, reason="backwards")
    name = " ".join(filter(None, (given.get("name"), given.get("surname"))))
    return Member(row=row, name=name, **read)


def _one(given: Mapping[str, str], what: str, read: Any) -> Any:
    written = given.get(what, "")
    return read(written) if written else None


def _headings(rows: Rows) -> tuple[int, Mapping[str, int]] | None:
    """The first row that names a key column, and where each column is."""
    for number, cells in enumerate(rows[:_HEADINGS_WITHIN]):
        columns = _columns(cells)
        if "phone" in columns or "document" in columns:
            return number, columns
    return None


def _columns(cells: Sequence[str]) -> Mapping[str, int]:
    named: dict[str, int] = {}
    for place, cell in enumerate(cells):
        what = _known_headings().get(_plain(cell))
        if what is not None:
            named.setdefault(what, place)
    return named


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    return " ".join(bare.split())


@cache
def _known_headings() -> Mapping[str, str]:
    table = yaml.safe_load(
        files("calendar_sync.members").joinpath("tables", "columns.yaml").read_text("utf-8")
    )
    return {heading: what for what, headings in table.items() for heading in headings}


@cache
def _catalogue(language: str) -> Mapping[str, Mapping[str, str]]:
    text = files("calendar_sync.members").joinpath("texts", f"{language}.yaml").read_text("utf-8")
    found: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return found
