"""The units of a message against each other: what is taken back, what is old only beside something new."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.expressions.atoms import Atom
from assistant.expressions.nodes import Clock, Days, HourSpan, SameHour
from assistant.expressions.unit import CLAUSE, VERB_AWAY, Unit, between, holds, is_glue
from assistant.expressions.values import Grain, Role

_SPANS = frozenset({Grain.DAYS, Grain.WEEK, Grain.MONTH, Grain.AFTER, Grain.BEFORE})


def corrected(units: Sequence[Unit], row: Sequence[Atom]) -> list[Unit]:
    """As in "el martes, no, mejor el jueves": the earlier one is taken back, and lends what the later leaves out."""
    found = _denied_together(list(units), row)
    for place in range(len(found) - 1):
        here, there = found[place], found[place + 1]
        gap = between(row, here, there)
        if (
            here.role is Role.WISH
            and there.role is Role.EXCLUDED
            and there.time
            and not here.time
            and is_glue(_unsaid(gap))
        ):
            found[place] = replace(here, time=there.time)
        if here.role is Role.WISH and there.role is Role.WISH and _takes_back(gap) and not there.shift:
            found[place] = replace(here, role=Role.CORRECTED)
            found[place + 1] = _lent(here, there)
    return found


def _denied_together(units: list[Unit], row: Sequence[Atom]) -> list[Unit]:
    """As in "lunes y martes no": the denial holds for the whole list."""
    for place in range(len(units) - 2, -1, -1):
        here, there = units[place], units[place + 1]
        gap = between(row, here, there)
        both = here.role is Role.WISH and there.role is Role.EXCLUDED and here.time is None
        if both and there.time is None and is_glue(gap) and holds(gap, "AND"):
            units[place] = replace(here, role=Role.EXCLUDED)
    return units


def _takes_back(gap: Sequence[Atom]) -> bool:
    """As in "el martes, mejor el jueves", "sexta, não, sábado"."""
    alone = any("NOT" in no.classes and "COMMA" in after.classes for no, after in pairwise(gap))
    return holds(gap, "CORRECT") or (alone and len(gap) <= VERB_AWAY)


def _unsaid(gap: Sequence[Atom]) -> Sequence[Atom]:
    return [atom for atom in gap if not {"INSTEAD", "NOT"} & atom.classes.keys()]


def _lent(earlier: Unit, later: Unit) -> Unit:
    if later.days is not None and later.time is None and isinstance(earlier.time, (Clock, HourSpan)):
        return replace(later, time=earlier.time, assumed=("same_time",))
    return later


def settled(units: Sequence[Unit], row: Sequence[Atom]) -> list[Unit]:
    """A time is old only where there is a new one; a day that does not suit is left out of "any day"."""
    units = _open_questions(units, row)
    has_wish = any(unit.role is Role.WISH for unit in units)
    found = [_without_new(unit, row) if unit.role is Role.OLD and not has_wish else unit for unit in units]
    return _any_days(_same_hours(found))


def _open_questions(units: Sequence[Unit], row: Sequence[Atom]) -> Sequence[Unit]:
    """As in "el 8, que es festivo, abren?": that a day may be closed rules it out only beside another."""
    if any(unit.role is Role.WISH for unit in units):
        return units
    return [
        replace(unit, role=Role.WISH)
        if unit.role is Role.EXCLUDED
        and holds(row[max(0, unit.first - CLAUSE) : unit.last + VERB_AWAY], "CLOSED")
        else unit
        for unit in units
    ]


def _any_days(found: list[Unit]) -> list[Unit]:
    """One "any day" for a message: without what does not suit, and none where a span says which days."""
    if any(unit.role is Role.WISH and unit.days and unit.days.grain in _SPANS for unit in found):
        return [unit for unit in found if not _is_any(unit)]
    every = [unit for unit in found if _is_any(unit)]
    if not every:
        return found
    out = [unit.days.start for unit in found if unit.role is Role.EXCLUDED and unit.days and unit.days.start]
    out = [day for unit in every if unit.days for day in unit.days.exclude] + out
    days = Days(grain=Grain.ANY, exclude=tuple(dict.fromkeys(out)))
    return [
        replace(unit, days=days) if unit is every[0] else unit
        for unit in found
        if unit is every[0] or not _is_any(unit)
    ]


def _is_any(unit: Unit) -> bool:
    return unit.role is Role.WISH and unit.days is not None and unit.days.grain is Grain.ANY


def _without_new(unit: Unit, row: Sequence[Atom]) -> Unit:
    """An old time where no new one is said: what the message talks about."""
    around = row[max(0, unit.first - CLAUSE) : unit.last + VERB_AWAY]
    if holds(row, "MOVE", "OTHERDAY"):
        return unit
    return replace(unit, role=Role.EXCLUDED if holds(around, "NOLONGER") else Role.WISH)


def _same_hours(units: Sequence[Unit]) -> list[Unit]:
    """As in "a la misma hora": the hour of the old time; nothing where that was not said."""
    hour = next((unit.time for unit in units if unit.role is Role.OLD and isinstance(unit.time, Clock)), None)
    told = [replace(unit, time=hour) if isinstance(unit.time, SameHour) else unit for unit in units]
    return [unit for unit in told if unit.days or unit.time or unit.shift]
