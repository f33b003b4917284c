"""The candidates of a question with the evidence for each, from one pass of the encoder."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.asking import Asked
from assistant.candidates import Bench, Candidate
from assistant.closeness import with_closeness
from assistant.features import evidence
from assistant.stock import Stock
from assistant.told import SCALE, EvidenceScores
from assistant.turns import Hit, Shelf
from knowledge.embedding.encoder import TokenVectors

_SEARCHED = 60
_FROM_WHOLE, _FROM_CLAUSE = 10, 5

Weighed = tuple[tuple[Candidate, ...], NDArray[np.float32]]


def weigh(
    asked: Asked,
    encoded: Sequence[TokenVectors],
    shelf: Shelf,
    bench: Bench,
    stock: Stock,
    head: EvidenceScores | None,
) -> Weighed:
    """The candidates and their features. Without a head its feature is that of a passage never reached."""
    searches = [
        shelf.index.search(text, one.pooled, _SEARCHED)
        for text, one in zip(asked.texts, encoded, strict=True)
    ]
    closeness: Mapping[str, float] = {}
    hits = list(searches[0])
    if len(searches) > 1:
        closeness = {hit.passage.citation: hit.dense for hit in searches[1] if hit.dense is not None}
        hits = _joined(hits, searches[1])
    if head is not None:
        hits = with_closeness(hits, encoded[0], stock, shelf, head)
    candidates = bench.candidates(asked.question, hits)
    logits = (
        head.scores(asked.texts[0], encoded[0], candidates, stock, shelf) / SCALE
        if head is not None
        else None
    )
    return candidates, evidence(asked.question, candidates, stock, closeness, logits)


def _joined(whole: Sequence[Hit], clause: Sequence[Hit]) -> list[Hit]:
    """The best of the whole question, then the best of its asking clause, then the rest."""
    first = list(whole[:_FROM_WHOLE])
    seen = {hit.passage.citation for hit in first}
    wanted = {hit.passage.citation for hit in clause[:_FROM_CLAUSE]} - seen
    rest = whole[_FROM_WHOLE:]
    return (
        first
        + [hit for hit in rest if hit.passage.citation in wanted]
        + [hit for hit in rest if hit.passage.citation not in wanted]
    )
