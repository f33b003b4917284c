"""Which half of the day a bare hour means: the one inside that day's opening hours or its class timetable."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.expressions.nodes import HALF_DAY, Clock
from assistant.expressions.scene import Scene
from assistant.expressions.shop import Stretch
from assistant.expressions.table_files import conventions

_DAY = 24 * 60
_EARLY = 6 * 60


@dataclass(frozen=True, slots=True)
class Placed:
    """Minutes from the day's midnight, the other reading where it is as good, and what was assumed."""

    minute: int
    other: int | None = None
    assumed: tuple[str, ...] = ()


def placed_hour(clock: Clock, day: date, scene: Scene, *, closing: bool = False) -> Placed:
    """The hour on a day. `closing`: it is the end of something, so the closing time itself will do."""
    if clock.certain:
        return Placed(clock.minute)
    both = tuple(_readings(clock))
    taught = set(scene.clock.class_minutes(day)).intersection(both)
    if len(taught) == 1:
        return Placed(taught.pop())
    stretches = scene.clock.stretches(day) or scene.clock.usual_stretches(day)
    inside = [
        minute for minute in (*both, *_past_midnight(clock)) if _held(minute, stretches, closing=closing)
    ]
    if len(inside) == 1:
        return Placed(inside[0])
    if inside:
        return _either(clock, inside, day, scene)
    return _outside(clock, both, stretches, scene)


def _either(clock: Clock, inside: list[int], day: date, scene: Scene) -> Placed:
    """Both halves are open: the one still to come, else the usual one with the other as a question."""
    now = scene.now.hour * 60 + scene.now.minute
    coming = [minute for minute in inside if day != scene.today or minute > now]
    if len(coming) == 1:
        return Placed(coming[0])
    if clock.literal and clock.minute in inside:
        return Placed(clock.minute)
    best = usual(clock)
    chosen = best if best in inside else inside[0]
    other = next(minute for minute in inside if minute != chosen)
    return Placed(chosen, other, ("half_of_day",))


def _outside(clock: Clock, both: tuple[int, ...], stretches: tuple[Stretch, ...], scene: Scene) -> Placed:
    """In the midday break, or at an hour at which the shop opens on other days; else the nearer half."""
    if not stretches:
        return Placed(usual(clock), assumed=("half_of_day",))
    first, last = stretches[0].opens, max(stretch.closes for stretch in stretches)
    within = [minute for minute in both if first <= minute <= last]
    week = [scene.clock.week_stretches(weekday) for weekday in range(7)]
    elsewhere = [minute for minute in both if any(_held(minute, day, closing=False) for day in week)]
    for found in (within, elsewhere):
        if len(found) == 1:
            return Placed(found[0], assumed=("outside_hours",))
    gaps = {minute: max(first - minute, minute - last) for minute in both}
    nearest = min(both, key=lambda minute: (gaps[minute], minute != usual(clock)))
    return Placed(nearest, assumed=("outside_hours",))


def usual(clock: Clock) -> int:
    """The half that an hour is in where the opening hours do not tell."""
    row = conventions()["clock"]["bare_hour_unknown"]
    hour = clock.minute % HALF_DAY // 60
    later = row["pm_from"] <= hour <= row["pm_to"] or hour == 0
    return clock.minute % HALF_DAY + (HALF_DAY if later else 0)


def _readings(clock: Clock) -> Iterator[int]:
    yield clock.minute % HALF_DAY
    yield clock.minute % HALF_DAY + HALF_DAY


def is_open_at(clock: Clock, day: date, scene: Scene) -> bool:
    """Whether the shop opens at one of the hours that a bare one may mean."""
    stretches = scene.clock.stretches(day)
    return any(_held(minute, stretches, closing=False) for minute in _readings(clock))


def _past_midnight(clock: Clock) -> Iterator[int]:
    """The hour after midnight, for a shop whose day ends in the next one."""
    if clock.minute % HALF_DAY < _EARLY:
        yield clock.minute % HALF_DAY + _DAY


def _held(minute: int, stretches: tuple[Stretch, ...], *, closing: bool) -> bool:
    if closing:
        return any(stretch.opens < minute <= stretch.closes for stretch in stretches)
    return any(stretch.holds(minute) for stretch in stretches)


def placed_span(first: Clock, last: Clock, day: date, scene: Scene) -> tuple[Placed, Placed]:
    """The two ends on a day, the second after the first: of "de 10 a 2" the one that opening hours hold."""
    start, end = placed_hour(first, day, scene), placed_hour(last, day, scene, closing=True)
    if end.minute > start.minute:
        return start, end
    later = [minute for minute in _readings(last) if minute > start.minute]
    if not last.certain and later:
        return start, Placed(later[0])
    earlier = [minute for minute in _readings(first) if minute < end.minute]
    if not first.certain and earlier:
        return Placed(earlier[-1]), end
    return start, Placed(end.minute + _DAY if end.minute < start.minute else end.minute)
