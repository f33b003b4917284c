"""What the rules for spans of days, days with one end and "any day" make of their words."""

from dataclasses import replace
from datetime import date, timedelta

from assistant.expressions import dates
from assistant.expressions.cascade import Found, Make
from assistant.expressions.day_rules import single, span_of
from assistant.expressions.nodes import Days
from assistant.expressions.scene import Scene
from assistant.expressions.table_files import conventions
from assistant.expressions.values import Grain


def _number_span(found: Found, scene: Scene) -> Days | None:
    first, last = found.value("a", "DAYN"), found.value("b", "DAYN")
    month = found.value("mo", "MONTH")
    if "nx" in found or "th" in found:
        year, month = dates.month_referred(scene.today, following="nx" in found)
        return _both(dates.real(year, month, first), dates.real(year, month, last))
    if month is None:
        start = next(dates.days_numbered(first, scene.today))
        end = next(dates.days_numbered(last, start))
        return _both(start, end) if first != last else None
    end_day = dates.coming(month, last, scene.today)
    if end_day is None or first >= last:
        return None
    return _both(dates.real(end_day.year, month, first), end_day)


def _both(start: date | None, end: date | None) -> Days | None:
    return span_of(start, end, pair=(single(start), single(end))) if start and end else None


def _day_span(found: Found, _scene: Scene) -> Days | None:
    first, last = found.value("a", "NODE"), found.value("b", "NODE")
    if last.by_week and first.weekday is not None:
        first = single(dates.monday_of(last.start) + timedelta(days=first.weekday))
    end = last.start
    if last.weekday is not None and end <= first.start:
        end = dates.next_weekday(first.start, last.weekday)
    if end <= first.start:
        return span_of(first.start, first.start, grain=Grain.DAY, pair=(first, last))
    return span_of(first.start, end, pair=(first, last), is_past=first.is_past and last.is_past)


def _day_after(found: Found, _scene: Scene) -> Days | None:
    day: Days = found.value("d", "NODE")
    return Days(start=day.end + timedelta(days=1), grain=Grain.AFTER) if day.end else None


def _day_before(found: Found, _scene: Scene) -> Days | None:
    day: Days = found.value("d", "NODE")
    return Days(end=day.start - timedelta(days=1), grain=Grain.BEFORE) if day.start else None


def _day_since(found: Found, _scene: Scene) -> Days | None:
    day: Days = found.value("d", "NODE")
    since = replace(day, end=None, grain=Grain.AFTER, weekday=None, pair=None)
    return since if day.start else None


def _day_until(found: Found, _scene: Scene) -> Days | None:
    day: Days = found.value("d", "NODE")
    return Days(end=day.end, grain=Grain.BEFORE) if day.end else None


def _any_day(_found: Found, _scene: Scene) -> Days:
    return Days(grain=Grain.ANY)


def _work_days(_found: Found, scene: Scene) -> Days:
    weekdays = conventions()["days"]["workdays"]["exclude"]
    return Days(
        grain=Grain.ANY, exclude=tuple(sorted(dates.next_weekday(scene.today, day) for day in weekdays))
    )


def _any_of(found: Found, _scene: Scene) -> Days:
    """As in "cualquier día de la próxima semana" is that week."""
    span: Days = found.value("d", "NODE")
    return span


def _any_but(found: Found, _scene: Scene) -> Days | None:
    base: Days = found.value("base", "NODE") or Days(grain=Grain.ANY)
    named = [atom.classes["NODE"] for atom in found.atoms if "DAYLIKE" in atom.classes]
    left_out = [one for one in named if one is not base]
    days = tuple(day for one in left_out for day in _each(one, base))
    return replace(base, exclude=base.exclude + days) if days else None


def _each(named: Days, base: Days) -> tuple[date, ...]:
    """The days named, a weekday being the one within the week that it is taken from."""
    if named.start is None or named.end is None:
        return ()
    if named.weekday is not None and base.start is not None:
        return (base.start + timedelta(days=(named.weekday - base.start.weekday()) % 7),)
    length = min((named.end - named.start).days, 31)
    return tuple(named.start + timedelta(days=ahead) for ahead in range(length + 1))


def span_makes() -> dict[str, Make]:
    """What each name in the rule table stands for."""
    return {
        "number_span": _number_span,
        "day_span": _day_span,
        "day_after": _day_after,
        "day_before": _day_before,
        "day_since": _day_since,
        "day_until": _day_until,
        "any_day": _any_day,
        "work_days": _work_days,
        "any_of": _any_of,
        "any_but": _any_but,
        "day_not_before": _day_since,
    }
