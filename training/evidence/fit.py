"""Training of the head, and of the logistic regression that it must beat."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.evidence.batches import batches
from training.evidence.examples import Example
from training.evidence.model import EvidenceModel, Shape
from training.evidence.token_store import TokenStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    epochs: int = 3
    rate: float = 1.5e-3
    decay: float = 0.02
    size: int = 24
    listwise: float = 1.0
    seed: int = 7


def fresh(examples: Sequence[Example], store: TokenStore, shape: Shape, seed: int) -> EvidenceModel:
    torch.manual_seed(seed)
    model = EvidenceModel(shape)
    rng = random.Random(seed)
    chosen = rng.sample(list(examples), min(400, len(examples)))
    tokens = np.concatenate([store.reduced(one.passages[0], "document") for one in chosen]).astype(np.float32)
    model.start_from(tokens.std(axis=0), np.concatenate([one.scalars for one in chosen]))
    return model


def fit(model: EvidenceModel, examples: Sequence[Example], store: TokenStore, plan: Plan) -> EvidenceModel:
    torch.manual_seed(plan.seed)
    rng = random.Random(plan.seed)
    optimiser = torch.optim.AdamW(model.parameters(), lr=plan.rate, weight_decay=plan.decay)
    steps = plan.epochs * (len(examples) // plan.size + 1)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, plan.rate, total_steps=steps, pct_start=0.1)
    model.train()
    for epoch in range(plan.epochs):
        total, seen = 0.0, 0
        for _, batch in batches(examples, store, plan.size, rng):
            lost = loss(model(batch), batch.target, plan.listwise)
            optimiser.zero_grad()
            lost.backward()  # type: ignore[no-untyped-call]  # torch does not type it
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            pace.step()
            total, seen = total + float(lost.detach()), seen + 1
        print(f"  epoch {epoch + 1}: loss {total / seen:.4f}", flush=True)
    return model.eval()


def loss(logits: Tensor, target: Tensor, listwise: float) -> Tensor:
    """Each pair by itself, and all candidates of a question against each other and against "none"."""
    known = target >= 0
    pairs = torch.nn.functional.binary_cross_entropy_with_logits(logits[known], target[known].float())
    shown = logits.masked_fill(~known, -1e4)
    all_of_them = torch.cat([shown, torch.zeros(len(shown), 1)], dim=1)
    right = torch.cat([target == 1, ~(target == 1).any(dim=1, keepdim=True)], dim=1)
    chosen = torch.logsumexp(all_of_them.masked_fill(~right, -1e4), dim=1)
    return pairs + listwise * (torch.logsumexp(all_of_them, dim=1) - chosen).mean()


def scores(model: EvidenceModel, examples: Sequence[Example], store: TokenStore) -> list[NDArray[np.float32]]:
    """The logits of every example's candidates, in the examples' order."""
    found: dict[int, NDArray[np.float32]] = {}
    with torch.no_grad():
        for chosen, batch in batches(examples, store, 48):
            for one, row in zip(chosen, model(batch).numpy(), strict=True):
                found[id(one)] = row[: len(one.passages)]
    return [found[id(one)] for one in examples]


def logistic(examples: Sequence[Example], tests: Sequence[Example]) -> list[NDArray[np.float32]]:
    """Logistic regression of the scalars alone."""
    rows = np.concatenate([one.scalars[one.target >= 0] for one in examples])
    target = torch.from_numpy(
        np.concatenate([one.target[one.target >= 0] for one in examples]).astype(np.float32)
    )
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-3
    inputs = torch.from_numpy((rows - mean) / spread)
    weights = torch.zeros(inputs.shape[1] + 1, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=100)

    def closure() -> Tensor:
        optimiser.zero_grad()
        lost = (
            torch.nn.functional.binary_cross_entropy_with_logits(inputs @ weights[1:] + weights[0], target)
            + 1e-4 * weights.square().sum()
        )
        lost.backward()  # type: ignore[no-untyped-call]  # torch does not type it
        return lost

    optimiser.step(closure)  # type: ignore[no-untyped-call]  # torch does not type it
    found = weights.detach().numpy()
    return [((one.scalars - mean) / spread @ found[1:] + found[0]).astype(np.float32) for one in tests]
