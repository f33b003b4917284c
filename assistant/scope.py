"""What is not the counter's business: told from wording, from meaning, and from what the merchant itself knows.

The merchant's own knowledge wins: an academy answers about Python, a vet about vaccines. It never wins over
instructions hidden in a message, other people's data or the owner's own affairs. No model is loaded here: the
question's vector comes from the caller, the head's weights from `load_scope`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from assistant.errors import TableIsBrokenError, WeightsDoNotFitError
from assistant.scope_signs import OUTSIDE, ScopeKind, Signs, read_signs
from assistant.tables import catalogue
from assistant.turns import Language, Vector

__all__ = ["Head", "Scope", "ScopeKind", "ScopeVerdict", "decline", "load_scope", "sign_features"]

_NEVER_ANSWERED = frozenset({ScopeKind.INJECTION, ScopeKind.PRIVACY, ScopeKind.OWNER})
_NEEDED_WITHOUT_KNOWLEDGE = 0.50
_NEEDED_WITH_KNOWLEDGE = 0.97
_BY_PATTERN = 0.99
SIGN_NAMES = tuple(f"{level}:{kind}" for level in ("surely", "perhaps") for kind in OUTSIDE)


@dataclass(frozen=True, slots=True)
class ScopeVerdict:
    """`kind` is `ScopeKind.IN` or the reason for declining; `confidence` is the chance that it lies outside."""

    kind: ScopeKind
    confidence: float
    why: tuple[str, ...] = ()

    @property
    def outside(self) -> bool:
        return self.kind is not ScopeKind.IN


@dataclass(frozen=True, slots=True)
class Head:
    """A linear reading of a question's vector and signs; one column of weights a kind, in `ScopeKind`'s order."""

    centre: Vector
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def chances(self, vector: Vector, signs: Signs) -> Mapping[ScopeKind, float]:
        row = np.concatenate([np.asarray(vector, np.float32) - self.centre, sign_features(signs)])
        raw = row @ self.weights + self.bias
        powers = np.exp(raw - raw.max())
        return dict(zip(ScopeKind, (powers / powers.sum()).tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Scope:
    """Judges questions. Holds nothing of them."""

    head: Head

    def verdict(self, text: str, vector: Vector, in_domain: float) -> ScopeVerdict:
        """`in_domain` is how surely the merchant's own knowledge answers the question, from 0 to 1."""
        signs = read_signs(text)
        chances = self.head.chances(vector, signs)
        outside = 1.0 - chances[ScopeKind.IN]
        never = next((kind for kind in signs.surely if kind in _NEVER_ANSWERED), None)
        if never is not None:
            return ScopeVerdict(never, max(outside, _BY_PATTERN), (f"worded as {never}",))
        return self._weighed(chances, outside, in_domain)

    def _weighed(self, chances: Mapping[ScopeKind, float], outside: float, in_domain: float) -> ScopeVerdict:
        known = min(max(in_domain, 0.0), 1.0)
        needed = _NEEDED_WITHOUT_KNOWLEDGE + (_NEEDED_WITH_KNOWLEDGE - _NEEDED_WITHOUT_KNOWLEDGE) * known
        kind = max(OUTSIDE, key=lambda one: chances[one])
        why = (f"out of scope {outside:.2f}, needed {needed:.2f}", f"most like {kind}")
        return ScopeVerdict(kind if outside >= needed else ScopeKind.IN, outside, why)


def load_scope(data: bytes | None = None) -> Scope:
    """The judge with the weights of the package (read once), or with those of a file's content."""
    return _packaged() if data is None else _read(data)


@cache
def _packaged() -> Scope:
    return _read((files("assistant") / "weights" / "scope.npz").read_bytes())


def _read(data: bytes) -> Scope:
    with np.load(BytesIO(data), allow_pickle=False) as held:
        _require_same(held["kinds"].tolist(), held["signs"].tolist())
        return Scope(Head(held["centre"], held["weights"], held["bias"]))


def sign_features(signs: Signs) -> NDArray[np.float32]:
    """1 where a kind's patterns match, in the order of `SIGN_NAMES`."""
    held = [kind in signs.surely for kind in OUTSIDE] + [kind in signs.perhaps for kind in OUTSIDE]
    return np.asarray(held, np.float32)


def decline(kind: ScopeKind, text: str, language: Language, merchant: str) -> str:
    """A polite refusal. It never repeats what was asked; the text only chooses among the variants."""
    texts = catalogue(f"scope.{language.value}")
    if kind.value not in texts:
        raise TableIsBrokenError(f"texts/scope.{language.value}", kind.value)
    variants: Sequence[str] = texts[kind.value]
    return variants[crc32(text.strip().lower().encode()) % len(variants)].format(merchant=merchant)


def _require_same(kinds: Sequence[str], signs: Sequence[str]) -> None:
    if tuple(kinds) != tuple(kind.value for kind in ScopeKind) or tuple(signs) != SIGN_NAMES:
        raise WeightsDoNotFitError("scope.npz: train it again with `python -m training.scope`")
