"""Closeness of passages that search knows by their words only: just after an import, while their vectors are being made.

Of the best few the vectors are made while the customer waits, so that what was published a moment ago is answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.stock import Stock
from assistant.told import EvidenceScores, text_of
from assistant.turns import Hit, Shelf
from knowledge.embedding.encoder import TokenVectors
from knowledge.passages import Passage

MADE_AT_ONCE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Met:
    """A hit whose vector was made for this question."""

    passage: Passage
    dense: float
    lexical: float
    fused: float
    coverage: float
    missing: Sequence[str]


def with_closeness(
    hits: Sequence[Hit], question: TokenVectors, stock: Stock, shelf: Shelf, head: EvidenceScores
) -> list[Hit]:
    """The hits, none of the first few without closeness."""
    texts = [text_of(hit, stock) for hit in hits[:MADE_AT_ONCE]]
    # What has a sketch has a vector: search left it out because others lie closer.
    bare = [
        place for place, text in enumerate(texts) if hits[place].dense is None and text not in shelf.sketches
    ]
    found = list(hits)
    if bare:
        for place, dense in zip(
            bare, head.closeness([texts[place] for place in bare], question, shelf), strict=True
        ):
            found[place] = _met(hits[place], dense)
    return found


def _met(hit: Hit, dense: float) -> Hit:
    return _Met(
        passage=hit.passage,
        dense=dense,
        lexical=hit.lexical,
        fused=hit.fused,
        coverage=hit.coverage,
        missing=hit.missing,
    )
