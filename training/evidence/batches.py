"""Examples as padded tensors."""

import random
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from assistant.evidence_question import MARKS, SCALARS
from training.evidence.examples import Example
from training.evidence.model import Batch
from training.evidence.token_store import REDUCED, TokenStore

MOST_ASKED, MOST_TOLD = 40, 120


def batches(
    examples: Sequence[Example], store: TokenStore, size: int, rng: random.Random | None = None
) -> Iterator[tuple[list[Example], Batch]]:
    """All examples, of like length together; in random order when training."""
    order = sorted(range(len(examples)), key=lambda at: _length(examples[at], rng))
    groups = [order[start : start + size] for start in range(0, len(order), size)]
    if rng is not None:
        rng.shuffle(groups)
    for group in groups:
        chosen = [examples[at] for at in group]
        yield chosen, collate(chosen, store)


def _length(example: Example, rng: random.Random | None) -> float:
    return max(map(len, example.passages)) * (1.0 if rng is None else rng.uniform(0.6, 1.4))


def collate(examples: Sequence[Example], store: TokenStore) -> Batch:
    questions = [store.reduced(one.question, "query")[:MOST_ASKED] for one in examples]
    passages = [[store.reduced(text, "document")[:MOST_TOLD] for text in one.passages] for one in examples]
    long = max(1, *map(len, questions))
    many = max(len(one.passages) for one in examples)
    marks = np.zeros((len(examples), many, long, len(MARKS)), np.float32)
    scalars = np.zeros((len(examples), many, len(SCALARS)), np.float32)
    target = np.full((len(examples), many), -1, np.int64)
    for row, one in enumerate(examples):
        count, width = one.marks.shape[0], min(one.marks.shape[1], long)
        marks[row, :count, :width] = one.marks[:, :width]
        scalars[row, :count] = one.scalars
        target[row, :count] = one.target
    asked, asked_mask = _padded(questions, long)
    flat = [tokens for row in passages for tokens in (*row, *[_EMPTY] * (many - len(row)))]
    told, told_mask = _padded(flat, max(map(len, flat)))
    shape = (len(examples), many)
    return Batch(
        asked, asked_mask, told.view(*shape, *told.shape[1:]), told_mask.view(*shape, -1),
        torch.from_numpy(marks), torch.from_numpy(scalars), torch.from_numpy(target),
    )  # fmt: skip


_EMPTY = np.zeros((0, REDUCED), np.float16)


def _padded(rows: Sequence[NDArray[np.float16]], long: int) -> tuple[torch.Tensor, torch.Tensor]:
    values = np.zeros((len(rows), long, REDUCED), np.float32)
    mask = np.zeros((len(rows), long), bool)
    for at, tokens in enumerate(rows):
        values[at, : len(tokens)] = tokens
        mask[at, : len(tokens)] = True
    return torch.from_numpy(values), torch.from_numpy(mask)
