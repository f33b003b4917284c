"""The `hours` section of a merchant's file: a weekly timetable and the dates that replace it."""

import re
from collections.abc import Mapping
from datetime import date, time
from itertools import pairwise

from knowledge.entries import Hours, SpecialDay, TimeRange
from knowledge.interchange_row import Findings, Row, as_text
from knowledge.readers import read_time, read_weekday, says_closed

_RANGE = re.compile(r"\s*(?:-|–|—|\ba\b|\bàs\b|\bas\b|\bto\b)\s*")


def read_hours(content: object, findings: Findings) -> Hours | None:
    """The timetable; None when the weekly part cannot be trusted, since a dropped day would read as closed."""
    if not isinstance(content, Mapping):
        findings.add("hours", "not_a_mapping")
        return None
    row = Row(content, "hours", findings)
    weekly = _weekly(row.take("weekly"), findings)
    special = _special_days(row.take("special"), findings)
    hours = None
    if weekly is not None:
        hours = Hours(weekly=weekly, special=special, phrasings=row.texts("phrasings"))
    row.refuse_rest()
    return hours


def _weekly(content: object, findings: Findings) -> tuple[tuple[TimeRange, ...], ...] | None:
    if not isinstance(content, Mapping):
        findings.add("hours.weekly", "not_a_mapping")
        return None
    days: dict[int, tuple[TimeRange, ...] | None] = dict.fromkeys(range(7), ())
    good = True
    for name, value in content.items():
        day = read_weekday(str(name))
        if day is None:
            findings.add(f"hours.weekly.{name}", "bad_weekday", name)
            good = False
        else:
            days[day] = read_ranges(value, f"hours.weekly.{name}", findings)
    ranges = tuple(days[day] for day in range(7))
    if not good:
        return None
    return tuple(one for one in ranges if one is not None) if None not in ranges else None


def _special_days(content: object, findings: Findings) -> tuple[SpecialDay, ...]:
    if content is None:
        return ()
    if not isinstance(content, list):
        findings.add("hours.special", "not_a_list")
        return ()
    days: dict[date, SpecialDay] = {}
    for number, value in enumerate(content, 1):
        where = f"hours.special[{number}]"
        special = _special_day(value, where, findings)
        if special is not None and special.day in days:
            findings.add(where, "duplicate_date", special.day)
        elif special is not None:
            days[special.day] = special
    return tuple(sorted(days.values(), key=lambda special: special.day))


def _special_day(content: object, where: str, findings: Findings) -> SpecialDay | None:
    if not isinstance(content, Mapping):
        findings.add(where, "not_a_mapping")
        return None
    row = Row(content, where, findings)
    day, note = row.day("date", "day"), row.text("note")
    if day is None and row.ok:
        row.fail("date", "missing")
    closed = row.flag("closed")
    value = row.take("open", "ranges")
    if value is None and not closed:
        row.fail("open", "missing")
    ranges = read_ranges([] if closed else value, f"{where}.open", findings)
    row.refuse_rest()
    if not row.ok or ranges is None or day is None:
        return None
    return SpecialDay(day=day, ranges=ranges, note=note)


def read_ranges(content: object, where: str, findings: Findings) -> tuple[TimeRange, ...] | None:
    """A day's opening ranges: a list of [open, close] or of "open-close"; nothing means closed. None = unusable."""
    if content is None or content is False or (isinstance(content, str) and says_closed(content)):
        return ()
    pairs = content if isinstance(content, list) else [content]
    if len(pairs) == 2 and all(isinstance(one, str) and read_time(one) is not None for one in pairs):
        pairs = [pairs]
    ranges = [_range(pair, where, findings) for pair in pairs]
    good = tuple(one for one in ranges if one is not None)
    if len(good) < len(ranges):
        return None
    ordered = tuple(sorted(good, key=lambda one: one.opens))
    if _overlap(ordered):
        findings.add(where, "overlapping_ranges")
        return None
    return ordered


def _range(pair: object, where: str, findings: Findings) -> TimeRange | None:
    parts = _RANGE.split(pair.strip()) if isinstance(pair, str) else pair
    if not isinstance(parts, list) or len(parts) != 2:
        findings.add(where, "bad_range", as_text(pair) or "")
        return None
    clocks: list[time] = []
    for part in parts:
        shown = as_text(part) or ""
        value = read_time(shown)
        if value is None:
            findings.add(where, "bad_time", shown)
        else:
            clocks.append(value)
    return TimeRange(opens=clocks[0], closes=clocks[1]) if len(clocks) == 2 else None


def _overlap(ordered: tuple[TimeRange, ...]) -> bool:
    """Whether a range begins before the one before it ends; one past midnight can only be the last."""
    return any(
        first.closes <= first.opens or first.closes > second.opens for first, second in pairwise(ordered)
    )
