"""The built-in model as a module of sentence-transformers, run by onnxruntime.

Importing this file imports torch and sentence-transformers, which takes seconds: only `loading` does it, when asked.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from sentence_transformers.base.modules import InputModule

from knowledge.embedding.model_folder import GRAPH_FILE
from knowledge.embedding.unigram import Unigram, load_unigram

OFFSETS: Final = "offsets"
# Larger runs are no faster per token, and their working memory grows.
_TOKENS_PER_RUN: Final = 512


class OnnxEncoder(InputModule):  # type: ignore[misc]  # the library ships no types
    """Texts to token vectors."""

    config_file_name = "onnx_encoder.json"
    config_keys: Final = ["max_seq_length"]

    def __init__(
        self, unigram: Unigram, session: onnxruntime.InferenceSession, *, max_seq_length: int
    ) -> None:
        super().__init__()
        self.unigram = unigram
        self.session = session
        self.max_seq_length = max_seq_length

    @classmethod
    def load(cls, model_name_or_path: str, *, threads: int = 0, **_kwargs: Any) -> Self:
        folder = Path(model_name_or_path)
        settings = json.loads((folder / cls.config_file_name).read_text(encoding="utf-8"))
        unigram = load_unigram(folder)
        return cls(unigram, _session(folder / GRAPH_FILE, threads), **settings)

    def preprocess(
        self, inputs: Sequence[str], prompt: str | None = None, **_kwargs: Any
    ) -> dict[str, torch.Tensor]:
        prompt = prompt or ""
        cut = [self.unigram.tokens(prompt + text, self.max_seq_length) for text in inputs]
        shape = (len(cut), max(len(tokens.ids) for tokens in cut))
        ids = np.full(shape, self.unigram.padding, np.int64)
        mask = np.zeros(shape, np.int64)
        offsets = np.zeros((*shape, 2), np.int32)
        for row, tokens in enumerate(cut):
            ids[row, : len(tokens.ids)] = tokens.ids
            mask[row, : len(tokens.ids)] = 1
            offsets[row, : len(tokens.ids)] = tokens.offsets
        # What is left at (0, 0) is not of the text: padding, start, end, and the prompt.
        offsets = np.maximum(offsets - len(prompt), 0)
        return {name: torch.from_numpy(array) for name, array in _named(ids, mask, offsets)}

    def forward(self, features: dict[str, torch.Tensor], **_kwargs: Any) -> dict[str, torch.Tensor]:
        ids, mask = features["input_ids"].numpy(), features["attention_mask"].numpy()
        vectors = np.zeros((*ids.shape, self.get_embedding_dimension()), np.float32)
        lengths = mask.sum(axis=1)
        for rows in _runs(lengths):
            width = lengths[rows].max()
            feeds = {"input_ids": ids[rows, :width], "attention_mask": mask[rows, :width]}
            (vectors[rows, :width],) = self.session.run(None, feeds)
        return features | {"token_embeddings": torch.from_numpy(vectors)}

    def get_embedding_dimension(self) -> int:
        return int(self.session.get_outputs()[0].shape[-1])

    def save(self, output_path: str, *_args: Any, **_kwargs: Any) -> None:
        """Refuse: the folder is made by `unpack`, and never written by the library."""
        raise NotImplementedError(f"copy the model's folder to {output_path} instead")


def _named(*arrays: NDArray[Any]) -> Iterator[tuple[str, NDArray[Any]]]:
    yield from zip(("input_ids", "attention_mask", OFFSETS), arrays, strict=True)


def _runs(lengths: NDArray[np.int64]) -> list[NDArray[np.intp]]:
    """Rows of similar length together, so that little is computed for padding."""
    order = np.argsort(lengths, kind="stable")
    cuts = [0]
    for at, row in enumerate(order):
        if (at + 1 - cuts[-1]) * lengths[row] > _TOKENS_PER_RUN and at > cuts[-1]:
            cuts.append(at)
    return [order[first:last] for first, last in pairwise([*cuts, len(order)])]


def _session(graph: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # Waiting threads spin within a pass, where it saves a fifth, and sleep between passes: others need the processor.
    options.add_session_config_entry("session.force_spinning_stop", "1")
    # The arena keeps the memory of the longest batch for ever.
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
