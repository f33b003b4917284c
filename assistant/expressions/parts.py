"""Parts of the day in minutes: the rows of the conventions, read against a day's opening hours."""

from datetime import date

from assistant.expressions.dates import WEEK
from assistant.expressions.scene import Scene
from assistant.expressions.shop import Stretch
from assistant.expressions.table_files import conventions

_DAY = 24 * 60


def part_bounds(name: str, day: date, scene: Scene) -> tuple[int, int]:
    """From and to of a part of the day, in minutes from that day's midnight."""
    row = conventions()["parts"][name]
    start, end = (_minute(row[side], day, scene) for side in ("from", "to"))
    return max(start, 0), max(end, start)


def bound_of(name: str) -> tuple[int, bool]:
    """The single end of a row of bounds, and whether it is the start."""
    row = conventions()["bounds"][name]
    return (clock_minutes(row["after"]), True) if "after" in row else (clock_minutes(row["before"]), False)


def half_of(name: str) -> str | None:
    half = conventions()["parts"].get(name, {}).get("half")
    return str(half) if half else None


def _minute(said: str, day: date, scene: Scene) -> int:
    if ":" in said:
        return clock_minutes(said)
    for sign in ("+", "-"):
        if sign in said:
            anchor, minutes = said.split(sign)
            return _anchor(anchor, day, scene) + int(f"{sign}{minutes}")
    return _anchor(said, day, scene)


def clock_minutes(said: str) -> int:
    hour, minute = said.split(":")
    return int(hour) * 60 + int(minute)


def _anchor(name: str, day: date, scene: Scene) -> int:
    if name in ("reopening", "midday_closing"):
        closing, reopening = _midday_break(day, scene)
        return reopening if name == "reopening" else closing
    stretches = scene.clock.usual_stretches(day)
    if not stretches:
        unknown = conventions()["clock"]["opening_unknown"]
        return clock_minutes(unknown["opens" if name == "opening" else "closes"])
    return stretches[0].opens if name == "opening" else max(stretch.closes for stretch in stretches)


def _midday_break(day: date, scene: Scene) -> tuple[int, int]:
    """When the shop closes at midday and opens again: that day, else on the weekdays, else by convention."""
    days = (scene.clock.stretches(day), *(scene.clock.week_stretches(at % WEEK) for at in range(WEEK)))
    found = next((gap for stretches in days if (gap := _gap(stretches))), None)
    reopening = clock_minutes(conventions()["clock"]["reopening_unknown"]["at"])
    return found or (_DAY // 2, reopening)


def _gap(stretches: tuple[Stretch, ...]) -> tuple[int, int] | None:
    row = conventions()["clock"]["midday_break"]
    low, high = clock_minutes(row["from"]), clock_minutes(row["to"])
    for index in range(len(stretches) - 1):
        closes, opens = stretches[index].closes, stretches[index + 1].opens
        if low <= closes <= high and opens > closes:
            return closes, opens
    return None
