"""The encoder for training: what was encoded once is kept by the evidence head's store of tokens."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding.encoder import TextKind, TokenVectors
from training.evidence.token_store import TokenStore

Floats = NDArray[np.float32]


class KeptVectors:
    """Gives the same vectors as the encoder, from disk where it can."""

    def __init__(self, store: TokenStore | None = None) -> None:
        self._store = store or TokenStore()

    def encode_tokens(self, texts: Sequence[str], kind: TextKind) -> list[TokenVectors]:
        self._store.ensure(texts, kind)
        found = [self._store.get(text, kind) for text in texts]
        return [
            TokenVectors(tokens=one.tokens.astype(np.float32), offsets=one.offsets, pooled=one.pooled)
            for one in found
        ]

    def pooled(self, texts: Sequence[str], kind: TextKind) -> Floats:
        self._store.ensure(texts, kind)
        return np.stack([self._store.get(text, kind).pooled for text in texts])
