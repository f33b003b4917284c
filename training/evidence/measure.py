"""Figures: right card first, separation, and what is kept where nine in ten unanswerable questions are refused."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.evidence.examples import Example

Scores = Sequence[NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Figures:
    questions: int
    first: float
    """Share of answerable questions whose best candidate answers."""
    auc: float
    """Answerable against unanswerable by the best candidate's score."""
    kept: float
    """Of the answerable, the share that is above the threshold and right, where 90 % of the others are refused."""
    auc_removed: float
    kept_removed: float

    def line(self) -> str:
        return f"n={self.questions:5d} first {self.first:5.1%}  unanswerable: auc {self.auc:.3f} kept@90 {self.kept:5.1%}  removed: auc {self.auc_removed:.3f} kept@90 {self.kept_removed:5.1%}"


def figures(
    examples: Sequence[Example], scores: Scores, absent: Sequence[str] = ("unanswerable",)
) -> Figures:
    best = np.array(
        [float(row[: len(one.passages)].max()) for one, row in zip(examples, scores, strict=True)]
    )
    right = np.array(
        [
            one.target[int(row[: len(one.passages)].argmax())] != 0 and one.kind == "answerable"
            for one, row in zip(examples, scores, strict=True)
        ]
    )
    kinds = np.array([one.kind for one in examples])
    asked = kinds == "answerable"
    gone, taken = np.isin(kinds, absent), kinds == "removed"
    return Figures(
        int(asked.sum()), float(right[asked].mean()), auc(best[asked], best[gone]), _kept(best[asked], right[asked], best[gone]),
        auc(best[asked], best[taken]), _kept(best[asked], right[asked], best[taken]),
    )  # fmt: skip


def auc(above: NDArray[np.float64], below: NDArray[np.float64]) -> float:
    if not len(above) or not len(below):
        return float("nan")
    both = np.concatenate([above, below])
    _, inverse, counts = np.unique(both, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return float((ranks[: len(above)].sum() - len(above) * (len(above) + 1) / 2) / (len(above) * len(below)))


def _kept(
    best: NDArray[np.float64], right: NDArray[np.bool_], absent: NDArray[np.float64], refused: float = 0.9
) -> float:
    if not len(absent):
        return float("nan")
    threshold = np.quantile(absent, refused, method="higher")
    return float(((best > threshold) & right).mean())
