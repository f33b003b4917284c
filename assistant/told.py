"""What the trained evidence head makes of the candidates: does this passage answer this question?

A passage's side comes with the shelf. Where it does not yet, it is prepared once and kept in memory: the model runs
for it only the first time it is looked at.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import Candidate
from assistant.evidence import EvidenceHead
from assistant.evidence_question import AskedWords, Sought
from assistant.stock import Stock
from assistant.turns import Hit, Shelf, TokenEncoder
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
        shelf: Shelf,
    ) -> NDArray[np.float32]: ...

    def warm(self, texts: Sequence[str], shelf: Shelf) -> None:
        """Make ready for these passages of a shelf."""
        ...

    def closeness(self, texts: Sequence[str], question: TokenVectors, shelf: Shelf) -> Sequence[float]:
        """How near these passages are to the question, where search has no vector of them yet."""
        ...


class HeadScores:
    """The trained head over an encoder. Safe to share between threads."""

    def __init__(self, head: EvidenceHead, encoder: TokenEncoder, capacity: int = _KEPT) -> None:
        self._head = head
        self._encoder = encoder
        self._capacity = capacity
        self._prepared: OrderedDict[tuple[TokenEncoder, str], bytes] = OrderedDict()
        self._lock = Lock()

    def scores(
        self,
        text: str,
        question: TokenVectors,
        candidates: Sequence[Candidate],
        stock: Stock,
        shelf: Shelf,
    ) -> NDArray[np.float32]:
        found = np.full(len(candidates), UNSEEN, np.float32)
        reached = [
            place for place, one in enumerate(candidates) if one.hit is not None and one.hit.dense is not None
        ]
        if reached and len(question.tokens):
            sought = [_sought(hit, stock) for place in reached if (hit := candidates[place].hit) is not None]
            words = AskedWords.of(text, analyzer(stock.base.profile.languages), shelf.index.idf)
            found[reached] = self._head.score(
                question, words, self.prepared([one.text for one in sought], shelf), sought
            )
        return found

    def warm(self, texts: Sequence[str], shelf: Shelf) -> None:
        for start in range(0, len(texts), _BATCH):
            self.prepared(texts[start : start + _BATCH], shelf)

    def closeness(self, texts: Sequence[str], question: TokenVectors, shelf: Shelf) -> Sequence[float]:
        """Encodes the passages; `scores` will find them prepared."""
        encoder = shelf.encoder or self._encoder
        found = encoder.encode_tokens(texts, "document")
        made = {text: self._head.prepare(one) for text, one in zip(texts, found, strict=True)}
        self._keep(encoder, made)
        return [float(one.pooled @ question.pooled) for one in found]

    def prepared(self, texts: Sequence[str], shelf: Shelf) -> list[bytes]:
        """The passages' side, from the shelf, from memory, or encoded now in one batch."""
        others = [text for text in dict.fromkeys(texts) if text not in shelf.sketches]
        made = self._remembered(others, shelf.encoder or self._encoder)
        return [made[text] if text in made else shelf.sketches[text] for text in texts]

    def _remembered(self, texts: Sequence[str], encoder: TokenEncoder) -> dict[str, bytes]:
        with self._lock:
            kept = {text: self._prepared.get((encoder, text)) for text in texts}
        known = {text: one for text, one in kept.items() if one is not None}
        missing = [text for text in texts if text not in known]
        fresh = encoder.encode_tokens(missing, "document") if missing else []
        known |= {text: self._head.prepare(one) for text, one in zip(missing, fresh, strict=True)}
        self._keep(encoder, known)
        return known

    def _keep(self, encoder: TokenEncoder, known: Mapping[str, bytes]) -> None:
        with self._lock:
            for text, one in known.items():
                self._prepared[encoder, text] = one
                self._prepared.move_to_end((encoder, text))
            while len(self._prepared) > self._capacity:
                self._prepared.popitem(last=False)


def text_of(hit: Hit, stock: Stock) -> str:
    """The passage as the head is shown it. What stands in for a phrasing is the entry's own text."""
    first = stock.first_texts.get(hit.passage.citation, hit.passage.text)
    own = hit.passage.kind is PassageKind.TEXT and hit.passage.text not in first
    return hit.passage.text if own else first


def _sought(hit: Hit, stock: Stock) -> Sought:
    """The passage as search saw it."""
    return Sought(
        text=text_of(hit, stock),
        cosine=hit.dense or 0.0,
        fused=hit.fused,
        coverage=hit.coverage,
        missing=frozenset(hit.missing),
    )
