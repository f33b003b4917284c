"""What the words around a time do with it: wanted, to be moved, past, not suiting, taken back."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.expressions.asides import set_aside
from assistant.expressions.atoms import Atom
from assistant.expressions.nodes import HourSpan
from assistant.expressions.settling import corrected, settled
from assistant.expressions.unit import CLAUSE, VERB_AWAY, Unit, between, holds, is_glue
from assistant.expressions.values import Grain, Role


def with_roles(units: Sequence[Unit], row: Sequence[Atom]) -> list[Unit]:
    """The units with their roles; spans between which something is moved become two."""
    split = [part for unit in units for part in _moved(unit, units, row)]
    named = [replace(unit, role=_role(place, split, row)) for place, unit in enumerate(split)]
    return settled(set_aside(corrected(named, row), row), row)


def _moved(unit: Unit, units: Sequence[Unit], row: Sequence[Atom]) -> Iterator[Unit]:
    """As in "cámbiala del martes al jueves": not a span of days but the old one and the new one."""
    days = unit.days
    moving = holds(row[: unit.first], "MOVE")
    if days is not None and days.pair and moving:
        old, new = days.pair
        yield replace(unit, days=old, time=None, role=Role.OLD, last=unit.first, is_settled=True)
        yield replace(unit, days=new, is_settled=True)
        return
    if days is not None and _starts_a_move(unit, units, row):
        only = replace(days, grain=Grain.DAY, end=days.start)
        yield replace(unit, days=only, role=Role.OLD, is_settled=True)
        return
    close = holds(row[max(0, unit.first - 5) : unit.first], "MOVE") and len(units) == 1
    if isinstance(unit.time, HourSpan) and "DAYLIKE" not in row[unit.first].classes and close:
        yield replace(unit, time=unit.time.first, role=Role.OLD, is_settled=True)
        yield replace(unit, time=unit.time.last, is_settled=True)
        return
    yield unit


def _starts_a_move(unit: Unit, units: Sequence[Unit], row: Sequence[Atom]) -> bool:
    """As in "move it from the 20th at 3 to the 21st": where it is moved from, not a day from which on it suits."""
    if unit.days is None or unit.days.grain is not Grain.AFTER or not holds(row[: unit.first], "MOVE"):
        return False
    later = next((other for other in units if other.first > unit.last), None)
    gap = between(row, unit, later) if later else ()
    return bool(gap) and len(gap) <= VERB_AWAY and holds(gap, "TO", "PARA", "A")


def _role(place: int, units: Sequence[Unit], row: Sequence[Atom]) -> Role:
    unit = units[place]
    if unit.is_settled or unit.shift:
        return unit.role
    before, after = _clause_before(place, units, row), _clause_after(place, units, row)
    if _is_past(unit, before, after):
        return Role.PAST
    if _is_excluded(unit, place, units, row):
        return Role.OLD if _no_longer(unit, before, after, row) else Role.EXCLUDED
    if _is_instead(before) and not holds(row, "MOVE", "HAVEOLD"):
        return Role.EXCLUDED
    if _is_old(before) or _is_moved_on(place, units, row):
        return Role.OLD
    return Role.WISH


def _clause_before(place: int, units: Sequence[Unit], row: Sequence[Atom]) -> Sequence[Atom]:
    """The atoms before a unit, back to the unit before it, the end of a sentence, or a few words."""
    unit = units[place]
    floor = units[place - 1].last + 1 if place and units[place - 1].last < unit.first else 0
    start = max(floor, unit.first - CLAUSE)
    for at in range(unit.first - 1, start - 1, -1):
        if "END" in row[at].classes:
            return row[at + 1 : unit.first]
    return row[start : unit.first]


def _clause_after(place: int, units: Sequence[Unit], row: Sequence[Atom]) -> Sequence[Atom]:
    unit = units[place]
    ceiling = units[place + 1].first if place + 1 < len(units) else len(row)
    found = row[unit.last + 1 : min(ceiling, unit.last + 1 + VERB_AWAY)]
    end = next((at for at, atom in enumerate(found) if "END" in atom.classes), len(found))
    return found[:end]


def _is_past(unit: Unit, before: Sequence[Atom], after: Sequence[Atom]) -> bool:
    if unit.days is None:
        return False
    if unit.days.is_past:
        return True
    if unit.days.backward is None:
        return False
    near = _since(before, "COMMA", "AND")[-VERB_AWAY:]
    said_before = holds(near, "PASTVERB") and not holds(near, "PARA", "MOVE", "CANNOT")
    said_after = bool(after) and "PASTVERB" in after[0].classes
    return said_before or said_after


def _is_excluded(unit: Unit, place: int, units: Sequence[Unit], row: Sequence[Atom]) -> bool:
    if holds(row[unit.first : unit.last + 1], "CANNOT"):
        return True
    after = _clause_after(place, units, row)
    if after and _denies(after, row, unit):
        return True
    before = _clause_before(place, units, row)
    taken = place > 0 and bool(before) and _denies(before, row, units[place - 1])
    since = _since(before, "COMMA")
    if not taken and holds(since, "CANNOT"):
        return True
    return bool(before) and not taken and _is_plain_no(before) and len(units) > 1


def _no_longer(unit: Unit, before: Sequence[Atom], after: Sequence[Atom], row: Sequence[Atom]) -> bool:
    """As in "ya no puedo ir el martes": what cannot be kept any more is an appointment."""
    return holds([*before, *row[unit.first : unit.last + 1], *after], "NOLONGER")


def _denies(after: Sequence[Atom], row: Sequence[Atom], unit: Unit) -> bool:
    """Whether the words right after a time say that it does not suit: "el martes no puedo", "martes no,"."""
    if "NI" in after[0].classes:
        return False
    if "CANNOT" in after[0].classes or (
        len(after) > 1 and "CANNOT" in after[1].classes and "WORD" in after[0].classes
    ):
        return True
    if "NOT" not in after[0].classes:
        return False
    following = row[unit.last + 2 : unit.last + 3]
    if holds(following, "NODE") and _denies_the_next(after, row, unit):
        return False
    return not following or holds(following, "COMMA", "END", "EL", "CORRECT", "NODE")


def _denies_the_next(after: Sequence[Atom], row: Sequence[Atom], unit: Unit) -> bool:
    """As in "saturday not friday", "quise decir sábado no viernes"."""
    meant = [atom for atom in row[max(0, unit.first - 2) : unit.first] if not is_glue([atom])]
    return "INSTEAD" in after[0].classes or holds(meant, "CORRECT")


def _since(atoms: Sequence[Atom], *names: str) -> Sequence[Atom]:
    """What follows the last atom of these classes."""
    ends = [at for at, atom in enumerate(atoms) if any(name in atom.classes for name in names)]
    return atoms[ends[-1] + 1 :] if ends else atoms


def _is_plain_no(before: Sequence[Atom]) -> bool:
    """As in "no el martes, el jueves"."""
    skipped = {"EL", "THE", "A", "IS", "OLDHEAD", "OF", "EN", "LAS", "LA"}
    rest = [atom for atom in before if not skipped & atom.classes.keys()]
    return bool(rest) and "NOT" in rest[-1].classes and "COMMA" not in before[-1].classes


def _is_old(before: Sequence[Atom]) -> bool:
    onward = [
        at
        for at, atom in enumerate(before)
        if {"PARA", "TO", "A"} & atom.classes.keys() and not atom.classes.keys() & {"LAS", "EN"}
    ]
    heads = [at for at, atom in enumerate(before) if "OLDHEAD" in atom.classes]
    if onward and heads and onward[-1] > heads[-1] and not holds(before, "HAVEOLD"):
        return False
    return holds(before, "HAVEOLD") or _follows(before, "OLDHEAD") or _is_instead(before)


def _is_instead(before: Sequence[Atom]) -> bool:
    return _follows(before, "INSTEAD")


def _follows(before: Sequence[Atom], name: str) -> bool:
    """Whether only small words stand between such a word and the time."""
    heads = [at for at, atom in enumerate(before) if name in atom.classes]
    rest = before[heads[-1] + 1 :] if heads else ()
    return bool(heads) and is_glue([atom for atom in rest if "IS" not in atom.classes])


def _is_moved_on(place: int, units: Sequence[Unit], row: Sequence[Atom]) -> bool:
    """As in "pasa lo de mañana para el viernes", "tengo mañana a las 11, puedes pasarme a las 3?"."""
    if place + 1 == len(units):
        return False
    before, gap = (
        row[max(0, units[place].first - CLAUSE) : units[place].first],
        between(row, units[place], units[place + 1]),
    )
    if holds(gap, "OR", "END"):
        return holds(before[-2:], "HAVE") and holds(gap, "MOVE", "EVID")
    onward = (
        holds(gap, "PARA", "TO", "A") and len(gap) <= VERB_AWAY and not holds(gap, "AND", "COMMA", "MOVE")
    )
    if holds(before, "OLDHEAD") and holds(gap, "MOVE") and holds(gap, "PARA", "TO", "A"):
        return True
    return (holds(before, "MOVE") and onward) or (holds(before[-3:], "HAVE") and holds(gap, "MOVE", "EVID"))
