"""Days and hours that belong together: the nodes of a row gathered into units of one day and one time each."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from assistant.expressions import dates
from assistant.expressions.atoms import Atom
from assistant.expressions.listing import in_counted_week, placed_in_weeks, shared_times
from assistant.expressions.nodes import (
    Clock,
    Days,
    FromNow,
    HourBound,
    HourSpan,
    Length,
    NextOne,
    PartOfDay,
    SameHour,
    Shift,
    TimeNode,
)
from assistant.expressions.parts import half_of
from assistant.expressions.unit import NEAR, Unit, between, holds, is_glue
from assistant.expressions.values import Grain


def gathered(row: Sequence[Atom]) -> list[Unit]:
    """The units of a row, in order."""
    units: list[Unit] = []
    for unit in placed_in_weeks(list(_singles(row)), row):
        joined = _joined(units[-1], unit, row) if units else None
        if joined is not None:
            units[-1] = joined
        else:
            units.append(unit)
    return shared_times(units, row)


def _singles(row: Sequence[Atom]) -> Iterator[Unit]:
    said: Days | None = None
    for place, atom in enumerate(row):
        node = atom.classes.get("NODE")
        if isinstance(node, NextOne):
            node = _week_after(said)
        if isinstance(node, Days):
            said = node
            yield Unit(first=place, last=place, days=node)
        elif isinstance(node, Shift):
            yield Unit(first=place, last=place, shift=node)
        elif isinstance(node, Length):
            moved = _as_shift(node, row, place)
            if moved is not None:
                yield Unit(first=place, last=place, shift=moved)
        elif isinstance(node, (Clock, HourSpan, HourBound, PartOfDay, FromNow, SameHour)):
            yield Unit(first=place, last=place, time=node)


def _week_after(days: Days | None) -> Days | None:
    """What "la próxima" means after a week, a weekend or a weekday; nothing after anything else."""
    if (
        days is None
        or days.end is None
        or days.start is None
        or not (days.names_week or days.backward is not None)
    ):
        return None
    end = days.end + timedelta(weeks=1)
    start = dates.monday_of(end) if days.grain is Grain.WEEK else days.start + timedelta(weeks=1)
    return Days(start=start, end=end, grain=days.grain)


def _as_shift(length: Length, row: Sequence[Atom], place: int) -> Shift | None:
    """A length of time that something is moved by: "me la corre una hora", "una hora después"."""
    verbs = [atom for atom in row[max(0, place - 6) : place + 5] if "MOVE" in atom.classes]
    if verbs:
        back = any("MOVEBACK" in atom.classes for atom in verbs)
        return Shift(length.delta * (length.direction or (-1 if back else 1)))
    alone = length.direction and length.delta < timedelta(days=1)
    return Shift(length.delta * length.direction) if alone else None


def _joined(earlier: Unit, later: Unit, row: Sequence[Atom]) -> Unit | None:
    gap = between(row, earlier, later)
    if len(gap) > NEAR or holds(gap, "OR", "CORRECT", "INSTEAD") or earlier.shift or later.shift:
        return None
    if _is_parted(earlier, gap, row):
        return None
    if later.days is not None and later.time is None:
        return _with_days(earlier, later, gap)
    if later.time is not None and later.days is None:
        return _with_time(earlier, later, gap)
    return None


def _is_parted(earlier: Unit, gap: Sequence[Atom], row: Sequence[Atom]) -> bool:
    """Whether the second belongs to another time: the new one of a move, or the one that does suit."""
    if holds(gap, "CANNOT", "PASTVERB"):
        return holds(gap, "COMMA", "END") or not is_glue(
            [atom for atom in gap if "CANNOT" not in atom.classes]
        )
    if not holds(row[max(0, earlier.first - 2) : earlier.first], "OLDHEAD", "INSTEAD"):
        return False
    return holds(gap, "MOVE") or (holds(gap, "PARA") and holds(row, "MOVE"))


def _with_days(earlier: Unit, later: Unit, gap: Sequence[Atom]) -> Unit | None:
    if earlier.days is None and earlier.time is not None and not holds(gap, "END", "OLDHEAD", "AND"):
        return replace(earlier, last=later.last, days=later.days)
    if earlier.time is None and earlier.days is not None and later.days is not None:
        merged = in_counted_week(earlier.days, later.days, gap) or _same_day(earlier.days, later.days, gap)
        return replace(earlier, last=later.last, days=merged) if merged else None
    return None


def _same_day(earlier: Days, later: Days, gap: Sequence[Atom]) -> Days | None:
    """As in "mañana jueves": one day said twice, or a weekday that contradicts the date beside it."""
    if len(gap) > 1 or not all("COMMA" in atom.classes for atom in gap):
        return None
    plain, weekday = (earlier, later) if later.weekday is not None else (later, earlier)
    if (
        weekday.weekday is None
        or plain.weekday is not None
        or plain.start is None
        or plain.start != plain.end
    ):
        return None
    if plain.start.weekday() == weekday.weekday:
        return plain
    if gap or weekday.start is None:
        return None
    return replace(plain, assumed=("weekday_differs",), alternatives=(weekday.start,))


def _with_time(earlier: Unit, later: Unit, gap: Sequence[Atom]) -> Unit | None:
    if earlier.time is None:
        if earlier.days is not None:
            return replace(earlier, last=later.last, time=later.time)
        return None
    if holds(gap, "END", "AND") and not isinstance(earlier.time, PartOfDay):
        return None
    merged = _refined(earlier.time, later.time, near=is_glue(gap))
    return replace(earlier, last=later.last, time=merged) if merged else None


def _refined(earlier: TimeNode, later: TimeNode | None, *, near: bool) -> TimeNode | None:
    """A part of the day and an hour in it are one time; "ahora" gives way to an hour."""
    if later is None:
        return None
    if isinstance(earlier, FromNow) and not earlier.delta and near:
        return later
    if isinstance(earlier, PartOfDay):
        return _in_part(earlier, later, near=near)
    if isinstance(earlier, HourBound) and isinstance(later, HourBound) and earlier.after and not later.after:
        return HourSpan(earlier.clock, later.clock)
    if isinstance(later, PartOfDay) and near:
        return in_half_of(earlier, later.name)
    return None


def _in_part(earlier: PartOfDay, later: TimeNode, *, near: bool) -> TimeNode | None:
    if isinstance(later, PartOfDay):
        return _narrower(earlier, later) if near else None
    return None if isinstance(later, FromNow) else in_half_of(later, earlier.name)


def _narrower(earlier: PartOfDay, later: PartOfDay) -> PartOfDay | None:
    """As in "en la mañana a primera hora": the part that says more."""
    if half_of(earlier.name) and not earlier.bound:
        return later
    return earlier if half_of(later.name) else None


def in_half_of(time: TimeNode, part: str) -> TimeNode:
    half = half_of(part)
    if half is None:
        return time
    if isinstance(time, Clock):
        return time.in_half(half)
    if isinstance(time, HourSpan):
        return HourSpan(time.first.in_half(half), time.last.in_half(half))
    if isinstance(time, HourBound):
        return HourBound(time.clock.in_half(half), time.after)
    return time
