"""Hybrid search over one merchant: what a question means (vectors) and what it says (words), fused."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.dense import DenseIndex
from knowledge.errors import WrongVectors
from knowledge.lexical import Cover, LexicalIndex
from knowledge.passages import Passage, PassageKind
from knowledge.terms import analyzer

DENSE_SHARE = 0.7
BM25_SHARE = 0.2
COVERAGE_SHARE = 0.1
"""Shares of the fused score. On the 758 answerable questions of the training shops: first place 66.1 % with 0.7
and 0.3 of the first two alone, 68.3 % with these and the handicap below; on XQuAD-es 95.9 % with either."""
QUESTION_HANDICAP = 0.02
"""A question's cosine with another question runs higher than with the text that answers it."""
_LEXICAL_CANDIDATES = 64

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """The best passage of one citable unit, with what spoke for it."""

    passage: Passage
    dense: float | None
    """Best cosine of the unit's passages; None when none of them has a vector, or the question has none."""
    lexical: float
    """Best BM25 of the unit's passages."""
    fused: float
    """Between 0 and 1, comparable within one search only."""
    coverage: float
    """Share of the question's telling words, by idf, that the unit holds in any of its passages."""
    missing: tuple[str, ...]
    """The telling words (stemmed) that it does not hold."""


class MerchantIndex:
    """Passages of one merchant, searchable. Immutable; built anew for every version."""

    def __init__(
        self,
        passages: tuple[Passage, ...],
        lexical: LexicalIndex,
        dense: DenseIndex | None,
        units: NDArray[np.int32],
    ) -> None:
        self.passages = passages
        self._lexical = lexical
        self._dense = dense
        self._order = np.argsort(units, kind="stable")
        self._units = units
        asked = [passage.kind is PassageKind.PHRASING for passage in passages]
        self._handicap = np.array(asked, np.float32) * np.float32(QUESTION_HANDICAP)
        edges = np.searchsorted(units[self._order], np.arange(int(units.max()) + 2 if len(units) else 1))
        self._starts, self._ends = edges[:-1], edges[1:]

    @staticmethod
    def build(
        passages: Sequence[Passage], vectors: Floats | None, *, languages: Sequence[str] = ("es",)
    ) -> "MerchantIndex":
        """`vectors` has a row for each passage, of NaN where there is none yet; None = words only."""
        if vectors is not None and len(vectors) != len(passages):
            raise WrongVectors(f"{len(vectors)} vectors for {len(passages)} passages")
        numbers: dict[str, int] = {}
        units = np.fromiter(
            (numbers.setdefault(passage.citation, len(numbers)) for passage in passages),
            np.int32,
            len(passages),
        )
        lexical = LexicalIndex([passage.text for passage in passages], units, analyzer(tuple(languages)))
        dense = None if vectors is None or not len(passages) else DenseIndex(vectors)
        return MerchantIndex(tuple(passages), lexical, dense, units)

    @property
    def nbytes(self) -> int:
        """Memory held, for a cache to count: vectors, postings, and the passages' texts."""
        texts = sum(len(passage.text) * 2 + 400 for passage in self.passages)
        return self._lexical.nbytes + (self._dense.nbytes if self._dense else 0) + texts

    @property
    def missing_vectors(self) -> int:
        """How many passages can be found by their words only."""
        return len(self.passages) - (int(self._dense.present.sum()) if self._dense else 0)

    def idf(self, term: str) -> float:
        """How telling a term (as in `Hit.missing`) is for this merchant."""
        return self._lexical.idf(term)

    def search(self, text: str, vector: Floats | None, limit: int = 10) -> tuple[Hit, ...]:
        """The best units for a question, best first. `vector` is the question's, or None for words only."""
        if not self.passages or limit < 1:
            return ()
        question = self._lexical.question(text)
        words = self._lexical.scores(question)
        cover = self._lexical.cover(question)
        cosines = self._cosines(vector, words)
        fused = _fuse(cosines - self._handicap, words, cover.shares[self._units])
        scores = _Scores(
            fused=fused[self._order],
            dense=np.fmax.reduceat(cosines[self._order], self._starts),
            lexical=np.maximum.reduceat(words[self._order], self._starts),
            cover=cover,
        )
        best = np.maximum.reduceat(scores.fused, self._starts)
        return tuple(self._hit(unit, scores) for unit in _top(best, limit).tolist())

    def _cosines(self, vector: Floats | None, words: Floats) -> Floats:
        if self._dense is None or vector is None:
            return np.full(len(self.passages), np.nan, np.float32)
        return self._dense.scores(vector, _top(words, _LEXICAL_CANDIDATES))

    def _hit(self, unit: int, scores: "_Scores") -> Hit:
        start, end = self._starts[unit], self._ends[unit]
        best = start + scores.fused[start:end].argmax()
        dense = float(scores.dense[unit])
        return Hit(
            passage=self.passages[self._order[best]],
            dense=None if math.isnan(dense) else dense,
            lexical=float(scores.lexical[unit]),
            fused=float(scores.fused[best]),
            coverage=float(scores.cover.shares[unit]),
            missing=scores.cover.missing(unit),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scores:
    """Of one search: `fused` by passage, in the order of units; the others by unit."""

    fused: Floats
    dense: Floats
    lexical: Floats
    cover: Cover


def _fuse(cosines: Floats, words: Floats, coverage: Floats) -> Floats:
    """Shares of both scores after each is stretched to 0..1; coverage stands in for a cosine that is not there."""
    meaning = np.where(np.isnan(cosines), coverage, _stretched(cosines))
    fused: Floats = DENSE_SHARE * meaning + BM25_SHARE * _stretched(words) + COVERAGE_SHARE * coverage
    return fused.astype(np.float32)


def _stretched(scores: Floats) -> Floats:
    """Per-query min-max. Scores that are all the same tell nothing apart: all 1, or all 0 where none is above 0."""
    if np.isnan(scores).all():
        return scores
    low, high = np.nanmin(scores), np.nanmax(scores)
    if high <= low:
        return np.where(np.isnan(scores), scores, np.float32(high > 0))
    stretched: Floats = (scores - low) / (high - low)
    return stretched


def _top(scores: Floats, count: int) -> NDArray[np.int64]:
    """Positions of the highest scores, highest first, the earlier one first among equals."""
    if count < len(scores):
        kept = np.argpartition(-scores, count - 1)[:count]
        kept.sort()
    else:
        kept = np.arange(len(scores))
    return kept[np.argsort(-scores[kept], kind="stable")]
