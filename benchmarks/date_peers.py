"""Other readers of dates, their output told in our words: Duckling in a child process, and dateparser.

What is done for them, so that a difference of conventions is not counted as a fault:

- the language, the moment, the zone and the order of day and month are given;
- of Duckling's readings of an hour (03:00, 15:00) the first inside the shop's opening hours is taken;
- a day and an hour without a day (its next occurrence) that are found apart in one message are put together;
- its "in ten days", which is the hour that it is now ten days on, is the day; its "by five" from now until five is `before`;
- a whole minute, second or hour is `minute`; an interval of hours is `range`, of days `days` (its end is exclusive).

Duckling's time is exponential in stacked expressions and cannot be interrupted, hence the child process: one that has
not answered in time is killed, and the message counts as read without a time.
"""

# ruff: noqa: PLC0415 - a child process imports only what it runs

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from assistant.expressions.values import Grain, When
from training.dates.examples import Example

PATIENCE_S = 2.0
_COUNTED = re.compile(r"\b(d[^ ]*as|days|semanas?|weeks?|fortnight)\b")
_CLOCK = {"hour", "minute", "second"}
Timed = tuple[tuple[When, ...], float]


def serve_duckling(calls: Connection) -> None:
    """The child: takes (text, language, zone, seconds), answers its findings and the seconds that it took."""
    import duckling

    zones, dimensions = duckling.load_time_zones("/usr/share/zoneinfo"), duckling.parse_dimensions(["time"])
    calls.send(None)
    while True:
        text, language, zone, moment = calls.recv()
        locale = duckling.default_locale_lang(duckling.parse_lang(language.upper()))
        begin = time.thread_time()
        context = duckling.Context(duckling.parse_ref_time(zones, zone, moment), locale)
        found = duckling.parse(text, context, dimensions, False)
        calls.send((found, time.thread_time() - begin))


@dataclass
class Duckling:
    gave_up: list[str] = field(default_factory=list)
    child: BaseProcess | None = None
    calls: Connection | None = None

    def read(self, example: Example) -> Timed:
        calls = self.calls or self.start()
        calls.send((example.text, example.language, str(example.clock.zone), int(example.now.timestamp())))
        if not calls.poll(PATIENCE_S):
            self.gave_up.append(example.text)
            self.stop()
            return (), PATIENCE_S
        try:
            found, took = calls.recv()
        except EOFError:  # it panicked
            self.gave_up.append(example.text)
            self.stop()
            return (), 0.0
        return told_by_duckling(found, example), took

    def start(self) -> Connection:
        context = get_context("spawn")
        self.calls, theirs = context.Pipe()
        self.child = context.Process(target=serve_duckling, args=(theirs,), daemon=True)
        self.child.start()
        self.calls.recv()
        return self.calls

    def stop(self) -> None:
        if self.child is not None:
            self.child.kill()
            self.child.join()
        self.child = self.calls = None


def told_by_duckling(found: Sequence[Mapping[str, Any]], example: Example) -> tuple[When, ...]:
    entities = [_readings(one, example) for one in found]
    joined = together([readings for readings in entities if readings], example)
    return tuple(first_open(readings, example) for readings in joined)


def _readings(entity: Mapping[str, Any], example: Example) -> list[When]:
    found = [told for one in entity["value"]["values"] if (told := _reading(one, example)) is not None]
    return [_day_of(one, example.now) for one in found] if _COUNTED.search(entity["body"]) else found


def _day_of(when: When, now: datetime) -> When:
    start = when.start
    if (
        when.grain is Grain.MINUTE
        and isinstance(start, datetime)
        and start == now.replace(minute=0, year=start.year, month=start.month, day=start.day)
    ):
        return When(grain=Grain.DAY, start=start.date())
    return when


def first_open(readings: Sequence[When], example: Example) -> When:
    return next((one for one in readings if is_open(one, example)), readings[0])


def _reading(value: Mapping[str, Any], example: Example) -> When | None:
    if value["type"] != "interval":
        return _point(value, example)
    start, end = value.get("from"), value.get("to")
    if start and end and not _is_now(start, example):
        return _interval(start, end, example)
    if end:  # "by five" is from now until then
        return When(grain=Grain.BEFORE, end=_edge(end, example))
    return When(grain=Grain.AFTER, start=_edge(start, example)) if start else None


def _is_now(value: Mapping[str, Any], example: Example) -> bool:
    return value["grain"] == "second" and _edge(value, example) == example.now


def _point(value: Mapping[str, Any], example: Example) -> When | None:
    start, grain = _edge(value, example), value["grain"]
    if grain in _CLOCK:
        return When(grain=Grain.MINUTE, start=start)
    return of_period(start, grain)


def of_period(start: date, grain: str) -> When | None:
    if grain == "week":
        monday = start - timedelta(days=start.weekday())
        return When(grain=Grain.WEEK, start=monday, end=monday + timedelta(days=6))
    if grain == "month":
        following = (start.replace(day=28) + timedelta(days=4)).replace(day=1)
        return When(grain=Grain.MONTH, start=start.replace(day=1), end=following - timedelta(days=1))
    return When(grain=Grain.DAY, start=start) if grain == "day" else None


def _interval(start: Mapping[str, Any], end: Mapping[str, Any], example: Example) -> When:
    first, last = _edge(start, example), _edge(end, example)
    if start["grain"] in _CLOCK:
        return When(grain=Grain.RANGE, start=first, end=last)
    return When(grain=Grain.DAYS, start=first, end=last - timedelta(days=1))


def _edge(value: Mapping[str, Any], example: Example) -> date | datetime:
    moment = datetime.fromisoformat(value["value"]).astimezone(example.clock.zone)
    return moment.replace(second=0, microsecond=0) if value["grain"] in _CLOCK else moment.date()


def is_open(when: When, example: Example) -> bool:
    start = when.start or when.end
    if not isinstance(start, datetime):
        return True
    minute = start.hour * 60 + start.minute
    return any(stretch.opens <= minute < stretch.closes for stretch in example.clock.stretches(start.date()))


def together(entities: list[list[When]], example: Example) -> list[list[When]]:
    """One day and one bare hour found apart in a message are one time."""
    days = [readings[0].start for readings in entities if readings[0].grain is Grain.DAY]
    hours = [readings for readings in entities if _is_bare(readings[0], example)]
    if len(entities) != 2 or len(days) != 1 or len(hours) != 1 or days[0] is None:
        return entities
    return [[_on(reading, days[0]) for reading in hours[0]]]


def _on(hour: When, day: date) -> When:
    by = day - _said(hour).date()
    return replace(hour, start=hour.start and hour.start + by, end=hour.end and hour.end + by)


def _is_bare(when: When, example: Example) -> bool:
    """Whether it is the next occurrence of its hour, as one without a day is."""
    said = when.start or when.end
    return isinstance(said, datetime) and timedelta() < said - example.now <= timedelta(days=1)


def _said(when: When) -> datetime:
    said = when.start or when.end
    assert isinstance(said, datetime)
    return said


class Dateparser:
    """dateparser's search over free text, preferring the future."""

    gave_up: list[str] = []  # noqa: RUF012 - it always answers

    def read(self, example: Example) -> Timed:
        from dateparser.search import search_dates

        settings = {
            "RELATIVE_BASE": example.now.replace(tzinfo=None),
            "PREFER_DATES_FROM": "future",
            "RETURN_TIME_AS_PERIOD": True,
            "DATE_ORDER": "MDY" if example.clock.month_first else "DMY",
        }
        begin = time.thread_time()
        found = search_dates(example.text, languages=[example.language], settings=settings, add_period=True)
        took = time.thread_time() - begin
        told = [_by_dateparser(one, example) for one in found or ()]
        joined = together([[one] for one in told if one is not None], example)
        return tuple(one for (one,) in joined), took

    def stop(self) -> None:
        """Nothing runs."""


def _by_dateparser(found: tuple[Any, ...], example: Example) -> When | None:
    _, moment, period = found
    if period == "time":
        local = moment.replace(tzinfo=example.clock.zone) if moment.tzinfo is None else moment
        return When(grain=Grain.MINUTE, start=local.replace(second=0, microsecond=0))
    return of_period(moment.date(), period)
