"""The head in torch: what is trained. `assistant.evidence` does the same in numpy."""

from dataclasses import asdict, dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from assistant.evidence_question import MARKS, SCALARS
from training.evidence.token_store import REDUCED


@dataclass(frozen=True, slots=True)
class Shape:
    width: int = 64
    heads: int = 4
    hidden: int = 48
    out: int = 32
    last: int = 32
    dropout: float = 0.25


@dataclass(frozen=True, slots=True)
class Batch:
    """`question` (B, n, 384), `passages` (B, k, m, 384) with their masks, `marks` (B, k, n, .), `scalars` (B, k, .)."""

    question: Tensor
    question_mask: Tensor
    passages: Tensor
    passage_mask: Tensor
    marks: Tensor
    scalars: Tensor
    target: Tensor


class EvidenceModel(nn.Module):
    mean: Tensor
    spread: Tensor

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        heads, width = shape.heads, shape.width
        self.ask = nn.Linear(REDUCED, width)
        self.tell = nn.Linear(REDUCED, width)
        self.sharpness = nn.Parameter(torch.full((heads,), 1.0))
        self.nothing = nn.Parameter(torch.zeros(heads))
        features = 2 * width + 2 * heads + len(MARKS)
        self.alone = nn.Linear(width, shape.hidden)
        self.compare = nn.Linear(features, shape.hidden, bias=False)
        self.refine = nn.Sequential(
            nn.ReLU(), nn.Dropout(shape.dropout), nn.Linear(shape.hidden, shape.out), nn.ReLU()
        )
        self.gate = nn.Linear(shape.out, 1)
        self.judge = nn.Sequential(
            nn.Dropout(shape.dropout),
            nn.Linear(3 * shape.out + len(SCALARS), shape.last),
            nn.ReLU(),
            nn.Linear(shape.last, 1),
        )
        self.register_buffer("mean", torch.zeros(len(SCALARS)))
        self.register_buffer("spread", torch.ones(len(SCALARS)))

    def forward(self, batch: Batch) -> Tensor:
        """(B, k) logits that the passage answers the question."""
        asked = self.ask(batch.question)
        told = self.tell(batch.passages)
        matched, signs = self._attend(asked, told, batch.passage_mask)
        features = torch.cat([matched, asked[:, None] * matched, signs, batch.marks], dim=-1)
        compared = self.refine(self.compare(features) + self.alone(asked)[:, None])
        pooled = self._pool(compared, batch.question_mask)
        scalars = (batch.scalars - self.mean) / self.spread
        logits: Tensor = self.judge(torch.cat([pooled, scalars], dim=-1))[..., 0]
        return logits

    def _attend(self, asked: Tensor, told: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        heads = self.shape.heads
        batch, many, long, width = told.shape
        keys = told.view(batch, many, long, heads, width // heads)
        queries = asked.view(batch, asked.shape[1], heads, width // heads)
        alike = torch.einsum("bnhd,bkmhd->bkhnm", queries, keys) * self.sharpness[:, None, None]
        alike = alike.masked_fill(~mask[:, :, None, None, :], -1e4)
        nothing = self.nothing[:, None, None].expand(*alike.shape[:-1], 1)
        shares = torch.softmax(torch.cat([alike, nothing], dim=-1), dim=-1)
        matched = torch.einsum("bkhnm,bkmhd->bknhd", shares[..., :-1], keys).flatten(-2)
        signs = torch.cat([alike.amax(-1), shares[..., -1]], dim=2).transpose(2, 3)
        return matched, signs

    def _pool(self, compared: Tensor, mask: Tensor) -> Tensor:
        keep = mask[:, None, :, None]
        gates = torch.softmax(self.gate(compared).masked_fill(~keep, -1e4), dim=2)
        return torch.cat(
            [
                (gates * compared).sum(2),
                compared.masked_fill(~keep, 0).amax(2),
                (compared * keep).sum(2) / keep.sum(2).clamp(min=1),
            ],
            dim=-1,
        )

    def start_from(self, strengths: NDArray[np.float32], scalars: NDArray[np.float32]) -> None:
        """Begin with similarities that mean something: both sides the main axes, weak ones raised a little."""
        width, heads = self.shape.width, self.shape.heads
        # Every head gets strong and weak axes alike.
        axes = np.eye(REDUCED, dtype=np.float32)[:width] / strengths[:width, None] ** 0.5
        axes = axes.reshape(-1, heads, REDUCED).transpose(1, 0, 2).reshape(width, REDUCED)
        axes *= (2 * heads / (strengths[:width].sum())) ** 0.5
        with torch.no_grad():
            for layer in (self.ask, self.tell):
                layer.weight.copy_(torch.from_numpy(axes))
                layer.bias.zero_()
            self.mean.copy_(torch.from_numpy(scalars.mean(axis=0)))
            self.spread.copy_(torch.from_numpy(scalars.std(axis=0) + 0.05))

    def settings(self) -> dict[str, float]:
        return asdict(self.shape)
