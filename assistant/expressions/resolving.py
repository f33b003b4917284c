"""Units made into values: the day placed, the hour read by the shop's hours, moments in the shop's zone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from assistant.expressions.dates import HORIZON
from assistant.expressions.halves import Placed, placed_hour, placed_span
from assistant.expressions.nodes import Clock, Days, FromNow, HourBound, HourSpan, PartOfDay, TimeNode
from assistant.expressions.parts import bound_of, part_bounds
from assistant.expressions.scene import Scene
from assistant.expressions.table_files import conventions
from assistant.expressions.unit import Unit
from assistant.expressions.values import Grain, Role, When
from assistant.expressions.zones import in_shop_zone

_MOST_DAYS = 7
"""Days of a span that are spelt out one by one when an hour goes with them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a unit."""

    when: When
    assumed: tuple[str, ...] = ()
    alternatives: tuple[When, ...] = ()


def readings(unit: Unit, near: Sequence[Unit], scene: Scene) -> Iterator[Reading]:
    """The readings of a unit: several where an hour goes with several days. `near`: the units around it."""
    for reading in _readings(unit, near, scene):
        if all(
            _in_reach(moment, scene)
            for when in (reading.when, *reading.alternatives)
            for moment in _ends(when)
        ):
            yield replace(reading, assumed=tuple(dict.fromkeys((*unit.assumed, *reading.assumed))))


def _readings(unit: Unit, near: Sequence[Unit], scene: Scene) -> Iterator[Reading]:
    if unit.shift is not None:
        yield Reading(When(grain=Grain.MINUTE, shift=unit.shift.delta))
    elif isinstance(unit.time, FromNow) and unit.days is None:
        yield Reading(_from_now(unit.time, scene))
    elif unit.days is None and unit.time is not None:
        day, assumed = _day_nearby(near, scene)
        reading = _on_day(unit.time, day, scene)
        yield replace(reading, assumed=(assumed, *reading.assumed))
    elif unit.days is not None:
        yield from _of_days(unit.time, _seen_back(unit.days, unit.role), scene)


def _seen_back(days: Days, role: Role) -> Days:
    if role is Role.PAST and not days.is_past and days.backward is not None:
        end = days.backward if days.end else None
        return replace(days, start=days.backward, end=end, alternatives=(), assumed=())
    return days


def _day_nearby(near: Sequence[Unit], scene: Scene) -> tuple[date, str]:
    """The day of an hour that was said without one: that of the time before it in the message, else today."""
    for other in reversed(near):
        lends = other.role is not Role.PAST and (other.role is not Role.EXCLUDED or other.time)
        if lends and other.days and other.days.start and other.days.start == other.days.end:
            return other.days.start, "same_day"
    return scene.today, "today"


def _of_days(time: TimeNode | None, days: Days, scene: Scene) -> Iterator[Reading]:
    if time is None or isinstance(time, FromNow):
        others = tuple(When(grain=Grain.DAY, start=day) for day in days.alternatives)
        yield Reading(_plain(days), days.assumed, others)
    elif days.grain is Grain.ANY:
        first = scene.today + timedelta(days=1)
        last = scene.today + timedelta(days=conventions()["days"]["any_with_hour"]["days"])
        yield from _on_each(time, days, first, last, scene)
    elif days.grain in (Grain.AFTER, Grain.BEFORE):
        yield _bounded(time, days, scene)
    elif days.start is not None and days.end is not None:
        yield from _on_each(time, days, days.start, days.end, scene)


def _plain(days: Days) -> When:
    if days.grain is Grain.DAY:
        return When(grain=Grain.DAY, start=days.start)
    return When(grain=days.grain, start=days.start, end=days.end, exclude=days.exclude)


def _on_each(time: TimeNode, days: Days, start: date, end: date, scene: Scene) -> Iterator[Reading]:
    """The hour on the day, or on each day of a short span on which the shop opens."""
    length = (end - start).days + 1
    if length > _MOST_DAYS:
        yield Reading(_plain(days), days.assumed)
        return
    every = [day for ahead in range(length) if (day := start + timedelta(days=ahead)) not in days.exclude]
    open_days = [day for day in every if scene.clock.stretches(day)]
    found = [_on_one(time, days, day, scene) for day in ((open_days or every) if length > 1 else every)]
    inside = [reading for reading in found if "outside_hours" not in reading.assumed]
    yield from (inside or found) if length > 1 else found


def _on_one(time: TimeNode, days: Days, day: date, scene: Scene) -> Reading:
    reading = _on_day(time, day, scene)
    others = tuple(_on_day(time, other, scene).when for other in days.alternatives)
    return Reading(reading.when, (*days.assumed, *reading.assumed), (*others, *reading.alternatives))


def _bounded(time: TimeNode, days: Days, scene: Scene) -> Reading:
    """As in "antes del jueves a las 4": the hour on the day that was named bounds it."""
    after = days.grain is Grain.AFTER
    edge = days.start if after else days.end
    here = in_shop_zone(time, edge, scene) if edge else time
    if edge is None or not isinstance(here, Clock):
        return Reading(_plain(days), days.assumed)
    placed = placed_hour(here, edge, scene)
    moment = scene.clock.at(edge, placed.minute)
    when = When(grain=days.grain, start=moment) if after else When(grain=days.grain, end=moment)
    return Reading(when, (*days.assumed, *placed.assumed))


def _on_day(said: TimeNode, day: date, scene: Scene) -> Reading:
    time = in_shop_zone(said, day, scene)
    if isinstance(time, Clock):
        return _at_hour(time, day, scene)
    if isinstance(time, HourSpan):
        return _in_hours(time, day, scene)
    if isinstance(time, HourBound):
        placed = placed_hour(time.clock, day, scene, closing=not time.after)
        return Reading(_one_end(scene.clock.at(day, placed.minute), after=time.after), placed.assumed)
    if isinstance(time, PartOfDay):
        return Reading(_part(time, day, scene))
    return Reading(When(grain=Grain.DAY, start=day))


def _at_hour(time: Clock, day: date, scene: Scene) -> Reading:
    placed = placed_hour(time, day, scene)
    grain = Grain.APPROX if time.approx else Grain.MINUTE
    when = When(grain=grain, start=scene.clock.at(day, placed.minute))
    other = tuple(When(grain=grain, start=scene.clock.at(day, minute)) for minute in _others(placed))
    return Reading(when, placed.assumed, other)


def _others(placed: Placed) -> Iterator[int]:
    if placed.other is not None:
        yield placed.other


def _in_hours(time: HourSpan, day: date, scene: Scene) -> Reading:
    first, last = placed_span(time.first, time.last, day, scene)
    start, end = scene.clock.at(day, first.minute), scene.clock.at(day, last.minute)
    return Reading(When(grain=Grain.RANGE, start=start, end=end), (*first.assumed, *last.assumed))


def _one_end(moment: datetime, *, after: bool) -> When:
    return When(grain=Grain.AFTER, start=moment) if after else When(grain=Grain.BEFORE, end=moment)


def _part(time: PartOfDay, day: date, scene: Scene) -> When:
    if time.bound:
        minute, after = bound_of(time.name)
        return _one_end(scene.clock.at(day, minute), after=after)
    start, end = part_bounds(time.name, day, scene)
    return When(grain=Grain.PART, start=scene.clock.at(day, start), end=scene.clock.at(day, end))


def _from_now(time: FromNow, scene: Scene) -> When:
    moment = (scene.now.astimezone(UTC) + time.delta).astimezone(scene.clock.zone)
    return When(grain=time.grain, start=moment.replace(second=0, microsecond=0))


def _ends(when: When) -> Iterator[date]:
    for moment in (when.start, when.end, *when.exclude):
        if moment is not None:
            yield moment.date() if isinstance(moment, datetime) else moment


def _in_reach(day: date, scene: Scene) -> bool:
    return abs(day - scene.today) <= HORIZON
