"""How far a candidate is to be believed: boosted trees over the features, trained on labelled shops.

The weights are a small file of arrays, read with numpy alone; `training/confidence` makes it.
"""

from collections.abc import Sequence
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
class Trees:
    """All trees side by side, one row each, padded. A leaf points to itself."""

    feature: NDArray[np.int16]
    threshold: Floats
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: Floats
    baseline: float
    depth: int

    def probabilities(self, rows: Floats) -> Floats:
        """The chance of each row that the candidate answers the question."""
        if not len(rows):
            return np.zeros(0, np.float32)
        number = np.arange(len(self.feature))[None, :]
        node = np.zeros((len(rows), len(self.feature)), np.int64)
        row = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            below = rows[row, self.feature[number, node]] <= self.threshold[number, node]
            node = np.where(below, self.left[number, node], self.right[number, node])
        raw = self.baseline + self.value[number, node].sum(axis=1)
        return np.asarray(1.0 / (1.0 + np.exp(-raw)), np.float32)


@dataclass(frozen=True, slots=True)
class Judge:
    """The trained trees with the threshold under which nothing is said."""

    trees: Trees
    threshold: float

    def confidences(self, rows: Floats) -> Floats:
        return self.trees.probabilities(rows)


def read_judge(data: bytes, features: Sequence[str] = FEATURES) -> Judge:
    """The judge from its file; refused where it was trained on other features than the code computes."""
    with np.load(BytesIO(data), allow_pickle=False) as held:
        if tuple(held["features"].tolist()) != tuple(features):
            raise WeightsDoNotFitError("confidence.npz: train it again with training.confidence.fit")
        trees = Trees(
            feature=held["feature"],
            threshold=held["cut"],
            left=held["left"],
            right=held["right"],
            value=held["value"],
            baseline=float(held["baseline"]),
            depth=int(held["depth"]),
        )
        return Judge(trees, float(held["threshold"]))


@cache
def default_judge() -> Judge:
    """The judge that comes with the package, read on first use."""
    return read_judge((files("assistant") / "weights" / "confidence.npz").read_bytes())
