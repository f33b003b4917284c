"""A day with its time, as the words of a message put them together, and what stands around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.expressions.atoms import Atom
from assistant.expressions.nodes import Days, Shift, TimeNode
from assistant.expressions.values import Role

CLAUSE = 7
"""Atoms before a time in which a word of its clause is looked for."""
VERB_AWAY = 4
NEAR = 8
"""Atoms that may stand between a day and its hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A day with its time, or one of them, at atoms[first:last + 1] of the row."""

    first: int
    last: int
    days: Days | None = None
    time: TimeNode | None = None
    shift: Shift | None = None
    role: Role = Role.WISH
    is_settled: bool = False
    """Whether the role is known without a look at the words around."""
    assumed: tuple[str, ...] = ()


def between(row: Sequence[Atom], earlier: Unit, later: Unit) -> Sequence[Atom]:
    return row[earlier.last + 1 : later.first]


def holds(atoms: Sequence[Atom], *names: str) -> bool:
    return any(name in atom.classes for atom in atoms for name in names)


def is_glue(atoms: Sequence[Atom]) -> bool:
    """Whether nothing but small words stands there."""
    small = {
        "EL",
        "THE",
        "OF",
        "DEL",
        "A",
        "EN",
        "PARA",
        "AND",
        "OR",
        "COMMA",
        "LA",
        "DIA",
        "IN",
        "FROM",
        "LAS",
        "DASH",
        "TO",
    }
    return all(small & atom.classes.keys() for atom in atoms)
