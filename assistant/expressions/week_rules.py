"""What the rules for weekdays, weeks and months make of their words."""

from datetime import date, timedelta

from assistant.expressions import dates
from assistant.expressions.cascade import Found, Make
from assistant.expressions.day_rules import single, span_of
from assistant.expressions.nodes import Days, NextOne
from assistant.expressions.scene import Scene
from assistant.expressions.table_files import conventions, holidays
from assistant.expressions.values import Grain

_PHASES = {
    "BEGIN": "beginning",
    "MIDDLE": "middle",
    "ENDING": "end",
    "FIRSTHALF": "first_half",
    "SECONDHALF": "second_half",
    "FIRSTWEEK": "first_week",
    "LASTWEEK": "last_week",
}


def _weekday(found: Found, scene: Scene) -> Days | None:
    weekday = found.value("w", "WEEKDAY")
    today = scene.today
    nearest, last = dates.next_weekday(today, weekday), dates.last_weekday(today, weekday)
    if any({"FESTIVE", "PUENTE"} & atom.classes.keys() for atom in found.atoms):
        return single(_feast_on(weekday, scene) or nearest)
    if "la" in found or "la2" in found:
        return single(last, is_past=True)
    if "af" in found:
        return single(nearest + timedelta(weeks=1))
    if "ot" in found or "wk" in found:
        monday = dates.monday_of(today) + timedelta(weeks=1)
        return single(monday + timedelta(days=weekday), by_week="wk" in found)
    if "tw" in found:
        return single(dates.monday_of(today) + timedelta(days=weekday))
    plain = not any(name in found for name in ("nx", "nx2", "th"))
    return single(nearest, weekday=weekday if plain else None, backward=last)


def _feast_on(weekday: int, scene: Scene) -> date | None:
    """As in "el lunes festivo", "el lunes de puente": that day of the long weekend, else the next holiday on it."""
    start, end = dates.long_weekend(scene.clock.country, scene.today) or (scene.today, scene.today)
    run = (start + timedelta(days=ahead) for ahead in range((end - start).days + 1))
    inside = next((day for day in run if day.weekday() == weekday and day > scene.today), None)
    return inside or dates.next_holiday(scene.clock.country, scene.today, weekday)


def _week(found: Found, scene: Scene) -> Days:
    if "la" in found:
        monday = dates.monday_of(scene.today) - timedelta(weeks=1)
        return span_of(monday, monday + timedelta(days=6), Grain.WEEK, is_past=True)
    weeks = 2 if "af" in found else 1 if any(name in found for name in ("wk", "nx", "ot")) else 0
    return _whole_week(scene, weeks)


def _whole_week(scene: Scene, weeks: int) -> Days:
    """A calendar week; of the running one, what is left of it."""
    monday = dates.monday_of(scene.today) + timedelta(weeks=weeks)
    return span_of(max(monday, scene.today), monday + timedelta(days=6), Grain.WEEK, names_week=True)


def _next_one(_found: Found, _scene: Scene) -> NextOne:
    return NextOne()


def _week_of(found: Found, scene: Scene) -> Days | None:
    if "h" in found:
        feast = dates.named_day(found.value("h", "HOLIDAY"), scene.clock.country, scene.today)
        return _week_with(feast) if feast else None
    number, month = found.value("d", "DAYN"), found.value("mo", "MONTH")
    day = (
        dates.coming(month, number, scene.today)
        if month
        else next(dates.days_numbered(number, scene.today), None)
    )
    return _week_with(day) if day else None


def _weekend_of(found: Found, scene: Scene) -> Days | None:
    """As in "el finde del 5": the weekend of that day's week."""
    week = _week_of(found, scene)
    if week is None or week.start is None:
        return None
    row = conventions()["days"]["weekend"]
    return span_of(week.start + timedelta(days=row["from"]), week.start + timedelta(days=row["to"]))


def _week_with(day: date) -> Days:
    monday = dates.monday_of(day)
    return span_of(monday, monday + timedelta(days=6), Grain.WEEK, names_week=True)


def _phase(found: Found) -> str:
    return next(phase for name, phase in _PHASES.items() if name in found.kept["p"].classes)


def _week_phase(found: Found, scene: Scene) -> Days:
    row = conventions()["week_phases"][_phase(found)]
    monday = dates.monday_of(scene.today) + timedelta(weeks=1 if "nx" in found else 0)
    start, end = (monday + timedelta(days=row[side]) for side in ("from", "to"))
    if end < scene.today:
        start, end = start + timedelta(weeks=1), end + timedelta(weeks=1)
    return span_of(max(start, scene.today), end)


def _month_of(found: Found, scene: Scene) -> tuple[int, int]:
    """The year and month that the words name: a name, the next, or the running one."""
    today = scene.today
    if "mo" in found:
        month = found.value("mo", "MONTH")
        return today.year + (1 if month < today.month else 0), month
    return dates.month_after(today.year, today.month, 1 if "nx" in found else 0)


def _month_phase(found: Found, scene: Scene) -> Days:
    row = conventions()["month_phases"][_phase(found)]
    year, month = _month_of(found, scene)
    start, end = (_numbered_in(year, month, row[side]) for side in ("from", "to"))
    if end < scene.today:
        year, month = dates.month_after(year, month, 12 if "mo" in found else 1)
        start, end = (_numbered_in(year, month, row[side]) for side in ("from", "to"))
    return span_of(start, end)


def _numbered_in(year: int, month: int, number: int) -> date:
    """A day of a month by its number; a negative one is counted back from the month's end."""
    last = dates.month_end(year, month)
    return date(year, month, last + 1 + number if number < 0 else min(number, last))


def _month(found: Found, scene: Scene) -> Days:
    year, month = _month_of(found, scene)
    first, last = date(year, month, 1), date(year, month, dates.month_end(year, month))
    return span_of(max(first, scene.today), last, Grain.MONTH, backward=first.replace(year=first.year - 1))


def _weekend(found: Found, scene: Scene) -> Days:
    row = conventions()["days"]["weekend"]
    monday = dates.monday_of(scene.today)
    if "la" in found or "la2" in found:
        monday -= timedelta(weeks=1)
        return span_of(monday + timedelta(days=row["from"]), monday + timedelta(days=row["to"]), is_past=True)
    in_it = scene.today.weekday() >= row["from"]
    later = "ot" in found or "wk" in found or (in_it and ("nx" in found or "nx2" in found))
    monday += timedelta(weeks=1 if later else 0)
    start, end = monday + timedelta(days=row["from"]), monday + timedelta(days=row["to"])
    return span_of(max(start, scene.today), end, names_week=True)


def _long_weekend(found: Found, scene: Scene) -> Days | None:
    run = dates.long_weekend(scene.clock.country, scene.today, found.value("mo", "MONTH"))
    return span_of(*run) if run else None


def _holy_week(found: Found, scene: Scene) -> Days | None:
    row = holidays()["weeks"][found.atoms[0].classes["HOLYWEEK"]]
    for year in (scene.today.year, scene.today.year + 1):
        first, last = (dates.named_in(row[side], scene.clock.country, year) for side in ("from", "to"))
        if first and last and last >= scene.today:
            return span_of(first, last)
    return None


def _nth_weekday(found: Found, scene: Scene) -> Days | None:
    year, month = _month_of(found, scene)
    nth, weekday = found.value("k", "NTH"), found.value("w", "WEEKDAY")
    day = dates.nth_weekday(year, month, nth, weekday)
    if day is not None and day < scene.today:
        year, month = dates.month_after(year, month, 12 if "mo" in found else 1)
        day = dates.nth_weekday(year, month, nth, weekday)
    return single(day) if day else None


def week_makes() -> dict[str, Make]:
    """What each name in the rule table stands for."""
    return {
        "weekday": _weekday,
        "week": _week,
        "next_one": _next_one,
        "week_of": _week_of,
        "weekend_of": _weekend_of,
        "week_phase": _week_phase,
        "month_phase": _month_phase,
        "month": _month,
        "weekend": _weekend,
        "long_weekend": _long_weekend,
        "holy_week": _holy_week,
        "nth_weekday": _nth_weekday,
    }
