"""Trains the judge and writes `assistant/weights/confidence.npz`: `python -m training.confidence.fit`.

The threshold is set on predictions that were made for each shop by a judge that never saw it.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.confidence import Judge
from assistant.evidence import EvidenceHead
from assistant.features import FEATURES
from assistant.told import HeadScores
from training.confidence.examples import Example, examples
from training.confidence.network import as_arrays, trained
from training.confidence.shops import shops
from training.confidence.vectors import KeptVectors

ROOT = Path(__file__).parents[2]
SHOPS = ROOT / "training" / "shops"
WEIGHTS = ROOT / "assistant" / "weights" / "confidence.npz"
FOLDS_OF_HEADS = ROOT / ".mostrador" / "evidence" / "folds"
FOLDS = 5
SEEDS = 4


def gather(folder: Path = SHOPS) -> list[Example]:
    """The examples of every shop that some evidence head has not been trained on: only such a head is asked."""
    vectors = KeptVectors()
    heads = unseen_heads(vectors)
    return [
        example
        for shop in shops(folder, vectors)
        if shop.name in heads
        for example in examples(shop, vectors, heads[shop.name])
    ]


def unseen_heads(vectors: KeptVectors, folder: Path = FOLDS_OF_HEADS) -> dict[str, HeadScores]:
    """For each shop the evidence head that was trained without it (`training.evidence` leaves them there)."""
    found: dict[str, HeadScores] = {}
    for file in sorted(folder.glob("*.npz")):
        with np.load(file) as held:
            weights = dict(held)
        scores = HeadScores(EvidenceHead(weights), vectors)
        found.update(dict.fromkeys(str(weights["unseen"]).split(","), scores))
    return found


def fitted(found: Sequence[Example], seeds: int, threshold: float = 0.5) -> Judge:
    asked = [one for one in found if len(one.rows)]
    return trained([one.rows for one in asked], [one.right for one in asked], seeds, threshold)


def fold_judges(found: Sequence[Example], folds: int = FOLDS, seeds: int = 2) -> dict[str, Judge]:
    """For each shop a judge that was trained without it and its fold."""
    names = sorted({one.shop for one in found})
    made: dict[str, Judge] = {}
    for fold in range(folds):
        held = set(names[fold::folds])
        made.update(dict.fromkeys(held, fitted([one for one in found if one.shop not in held], seeds)))
    return made


def save(judge: Judge, file: Path = WEIGHTS) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    arrays: Mapping[str, Any] = as_arrays(judge, FEATURES)
    np.savez_compressed(file, **arrays)


def curve(found: Sequence[Example], made: dict[str, Judge]) -> list[tuple[float, float, float, float, float]]:
    """By threshold: share of answerable right, share of it wrong, abstention on the unanswerable and the rest."""
    tops = [(one, *_top(one, made[one.shop].confidences(one.rows))) for one in found if len(one.rows)]
    return [_at(threshold, tops) for threshold in np.arange(0.2, 0.75, 0.05)]


def _top(one: Example, chances: NDArray[np.float32]) -> tuple[float, bool]:
    best = int(chances.argmax())
    return float(chances[best]), bool(one.right[best])


def _at(
    threshold: float, tops: Sequence[tuple[Example, float, bool]]
) -> tuple[float, float, float, float, float]:
    asked = [(chance >= threshold, right) for one, chance, right in tops if one.question.kind == "answerable"]
    refused = {
        kind: np.mean([chance < threshold for one, chance, _ in tops if one.question.kind == kind])
        for kind in ("unanswerable", "out_of_scope")
    }
    said = np.mean([said and right for said, right in asked])
    wrong = np.mean([said and not right for said, right in asked])
    return (
        float(threshold),
        float(said),
        float(wrong),
        float(refused["unanswerable"]),
        float(refused["out_of_scope"]),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threshold", type=float, default=0.45)
    options = parser.parse_args()
    found = gather()
    print("threshold  right  wrong  unanswerable  out of scope")
    for line in curve(found, fold_judges(found)):
        print("  ".join(f"{value:.3f}" for value in line))
    save(fitted(found, SEEDS, options.threshold))


if __name__ == "__main__":
    main()
