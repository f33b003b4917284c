"""A question and its candidates as the evidence head reads them, beside the token vectors."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.kinds import Kind, read_kinds
from assistant.signs import agreement
from assistant.wording import plain_words
from knowledge.terms import Analyzer, words_of

Floats = NDArray[np.float32]

MARKS: Final = ("held", "missing", "weight")
"""For every token of a question: whether its word tells something that the passage holds, or lacks, and how much it tells."""
_KINDS: Final = (
    Kind.PRICE, Kind.DURATION, Kind.OPENING, Kind.DAYS, Kind.LOCATION, Kind.CONTACT, Kind.PAYMENT, Kind.WHO,
    Kind.STOCK, Kind.QUANTITY, Kind.WHEN, Kind.HOW, Kind.WHY, Kind.OFFER,
)  # fmt: skip
SCALARS: Final = (
    "cosine", "lead", "fused", "coverage", "missing", "missing_weight", "length", "passage_length", "agrees",
    *(kind.value for kind in _KINDS),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A passage as search saw it for the question: `missing` are the question's telling terms that it lacks."""

    text: str
    cosine: float
    fused: float
    coverage: float
    missing: Collection[str]


@dataclass(frozen=True, slots=True)
class AskedWords:
    """The words of a question with the terms that each stands for, and how much those tell at this merchant."""

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    terms: tuple[frozenset[str], ...]
    weights: Floats
    kinds: frozenset[Kind]

    @classmethod
    def of(cls, text: str, analyzer: Analyzer, idf: Callable[[str], float]) -> "AskedWords":
        telling = frozenset(analyzer.telling(text))
        places = _places(text)
        terms = tuple(frozenset(analyzer.terms(text[start:end])) & telling for start, end in places)
        weights = [max((idf(term) for term in found), default=0.0) / 6 for found in terms]
        return cls(
            np.array([start for start, _ in places], np.int32),
            np.array([end for _, end in places], np.int32),
            terms,
            np.array(weights, np.float32),
            frozenset(cue.kind for cue in read_kinds(plain_words(text))),
        )

    def marks(self, offsets: NDArray[np.int32], missing: Collection[str]) -> Floats:
        """One row a token, columns as in `MARKS`."""
        rows = np.zeros((len(self.terms) + 1, len(MARKS)), np.float32)
        for row, (found, weight) in enumerate(zip(self.terms, self.weights, strict=True)):
            if found:
                lacking = found.issubset(missing)
                rows[row] = (not lacking, lacking, weight)
        return rows[self._words(offsets)]

    def _words(self, offsets: NDArray[np.int32]) -> NDArray[np.intp]:
        """For each token the word that it ends in, or one past the last."""
        found = np.searchsorted(self.ends, offsets[:, 1])
        starts = np.append(self.starts, np.int32(2**31 - 1))
        return np.where(offsets[:, 1] > starts[found], found, len(self.terms))

    def scalars(self, candidates: Sequence[Sought]) -> Floats:
        """One row a candidate, columns as in `SCALARS`."""
        weights = {
            term: weight for found, weight in zip(self.terms, self.weights, strict=True) for term in found
        }
        cosines = np.array([one.cosine for one in candidates], np.float32)
        leads = cosines - _rivals(cosines)
        asked = [float(kind in self.kinds) for kind in _KINDS]
        rows = [
            [
                (one.cosine - 0.85) * 10,
                float(lead) * 10,
                one.fused,
                one.coverage,
                min(len(one.missing), 6) / 3,
                max((weights.get(term, 0.0) for term in one.missing), default=0.0),
                min(len(self.terms), 24) / 12,
                min(len(one.text), 400) / 200,
                agreement(self.kinds, one.text),
                *asked,
            ]
            for one, lead in zip(candidates, leads, strict=True)
        ]
        return np.array(rows, np.float32).reshape(len(candidates), len(SCALARS))


def _places(text: str) -> list[tuple[int, int]]:
    """Where the blank-separated pieces of a text that hold a word stand."""
    places, start = [], 0
    for piece in text.split():
        start = text.index(piece, start)
        if words_of(piece):
            places.append((start, start + len(piece)))
        start += len(piece)
    return places


def _rivals(scores: Floats) -> Floats:
    """For each score the best of the others."""
    if len(scores) < 2:
        return scores
    second, first = np.sort(scores)[-2:]
    rivals: Floats = np.where(scores == first, second, first).astype(np.float32)
    return rivals
