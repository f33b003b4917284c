"""A merchant's own words, and how a customer's words relate to them: same, same concept, kin, misspelt."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from assistant.terms import Term, broader, stem

SAME = 1.0
SAME_CONCEPT = 0.85
WIDER_CONCEPT = 0.7
MISSPELT = 0.8
KIN = 0.65
_PREFIX = 5
_SHORTEST = 3


class Vocabulary:
    """Stems of all cards with their weights. Immutable after it is built."""

    def __init__(self, cards: Iterable[Iterable[Term]]) -> None:
        counts: dict[str, int] = defaultdict(int)
        self._by_concept: dict[str, set[str]] = defaultdict(set)
        self._by_prefix: dict[str, set[str]] = defaultdict(set)
        self._size = 0
        for terms in cards:
            self._size += 1
            for key in {term.stem: term for term in terms}:
                counts[key] += 1
            for term in terms:
                self._file(term)
        self._counts = dict(counts)
        self._typed = tuple(key for key in counts if len(key) > 3 and key.isalpha())
        self._related = lru_cache(maxsize=4096)(self._relate)
        self._weights = lru_cache(maxsize=4096)(self._weigh)

    def _file(self, term: Term) -> None:
        for concept in term.concepts:
            self._by_concept[concept].add(term.stem)
        if len(term.stem) >= _PREFIX:
            self._by_prefix[term.stem[:_PREFIX]].add(term.stem)

    def __contains__(self, key: str) -> bool:
        return key in self._counts

    def idf(self, key: str) -> float:
        """How telling a stem is; words that the merchant never uses are the most telling."""
        return math.log((self._size + 1.5) / (self._counts.get(key, 0) + 0.5))

    def related(self, term: Term) -> Mapping[str, float]:
        """The merchant's stems that a customer's term may mean, each with how surely, from 0 to 1."""
        return self._related(term.stem, term.concepts)

    def weight(self, term: Term) -> float:
        """The idf of a customer's term: of the merchant's commonest word that means the same."""
        return self._weights(term.stem, term.concepts)

    def _weigh(self, key: str, concepts: frozenset[str]) -> float:
        same = [self.idf(other) for other, sure in self._related(key, concepts).items() if sure >= MISSPELT]
        return min(same, default=self.idf(key))

    def _relate(self, key: str, concepts: frozenset[str]) -> dict[str, float]:
        found: dict[str, float] = {}
        for concept in concepts:
            found.update(dict.fromkeys(self._by_concept.get(concept, ()), SAME_CONCEPT))
            for wider in broader(concept):
                for other in self._by_concept.get(wider, ()):
                    found.setdefault(other, WIDER_CONCEPT)
        for kin in self._by_prefix.get(key[:_PREFIX], ()):
            if _are_kin(key, kin):
                found[kin] = max(found.get(kin, 0.0), KIN)
        if key in self._counts:
            found[key] = SAME
        elif not concepts:
            found.update(self._misspelt(key) or self._shortened(key))
        return found

    def _shortened(self, key: str) -> dict[str, float]:
        """Words of which a customer types the beginning: "nutri", "eco", "cali"."""
        if not _SHORTEST <= len(key) <= _PREFIX or not key.isalpha():
            return {}
        longer = [other for other in self._typed if other.startswith(key) and len(other) > len(key) + 2]
        return dict.fromkeys(longer, KIN) if len(longer) <= 3 else {}

    def _misspelt(self, key: str) -> dict[str, float]:
        """Stems within a typing slip of a word that nobody knows."""
        if len(key) < 4 or not key.isalpha():
            return {}
        allowed = 1 if len(key) < 7 else 2
        close = process.extract(
            key, self._typed, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=3
        )
        return {other: MISSPELT for other, _, _ in close if other[0] == key[0] or fuzz.ratio(key, other) > 85}


def _are_kin(one: str, other: str) -> bool:
    """Derived from one root: "blanque-ar", "blanque-amiento". The shorter must lie nearly whole in the longer."""
    short, long = sorted((one, other), key=len)
    common = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return common >= max(_PREFIX, len(short) - 1)


def stems(words: Iterable[str], language: str) -> frozenset[str]:
    return frozenset(stem(word, language) for word in words if word)
