"""One row of a merchant's file while it is being read: typed fields taken out, problems noted on the way."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeGuard, TypeVar

from knowledge.messages import Problem
from knowledge.readers import clean, read_date, read_duration, read_flag, read_price, read_weekday

T = TypeVar("T")


class Findings:
    """The problems met so far, and the entry keys already taken."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._taken: set[str] = set()

    def add(self, where: str, reason: str, value: object = "") -> None:
        shown = as_text(value)
        self.problems.append(Problem(where=where, reason=reason, value=(shown or "")[:200]))

    def claim(self, key: str, where: str) -> bool:
        """Take an entry key; False, and a problem, when another entry has it already."""
        if key in self._taken:
            self.add(where, "duplicate_key", key)
            return False
        self._taken.add(key)
        return True

    def is_taken(self, key: str) -> bool:
        return key in self._taken


def as_text(value: object) -> str | None:
    """A scalar as clean text; None for null and for anything that is not a scalar."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float | Decimal | date) else None


def plain(value: object) -> str:
    """Any content as one line of text: lists with commas, rows of a nested table with semicolons."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {plain(part)}" for name, part in value.items() if part is not None)
    if isinstance(value, list):
        between = "; " if any(isinstance(one, Mapping | list) for one in value) else ", "
        return between.join(plain(one) for one in value if one is not None)
    return as_text(value) or ""


class Row:
    """A mapping with its place in the file. `ok` turns False at the first field that cannot be used."""

    def __init__(self, content: Mapping[Any, object], where: str, findings: Findings) -> None:
        self._left = {clean(str(name)): value for name, value in content.items() if value is not None}
        self.where = where
        self.findings = findings
        self.ok = True

    def fail(self, name: str, reason: str, value: object = "") -> None:
        self.ok = False
        self.findings.add(f"{self.where}.{name}" if self.where else name, reason, value)

    def take(self, *names: str) -> object:
        """The raw value under the first of these names that is present, which then counts as used."""
        found = next((name for name in names if name in self._left), None)
        return None if found is None else self._left.pop(found)

    def text(self, *names: str) -> str:
        value = self.take(*names)
        if value is None:
            return ""
        shown = as_text(value)
        if shown is None:
            self.fail(names[0], "not_text")
        return shown or ""

    def required(self, *names: str) -> str:
        shown = self.text(*names)
        if not shown and self.ok:
            self.fail(names[0], "missing")
        return shown

    def texts(self, *names: str) -> tuple[str, ...]:
        """A list of texts; a single text counts as a list of one."""
        value = self.take(*names)
        listed = value if isinstance(value, list) else [] if value is None else [value]
        shown = [as_text(one) for one in listed]
        if any(one is None for one in shown):
            self.fail(names[0], "not_a_list_of_texts")
        return tuple(one for one in shown if one)

    def _read(self, reader: Callable[[str], T | None], reason: str, names: tuple[str, ...]) -> T | None:
        shown = self.text(*names)
        if not shown:
            return None
        value = reader(shown)
        if value is None:
            self.fail(names[0], reason, shown)
        return value

    def flag(self, *names: str) -> bool:
        return self._read(read_flag, "bad_flag", names) or False

    def day(self, *names: str) -> date | None:
        return self._read(read_date, "bad_date", names)

    def minutes(self, *names: str) -> int | None:
        return self._read(read_duration, "bad_duration", names)

    def price(self, *names: str) -> tuple[Decimal | None, bool]:
        return self.check_price(names[0], self.text(*names))

    def check_price(self, name: str, shown: str) -> tuple[Decimal | None, bool]:
        """A price in words as (amount, whether it only begins there); a negative one is a problem."""
        if not shown:
            return None, False
        found = read_price(shown)
        if found is None or found[0] < 0:
            self.fail(name, "bad_price" if found is None else "negative_price", shown)
            return None, False
        return found

    def weekdays(self, *names: str) -> tuple[int, ...]:
        shown = self.texts(*names)
        days = [read_weekday(one) for one in shown]
        for one, day in zip(shown, days, strict=True):
            if day is None:
                self.fail(names[0], "bad_weekday", one)
        return tuple(sorted({day for day in days if day is not None}))

    def rest(self) -> dict[str, object]:
        """What no reader has taken."""
        left, self._left = self._left, {}
        return left

    def put_back(self, name: str, value: object) -> None:
        self._left[name] = value

    def refuse_rest(self) -> None:
        """Tell of names that mean nothing here; the row itself stays good."""
        for name in self.rest():
            self.findings.add(f"{self.where}.{name}" if self.where else name, "unknown_name")


def read_pairs(row: Row, name: str) -> tuple[tuple[str, str], ...]:
    """What is left of a row as (heading, text); a list of pairs under `name` says the same in full."""
    listed = row.take(name)
    pairs: tuple[tuple[str, str], ...] = ()
    if _is_pairs(listed):
        pairs = tuple((plain(heading), plain(text)) for heading, text in listed)
    elif listed is not None:
        row.put_back(name, listed)
    return tuple((heading, plain(value)) for heading, value in row.rest().items()) + pairs


def _is_pairs(content: object) -> TypeGuard[list[list[object]]]:
    return isinstance(content, list) and all(isinstance(one, list) and len(one) == 2 for one in content)
