"""Times of something else than the wish that follows: "mi boda es el sábado, quiero el viernes"."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.expressions.atoms import Atom
from assistant.expressions.unit import CLAUSE, Unit, between, holds
from assistant.expressions.values import Role


def set_aside(units: Sequence[Unit], row: Sequence[Atom]) -> list[Unit]:
    """The units, those that only lead up to a wish no longer wishes."""
    found = list(units)
    for place in range(len(found) - 1):
        here, there = found[place], found[place + 1]
        if here.role is there.role is Role.WISH and _leads_up(place, found, row):
            theirs = _is_about_another(_said_before(place, found, row))
            moved = theirs and holds(between(row, here, there), "MOVE")
            found[place] = replace(here, role=Role.OLD if moved else Role.ASIDE)
    return found


def _leads_up(place: int, units: Sequence[Unit], row: Sequence[Atom]) -> bool:
    here, there = units[place], units[place + 1]
    before, gap = _said_before(place, units, row), between(row, here, there)
    wanted = holds(gap, "IWANT", "SO")
    if _is_about_another(before) and wanted:
        return True
    if holds(before, "EVENT") and not holds(before, "PARA", "IWANT") and wanted:
        return there.days is not None
    asked = (
        holds([*before, *row[here.first : here.last + 1]], "OPENASK")
        and holds(gap[:1], "END", "COMMA")
        and not holds(gap, "OR", "AND")
    )
    return asked and here.time is not None and there.time is not None


def _said_before(place: int, units: Sequence[Unit], row: Sequence[Atom]) -> Sequence[Atom]:
    first = units[place].first
    floor = max(units[place - 1].last + 1 if place else 0, first - CLAUSE)
    ends = [at for at in range(floor, first) if "END" in row[at].classes]
    clause = row[ends[-1] + 1 if ends else floor : first]
    commas = [at for at, atom in enumerate(clause[:-1]) if "COMMA" in atom.classes]
    return clause[commas[-1] + 1 if commas else 0 :]


def _is_about_another(before: Sequence[Atom]) -> bool:
    """Whether somebody else goes then; not where the booking is for them, or they want it as well."""
    if holds(before, "IWANT", "THEYWANT"):
        return False
    others = [at for at, atom in enumerate(before) if "OTHERS" in atom.classes]
    return bool(others) and not holds(before[max(0, others[0] - 1) : others[0]], "PARA")
