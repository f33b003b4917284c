"""From candidates to a decision: the one that is believed most, look-alikes that stay tied, or not known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.asking import Asked
from assistant.candidates import Bench, Candidate
from assistant.confidence import Judge
from assistant.features import evidence
from assistant.stock import Stock
from assistant.turns import Hit

_FROM_CLAUSE = 5


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be said to one question. `chosen` is None where nothing is believed."""

    asked: Asked
    chosen: Candidate | None
    confidence: float
    why: tuple[str, ...] = ()


def decide(asked: Asked, searches: Sequence[Sequence[Hit]], bench: Bench, stock: Stock, judge: Judge) -> Decision:
    candidates, rows = weigh(asked, searches, bench, stock)
    if not candidates:
        return Decision(asked, None, 0.0, ("nothing in the knowledge base is near this question",))
    confidences = judge.confidences(rows)
    best = int(np.argmax(confidences))
    chosen, confidence = candidates[best], float(confidences[best])
    why = (*chosen.finding.why, f"confidence {confidence:.2f}, needed {judge.threshold:.2f}")
    if confidence < judge.threshold:
        return Decision(asked, None, confidence, (f"nearest: {chosen.card.citation} {chosen.card.title}", *why))
    return Decision(asked, chosen, confidence, why)


def weigh(
    asked: Asked, searches: Sequence[Sequence[Hit]], bench: Bench, stock: Stock
) -> tuple[tuple[Candidate, ...], "np.ndarray[tuple[int, ...], np.dtype[np.float32]]"]:
    """The candidates of a question and their features."""
    hits = list(searches[0])
    closeness: Mapping[str, float] = {}
    if len(searches) > 1:
        closeness = {hit.passage.citation: hit.dense for hit in searches[1] if hit.dense is not None}
        seen = {hit.passage.citation for hit in hits[:10]}
        hits = hits[:10] + [hit for hit in searches[1][:_FROM_CLAUSE] if hit.passage.citation not in seen]
    candidates = bench.candidates(asked.question, hits)
    return candidates, evidence(asked.question, candidates, stock, closeness)
