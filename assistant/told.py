"""What the trained evidence head makes of the candidates: does this passage answer this question?

A passage's side is prepared once and kept in memory; the model runs for it only the first time it is looked at.
"""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import Candidate
from assistant.evidence import EvidenceHead
from assistant.evidence_question import AskedWords, Sought
from assistant.stock import Stock
from assistant.turns import Hit, Searchable, TokenEncoder
from knowledge.embedding.encoder import TokenVectors
from knowledge.passages import PassageKind
from knowledge.terms import analyzer

UNSEEN = -6.0
"""Logit of a candidate that search did not reach: it does not answer."""
SCALE = 4.0
_KEPT = 20_000
_BATCH = 32


class EvidenceScores(Protocol):
    """The port: a logit for each candidate, in their order; above 0 it answers."""

    def scores(
        self,
        text: str,
        question: TokenVectors,
        candidates: Sequence[Candidate],
        stock: Stock,
        index: Searchable,
    ) -> NDArray[np.float32]: ...

    def warm(self, texts: Sequence[str]) -> None:
        """Make ready for these passages."""
        ...


class HeadScores:
    """The trained head over an encoder. Safe to share between threads."""

    def __init__(self, head: EvidenceHead, encoder: TokenEncoder, capacity: int = _KEPT) -> None:
        self._head = head
        self._encoder = encoder
        self._capacity = capacity
        self._prepared: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def scores(
        self,
        text: str,
        question: TokenVectors,
        candidates: Sequence[Candidate],
        stock: Stock,
        index: Searchable,
    ) -> NDArray[np.float32]:
        found = np.full(len(candidates), UNSEEN, np.float32)
        reached = [
            place for place, one in enumerate(candidates) if one.hit is not None and one.hit.dense is not None
        ]
        if reached and len(question.tokens):
            sought = [_sought(hit, stock) for place in reached if (hit := candidates[place].hit) is not None]
            words = AskedWords.of(text, analyzer(stock.base.profile.languages), index.idf)
            found[reached] = self._head.score(
                question, words, self.prepared([one.text for one in sought]), sought
            )
        return found

    def warm(self, texts: Sequence[str]) -> None:
        for start in range(0, len(texts), _BATCH):
            self.prepared(texts[start : start + _BATCH])

    def prepared(self, texts: Sequence[str]) -> list[bytes]:
        """The passages' side, from memory or encoded now in one batch."""
        with self._lock:
            missing = [text for text in dict.fromkeys(texts) if text not in self._prepared]
        fresh = self._encoder.encode_tokens(missing, "document") if missing else []
        made = {text: self._head.prepare(vectors) for text, vectors in zip(missing, fresh, strict=True)}
        with self._lock:
            self._prepared.update(made)
            known = [self._prepared[text] for text in texts]
            for text in texts:
                self._prepared.move_to_end(text)
            while len(self._prepared) > self._capacity:
                self._prepared.popitem(last=False)
        return known


def _sought(hit: Hit, stock: Stock) -> Sought:
    """The passage as search saw it. What stands in for a phrasing is the entry's own text."""
    first = stock.first_texts.get(hit.passage.citation, hit.passage.text)
    own = hit.passage.kind is PassageKind.TEXT and hit.passage.text not in first
    return Sought(
        text=hit.passage.text if own else first,
        cosine=hit.dense or 0.0,
        fused=hit.fused,
        coverage=hit.coverage,
        missing=frozenset(hit.missing),
    )
