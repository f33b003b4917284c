"""Vectors of texts, kept in a file between runs so that only new texts are encoded."""

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding.encoder import Encoder
from knowledge.embedding.loading import load_encoder

Floats = NDArray[np.float32]


class KeptVectors:
    """An encoder that remembers. The model is loaded on the first text that is not kept."""

    def __init__(self, file: Path, model: str | None = None) -> None:
        self._file = file
        self._model = model
        self._encoder: Encoder | None = None
        self._kept: dict[str, Floats] = {}
        if file.exists():
            with np.load(file) as held:
                self._kept = dict(zip(held["keys"].tolist(), held["vectors"], strict=True))
        self._fresh = 0

    def encode_queries(self, texts: Sequence[str]) -> Floats:
        return self._encode("query", texts)

    def encode_documents(self, texts: Sequence[str]) -> Floats:
        return self._encode("document", texts)

    def save(self) -> None:
        if self._fresh:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            np.savez(self._file, keys=np.array(list(self._kept)), vectors=np.stack(list(self._kept.values())))
            self._fresh = 0

    def _encode(self, kind: str, texts: Sequence[str]) -> Floats:
        missing = [text for text in dict.fromkeys(texts) if _key(kind, text) not in self._kept]
        if missing:
            self._encoder = self._encoder or load_encoder(self._model)
            encode = self._encoder.encode_queries if kind == "query" else self._encoder.encode_documents
            for text, vector in zip(missing, encode(missing), strict=True):
                self._kept[_key(kind, text)] = vector
            self._fresh += len(missing)
        return np.stack([self._kept[_key(kind, text)] for text in texts])


def _key(kind: str, text: str) -> str:
    return blake2b(f"{kind}\n{text}".encode(), digest_size=12).hexdigest()
