"""What the rules make of numbers that only their neighbours tell apart: a date or an hour, an hour or an amount."""

from dataclasses import replace
from typing import Any

from assistant.expressions import dates
from assistant.expressions.cascade import Found, Make
from assistant.expressions.day_rules import later, single, slashed
from assistant.expressions.halves import is_open_at
from assistant.expressions.hour_rules import clock_of, placed
from assistant.expressions.nodes import HALF_DAY, Clock, Days, HourSpan
from assistant.expressions.scene import Scene

_HOURS_OF_A_CLOCK = range(7, 24)
"""Fewer "hours" beside a day are a length: "mañana 2 horas"."""
_LAST_MONTH = 12
_MORNING_HOURS = range(6, 12)
_HOUR_AGREES_WITHIN = 2
"""Months ahead in which a weekday with a small number may still be a date."""


def _clock_of_24(found: Found, scene: Scene) -> Clock | None:
    """As in "sexta 15 horas", "1730 on friday"."""
    said = found.kept["h"].text
    if "HHMM" in found.kept["h"].classes:
        alone = not any("HOURS" in atom.classes for atom in found.atoms)
        amount = said.endswith("00") and not said.startswith("0")
        if len(said) != len("1730") or (alone and amount):
            return None
    elif found.value("h", "HOUR") not in _HOURS_OF_A_CLOCK:
        return None
    clock = clock_of(found, scene)
    return replace(clock, literal=True) if clock else None


def _from_now_either(found: Found, scene: Scene) -> list[Days] | None:
    """As in "en 2 o 3 días"."""
    both = [
        later(scene.today, Found({"n": found.kept[name], "u": found.kept["u"]}, found.atoms), scene)
        for name in ("a", "b")
    ]
    days = [day for day in both if day is not None]
    return days if len(days) == len(both) else None


def _date_and_clock(found: Found, scene: Scene) -> list[tuple[str, Any]] | None:
    """As in "16.03 a las 14": a day and a month, since the hour comes after them."""
    first, second = found.value("d", "DAYN"), found.value("o", "DAYN")
    if second > _LAST_MONTH and not (scene.clock.month_first and first <= _LAST_MONTH):
        return None
    day, clock = slashed(found, scene), clock_of(found, scene)
    return [("day", day), ("time", clock)] if day and clock else None


def _weekday_hour(found: Found, scene: Scene) -> list[tuple[str, Any]] | None:
    """As in "friday 5": an hour, where no such weekday with that date is near and the shop is open then."""
    number, weekday = found.value("h", "DAYN"), found.value("w", "WEEKDAY")
    near = list(dates.days_numbered(number, scene.today))[:_HOUR_AGREES_WITHIN]
    if number > _LAST_MONTH or any(day.weekday() == weekday for day in near):
        return None
    day, clock = dates.next_weekday(scene.today, weekday), placed(number, 0, None)
    if clock is None or not is_open_at(clock, day, scene):
        return None
    last = dates.last_weekday(scene.today, weekday)
    return [("day", single(day, weekday=weekday, backward=last)), ("time", clock)]


def _until_noon(found: Found, scene: Scene) -> HourSpan | None:
    """As in "das 10 ao meio-dia"; "de 12 al mediodía" and "de 10 de la mañana" are no spans."""
    clock = clock_of(found, scene)
    is_noon = found.value("p", "PARTEN", "PARTBARE") == "midday"
    if clock is None or not is_noon or clock.minute // 60 not in _MORNING_HOURS:
        return None
    return HourSpan(replace(clock, certain=True), Clock(HALF_DAY, certain=True))


def mixed_makes() -> dict[str, Make]:
    """What each name in the rule table stands for."""
    return {
        "clock_of_24": _clock_of_24,
        "date_and_clock": _date_and_clock,
        "from_now_either": _from_now_either,
        "until_noon": _until_noon,
        "weekday_hour": _weekday_hour,
    }
