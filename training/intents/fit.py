"""Trains the head that weighs the evidence for each intent and writes `assistant/weights/intents.npz`.

    python -m training.intents.fit [--model FOLDER]

Logistic regression from zero on all messages at once: no randomness, the same weights every time. The votes of the
nearest examples are always those of other shops, or the head would trust them too far.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from assistant.understanding import features
from assistant.understanding.head import KINDS, Bank, Head, votes
from assistant.understanding.reading import Read
from assistant.wording import tidy
from knowledge.embedding.loading import load_encoder
from training.intents.data import Example, encoded, examples, shop_questions
from training.intents.reads import read_example

Floats = NDArray[np.float32]
WEIGHTS = Path(__file__).parents[2] / "assistant" / "weights" / "intents.npz"
VECTORS = Path(".mostrador/training/intents_vectors.npz")
MODEL = Path(".mostrador/model")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The scales bring each sort of feature to the size at which the penalty treats it fairly."""

    steps: int = 80
    penalty: float = 0.0006
    axes: int = 64
    axes_scale: float = 0.3
    others: float = 0.25
    """Weight of the questions to other shops: they are many, and customers want more than answers."""
    again: float = 0.3
    """Weight of the messages seen again without their signs, and again without their vectors, so that each is learnt
    by itself: the head must also judge where no model is at hand. Questions of other shops are not seen again."""


@dataclass(frozen=True)
class Material:
    """Everything that is trained on, in parallel rows."""

    examples: Sequence[Example]
    rows: Floats
    vectors: Floats
    targets: Floats
    reads: Sequence[Read]

    def only(self, places: Sequence[int]) -> "Material":
        return Material(
            [self.examples[at] for at in places],
            self.rows[places],
            self.vectors[places],
            self.targets[places],
            [self.reads[at] for at in places],
        )


def material(lines: Sequence[Example], held: dict[str, Floats]) -> Material:
    reads = [read_example(one) for one in lines]
    rows = features.rows_of(reads)
    vectors = np.stack([held[tidy(one.text)] for one in lines]).astype(np.float32)
    targets = np.asarray([[kind in one.kinds for kind in KINDS] for one in lines], np.float32)
    return Material(lines, rows, vectors, targets, reads)


def fit(given: Material, plan: Plan | None = None) -> Head:
    """The head that fits the material best."""
    plan = plan or Plan()
    bank = _bank(given, plan)
    placed = (given.vectors - bank.centre) @ bank.axes
    scale = np.full(bank.axes.shape[1], plan.axes_scale / placed.std(), np.float32)
    full = np.concatenate([given.rows, placed * scale, _votes_of_others(given, bank)], axis=1)
    unsigned, blind = full.copy(), full.copy()
    unsigned[:, : given.rows.shape[1]] = 0
    blind[:, given.rows.shape[1] :] = 0
    own = np.asarray([one.own for one in given.examples], np.float32)
    weights = np.concatenate([np.where(own > 0, 1.0, plan.others), plan.again * own, plan.again * own])
    learnt, bias = _descend(
        np.concatenate([full, unsigned, blind]), np.tile(given.targets, (3, 1)), weights, plan
    )
    return Head(bank, learnt, bias, scale)


def _bank(given: Material, plan: Plan) -> Bank:
    centre = given.vectors.mean(axis=0)
    _, _, axes = np.linalg.svd(given.vectors - centre, full_matrices=False)
    chosen = np.asarray(axes[: plan.axes].T, np.float32)
    placed = (given.vectors - centre) @ chosen
    placed /= np.maximum(np.linalg.norm(placed, axis=1, keepdims=True), 1e-6)
    return Bank(centre, chosen, placed.astype(np.float16).astype(np.float32), given.targets)


def _votes_of_others(given: Material, bank: Bank) -> Floats:
    shops = np.asarray([one.shop for one in given.examples])
    found = np.zeros_like(bank.labels)
    for name in set(shops.tolist()):
        others = shops != name
        vectors, labels = bank.vectors[others], bank.labels[others]
        for place in np.flatnonzero(~others):
            found[place] = votes(bank.vectors[place], vectors, labels)
    return found


def _descend(rows: Floats, targets: Floats, weight: Floats, plan: Plan) -> tuple[Floats, Floats]:
    given, wanted = torch.from_numpy(rows.astype(np.float32)), torch.from_numpy(targets.astype(np.float32))
    each = torch.from_numpy(weight.astype(np.float32))[:, None]
    weights = torch.zeros(rows.shape[1], targets.shape[1], requires_grad=True)
    bias = torch.full((targets.shape[1],), -2.0, requires_grad=True)
    optimiser = torch.optim.LBFGS(
        [weights, bias], max_iter=plan.steps, history_size=8, line_search_fn="strong_wolfe"
    )

    def loss() -> Tensor:
        optimiser.zero_grad()
        lost = torch.nn.functional.binary_cross_entropy_with_logits(
            given @ weights + bias, wanted, weight=each
        )
        lost = lost + plan.penalty / 2 * (weights**2).sum() / targets.shape[1]
        lost.backward()  # type: ignore[no-untyped-call]  # torch types it so
        return lost

    optimiser.step(loss)  # type: ignore[no-untyped-call]  # torch types it so
    return weights.detach().numpy(), bias.detach().numpy()


def write(head: Head, path: Path = WEIGHTS) -> None:
    np.savez_compressed(
        path,
        features=np.asarray(features.names()),
        kinds=np.asarray(KINDS),
        weights=head.weights,
        bias=head.bias,
        scale=head.scale,
        centre=head.bank.centre,
        axes=head.bank.axes.astype(np.float16),
        vectors=head.bank.vectors.astype(np.float16),
        labels=head.bank.labels.astype(bool),
    )
    print(f"{path.name}: {path.stat().st_size / 1024:.0f} KiB")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, default=MODEL)
    options = parser.parse_args()
    lines = examples() + shop_questions()
    held = encoded([one.text for one in lines], load_encoder(options.model, threads=2), VECTORS)
    write(fit(material(lines, held)))


if __name__ == "__main__":
    main()
