"""Softmax regression by accelerated gradient descent from zero: no randomness, the same weights every time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.scope import Head
from assistant.scope_signs import ScopeKind
from training.scope.data import Line

Floats = NDArray[np.float32]

_KINDS = list(ScopeKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`vector_scale` and `sign_scale` bring both sorts of features to the sizes at which the penalty treats them fairly."""

    steps: int = 200
    penalty: float = 0.1
    vector_scale: float
    sign_scale: float = 10.0


def plan_for(vectors: Floats) -> Plan:
    return Plan(vector_scale=float(1.0 / (vectors - vectors.mean(axis=0)).std()))


def fit(rows: Floats, lines: list[Line], centre: Floats, plan: Plan) -> Head:
    scale = np.full(rows.shape[1], plan.sign_scale, np.float32)
    scale[: len(centre)] = plan.vector_scale
    weights, bias = _descend(rows * scale, _targets(lines), plan)
    return Head(centre, weights * scale[:, None], bias)


def _targets(lines: list[Line]) -> Floats:
    return np.eye(len(_KINDS), dtype=np.float32)[[_KINDS.index(one.kind) for one in lines]]


def _descend(rows: Floats, targets: Floats, plan: Plan) -> tuple[Floats, Floats]:
    count = np.float32(len(rows))
    weights = before = np.zeros((rows.shape[1], targets.shape[1]), np.float32)
    bias = bias_before = np.log(targets.mean(axis=0) + np.float32(1e-3))
    rate = np.float32(1 / (0.5 * np.linalg.norm(rows, 2) ** 2 / count + plan.penalty))
    for step in range(plan.steps):
        momentum = np.float32(step / (step + 3))
        ahead, bias_ahead = weights + momentum * (weights - before), bias + momentum * (bias - bias_before)
        off = (_softmax(rows @ ahead + bias_ahead) - targets) / count
        before, bias_before = weights, bias
        weights = ahead - rate * (rows.T @ off + np.float32(plan.penalty) * ahead)
        bias = bias_ahead - np.float32(2) * off.sum(axis=0)
    return weights, bias


def _softmax(raw: Floats) -> Floats:
    powers = np.exp(raw - raw.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)
