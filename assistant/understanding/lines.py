"""A message as words and clauses, and the mentions that are found in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.tables import word_set
from assistant.understanding.table_files import words_of
from assistant.understanding.values import Slot
from assistant.wording import Word, read_words

LONGEST = 1500
"""Characters that are read: whoever writes more has said what they want by then."""
_BREAK = re.compile(r"[,.;:!?¿¡\n()…]")
_TURNING = frozenset({"pero", "sino", "but", "porem", "aunque", "mas"})
_MAS = "mas"


@dataclass(frozen=True)
class Line:
    """A message that is read. Words are folded and spelt out, each with its place in the text."""

    text: str
    language: str

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return read_words(self.text, self.language)

    @cached_property
    def plain(self) -> tuple[str, ...]:
        return tuple(word.text for word in self.words)

    @cached_property
    def clauses(self) -> tuple[range, ...]:
        """Stretches of words between marks and before words that turn the talk ("pero", "sino")."""
        starts = [0, *(place for place in range(1, len(self.words)) if self._begins_clause(place))]
        ends = [*starts[1:], len(self.words)]
        return tuple(range(first, last) for first, last in zip(starts, ends, strict=True) if first < last)

    def _begins_clause(self, place: int) -> bool:
        word = self.words[place]
        if word.text in _TURNING and (word.text != _MAS or self.language == "pt"):
            return True
        if word.text in word_set("splitting", "links") and self._asks_on(place + 1):
            return True
        return bool(
            _BREAK.search(self.text, self.words[place - 1].end, max(word.start, self.words[place - 1].end))
        )

    def _asks_on(self, place: int) -> bool:
        """Whether a question of its own begins here: "… y me dice si hay parqueadero"."""
        starters = word_set("splitting", "starters") | words_of("question_starters")
        rest = self.plain[place : place + 3]
        return any("_".join(rest[:length]) in starters for length in (1, 2, 3))

    def said(self, first: int, last: int) -> str:
        """The words [first:last] as they were typed."""
        return self.text[self.words[first].start : self.words[last - 1].end]

    def places(self, start: int, end: int) -> range:
        """The words that stand between two characters."""
        inside = [place for place, word in enumerate(self.words) if word.start < end and word.end > start]
        return range(inside[0], inside[-1] + 1) if inside else range(0)


def line_of(text: str, language: str) -> Line:
    return Line(text[:LONGEST], language)


@dataclass(frozen=True, slots=True)
class Found:
    """A mention at words[first:last]. `value` is a number, or the merchant's id where it is clear."""

    slot: Slot
    first: int
    last: int
    value: int | str | None = None

    @property
    def span(self) -> range:
        return range(self.first, self.last)


_MASKS = {
    Slot.SERVICE: "xservice",
    Slot.STAFF: "xstaff",
    Slot.NAME: "xname",
    Slot.SIZE: "xsize",
    Slot.ORDINAL: "xordinal",
    Slot.RATING: "xrating",
    Slot.WHEN: "xwhen",
}


def masked(line: Line, found: Sequence[Found]) -> tuple[tuple[str, ...], ...]:
    """The clauses with their mentions as one word each, so that signs need not know any shop's names."""
    at = {one.first: one for one in found}
    return tuple(tuple(_masked(line, clause, at)) for clause in line.clauses)


def _masked(line: Line, clause: range, at: dict[int, Found]) -> Iterator[str]:
    place = clause.start
    while place < clause.stop:
        one = at.get(place)
        yield line.plain[place] if one is None else _MASKS[one.slot]
        place = place + 1 if one is None else max(one.last, place + 1)
