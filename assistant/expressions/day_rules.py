"""What the rules for single days make of their words: dates in digits and words, weekdays, days from now."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from assistant.expressions import dates
from assistant.expressions.cascade import Found, Make
from assistant.expressions.nodes import Days
from assistant.expressions.scene import Scene
from assistant.expressions.table_files import conventions
from assistant.expressions.values import Grain

_AGREES_WITHIN = 3
"""Months ahead in which a weekday is believed to tell which "16th" is meant."""

_ALWAYS = (24, 7)


def single(day: date, **more: object) -> Days:
    return replace(Days(start=day, end=day), **more)  # type: ignore[arg-type]


def span_of(start: date, end: date, grain: Grain = Grain.DAYS, **more: object) -> Days:
    return replace(Days(start=start, end=end, grain=grain), **more)  # type: ignore[arg-type]


def _month_day(found: Found, scene: Scene) -> Days | None:
    number = 1 if "first" in found else found.value("d", "DAYN", "ORDINAL")
    if "mo" not in found:
        day = dates.real(*dates.month_referred(scene.today, following="nx" in found), number)
        return checked(day, found.value("w", "WEEKDAY"), scene) if day else None
    return _dated(found, scene, found.value("mo", "MONTH"), number)


def _dated(found: Found, scene: Scene, month: int, number: int) -> Days | None:
    year = _year(found)
    if year is not None:
        day = dates.real(year, month, number)
        return checked(day, found.value("w", "WEEKDAY"), scene) if day else None
    day = dates.coming(month, number, scene.today)
    if day is None:
        return None
    made = checked(day, found.value("w", "WEEKDAY"), scene)
    assumed = made.assumed + (("next_year",) if day.year > scene.today.year and not _soon(day, scene) else ())
    return replace(made, backward=dates.gone(month, number, scene.today), assumed=assumed)


def _soon(day: date, scene: Scene) -> bool:
    return (day - scene.today).days < 120


def _year(found: Found) -> int | None:
    if "y" not in found:
        return None
    year = found.value("y", "YEAR", "NUM")
    return int(year) + 2000 if year < 100 else int(year)


def checked(day: date, weekday: int | None, scene: Scene) -> Days:
    """A date, with the nearest such weekday as the other reading where the weekday said is not its own."""
    if weekday is None or day.weekday() == weekday:
        return single(day)
    near = [day + timedelta(days=ahead) for ahead in range(-3, 4)]
    other = next(one for one in near if one.weekday() == weekday)
    alternatives = (other,) if other >= scene.today else ()
    return single(day, assumed=("weekday_differs",), alternatives=alternatives)


def slashed(found: Found, scene: Scene) -> Days | None:
    first, second = found.value("d", "DAYN"), found.value("o", "DAYN")
    if (first, second) == _ALWAYS and len(found.atoms) == 3:
        return None
    if scene.clock.month_first and first <= 12:
        made = _dated(found, scene, first, second)
        return made and replace(made, assumed=(*made.assumed, "month_first"))
    if second <= 12:
        return _dated(found, scene, second, first)
    if first <= 12 and scene.language == "en":
        made = _dated(found, scene, first, second)
        return made and replace(made, assumed=(*made.assumed, "month_first"))
    return None


def _iso(found: Found, scene: Scene) -> Days | None:
    day = dates.real(found.value("y", "YEAR"), found.value("mo", "DAYN"), found.value("d", "DAYN"))
    return checked(day, None, scene) if day else None


def _weekday_number(found: Found, scene: Scene) -> Days | None:
    """As in "jueves 16": the 16th that falls on a Thursday, of the next few; else the next 16th."""
    number, weekday = found.value("d", "DAYN", "ORDINAL"), found.value("w", "WEEKDAY")
    nearest = list(dates.days_numbered(number, scene.today))[:_AGREES_WITHIN]
    agreeing = next((day for day in nearest if day.weekday() == weekday), None)
    if agreeing is not None:
        return single(agreeing, backward=_gone_number(number, scene))
    return replace(checked(nearest[0], weekday, scene), backward=_gone_number(number, scene))


def _day_number(found: Found, scene: Scene) -> Days:
    return numbered(found.value("d", "DAYN", "ORDINAL") or 1, scene)


def numbered(number: int, scene: Scene) -> Days:
    """As in "el 16": the next 16th, today included."""
    day = next(dates.days_numbered(number, scene.today))
    return single(day, backward=_gone_number(number, scene))


def _gone_number(number: int, scene: Scene) -> date | None:
    for back in range(dates.WEEK):
        year, month = dates.month_after(scene.today.year, scene.today.month, -back)
        day = dates.real(year, month, number)
        if day is not None and day <= scene.today:
            return day
    return None


def _day_list(found: Found, scene: Scene) -> list[Days]:
    month = found.value("mo", "MONTH")
    numbers = [atom.classes["DAYN"] for atom in found.atoms if "DAYN" in atom.classes]
    if month is None:
        return [numbered(number, scene) for number in numbers]
    days = (dates.coming(month, number, scene.today) for number in numbers)
    return [single(day) for day in days if day]


def _relative(found: Found, scene: Scene) -> Days | None:
    """As in "mañana en ocho", "lunes en ocho", "a week from thursday"."""
    base = _base(found, scene)
    if "u" in found:
        return later(base, found, scene)
    return single(base + timedelta(days=spoken_days(found.value("n", "NUM"), scene)))


def _base(found: Found, scene: Scene) -> date:
    if "base" not in found:
        return scene.today
    if "DAYREL" in found.kept["base"].classes:
        return scene.today + timedelta(days=found.value("base", "DAYREL"))
    return dates.next_weekday(scene.today, found.value("base", "WEEKDAY"))


def spoken_days(number: int, scene: Scene) -> int:
    """The days of "en ocho", "en quince": in some languages the day it is said on is counted."""
    row = conventions()["spoken_weeks"].get(str(number))
    return int(row["days"]) if row and scene.language in row["languages"] else number


def _from_now(found: Found, scene: Scene) -> Days | None:
    if "u" in found:
        return later(scene.today, found, scene)
    number = found.value("n", "NUM")
    row = conventions()["spoken_weeks"].get(str(number))
    if row is None or scene.language not in row["languages"]:
        return None
    return single(scene.today + timedelta(days=spoken_days(number, scene)))


def later(base: date, found: Found, scene: Scene) -> Days | None:
    count = _count(found)
    units = found.kept["u"].classes
    if count > 400:
        return None
    if "MONTHS" in units:
        return single(dates.months_later(base, min(count, 30)), counted=True)
    if "FORTNIGHT" in units:
        return single(base + timedelta(weeks=2), counted=True)
    if "WEEK" in units:
        return single(base + timedelta(weeks=min(count, 120)), counted=True)
    ahead = spoken_days(count, scene)
    return single(base + timedelta(days=ahead), counted=ahead > 0 and ahead % dates.WEEK == 0)


def _count(found: Found) -> int:
    if "n" not in found:
        return 1
    return 2 if "COUPLE" in found.kept["n"].classes else int(found.value("n", "NUM") or 1)


def _named_day(found: Found, scene: Scene) -> Days | None:
    offset = 2 if "PASADO" in found.kept["r"].classes else int(found.value("r", "DAYREL"))
    day = scene.today + timedelta(days=offset)
    if found.value("d", "DAYN") not in (None, day.day):
        return None  # "mañana 3" says no date
    return single(day, is_past=offset < 0)


def _lastnight(_found: Found, scene: Scene) -> Days:
    return single(scene.today - timedelta(days=1), is_past=True)


def _ago(found: Found, scene: Scene) -> Days | None:
    back = _count(found)
    if back > 400:
        return None
    unit = 7 if "WEEK" in found.kept["u"].classes else 1 if "DAYS" in found.kept["u"].classes else 0
    return single(scene.today - timedelta(days=back * unit), is_past=True)


def _holiday(found: Found, scene: Scene) -> Days | None:
    key = found.value("key", "HOLIDAY") or found.atoms[0].classes["HOLIDAY"]
    day = dates.named_day(key, scene.clock.country, scene.today)
    return single(day) if day else None


def _festive(_found: Found, scene: Scene) -> Days | None:
    day = dates.next_holiday(scene.clock.country, scene.today)
    return single(day) if day else None


def _payday(_found: Found, scene: Scene) -> Days:
    return single(min(_paydays(scene.today)))


def _paydays(today: date) -> Iterator[date]:
    for number in conventions()["days"]["payday"]["days"]:
        day = number if number > 0 else dates.month_end(today.year, today.month)
        found = date(today.year, today.month, day)
        if found >= today:
            yield found


def day_makes() -> dict[str, Make]:
    """What each name in the rule table stands for."""
    return {
        "month_day": _month_day,
        "slashed": slashed,
        "iso": _iso,
        "weekday_number": _weekday_number,
        "day_number": _day_number,
        "day_list": _day_list,
        "relative": _relative,
        "from_now": _from_now,
        "named_day": _named_day,
        "lastnight": _lastnight,
        "ago": _ago,
        "holiday": _holiday,
        "festive": _festive,
        "payday": _payday,
    }
