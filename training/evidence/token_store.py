"""Token vectors of texts, encoded once and kept on disk in half precision."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding.encoder import Encoder, TextKind

FOLDER = Path(".mostrador/evidence")
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
        folder.mkdir(parents=True, exist_ok=True)
        for index in sorted(folder.glob("shard-*.json")):
            self._read(index)

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
            self._known[key] = Encoded(tokens[start : start + length], offsets[start : start + length], pooled[row])
            start += length


def _key(text: str, kind: str) -> str:
    return hashlib.sha1(f"{kind}\0{text}".encode(), usedforsecurity=False).hexdigest()[:20]
