"""Token vectors of texts, encoded once and kept on disk in half precision."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

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

    @cached_property
    def axes(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Mean and main axes of scaled token vectors, from a sample of what is stored."""
        place = self._folder / "axes.npz"
        if not place.exists():
            chosen = list(self._known.values())[:: max(1, len(self._known) // 2000)]
            tokens = scaled(np.concatenate([one.tokens for one in chosen]).astype(np.float32))
            mean = tokens.mean(axis=0)
            _, strengths, axes = np.linalg.svd((tokens - mean)[:40000], full_matrices=False)
            print("variance kept", (strengths[:REDUCED] ** 2).sum() / (strengths**2).sum())
            np.savez(place, mean=mean, axes=axes[:REDUCED])
        stored = np.load(place)
        return stored["mean"], stored["axes"]

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
        found = []
        for start in range(0, len(texts), _BATCH):
            found += self._encoder.encode_tokens(list(texts[start : start + _BATCH]), kind)
            print(f"encoded {kind} {start + len(found[start:])}/{len(texts)}", flush=True)
        stem = self._folder / f"shard-{len(list(self._folder.glob('shard-*.json'))):03}"
        np.save(f"{stem}-tokens.npy", np.concatenate([one.tokens for one in found]).astype(np.float16))
        np.save(f"{stem}-offsets.npy", np.concatenate([one.offsets for one in found]).astype(np.int32))
        np.save(f"{stem}-pooled.npy", np.stack([one.pooled for one in found]).astype(np.float32))
        index = [[_key(text, kind), len(one.tokens)] for text, one in zip(texts, found, strict=True)]
        Path(f"{stem}.json").write_text(json.dumps(index), encoding="utf-8")
        self._read(Path(f"{stem}.json"))

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
    result: NDArray[np.float32] = tokens / np.maximum(lengths, 1e-6) * np.float32(np.sqrt(tokens.shape[-1]))
    return result


def on_axes(
    tokens: NDArray[np.float32], mean: NDArray[np.float32], axes: NDArray[np.float32]
) -> NDArray[np.float32]:
    result: NDArray[np.float32] = (scaled(tokens) - mean) @ axes.T
    return result
