"""The days and times that a question about opening speaks of. Linear, table-driven, bounded.

Not a date grammar: it reads what people put into "are you open …?" and leaves the rest alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import NewType

from assistant.facts import calendar_words as tables
from assistant.facts import numbered_dates
from assistant.facts.clock_words import ClockTime, spot_times
from assistant.phrases import Found
from assistant.tables import word_set

PartOfDay = NewType("PartOfDay", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """What was said of days and times. Empty throughout where nothing was."""

    days: tuple[date, ...] = ()
    """Particular days, in the order in which they were said."""
    weekdays: tuple[int, ...] = ()
    """Days meant of every week: "los domingos", "entre semana"."""
    clock: ClockTime | None = None
    minutes_ahead: int | None = None
    part: PartOfDay | None = None
    now: bool = False
    holidays: bool = False
    """Public holidays in general."""
    holiday_week: bool = False
    used: frozenset[int] = frozenset()
    """Places of the words that were read as days or times."""

    @property
    def says_a_day(self) -> bool:
        return bool(self.days or self.weekdays or self.holidays or self.holiday_week)

    @property
    def says_a_time(self) -> bool:
        return self.clock is not None or self.minutes_ahead is not None or self.now


@dataclass(slots=True)
class _Reading:
    words: Sequence[str]
    today: date
    used: set[int] = field(default_factory=set)
    relative: list[date] = field(default_factory=list)
    exact: list[date] = field(default_factory=list)
    named: list[int] = field(default_factory=list)
    every_week: bool = False
    marks: set[str] = field(default_factory=set)
    parts: list[str] = field(default_factory=list)
    clock: ClockTime | None = None
    minutes_ahead: int | None = None

    def take(self, span: range) -> bool:
        """Claim the words of a phrase unless another reading has them."""
        free = not any(place in self.used for place in span)
        if free:
            self.used.update(span)
        return free


def read_when(words: Sequence[str], now: datetime, language: str) -> When:
    """The days and times in folded words, seen from local time `now`."""
    reading = _Reading(words, now.date())
    _read_dates(reading)
    _read_times(reading)
    _read_named_days(reading, language)
    _read_parts(reading)
    return _concluded(reading)


def _read_times(reading: _Reading) -> None:
    starts, place = [], 0
    for word in reading.words:
        starts.append(place)
        place += len(word) + 1
    for spotted in spot_times(" ".join(reading.words)):
        span = [at for at, start in enumerate(starts) if spotted.start <= start < spotted.end]
        if any(at in reading.used for at in span):
            continue
        reading.used.update(span)
        reading.clock = reading.clock or spotted.clock
        reading.minutes_ahead = reading.minutes_ahead or spotted.minutes_ahead


def _read_dates(reading: _Reading) -> None:
    """Dates by number: "24 de diciembre", "december 24", "24/12", "el 24"."""
    for read in (numbered_dates.with_month, numbered_dates.bare_number):
        for place in range(len(reading.words)):
            found = read(reading.words, place, reading.today)
            if found is not None and reading.take(found.span):
                reading.exact.append(found.meaning)


def _read_named_days(reading: _Reading, language: str) -> None:
    for holiday in tables.holiday_names().find(reading.words):
        if reading.take(holiday.span):
            reading.exact.append(tables.holiday_date(holiday.meaning, reading.today))
    for mark in tables.markers().find(reading.words):
        if reading.take(mark.span):
            reading.marks.add(mark.meaning)
    for offset in tables.relative_days().find(reading.words):
        if not _is_morning(reading.words, offset) and reading.take(offset.span):
            reading.relative.append(reading.today + timedelta(days=offset.meaning))
    for several in tables.weekday_sets().find(reading.words):
        if reading.take(several.span):
            reading.named.extend(several.meaning)
            reading.every_week |= _every_week(reading.words, several.span)
    _read_weekdays(reading, language)


def _is_morning(words: Sequence[str], found: Found[int]) -> bool:
    """Whether "manana" is a part of the day, as in "por la manana": alone it is tomorrow."""
    before = words[found.first - 1] if found.first else ""
    return words[found.first] == "manana" and found.last - found.first == 1 and before in ("la", "una", "las")


def _read_weekdays(reading: _Reading, language: str) -> None:
    found = [
        day
        for day in tables.weekday_names(language).find(reading.words)
        if not _is_ordinal(reading.words, day) and reading.take(day.span)
    ]
    for earlier, later in pairwise(found):
        between = reading.words[earlier.last : later.first]
        if tuple(between) in (("a",), ("ate",), ("to",), ("hasta",), ("through",), ("al",)):
            reading.named.extend(
                day % 7 for day in range(earlier.meaning, _after(earlier.meaning, later.meaning))
            )
            reading.every_week = True
    for day in found:
        reading.named.append(day.meaning)
        reading.every_week |= _every_week(reading.words, day.span)


def _after(first: int, last: int) -> int:
    return last + (7 if last < first else 0)


def _is_ordinal(words: Sequence[str], found: Found[int]) -> bool:
    follows = words[found.last] if found.last < len(words) else ""
    return follows in word_set("dates", "not_a_day_before")


def _every_week(words: Sequence[str], span: range) -> bool:
    before = words[span.start - 1] if span.start else ""
    return tables.means_every_week(before, " ".join(words[span.start : span.stop]))


def _read_parts(reading: _Reading) -> None:
    for part in tables.parts_of_day().find(reading.words):
        if reading.take(part.span):
            reading.parts.append(part.meaning)


def _concluded(reading: _Reading) -> When:
    named = tuple(dict.fromkeys(reading.named))
    days = list(dict.fromkeys(reading.exact + reading.relative))
    every_week = reading.every_week or "general_words" in reading.marks
    if "tonight" in reading.marks:
        days, reading.parts = days or [reading.today], ["evening"]
    if named and not every_week and not days:
        days, named = [_next_weekday(reading.today, day) for day in named], ()
    elif days:
        # "manana sabado", "lunes 16": the weekday only repeats what the date says.
        named = ()
    return When(
        days=tuple(days),
        weekdays=tuple(sorted(named)),
        clock=reading.clock,
        minutes_ahead=reading.minutes_ahead,
        part=PartOfDay(reading.parts[0]) if reading.parts else None,
        now="now" in reading.marks,
        holidays="public_holiday" in reading.marks,
        holiday_week="holiday_week" in reading.marks,
        used=frozenset(reading.used),
    )


def _next_weekday(today: date, weekday: int) -> date:
    """The nearest such day strictly after today: on a Friday "el viernes" is the next one."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
