"""Finding the phrases of a table in a row of words: longest first, from the left, in one pass."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class Found(Generic[Meaning]):
    """A phrase found at words[first:last]."""

    first: int
    last: int
    meaning: Meaning

    @property
    def span(self) -> range:
        return range(self.first, self.last)


class Phrases(Generic[Meaning]):
    """A table of phrases. Looking one up costs the length of the longest phrase, whatever the table's size."""

    def __init__(self, entries: Iterable[tuple[str, Meaning]]) -> None:
        self._table: dict[tuple[str, ...], Meaning] = {}
        for phrase, meaning in entries:
            self._table.setdefault(tuple(phrase.split()), meaning)
        self._longest = max(map(len, self._table), default=0)

    @classmethod
    def inverted(cls, table: Mapping[Meaning, Iterable[str]]) -> "Phrases[Meaning]":
        """From a table of meaning -> phrases."""
        return cls((phrase, meaning) for meaning, phrases in table.items() for phrase in phrases)

    def at(self, words: Sequence[str], first: int) -> Found[Meaning] | None:
        """The longest phrase that starts at this word."""
        for length in range(min(self._longest, len(words) - first), 0, -1):
            key = tuple(words[first : first + length])
            if key in self._table:
                return Found(first, first + length, self._table[key])
        return None

    def find(self, words: Sequence[str]) -> tuple[Found[Meaning], ...]:
        found = []
        place = 0
        while place < len(words):
            match = self.at(words, place)
            if match is not None:
                found.append(match)
            place = match.last if match is not None else place + 1
        return tuple(found)
