"""A merchant's tables, column by column: each is found by what it means to the diary, whatever it is headed."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import yaml

from knowledge.entries import Record
from knowledge.readers import fold, read_duration, read_flag, read_weekday

T = TypeVar("T")
Pairs = Sequence[tuple[str, str]]
_BETWEEN = re.compile(r"\s*[,;/]\s*|\s+(?:y|e|and)\s+")
_NUMBER = re.compile(r"\d+")


@cache
def _headings() -> Mapping[str, Any]:
    table: Mapping[str, Any] = yaml.safe_load(files("app").joinpath("shop_headings.yaml").read_text("utf-8"))
    return table


def table_service_name(language: str) -> str:
    names: Mapping[str, str] = _headings()["table_service"]
    return names.get(language, names["en"])


def in_section(records: Sequence[Record], section: str) -> list[Record]:
    names = _headings()["sections"][section]
    return [one for one in records if fold(one.section) in names]


@dataclass(frozen=True, slots=True)
class Columns:
    """A row's headed texts, found by what they mean to the diary."""

    pairs: Pairs

    def text(self, field: str) -> str:
        names = _headings()["fields"][field]
        return next((value for heading, value in self.pairs if fold(heading) in names), "")

    def parts(self, field: str) -> list[str]:
        return [part for part in _BETWEEN.split(self.text(field)) if part]

    def read(self, field: str, reader: Callable[[str], T | None]) -> T | None:
        shown = self.text(field)
        return reader(shown) if shown else None

    def minutes(self, field: str) -> int | None:
        return self.read(field, read_duration)

    def number(self, field: str) -> int | None:
        found = _NUMBER.search(self.text(field))
        return int(found[0]) if found else None

    def weekdays(self, field: str) -> tuple[int, ...]:
        days = (read_weekday(part) for part in self.parts(field))
        return tuple(sorted({day for day in days if day is not None}))

    def flag(self, field: str) -> bool:
        return bool(self.read(field, read_flag))


def inside(text: str) -> Iterator[tuple[str, str]]:
    """The pairs of "a: 1, b: 2, 3": what has no heading belongs to the one before."""
    heading, values = "", list[str]()
    for part in re.split(r"[,;]\s*", text):
        name, colon, value = part.partition(": ")
        if colon:
            if heading:
                yield heading, ", ".join(values)
            heading, values = name, [value]
        else:
            values.append(part)
    if heading:
        yield heading, ", ".join(values)
