"""The pattern language of the rule table, made into regular expressions over the classes of atoms.

A row of atoms is a string with one character for each set of classes, so a pattern over classes is a plain regular
expression over few characters. `CLASS` matches an atom that may stand for it; `name=CLASS` keeps it; `!X` and `&X`
look ahead, `~X` and `<X` look back; `@MACRO` is another pattern; `( | ) ? * {m,n}` are as usual. No repetition in
the table is unbounded, so a rule costs no more than a few dozen steps at a place.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from assistant.errors import TableIsBrokenError
from assistant.expressions.atoms import GLUED_COMMA, GLUED_DOT, KINDS, MARKS, PLURAL, PRETERITE, WORD
from assistant.expressions.table_files import table
from assistant.expressions.vocabulary import class_sets

_PIECE = re.compile(r"@(\w+)|(\w+)=|([A-Z][A-Z0-9]*)|([!&~<])|(\{\d+,\d+\}|[()|?^$])|\s+|(.)")
_LOOKS = {"!": "(?!", "&": "(?=", "~": "(?<!", "<": "(?<="}
_FIRST_CODE = 0xE000


class Piece(NamedTuple):
    """One element of a pattern: exactly one of the fields is filled."""

    name: str
    class_name: str
    look: str
    sign: str
    wrong: str


class Alphabet:
    """A character for every set of classes that an atom can have."""

    def __init__(self, sets: Iterable[frozenset[str]]) -> None:
        ordered = sorted(sets, key=sorted)
        self._codes = {classes: chr(_FIRST_CODE + number) for number, classes in enumerate(ordered)}

    def code(self, classes: Mapping[str, object]) -> str:
        return self._codes[frozenset(classes)]

    def characters(self, name: str) -> str:
        """All characters of the sets that hold a class."""
        return "".join(code for classes, code in self._codes.items() if name in classes)


@cache
def alphabet() -> Alphabet:
    marks = (*MARKS.values(), *KINDS.values(), WORD, PLURAL, PRETERITE, GLUED_DOT, GLUED_COMMA)
    nodes = (names.split() for names in table("rules")["kinds"].values())
    return Alphabet({*class_sets(), *map(frozenset, marks), *map(frozenset, nodes)})


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern and the characters with which a match of it can begin."""

    expression: re.Pattern[str]
    plain: str
    """The same expression without names, to be joined with others."""
    starts: frozenset[str]


def compiled(pattern: str) -> Pattern:
    pieces = _pieces(_expanded(pattern))
    expression = _translated(pieces)
    plain = re.sub(r"\?P<\w+>", "?:", expression)
    return Pattern(re.compile(expression), plain, frozenset(_Starts(pieces).sequence()[0]))


def _pieces(pattern: str) -> list[Piece]:
    found = [Piece(*match.groups("")[1:]) for match in _PIECE.finditer(pattern) if match.group().strip()]
    for piece in found:
        if piece.wrong:
            raise TableIsBrokenError("rules", f"a sign that patterns know: {piece.wrong!r} in {pattern!r}")
    return found


def _translated(pieces: Iterable[Piece]) -> str:
    found: list[str] = []
    pending = 0  # names and looks that the next class or group completes
    waiting: list[int] = []
    times: Counter[str] = Counter()
    for piece in pieces:
        if piece.name or piece.look:
            times[piece.name] += 1
            found.append(f"(?P<{piece.name}__{times[piece.name]}>" if piece.name else _LOOKS[piece.look])
            pending += 1
        elif piece.class_name:
            found.append(f"[{_characters(piece.class_name)}]" + ")" * pending)
            pending = 0
        elif piece.sign == "(":
            found.append("(?:")
            waiting.append(pending)
            pending = 0
        else:
            found.append(")" * (1 + waiting.pop()) if piece.sign == ")" else piece.sign)
    return "".join(found)


class _Starts:
    """Reads a pattern for the characters it can begin with."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._place = 0

    def sequence(self) -> tuple[set[str], bool]:
        """The characters with which alternatives up to the closing bracket can begin; whether one can be empty."""
        found: set[str] = set()
        open_still, some_empty = True, False
        while (piece := self._next()) is not None and piece.sign != ")":
            if piece.sign == "|":
                some_empty |= open_still
                open_still = True
                continue
            starts, empty = self._item(piece)
            if open_still:
                found |= starts
                open_still = empty
        return found, some_empty or open_still

    def _item(self, piece: Piece) -> tuple[set[str], bool]:
        looks = False
        while piece.name or piece.look:
            looks |= bool(piece.look)
            piece = self._next() or piece
        if piece.sign in ("^", "$"):
            return set(), True
        starts, empty = self.sequence() if piece.sign == "(" else (set(_characters(piece.class_name)), False)
        if self._place < len(self._pieces) and self._pieces[self._place].sign[:1] in ("?", "{"):
            empty |= self._pieces[self._place].sign.startswith(("?", "{0"))
            self._place += 1
        return (set(), True) if looks else (starts, empty)

    def _next(self) -> Piece | None:
        if self._place >= len(self._pieces):
            return None
        self._place += 1
        return self._pieces[self._place - 1]


def _expanded(pattern: str) -> str:
    macros = table("rules")["macros"]
    while "@" in pattern:
        pattern = re.sub(r"@(\w+)", lambda match: f"({macros[match[1]]})", pattern)
    return pattern


def _characters(class_name: str) -> str:
    found = alphabet().characters(class_name)
    if not found:
        raise TableIsBrokenError("rules", f"atoms of the class {class_name!r}")
    return found
