"""The evidence head: whether a passage answers a question, from the token vectors of both.

Every token of the question looks for what it needs among the tokens of the passage, and may find nothing; what
they found is weighed together with what search and words say. Trained by `training/evidence`; numpy only here.
A passage's side is computed once and kept as a few kilobytes (`prepare`), so that no model runs for it again.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.errors import WeightsDoNotFitError
from assistant.evidence_question import MARKS, SCALARS, AskedWords, Sought

Floats = NDArray[np.float32]

VERSION: Final = 1
_HEADER: Final = struct.Struct("<BBH")
_MOST_ASKED: Final = 40
_MOST_TOLD: Final = 120
_NEVER: Final = np.float32(-1e4)
_NOTHING_ASKED: Final = -10.0


class Tokens(Protocol):
    """Token vectors of a text as an encoder gives them."""

    @property
    def tokens(self) -> Floats: ...
    @property
    def offsets(self) -> NDArray[np.int32]: ...


@dataclass(frozen=True, slots=True)
class _Told:
    """Prepared passages side by side: (passages, tokens, width), and which tokens are there."""

    vectors: Floats
    there: NDArray[np.bool_]


class EvidenceHead:
    """Scores passages for a question. Immutable, safe to share between threads."""

    def __init__(self, weights: Mapping[str, NDArray[Any]]) -> None:
        _check(weights)
        self._weights = {name: np.asarray(value) for name, value in weights.items()}
        self._heads = len(weights["sharpness"])
        side = self._weights["tell.weight"].tobytes() + self._weights["tell.bias"].tobytes()
        self._version = f"{VERSION}:{blake2b(side, digest_size=6).hexdigest()}"

    @property
    def version(self) -> str:
        """Names what `prepare` gives: prepared passages of another version are of no use."""
        return self._version

    def prepare(self, passage: Tokens) -> bytes:
        """The passage's side of the comparison, one byte a number."""
        told = self._linear("tell", _scaled(passage.tokens[:_MOST_TOLD]))
        largest = np.abs(told).max(axis=1, initial=0.0, keepdims=True)
        scales = np.maximum(largest / 127, 1e-6).astype(np.float16)
        numbers = np.clip(np.rint(told / scales.astype(np.float32)), -127, 127).astype(np.int8)
        header = _HEADER.pack(VERSION, told.shape[1], len(told))
        return b"".join((header, scales.tobytes(), numbers.tobytes()))

    def score(
        self, question: Tokens, words: AskedWords, passages: Sequence[bytes], sought: Sequence[Sought]
    ) -> Floats:
        """For each passage a logit that it answers the question: above 0, it does."""
        if not passages or not len(question.tokens):
            return np.full(len(passages), _NOTHING_ASKED, np.float32)
        asked = self._linear("ask", _scaled(question.tokens[:_MOST_ASKED]))
        marks = np.stack([words.marks(question.offsets[:_MOST_ASKED], one.missing) for one in sought])
        pooled = self._pooled(self._compared(asked, self._side_by_side(passages), marks))
        scalars = (words.scalars(sought) - self._weights["mean"]) / self._weights["spread"]
        hidden = np.maximum(self._linear("judge.1", np.concatenate([pooled, scalars], axis=1)), 0)
        return self._linear("judge.3", hidden)[:, 0].astype(np.float32)

    def _compared(self, asked: Floats, told: _Told, marks: Floats) -> Floats:
        """(passages, question tokens, features): what each token of the question made of each passage."""
        matched, signs = self._attended(asked, told)
        features = np.concatenate([matched, asked * matched, signs, marks], axis=2)
        hidden = features @ self._weights["compare.weight"].T + self._linear("alone", asked)
        return np.maximum(self._linear("refine.2", np.maximum(hidden, 0)), 0)

    def _attended(self, asked: Floats, told: _Told) -> tuple[Floats, Floats]:
        """What each token of the question finds, and how alike and how absent the best of it is, head by head."""
        many, long, width = told.vectors.shape
        keys = told.vectors.reshape(many, long, self._heads, -1).transpose(0, 2, 3, 1)
        queries = asked.reshape(len(asked), self._heads, -1).transpose(1, 0, 2)
        alike = (queries @ keys) * self._weights["sharpness"][:, None, None]
        alike = np.where(told.there[:, None, None, :], alike, _NEVER)
        best = alike.max(axis=3)
        nothing = np.broadcast_to(self._weights["nothing"][:, None], best.shape)
        top = np.maximum(best, nothing)
        shares = np.exp(alike - top[..., None])
        none = np.exp(nothing - top)
        total = shares.sum(axis=3) + none
        matched = (shares / total[..., None]) @ keys.transpose(0, 1, 3, 2)
        signs = np.concatenate([best, none / total], axis=1).transpose(0, 2, 1)
        return matched.transpose(0, 2, 1, 3).reshape(many, len(asked), width), signs

    def _pooled(self, compared: Floats) -> Floats:
        gates = self._linear("gate", compared)
        gates = np.exp(gates - gates.max(axis=1, keepdims=True))
        weighed = (gates / gates.sum(axis=1, keepdims=True) * compared).sum(axis=1)
        return np.concatenate([weighed, compared.max(axis=1), compared.mean(axis=1)], axis=1)

    def _side_by_side(self, passages: Sequence[bytes]) -> _Told:
        rows = [_unpacked(one, self._weights["tell.bias"].shape[0]) for one in passages]
        vectors = np.zeros((len(rows), max(1, *map(len, rows)), rows[0].shape[1]), np.float32)
        there = np.zeros(vectors.shape[:2], bool)
        for at, row in enumerate(rows):
            vectors[at, : len(row)] = row
            there[at, : len(row)] = True
        return _Told(vectors, there)

    def _linear(self, name: str, inputs: Floats) -> Floats:
        result: Floats = inputs @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return result


@cache
def evidence_head() -> EvidenceHead:
    """The head that comes with the product, read once."""
    with (files("assistant") / "weights" / "evidence.npz").open("rb") as stored, np.load(stored) as weights:
        return EvidenceHead(dict(weights))


def _check(weights: Mapping[str, NDArray[Any]]) -> None:
    expected = {"version": str(VERSION), "marks": ",".join(MARKS), "scalars": ",".join(SCALARS)}
    for name, value in expected.items():
        if name not in weights or str(weights[name]) != value:
            raise WeightsDoNotFitError(f"evidence.npz: {name}")


def _scaled(tokens: Floats) -> Floats:
    """Token vectors of one length, the root of their dimensions."""
    lengths = np.linalg.norm(tokens, axis=-1, keepdims=True)
    result: Floats = tokens / np.maximum(lengths, 1e-6) * np.float32(np.sqrt(tokens.shape[-1]))
    return result


def _unpacked(prepared: bytes, width: int) -> Floats:
    version, stored_width, long = _HEADER.unpack_from(prepared)
    if version != VERSION or stored_width != width:
        raise WeightsDoNotFitError("prepared passage")
    scales = np.frombuffer(prepared, np.float16, long, _HEADER.size).astype(np.float32)
    numbers = np.frombuffer(prepared, np.int8, long * width, _HEADER.size + 2 * long)
    return numbers.reshape(long, width).astype(np.float32) * scales[:, None]
