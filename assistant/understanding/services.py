"""Services in a message: matched to the merchant's own names, whatever the plural, the slip or the half a word."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from assistant.understanding.lines import Found, Line
from assistant.understanding.shop_words import ShopWords, roots, sound
from assistant.understanding.table_files import table, words_of
from assistant.understanding.values import Slot

_SHORTEST = 2
_JOINS = 2
_DERIVED = re.compile(r"(?:[ct]it[oa]s?|oes|ings?)$")
"""Diminutives and plurals whose ending differs."""


@dataclass(frozen=True)
class Catalogue:
    """The services' words, each with the services that have it in their names."""

    by_word: dict[str, frozenset[str]]
    by_root: dict[str, dict[str, frozenset[str]]]
    """For each root the words that have it."""
    names: dict[str, tuple[tuple[str, ...], ...]]
    """The telling words of each way that a service is called."""

    def named_by(self, word: str) -> frozenset[str]:
        """The services that a customer's word may be part of the name of."""
        if not _tells(word):
            return frozenset()
        if word in self.by_word or word in words_of("never_services"):
            return self.by_word.get(word, frozenset())
        same = [self._of_same_noun(word, root) for root in roots(word) if root in self.by_root]
        found = frozenset[str]().union(*same)
        return found or self._misspelt(word)

    def _of_same_noun(self, word: str, root: str) -> frozenset[str]:
        ids = (ids for known, ids in self.by_root[root].items() if same_noun(word, known))
        return frozenset[str]().union(*ids)

    def _misspelt(self, word: str) -> frozenset[str]:
        if len(word) < 4 or word in words_of("never_misspelt"):
            return frozenset()
        found: set[str] = set()
        for known, ids in self.by_word.items():
            if _is_slip(word, known) or _is_beginning(word, known):
                found |= ids
        return frozenset(found)


def same_noun(word: str, known: str) -> bool:
    """Whether two words of one root are one noun or its infinitive: "corte" and "cortes", but not "corta"."""
    one, other = word.rstrip("s"), known.rstrip("s")
    if sound(one).rstrip("e") == sound(other).rstrip("e") or _DERIVED.search(word):
        return True
    return one[:-1] == other[:-1] and {one[-1], other[-1]} == {"o", "a"}


def _is_slip(word: str, known: str) -> bool:
    if word[0] != known[0] or len(known) < 5:
        return False
    allowed = 1 if len(known) < 8 else 2
    return bool(DamerauLevenshtein.distance(word, known, score_cutoff=allowed) <= allowed)


def _is_beginning(word: str, known: str) -> bool:
    return known.startswith(word) and len(known) >= len(word) + 3


@lru_cache(maxsize=256)
def catalogue_of(shop: ShopWords) -> Catalogue:
    by_word: dict[str, set[str]] = defaultdict(set)
    by_root: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    names = {}
    for one in shop.offerings:
        names[one.id] = tuple(tuple(_telling(name)) for name in one.names)
        for word in {word for name in one.names for word in _telling(name)}:
            for said in (word, *_others(word)):
                by_word[said].add(one.id)
    frozen = {word: frozenset(ids) for word, ids in by_word.items()}
    for word, ids in frozen.items():
        for root in roots(word):
            by_root[root][word] = ids
    return Catalogue(frozen, dict(by_root), names)


def _telling(name: Sequence[str]) -> list[str]:
    return [word for word in name if _tells(word)]


def _tells(word: str) -> bool:
    empty = word in words_of("service_joins") or word.isdigit()
    return len(word) >= _SHORTEST and not empty


def _others(word: str) -> Sequence[str]:
    """Other words that customers use for one of the merchant's."""
    others: Sequence[str] = table("service_words").get(word, ())
    return others


def find_services(line: Line, shop: ShopWords, taken: frozenset[int]) -> tuple[Found, ...]:
    """The services that a line names, the longest spans, from the left."""
    catalogue = catalogue_of(shop)
    named = {
        place: ids
        for place, word in enumerate(line.plain)
        if place not in taken and (ids := catalogue.named_by(word))
    }
    spans = list(_spans(line, named))
    return tuple(
        Found(Slot.SERVICE, first, last, _settled(first, last, named, catalogue, line))
        for first, last in spans
    )


def _spans(line: Line, named: dict[int, frozenset[str]]) -> Iterator[tuple[int, int]]:
    place = 0
    while place < len(line.plain):
        if place not in named or not _may_begin(line, place, named):
            place += 1
            continue
        last = place + 1
        ids = named[place]
        while (further := _joined(line, last, ids, named)) is not None:
            last, ids = further
        yield place, last
        place = last


def _may_begin(line: Line, place: int, named: dict[int, frozenset[str]]) -> bool:
    """A word that most services have begins a span only where a telling one stands right beside it."""
    word = line.plain[place]
    beside = line.plain[place + 1 : place + 3]
    if word in words_of("booking_nouns"):
        adjacent = bool(named.get(place + 1, frozenset()) & named[place])
        return adjacent or (_goes_on(line, place, named) and not words_of("proofs").isdisjoint(beside))
    return word not in words_of("weak_service_words") or _goes_on(line, place, named)


def _goes_on(line: Line, place: int, named: dict[int, frozenset[str]]) -> bool:
    return _joined(line, place + 1, named[place], named) is not None


def _joined(
    line: Line, last: int, ids: frozenset[str], named: dict[int, frozenset[str]]
) -> tuple[int, frozenset[str]] | None:
    """The span carried on to the next word of the same service's name, over small words between."""
    for gap in range(_JOINS + 1):
        place = last + gap
        if place >= len(line.plain):
            return None
        if place in named and named[place] & ids and not _apart(line, last, place):
            return place + 1, named[place] & ids
        if line.plain[place] not in words_of("service_joins"):
            return None
    return None


def _apart(line: Line, last: int, place: int) -> bool:
    between = line.text[line.words[last - 1].end : line.words[place].start]
    return any(mark in between for mark in ",.;:?!\n")


def _settled(
    first: int, last: int, named: dict[int, frozenset[str]], catalogue: Catalogue, line: Line
) -> str | None:
    """The one service that all words of the span belong to; of several, the only one that they name in full."""
    places = [place for place in range(first, last) if place in named]
    common = frozenset.intersection(*(named[place] for place in places))
    if len(common) == 1:
        return next(iter(common))
    words = [line.plain[place] for place in places]
    whole = [one for one in common if any(_covers(words, name) for name in catalogue.names[one])]
    return whole[0] if len(whole) == 1 else None


def _covers(words: Sequence[str], name: Sequence[str]) -> bool:
    """Whether every word of a name was said."""
    said = [set(roots(word)) for word in words]
    return bool(name) and all(any(not one.isdisjoint(roots(word)) for one in said) for word in name)
