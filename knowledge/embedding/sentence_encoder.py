"""The port on top of sentence-transformers: one class for the built-in model and for any other.

Importing this file imports torch and sentence-transformers, which takes seconds: only `loading` does it, when asked.
"""

import hashlib
import json
import threading
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Normalize
from sentence_transformers.sentence_transformer.modules import Pooling

from knowledge.embedding.encoder import Offsets, TextKind, TokenVectors, Vectors
from knowledge.embedding.model_folder import Manifest
from knowledge.embedding.onnx_encoder import OFFSETS, OnnxEncoder

_BATCH: Final = 32


class SentenceEncoder:
    """An `Encoder` around a loaded model."""

    def __init__(
        self, model: SentenceTransformer, *, name: str, version: str, turn: AbstractContextManager[Any]
    ) -> None:
        """`turn` is entered around each use of the model: a lock, for models that threads may not share."""
        self._model = model
        self._turn = turn
        self.name = name
        self.version = version
        self.dimensions = int(model.get_embedding_dimension())

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(texts, "query")

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(texts, "document")

    def encode_tokens(self, texts: Sequence[str], kind: TextKind) -> list[TokenVectors]:
        with self._turn:
            found = self._encode(texts, kind, output_value=None)
            return [
                self._token_vectors(features, text, kind) for features, text in zip(found, texts, strict=True)
            ]

    def _vectors(self, texts: Sequence[str], kind: TextKind) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        with self._turn:
            return np.asarray(self._encode(texts, kind), np.float32)

    def _encode(self, texts: Sequence[str], kind: TextKind, **options: Any) -> Any:
        encode = self._model.encode_query if kind == "query" else self._model.encode_document
        return encode(
            list(texts), batch_size=_BATCH, show_progress_bar=False, normalize_embeddings=True, **options
        )

    def _token_vectors(self, features: dict[str, Any], text: str, kind: TextKind) -> TokenVectors:
        used = features["attention_mask"].numpy().astype(bool)
        vectors = features["token_embeddings"].numpy()[used]
        offsets = features[OFFSETS].numpy()[used] if OFFSETS in features else self._offsets(text, kind)
        of_the_text = offsets[:, 1] > offsets[:, 0]
        pooled = features["sentence_embedding"].numpy()
        return TokenVectors(
            tokens=vectors[of_the_text],
            offsets=offsets[of_the_text],
            pooled=pooled / np.linalg.norm(pooled),
        )

    def _offsets(self, text: str, kind: TextKind) -> Offsets:
        """Where the tokens of a model of transformers come from."""
        prompt = self._prompt(kind)
        cut = self._model.tokenizer(
            prompt + text,
            return_offsets_mapping=True,
            truncation=True,
            max_length=self._model.max_seq_length,
        )
        return np.maximum(np.asarray(cut["offset_mapping"], np.int32) - len(prompt), 0)

    def _prompt(self, kind: TextKind) -> str:
        """The prefix that the library itself puts before such a text."""
        names = ("query",) if kind == "query" else ("document", "passage", "corpus")
        return str(next((self._model.prompts[name] for name in names if name in self._model.prompts), ""))


def open_built_in(folder: Path, manifest: Manifest, threads: int) -> SentenceEncoder:
    """The folder that `unpack` made. Its module is ours, so no code from the folder is ever run."""
    settings = json.loads((folder / "config_sentence_transformers.json").read_text(encoding="utf-8"))
    # All that torch still does is a mean and a division: threads would only wait for each other.
    torch.set_num_threads(1)
    model = SentenceTransformer(
        modules=[
            OnnxEncoder.load(str(folder), threads=threads),
            Pooling.load(str(folder), subfolder="1_Pooling"),
            Normalize(),
        ],
        prompts=settings["prompts"],
        device="cpu",
    )
    return SentenceEncoder(model, name=manifest.name, version=manifest.version, turn=nullcontext())


def open_other(place: str, threads: int) -> SentenceEncoder:
    """Another folder, or a name on the hub. Models that bring code of their own are refused by the library."""
    if threads:
        torch.set_num_threads(threads)
    model = SentenceTransformer(place, device="cpu")
    # The library's tokenizers change their settings within a call, so threads take turns.
    return SentenceEncoder(model, name=place, version=_fingerprint(model), turn=threading.Lock())


def _fingerprint(model: SentenceTransformer) -> str:
    """The weights and the settings, told apart from any others."""
    digest = hashlib.sha256(f"{model}{sorted(model.prompts.items())}".encode())
    for name, weights in model.state_dict().items():
        digest.update(name.encode())
        digest.update(weights.flatten().contiguous().view(torch.uint8).numpy())
    return digest.hexdigest()[:16]
