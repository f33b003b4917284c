"""The layers of rules over a row of atoms: each reads the row once, longest match first, and rewrites it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.expressions.atoms import Atom
from assistant.expressions.patterns import Pattern, alphabet, compiled
from assistant.expressions.scene import Scene
from assistant.expressions.table_files import table

_WIDEST = 24
"""Atoms that one rule may span: what keeps a reading linear whatever is written."""


@dataclass(frozen=True, slots=True)
class Found:
    """A match of a rule: the atoms that it kept by name, and all that it covers."""

    kept: Mapping[str, Atom]
    atoms: Sequence[Atom]

    def __contains__(self, name: str) -> bool:
        return name in self.kept

    def value(self, name: str, *classes: str) -> Any:
        """The value of a kept atom as the first of these classes that it has; None where it was not matched."""
        atom = self.kept.get(name)
        if atom is None:
            return None
        return next((atom.classes[wanted] for wanted in classes if wanted in atom.classes), None)

    def text(self, name: str) -> str:
        return self.kept[name].text


Make = Callable[[Found, Scene], Any]


@dataclass(frozen=True, slots=True)
class Rule:
    make: str
    kind: str
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Layer:
    """One pass: its rules by the character that they can begin with, and a gate that any of them passes."""

    starting: Mapping[str, tuple[Rule, ...]]
    gate: re.Pattern[str]


def rewritten(row: Sequence[Atom], scene: Scene, makes: Mapping[str, Make]) -> tuple[Atom, ...]:
    """The row after all layers."""
    for layer in _layers():
        row = tuple(_read(row, layer, scene, makes))
    return tuple(row)


def _read(row: Sequence[Atom], layer: Layer, scene: Scene, makes: Mapping[str, Make]) -> Iterator[Atom]:
    codes = "".join(alphabet().code(atom.classes) for atom in row)
    place = 0
    while place < len(row):
        rules = layer.starting.get(codes[place], ())
        # Few places begin a match, and one expression says so many times faster than a loop over the rules.
        hopeful = bool(rules) and layer.gate.match(codes, place, place + _WIDEST) is not None
        length, made = _best(row, codes, place, rules, scene, makes) if hopeful else (0, ())
        yield from made or (row[place],)
        place += length or 1


def _best(
    row: Sequence[Atom],
    codes: str,
    place: int,
    rules: Sequence[Rule],
    scene: Scene,
    makes: Mapping[str, Make],
) -> tuple[int, Sequence[Atom]]:
    matches = [
        (match.end() - place, rule, match)
        for rule in rules
        if (match := rule.pattern.expression.match(codes, place, min(len(codes), place + _WIDEST)))
        and match.end() > place
    ]
    for length, rule, match in sorted(matches, key=lambda one: -one[0]):
        made = makes[rule.make](_found(row, match), scene)
        if made is not None:
            return length, _nodes(made, rule, row[place : place + length])
    return 0, ()


def _found(row: Sequence[Atom], match: re.Match[str]) -> Found:
    kept = {
        name.split("__")[0]: row[match.start(name)] for name in match.re.groupindex if match.start(name) >= 0
    }
    return Found(kept, row[match.start() : match.end()])


def _nodes(made: Any, rule: Rule, covered: Sequence[Atom]) -> tuple[Atom, ...]:
    """One node, or several that share the words: a list, whose elements may name their kind."""
    nodes = []
    for value in made if isinstance(made, list) else [made]:
        kind, node = value if isinstance(value, tuple) else (rule.kind, value)
        nodes.append(Atom(dict.fromkeys(_kinds()[kind], node), covered[0].start, covered[-1].end))
    return tuple(nodes)


@cache
def _kinds() -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(classes.split()) for name, classes in table("rules")["kinds"].items()}


@cache
def _layers() -> tuple[Layer, ...]:
    return tuple(
        _layer([Rule(make, kind, compiled(pattern)) for make, kind, pattern in rules])
        for rules in table("rules")["layers"]
    )


def _layer(rules: Sequence[Rule]) -> Layer:
    starting: dict[str, list[Rule]] = {}
    for rule in rules:
        for code in rule.pattern.starts:
            starting.setdefault(code, []).append(rule)
    gate = re.compile("|".join(f"(?:{rule.pattern.plain})" for rule in rules))
    return Layer({code: tuple(found) for code, found in starting.items()}, gate)
