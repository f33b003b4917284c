"""The judge in torch: what is trained. `assistant.confidence` applies the same in numpy."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from assistant.confidence import LAYERS, Judge, Layer, Network

Floats = NDArray[np.float32]
NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Recipe:
    epochs: int = 50
    batch: int = 64
    rate: float = 3e-3
    decay: float = 1e-3
    hidden: int = 48
    narrow: int = 24
    drop_inputs: float = 0.1
    drop_hidden: float = 0.3


class JudgeModel(nn.Module):
    def __init__(self, features: int, recipe: Recipe) -> None:
        super().__init__()
        self.first = nn.Linear(features, recipe.hidden)
        self.second = nn.Linear(recipe.hidden, recipe.narrow)
        self.score = nn.Linear(recipe.narrow, 1)
        self.none = nn.Linear(2 * recipe.narrow, 1)
        self.inputs, self.middle = nn.Dropout(recipe.drop_inputs), nn.Dropout(recipe.drop_hidden)

    def forward(self, rows: Tensor, there: Tensor) -> Tensor:
        """(questions, candidates + 1) logits; the last stands for "none of these"."""
        hidden = torch.relu(self.second(self.middle(torch.relu(self.first(self.inputs(rows))))))
        scores = self.score(hidden)[..., 0].masked_fill(~there, NEVER)
        shares = torch.softmax(scores, dim=1)[..., None]
        highest = hidden.masked_fill(~there[..., None], 0).amax(dim=1)
        none = self.none(torch.cat([(hidden * shares).sum(dim=1), highest], dim=-1))
        return torch.cat([scores, none], dim=1)


def trained(
    rows: Sequence[Floats],
    right: Sequence[NDArray[np.bool_]],
    seeds: int,
    threshold: float,
    recipe: Recipe | None = None,
) -> Judge:
    """An ensemble, one member for each seed."""
    plan = recipe or Recipe()
    every = np.concatenate(rows)
    mean, spread = every.mean(axis=0), every.std(axis=0) + 1e-3
    batch = _padded([(one - mean) / spread for one in rows], right)
    members = [_trained(batch, seed, plan) for seed in range(seeds)]
    return Judge(tuple(members), mean.astype(np.float32), spread.astype(np.float32), threshold)


def as_arrays(judge: Judge, features: Sequence[str]) -> dict[str, NDArray[np.generic]]:
    held: dict[str, NDArray[np.generic]] = {
        "features": np.array(features),
        "mean": judge.mean,
        "spread": judge.spread,
    }
    for name in LAYERS:
        layers = [getattr(network, name) for network in judge.networks]
        held[f"{name}.weight"] = np.stack([layer.weight for layer in layers])
        held[f"{name}.bias"] = np.stack([layer.bias for layer in layers])
    return held | {"threshold": np.array(judge.threshold)}


def _padded(rows: Sequence[Floats], right: Sequence[NDArray[np.bool_]]) -> tuple[Tensor, Tensor, Tensor]:
    most = max(map(len, rows))
    table = np.zeros((len(rows), most, rows[0].shape[1]), np.float32)
    there = np.zeros((len(rows), most), bool)
    target = np.zeros((len(rows), most + 1), bool)
    for number, (one, good) in enumerate(zip(rows, right, strict=True)):
        table[number, : len(one)], there[number, : len(one)], target[number, : len(one)] = one, True, good
    target[:, -1] = ~target.any(axis=1)
    return torch.from_numpy(table), torch.from_numpy(there), torch.from_numpy(target)


def _trained(batch: tuple[Tensor, Tensor, Tensor], seed: int, recipe: Recipe) -> Network:
    torch.manual_seed(seed)
    rows, there, target = batch
    model = JudgeModel(rows.shape[-1], recipe)
    optimiser = torch.optim.AdamW(model.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    steps = recipe.epochs * -(-len(rows) // recipe.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, recipe.rate, total_steps=steps)
    for _ in range(recipe.epochs):
        for chosen in torch.split(torch.randperm(len(rows)), recipe.batch):
            chances = torch.log_softmax(model(rows[chosen], there[chosen]), dim=1)
            loss = -torch.logsumexp(chances.masked_fill(~target[chosen], NEVER), dim=1).mean()
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call] # torch leaves it untyped
            optimiser.step()
            schedule.step()
    return Network(*(_layer(getattr(model, name)) for name in LAYERS))


def _layer(linear: nn.Linear) -> Layer:
    return Layer(linear.weight.detach().numpy().copy(), linear.bias.detach().numpy().copy())
