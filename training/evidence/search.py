"""Search over one merchant's cards as the product does it: 0.7 dense + 0.3 BM25 after min-max."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.evidence_words import ShelfWords, stems
from training.evidence.samples import Card, Merchant
from training.evidence.token_store import TokenStore

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Found:
    """The cards of a merchant ordered for one question, best first, with the scores."""

    order: NDArray[np.intp]
    cosines: Floats
    lexical: Floats
    fused: Floats


class Shelf:
    def __init__(self, merchant: Merchant, store: TokenStore) -> None:
        self.cards: tuple[Card, ...] = merchant.cards
        self.words = [frozenset(one.text for one in stems(card.text)) for card in merchant.cards]
        self.shelf_words = ShelfWords.of(self.words)
        self._vectors = np.stack([store.get(card.text, "document").pooled for card in merchant.cards])
        self._bm25 = _Bm25([[one.text for one in stems(card.text)] for card in merchant.cards])

    def search(self, text: str, vector: Floats, without: frozenset[str] = frozenset()) -> Found:
        keep = np.array([at for at, card in enumerate(self.cards) if card.key not in without])
        cosines = (self._vectors[keep] @ vector).astype(np.float32)
        lexical = self._bm25.scores([one.text for one in stems(text)])[keep]
        fused = 0.7 * _spread(cosines) + 0.3 * _spread(lexical)
        order = np.argsort(-fused, kind="stable")
        return Found(keep[order], cosines[order], lexical[order], fused[order])


def _spread(scores: Floats) -> Floats:
    low, high = float(scores.min()), float(scores.max())
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)


class _Bm25:
    def __init__(self, texts: list[list[str]], k1: float = 1.2, b: float = 0.75) -> None:
        vocabulary = {word: at for at, word in enumerate(sorted({word for text in texts for word in text}))}
        counts = np.zeros((len(texts), len(vocabulary)), np.float32)
        for row, text in enumerate(texts):
            for word in text:
                counts[row, vocabulary[word]] += 1
        lengths = counts.sum(axis=1, keepdims=True)
        seen = (counts > 0).sum(axis=0)
        idf = np.log1p((len(texts) - seen + 0.5) / (seen + 0.5))
        self._weights = idf * counts * (k1 + 1) / (counts + k1 * (1 - b + b * lengths / lengths.mean()))
        self._vocabulary = vocabulary

    def scores(self, words: list[str]) -> Floats:
        columns = [self._vocabulary[word] for word in set(words) if word in self._vocabulary]
        return self._weights[:, columns].sum(axis=1).astype(np.float32)
