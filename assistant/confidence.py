"""How far the candidates of a question are to be believed: a small network over their features.

It weighs all candidates of a question against one another and against "none of these". Trained on labelled
shops by `training/confidence`; the weights are a small file, read and applied with numpy alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from assistant.errors import WeightsDoNotFitError
from assistant.features import FEATURES

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Layer:
    weight: Floats
    bias: Floats

    def __call__(self, rows: Floats) -> Floats:
        return np.asarray(rows @ self.weight.T + self.bias, np.float32)


@dataclass(frozen=True, slots=True)
class Network:
    """One member of the ensemble. `none` scores that no candidate answers."""

    first: Layer
    second: Layer
    score: Layer
    none: Layer

    def shares(self, rows: Floats) -> Floats:
        hidden = np.maximum(self.second(np.maximum(self.first(rows), 0)), 0)
        scores = self.score(hidden)[:, 0]
        seen = np.concatenate([_softmax(scores) @ hidden, hidden.max(axis=0)])
        return _softmax(np.append(scores, self.none(seen[None, :])[0, 0]))[:-1]


@dataclass(frozen=True, slots=True)
class Judge:
    """The networks with the threshold under which nothing is said."""

    networks: tuple[Network, ...]
    mean: Floats
    spread: Floats
    threshold: float

    def confidences(self, rows: Floats) -> Floats:
        """For each candidate of one question the chance that it answers it."""
        if not len(rows):
            return np.zeros(0, np.float32)
        scaled = (rows - self.mean) / self.spread
        return np.asarray(np.mean([network.shares(scaled) for network in self.networks], axis=0), np.float32)


def read_judge(held: Mapping[str, NDArray[np.float32]], features: Sequence[str] = FEATURES) -> Judge:
    """The judge from its arrays; refused where it was trained on other features than the code computes."""
    if tuple(held["features"].tolist()) != tuple(features):
        raise WeightsDoNotFitError("confidence.npz: train it again with training.confidence.fit")
    networks = tuple(
        Network(*(Layer(held[f"{name}.weight"][member], held[f"{name}.bias"][member]) for name in LAYERS))
        for member in range(len(held["first.weight"]))
    )
    return Judge(networks, held["mean"], held["spread"], float(held["threshold"]))


LAYERS = ("first", "second", "score", "none")


@cache
def default_judge() -> Judge:
    """The judge that comes with the package, read on first use."""
    data = (files("assistant") / "weights" / "confidence.npz").read_bytes()
    with np.load(BytesIO(data), allow_pickle=False) as held:
        return read_judge(dict(held))


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum(), np.float32)
