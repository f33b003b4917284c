"""The port: what the rest of `knowledge` may ask of an embedding model."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Vectors: TypeAlias = NDArray[np.float32]
Offsets: TypeAlias = NDArray[np.int32]
TextKind: TypeAlias = Literal["query", "document"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenVectors:
    """One text as its tokens' vectors, and the vector of the whole, from a single pass through the model.

    Special tokens and the model's own prefix are left out; an empty text has no tokens.
    """

    tokens: Vectors
    """One row a token, as the model gave it (not normalised)."""
    offsets: Offsets
    """For each token where it starts and ends in the text, in characters."""
    pooled: Vectors
    """The normalised vector that `encode_queries` or `encode_documents` gives for the same text."""


class Encoder(Protocol):
    """Texts to vectors of length one. Safe to call from several threads at once."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str:
        """Changes whenever the same text may get another vector."""
        ...

    @property
    def dimensions(self) -> int: ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors: ...

    def encode_documents(self, texts: Sequence[str]) -> Vectors: ...

    def encode_tokens(self, texts: Sequence[str], kind: TextKind) -> list[TokenVectors]: ...
