"""Softmax regression from zero on all lines at once: no randomness, the same weights every time.

Every line is seen twice, with its signs and without them, so that the head learns to read the meaning too and does
not take the absence of a known wording for innocence.
"""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from assistant.scope import SIGN_NAMES, Head
from assistant.scope_signs import OUTSIDE, ScopeKind
from training.scope.data import Line

Floats = NDArray[np.float32]

_KINDS = list(ScopeKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The scales bring each sort of feature to the size at which the penalty treats it fairly."""

    steps: int = 60
    penalty: float = 0.03
    surely_scale: float = 10.0
    perhaps_scale: float = 3.0


def fit(rows: Floats, lines: list[Line], centre: Floats, plan: Plan) -> Head:
    scale = _scale(rows, plan)
    scaled = torch.from_numpy(rows * scale)
    without = scaled.clone()
    without[:, -len(SIGN_NAMES) :] = 0
    targets = torch.tensor([_KINDS.index(one.kind) for one in lines])
    weights, bias = _descend(torch.cat([scaled, without]), torch.cat([targets, targets]), plan)
    return Head(centre, weights.numpy() * scale[:, None], bias.numpy())


def _scale(rows: Floats, plan: Plan) -> Floats:
    vectors = rows.shape[1] - len(SIGN_NAMES)
    scale = np.full(rows.shape[1], 1.0 / rows[:, :vectors].std(), np.float32)
    scale[vectors : vectors + len(OUTSIDE)] = plan.surely_scale
    scale[vectors + len(OUTSIDE) :] = plan.perhaps_scale
    return scale


def _descend(rows: Tensor, targets: Tensor, plan: Plan) -> tuple[Tensor, Tensor]:
    weights = torch.zeros(rows.shape[1], len(_KINDS), requires_grad=True)
    bias = torch.zeros(len(_KINDS), requires_grad=True)
    optimiser = torch.optim.LBFGS(
        [weights, bias], max_iter=plan.steps, history_size=8, line_search_fn="strong_wolfe"
    )

    def loss() -> Tensor:
        optimiser.zero_grad()
        lost = torch.nn.functional.cross_entropy(rows @ weights + bias, targets)
        lost = lost + plan.penalty / 2 * (weights**2).sum()
        lost.backward()  # type: ignore[no-untyped-call]  # torch types it so
        return lost

    optimiser.step(loss)  # type: ignore[no-untyped-call]  # torch types it so
    return weights.detach(), bias.detach()
