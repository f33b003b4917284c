"""The trained head: one chance for each intent, from signs, from the meaning of the words, and from the nearest examples.

All three come from one linear reading, so that what speaks for an intent can be listed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from assistant.errors import WeightsDoNotFitError
from assistant.turns import Vector
from assistant.understanding import features

Floats = NDArray[np.float32]
KINDS = (
    "book", "reschedule", "cancel", "availability", "my_bookings", "reminder_confirm", "human", "opt_in_yes", "opt_out",
    "delete_data", "export_data", "greeting", "thanks", "goodbye", "complaint", "rate", "question",
)  # fmt: skip
"""In the order of the columns. A message that is none of these is `unsure`."""
_NEAREST = 8
_SHARPNESS = 20.0


@dataclass(frozen=True, slots=True)
class Bank:
    """Vectors of labelled examples on few axes, and which intents each has."""

    centre: Floats
    axes: Floats
    vectors: Floats
    labels: Floats

    def placed(self, vector: Vector) -> Floats:
        """A message's vector on the bank's axes."""
        return np.asarray((np.asarray(vector, np.float32) - self.centre) @ self.axes, np.float32)

    def votes(self, placed: Floats) -> Floats:
        """For each intent the share of the nearest examples that have it, the nearer counting more."""
        return votes(placed, self.vectors, self.labels)


def votes(placed: Floats, vectors: Floats, labels: Floats) -> Floats:
    near = vectors @ (placed / max(float(np.linalg.norm(placed)), 1e-6))
    best = np.argpartition(-near, _NEAREST)[:_NEAREST]
    weights = np.exp(_SHARPNESS * (near[best] - near[best].max()))
    return np.asarray(weights @ labels[best] / weights.sum(), np.float32)


@dataclass(frozen=True, slots=True)
class Head:
    """Weights over features, axes and votes; one column an intent."""

    bank: Bank
    weights: Floats
    bias: Floats
    scale: Floats
    """How much the axes weigh: brings them to the size of the signs."""

    def chances(self, row: Floats, vector: Vector | None) -> Mapping[str, float]:
        """Without a vector (no model at hand) the signs decide alone."""
        raw = self.full_row(row, vector) @ self.weights + self.bias
        return dict(zip(KINDS, (1.0 / (1.0 + np.exp(-raw))).tolist(), strict=True))

    def full_row(self, row: Floats, vector: Vector | None) -> Floats:
        if vector is None:
            return np.concatenate([row, np.zeros(self.bank.axes.shape[1] + len(KINDS), np.float32)])
        placed = self.bank.placed(vector)
        return np.concatenate([row, placed * self.scale, self.bank.votes(placed)])


@cache
def default_head() -> Head:
    """The head that comes with the package."""
    return read_head((files("assistant") / "weights" / "intents.npz").read_bytes())


def read_head(data: bytes) -> Head:
    with np.load(BytesIO(data), allow_pickle=False) as held:
        if tuple(held["features"].tolist()) != features.names() or tuple(held["kinds"].tolist()) != KINDS:
            raise WeightsDoNotFitError("intents.npz: train it again with `python -m training.intents.fit`")
        bank = Bank(
            held["centre"],
            held["axes"].astype(np.float32),
            held["vectors"].astype(np.float32),
            held["labels"].astype(np.float32),
        )
        return Head(bank, held["weights"], held["bias"], held["scale"])
