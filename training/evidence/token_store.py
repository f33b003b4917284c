"""Token vectors of texts, encoded once and kept on disk in half precision."""

import atexit
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding.encoder import Encoder, TextKind

FOLDER = Path(".mostrador/evidence")
REDUCED = 192
_BATCH = 256


@dataclass(frozen=True, slots=True)
class Encoded:
    tokens: NDArray[np.float16]
    offsets: NDArray[np.int32]
    pooled: NDArray[np.float32]


class TokenStore:
    """Shards of arrays with one line of index a text. The encoder is only loaded when something is missing."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._encoder: Encoder | None = None
        self._known: dict[str, Encoded] = {}
        self._reduced: dict[str, NDArray[np.float16]] = {}
        self._axes: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None
        self._pending: list[tuple[str, Encoded]] = []
        atexit.register(self.save)
        folder.mkdir(parents=True, exist_ok=True)
        for index in sorted(folder.glob("shard-*.json")):
            self._read(index)

    def reduced(self, text: str, kind: TextKind) -> NDArray[np.float16]:
        """The token vectors on their main axes (`axes`), which is what is trained on: a third of the work."""
        key = _key(text, kind)
        if key not in self._reduced:
            self._reduced[key] = on_axes(self._known[key].tokens.astype(np.float32), *self.axes).astype(
                np.float16
            )
        return self._reduced[key]

    @property
    def axes(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Mean and main axes of scaled token vectors."""
        if self._axes is None:
            raise LookupError("first learn_axes")
        return self._axes

    def learn_axes(self, texts: Iterable[str], kind: TextKind) -> None:
        """From these texts, so that the same texts always give the same axes, whatever else is stored."""
        tokens = [self.get(text, kind).tokens for text in sorted(set(texts))]
        every = scaled(np.concatenate(tokens).astype(np.float32))[:: max(1, sum(map(len, tokens)) // 30_000)]
        mean = every.mean(axis=0)
        _, _, axes = np.linalg.svd(every - mean, full_matrices=False)
        self._axes = mean, axes[:REDUCED]
        self._reduced.clear()

    def get(self, text: str, kind: TextKind) -> Encoded:
        return self._known[_key(text, kind)]

    def ensure(self, texts: Iterable[str], kind: TextKind) -> None:
        missing = [text for text in dict.fromkeys(texts) if _key(text, kind) not in self._known]
        for start in range(0, len(missing), _BATCH * 16):
            self._encode(missing[start : start + _BATCH * 16], kind)

    def _encode(self, texts: Sequence[str], kind: TextKind) -> None:
        if self._encoder is None:
            from knowledge.embedding.loading import load_encoder  # noqa: PLC0415 - seconds and memory

            self._encoder = load_encoder(threads=1)
        for start in range(0, len(texts), _BATCH):
            chosen = list(texts[start : start + _BATCH])
            for text, found in zip(chosen, self._encoder.encode_tokens(chosen, kind), strict=True):
                kept = Encoded(found.tokens.astype(np.float16), found.offsets.astype(np.int32), found.pooled)
                self._known[_key(text, kind)] = kept
                self._pending.append((_key(text, kind), kept))
            if len(texts) >= _BATCH:
                print(f"encoded {kind} {start + len(chosen)}/{len(texts)}", flush=True)
        if len(self._pending) >= _BATCH:
            self.save()

    def save(self) -> None:
        """Writes what was encoded since the last time; at the latest when the process ends."""
        if not self._pending:
            return
        found = [one for _, one in self._pending]
        stem = self._folder / f"shard-{uuid4().hex[:12]}"
        np.save(f"{stem}-tokens.npy", np.concatenate([one.tokens for one in found]))
        np.save(f"{stem}-offsets.npy", np.concatenate([one.offsets for one in found]))
        np.save(f"{stem}-pooled.npy", np.stack([one.pooled for one in found]).astype(np.float32))
        # The index last: a shard without one is not there.
        index = [[key, len(one.tokens)] for key, one in self._pending]
        Path(f"{stem}.json").write_text(json.dumps(index), encoding="utf-8")
        self._pending.clear()

    def _read(self, index: Path) -> None:
        stem = str(index).removesuffix(".json")
        tokens = np.load(f"{stem}-tokens.npy", mmap_mode="r")
        offsets = np.load(f"{stem}-offsets.npy")
        pooled = np.load(f"{stem}-pooled.npy")
        start = 0
        for row, (key, length) in enumerate(json.loads(index.read_text(encoding="utf-8"))):
            self._known[key] = Encoded(
                tokens[start : start + length], offsets[start : start + length], pooled[row]
            )
            start += length


def _key(text: str, kind: str) -> str:
    return hashlib.sha1(f"{kind}\0{text}".encode(), usedforsecurity=False).hexdigest()[:20]


def scaled(tokens: NDArray[np.float32]) -> NDArray[np.float32]:
    """Token vectors of one length, the root of their dimensions."""
    lengths = np.linalg.norm(tokens, axis=-1, keepdims=True)
    stretched = tokens / np.maximum(lengths, 1e-6) * np.sqrt(tokens.shape[-1])
    return np.asarray(stretched, np.float32)


def on_axes(
    tokens: NDArray[np.float32], mean: NDArray[np.float32], axes: NDArray[np.float32]
) -> NDArray[np.float32]:
    return np.asarray((scaled(tokens) - mean) @ axes.T, np.float32)
