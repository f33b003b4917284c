"""The labelled lines: our own examples by kind, and the training shops' questions."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from assistant.scope import sign_features
from assistant.scope_signs import ScopeKind, read_signs
from assistant.wording import spell_out
from knowledge.embedding.encoder import Encoder

Floats = NDArray[np.float32]

HERE = Path(__file__).parent
SHOPS = HERE.parent / "shops"
_TAGS = {"calendar": "owner", "other": "homework", "writing": "homework", "safety": "howto"}
_BATCH = 16


@dataclass(frozen=True, slots=True)
class Line:
    """`source` is the language of our own examples, or a shop's folder; `label` what the shop's file calls it."""

    text: str
    kind: ScopeKind
    source: str
    label: str


def examples(name: str = "examples") -> list[Line]:
    lines = []
    for path in sorted(HERE.glob(f"{name}.*.yaml")):
        table: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
        source = path.name.split(".")[1]
        lines += [
            Line(text, ScopeKind(kind), source, kind) for kind, texts in table.items() for text in texts
        ]
    return lines


def shop_lines(folder: Path = SHOPS) -> list[Line]:
    """All questions of the shops but small talk, which never comes to the head."""
    return [line for path in sorted(folder.glob("*/questions.jsonl")) for line in _of_shop(path)]


def _of_shop(path: Path) -> Iterator[Line]:
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        if row["kind"] != "smalltalk":
            yield Line(row["text"], _kind(row["kind"], row.get("tag")), path.parent.name, row["kind"])


def features(lines: list[Line], vectors: dict[str, Floats], centre: Floats) -> Floats:
    rows = [
        np.concatenate([vectors[spelt(one.text)] - centre, sign_features(read_signs(one.text))])
        for one in lines
    ]
    return np.asarray(rows, np.float32)


def encoded(lines: list[Line], encoder: Encoder, cache: Path) -> dict[str, Floats]:
    """A vector for each text as the counter sends it to the encoder; those of an earlier run are read again."""
    held = _cached(cache)
    new = [text for text in dict.fromkeys(spelt(one.text) for one in lines) if text not in held]
    for first in range(0, len(new), _BATCH):
        texts = new[first : first + _BATCH]
        held.update(zip(texts, encoder.encode_queries(texts), strict=True))
        print(f"\r  {first + len(texts)} of {len(new)} texts encoded", end="", flush=True)
    if new:
        print()
        cache.parent.mkdir(parents=True, exist_ok=True)
        np.savez(cache, texts=np.asarray(list(held)), vectors=np.asarray(list(held.values())))
    return held


def _cached(cache: Path) -> dict[str, Floats]:
    if not cache.exists():
        return {}
    with np.load(cache) as held:
        return dict(zip(held["texts"].tolist(), held["vectors"], strict=True))


def spelt(text: str) -> str:
    return spell_out(text) or text


def _kind(kind: str, tag: str | None) -> ScopeKind:
    return ScopeKind.IN if kind != "out_of_scope" or tag is None else _named(_TAGS.get(tag, tag))


def _named(tag: str) -> ScopeKind:
    """Tags that are nobody's kind are questions about the world at large."""
    return ScopeKind(tag) if tag in tuple(ScopeKind) else ScopeKind.WORLD
