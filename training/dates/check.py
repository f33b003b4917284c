"""Whether the labels can be right: well-formed, ahead of their moment, and in agreement with the words.

    python -m training.dates.check

What it cannot know is whether a customer meant what the label says; that was read, by hand.
"""

import calendar
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from assistant.expressions.values import Grain, When
from assistant.wording import fold
from training.dates.examples import HALVES, LANGUAGES, Example, examples

MOMENTS = {Grain.MINUTE, Grain.APPROX, Grain.PART, Grain.RANGE}
DAYS = {Grain.DAY, Grain.DAYS, Grain.WEEK, Grain.MONTH}
ONLY_START = {Grain.MINUTE, Grain.APPROX, Grain.AFTER, Grain.DAY}
BOTH = {Grain.PART, Grain.RANGE, Grain.DAYS, Grain.WEEK, Grain.MONTH}
WEEKDAYS = {
    "es": "lunes martes miercoles jueves viernes sabado domingo",
    "pt": "segunda terca quarta quinta sexta sabado domingo",
    "en": "monday tuesday wednesday thursday friday saturday sunday",
}
MONTHS = {
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "en": "january february march april may june july august september october november december",
}
PEOPLE = re.compile(r"\b(soy abril|julio dominguez|this is april|may summers)\b")
CLOCK = re.compile(r"\b(\d{1,2})[:h](\d{2})\b")
LEAST = 420


def complaints(example: Example) -> Iterator[str]:
    for label in (*example.when, *example.from_when):
        yield from _shape(label)
        yield from _time(label, example.now)
    for name, agrees in (("weekday", _weekday), ("month", _month), ("clock", _clock)):
        if _edges(example) and not agrees(example):
            yield f"no label agrees with the {name} in the words"


def _shape(label: When) -> Iterator[str]:
    if (label.start is not None) != (label.grain in ONLY_START | BOTH):
        yield f"start and {label.grain}"
    if (label.end is not None) != (label.grain in BOTH | {Grain.BEFORE}):
        yield f"end and {label.grain}"
    for edge in (label.start, label.end):
        if (isinstance(edge, datetime) and label.grain in DAYS) or (label.grain in MOMENTS and _is_day(edge)):
            yield f"{edge} and {label.grain}"
    if label.start is not None and label.end is not None and not _naive(label.start) < _naive(label.end):
        yield "ends before it starts"
    if label.grain is Grain.WEEK and not _is_week(label):
        yield "not a week"
    if label.grain is Grain.MONTH and not _is_month(label):
        yield "not a month"


def _is_day(edge: date | datetime | None) -> bool:
    return edge is not None and not isinstance(edge, datetime)


def _naive(edge: date | datetime) -> datetime:
    return edge.replace(tzinfo=None) if isinstance(edge, datetime) else datetime.combine(edge, time())


def _is_week(label: When) -> bool:
    start, end = label.start, label.end
    return start is not None and end is not None and end.weekday() == 6 and (end - start).days < 7


def _is_month(label: When) -> bool:
    start, end = label.start, label.end
    return (
        start is not None
        and end is not None
        and start.day == 1
        and end == start.replace(day=calendar.monthrange(start.year, start.month)[1])
    )


def _time(label: When, now: datetime) -> Iterator[str]:
    today = now.date()
    for edge in (label.start, label.end, *label.exclude):
        if edge is None:
            continue
        first = now - timedelta(hours=6) if isinstance(edge, datetime) else today
        if edge < first:
            yield f"{edge} is over"
        if _naive(edge) - _naive(now) > timedelta(days=370):
            yield f"{edge} is far away"


def _edges(example: Example) -> list[date]:
    labels = (*example.when, *example.from_when)
    return [edge for label in labels for edge in (label.start, label.end, *label.exclude) if edge is not None]


def _named(example: Example, names: dict[str, str]) -> list[int]:
    words = re.findall(r"\w+", PEOPLE.sub(" ", fold(example.text)))
    return [at for at, name in enumerate(names[example.language].split()) if name in words]


def _weekday(example: Example) -> bool:
    """Of the weekdays named at least one is that of a label, or of the day beside an excluded or last one."""
    named = _named(example, WEEKDAYS)
    beside = {(edge + timedelta(days=by)).weekday() for edge in _edges(example) for by in _shifts(example)}
    return not named or bool(beside & set(named))


def _shifts(example: Example) -> tuple[int, ...]:
    whole_days = any(
        _is_day(label.start or label.end) and label.grain in {Grain.AFTER, Grain.BEFORE}
        for label in example.when
    )
    return (0, 1, -1) if whole_days else (0,)


def _month(example: Example) -> bool:
    named = _named(example, MONTHS)
    return not named or any(edge.month - 1 in named for edge in _edges(example))


def _clock(example: Example) -> bool:
    """Of the clock times written in digits at least one is that of a label, in the morning or twelve hours on."""
    written = {(int(hour) % 12, int(minute)) for hour, minute in CLOCK.findall(example.text)}
    labelled = {(edge.hour % 12, edge.minute) for edge in _edges(example) if isinstance(edge, datetime)}
    return not written or bool(written & labelled)


def main() -> int:
    failed = 0
    for language in LANGUAGES:
        halves = {half: examples(language, half) for half in HALVES}
        for half, rows in halves.items():
            for row in rows:
                for complaint in complaints(row):
                    print(f"{language} {half}: {row.text!r}: {complaint}")
                    failed += 1
        failed += _twice(language, halves)
    return failed


def _twice(language: str, halves: dict[str, tuple[Example, ...]]) -> int:
    rows = [row for half in halves.values() for row in half]
    counted = Counter((fold(row.text), row.now) for row in rows)
    again = [text for (text, _), times in counted.items() if times > 1]
    grains = Counter(label.grain.value for row in rows for label in row.when)
    nothing = sum(not row.when for row in rows)
    print(f"{language}: {len(rows)} examples, {nothing} without a time; {dict(grains.most_common())}")
    for text in again:
        print(f"{language}: twice: {text!r}")
    return len(again) + (len(rows) < LEAST)


if __name__ == "__main__":
    sys.exit(bool(main()))
