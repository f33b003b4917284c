"""A deterministic encoder without a model: for tests, dry runs, and machines that must start at once.

Words become vectors through the letters they are made of, so "reserva" and "reservas" lie close together; it knows
nothing of meaning, and "cita" is as far from "turno" as from anything else.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from knowledge.embedding.encoder import TextKind, TokenVectors, Vectors

_WORD = re.compile(r"\w+")
_GRAM_LENGTHS = (3, 4)


class HashEncoder:
    """An `Encoder` whose vectors are sums of fixed marks, a few for each run of letters in a word.

    Queries and documents are encoded alike, and no text is too long for it.
    """

    def __init__(self, dimensions: int = 384) -> None:
        self.name = "hash"
        self.version = f"1-{dimensions}"
        self.dimensions = dimensions
        self._word_vector = lru_cache(maxsize=16_384)(self._make_word_vector)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts)

    def encode_tokens(self, texts: Sequence[str], kind: TextKind) -> list[TokenVectors]:
        del kind
        return [self._text(text) for text in texts]

    def _encode(self, texts: Sequence[str]) -> Vectors:
        rows = [self._text(text).pooled for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self.dimensions), np.float32)

    def _text(self, text: str) -> TokenVectors:
        words = list(_WORD.finditer(text))
        tokens = np.zeros((len(words), self.dimensions), np.float32)
        for row, word in enumerate(words):
            tokens[row] = self._word_vector(_folded(word[0]))
        offsets = np.array([word.span() for word in words], np.int32).reshape(-1, 2)
        return TokenVectors(tokens=tokens, offsets=offsets, pooled=self._pooled(tokens))

    def _pooled(self, tokens: Vectors) -> Vectors:
        total = tokens.sum(axis=0)
        if not total.any():
            total = self._word_vector("")
        return np.asarray(total / np.linalg.norm(total), np.float32)

    def _make_word_vector(self, word: str) -> Vectors:
        padded = f"<{word}>"
        grams = [padded[at : at + size] for size in _GRAM_LENGTHS for at in range(len(padded) - size + 1)]
        marks = b"".join(hashlib.blake2b(gram.encode(), digest_size=16).digest() for gram in [*grams, padded])
        draws = np.frombuffer(marks, "<u2")
        total = np.bincount(draws % self.dimensions, np.where(draws >> 15, 1.0, -1.0), self.dimensions)
        total[draws[0] % self.dimensions] += 0.5  # so that signs that cancel out never leave nothing
        return np.asarray(total / np.linalg.norm(total), np.float32)


def _folded(word: str) -> str:
    """Without capitals and accents, which people leave out as they please."""
    spread = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in spread if not unicodedata.combining(letter))
