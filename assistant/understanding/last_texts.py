"""An encoder that still has the vectors of the last few texts: a turn that is understood and then answered is encoded once.

It keeps no words: texts are known by their digests. Passages are not kept: they are encoded once in any case.
"""

from collections import OrderedDict
from collections.abc import Sequence
from hashlib import blake2b
from threading import Lock

from knowledge.embedding.encoder import Encoder, TextKind, TokenVectors, Vectors

KEPT = 16


class LastTexts:
    """Stands before an encoder, in all that it is asked. Safe to share between threads if the encoder is."""

    def __init__(self, encoder: Encoder, kept: int = KEPT) -> None:
        self._encoder = encoder
        self._kept = kept
        self._vectors: OrderedDict[bytes, TokenVectors] = OrderedDict()
        self._lock = Lock()

    @property
    def name(self) -> str:
        return self._encoder.name

    @property
    def version(self) -> str:
        return self._encoder.version

    @property
    def dimensions(self) -> int:
        return self._encoder.dimensions

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.encode_queries(texts)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.encode_documents(texts)

    def encode_tokens(self, texts: Sequence[str], kind: TextKind) -> list[TokenVectors]:
        """The vectors of all texts; the encoder is asked, in one batch, for those that it was not asked for just now."""
        if kind == "document":
            return self._encoder.encode_tokens(texts, kind)
        keys = [_digest(text) for text in texts]
        with self._lock:
            held = {key: self._vectors[key] for key in keys if key in self._vectors}
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in held}
        if new:
            made = dict(zip(new, self._encoder.encode_tokens(list(new.values()), kind), strict=True))
            self._keep(made)
            held |= made
        return [held[key] for key in keys]

    def _keep(self, made: dict[bytes, TokenVectors]) -> None:
        with self._lock:
            self._vectors.update(made)
            while len(self._vectors) > self._kept:
                self._vectors.popitem(last=False)


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()
