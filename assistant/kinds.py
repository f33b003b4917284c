"""What a question asks for: a price, a duration, opening hours … read from tables, several at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from assistant.tables import lexicon


class Kind(StrEnum):
    PRICE = "price"
    DURATION = "duration"
    OPENING = "opening"
    DAYS = "days"
    LOCATION = "location"
    CONTACT = "contact"
    PAYMENT = "payment"
    WHO = "who"
    STOCK = "stock"
    QUANTITY = "quantity"
    WHEN = "when"
    HOW = "how"
    WHY = "why"
    OFFER = "offer"
    INCLUDE = "include"


@dataclass(frozen=True, slots=True)
class Cue:
    """A kind and the words [first:last] that show it."""

    kind: Kind
    first: int
    last: int

    @property
    def places(self) -> range:
        return range(self.first, self.last)


def read_kinds(words: Sequence[str]) -> tuple[Cue, ...]:
    """The cues in folded words, without overlaps (the longer wins), in the order of the text."""
    text = " ".join(words)
    starts = _word_starts(words)
    found = [
        Cue(kind, starts[match.start()], _last(starts, match.end(), len(text)))
        for kind, pattern in _patterns()
        for match in pattern.finditer(text)
        if match.start() in starts
    ]
    order = {kind: rank for rank, kind in enumerate(Kind)}
    taken: set[int] = set()
    kept = []
    for cue in sorted(found, key=lambda cue: (cue.first - cue.last, order[cue.kind])):
        if taken.isdisjoint(cue.places):
            taken.update(cue.places)
            kept.append(cue)
    return tuple(sorted(kept, key=lambda cue: cue.first))


@cache
def _patterns() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    table = lexicon("kinds")
    return tuple(
        (kind, re.compile(rf"(?:^|(?<= ))(?:{'|'.join(table[kind.value])})(?= |$)")) for kind in Kind
    )


@cache
def cue_words() -> frozenset[str]:
    """Every word that occurs in the table: known words, never to be taken for misspelt ones."""
    return frozenset(
        word
        for patterns in lexicon("kinds").values()
        for pattern in patterns
        for word in re.findall(r"[a-z]+", pattern)
    )


def _word_starts(words: Sequence[str]) -> dict[int, int]:
    starts, place = {}, 0
    for number, word in enumerate(words):
        starts[place] = number
        place += len(word) + 1
    return starts


def _last(starts: dict[int, int], end: int, length: int) -> int:
    """The number of the word after the one that ends at this character."""
    return len(starts) if end >= length else starts[end + 1]
