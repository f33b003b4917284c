"""Times in a list: weekdays of a week that is named, a week or an hour said once for several days."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from assistant.expressions import dates
from assistant.expressions.atoms import Atom
from assistant.expressions.nodes import Clock, Days
from assistant.expressions.unit import NEAR, Unit, between, holds, is_glue

_FEW = 3
"""Atoms that may stand between a counted span and its weekday."""


def placed_in_weeks(units: list[Unit], row: Sequence[Atom]) -> list[Unit]:
    """Weekdays beside a week that is named are days of that week, which is then no mention of its own."""
    for week in [unit for unit in units if unit.days is not None and unit.days.names_week]:
        near = [unit for unit in units if _is_in(unit, week, row)]
        if near:
            units = [_in_week(unit, week) if unit in near else unit for unit in units if unit is not week]
    return units


def _is_in(unit: Unit, week: Unit, row: Sequence[Atom]) -> bool:
    if unit.days is None or unit.days.weekday is None or week.days is None or week.days.start is None:
        return False
    first, second = sorted((unit, week), key=lambda one: one.first)
    gap = row[first.last + 1 : second.first]
    nodes = [atom.classes["NODE"] for atom in gap if "NODE" in atom.classes]
    listed = all(isinstance(node, Days) and node.weekday is not None for node in nodes)
    direct = [atom for atom in gap[:2] if first is week] or list(gap)
    return listed and not holds(gap, "END", "CORRECT") and not holds(direct[:1], "OR") and len(gap) <= NEAR


def _in_week(unit: Unit, week: Unit) -> Unit:
    days, place = unit.days, week.days
    if days is None or days.weekday is None or place is None or place.start is None:
        return unit
    day = dates.monday_of(place.start) + timedelta(days=days.weekday)
    if day < place.start and not place.by_week:
        return unit
    return replace(unit, days=Days(start=day, end=day, by_week=place.by_week))


def in_counted_week(earlier: Days, later: Days, gap: Sequence[Atom]) -> Days | None:
    """As in "daqui 15 dias, numa quarta": the weekday of the week that so many days lead to."""
    counted, named = (earlier, later) if earlier.counted else (later, earlier)
    small = all({"COMMA", "EN", "EL", "THE", "A", "ONE"} & atom.classes.keys() for atom in gap)
    if not (counted.counted and counted.start and named.weekday is not None and small and len(gap) <= _FEW):
        return None
    day = dates.monday_of(counted.start) + timedelta(days=named.weekday)
    return Days(start=day, end=day)


def shared_times(units: list[Unit], row: Sequence[Atom]) -> list[Unit]:
    """As in "martes o jueves a las 5": the hour is for both days, and so is a week said with the second."""
    shared = list(units)
    for place in range(len(units) - 2, -1, -1):
        here, there = shared[place], shared[place + 1]
        if _is_listed(here, there, row):
            shared[place] = _lent_back(_in_the_same_week(here, there), there)
    for place in range(len(units) - 1):
        here, there = shared[place], shared[place + 1]
        if _is_listed(here, there, row) and _starts_with_time(here, row):
            shared[place + 1] = _lent_on(here, there)
    return _about_alike(shared, row)


def _about_alike(units: list[Unit], row: Sequence[Atom]) -> list[Unit]:
    """As in "around 4, 4:30": what is said of the first hour holds for those after it."""
    for place in range(len(units) - 1):
        here, there = units[place].time, units[place + 1].time
        gap = between(row, units[place], units[place + 1])
        close = (
            all("COMMA" in atom.classes for atom in gap) and "DAYLIKE" not in row[units[place].last].classes
        )
        if isinstance(here, Clock) and isinstance(there, Clock) and here.approx and close:
            units[place + 1] = replace(units[place + 1], time=replace(there, approx=True))
    return units


def _is_listed(here: Unit, there: Unit, row: Sequence[Atom]) -> bool:
    gap = between(row, here, there)
    if row[here.first].start == row[there.first].start:
        return True
    if not gap:
        hours = here.days is None and isinstance(here.time, Clock) and isinstance(there.time, Clock)
        return hours or (_is_weekday(here) and _is_weekday(there))
    return is_glue(gap) and holds(gap, "OR", "AND", "COMMA")


def _is_weekday(unit: Unit) -> bool:
    return unit.days is not None and unit.days.weekday is not None


def _in_the_same_week(here: Unit, there: Unit) -> Unit:
    by_week = there.days is not None and there.days.by_week and _is_weekday(here)
    return replace(_in_week(here, there), first=here.first) if by_week else here


def _lent_back(here: Unit, there: Unit) -> Unit:
    """What the second says for both: "lunes o martes a las 3", "a las 3 o las 4 el lunes"."""
    if not (there.days and there.time):
        return here
    if here.days and not here.time:
        return replace(here, time=there.time, assumed=("same_time",))
    return replace(here, days=there.days) if here.time and not here.days else here


def _starts_with_time(unit: Unit, row: Sequence[Atom]) -> bool:
    return bool(unit.days and unit.time) and "DAYLIKE" not in row[unit.first].classes


def _lent_on(here: Unit, there: Unit) -> Unit:
    """What the first said before both: "a las 4 el lunes o el martes"."""
    if there.days and not there.time:
        return replace(there, time=here.time, assumed=("same_time",))
    return there
