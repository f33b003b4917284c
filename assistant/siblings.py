"""Look-alikes of the catalogue that the customer's words do not tell apart: "¿cuánto vale la limpieza?"."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import Candidate
from assistant.cards import Family
from assistant.features import FEATURES
from assistant.kinds import Kind
from assistant.reading import Question

_ASKED_OF_ANY = frozenset({Kind.PRICE, Kind.DURATION, Kind.STOCK, Kind.OFFER})
_NAMED = 0.9
"""Share of a row's name that the question says: then it is that row and no other."""
_MOST = 5


def tied(
    question: Question, candidates: Sequence[Candidate], rows: NDArray[np.float32], best: int
) -> tuple[int, ...]:
    """The places of the rows that fit the question as well as the best one, the best among them.

    Only where the question says nothing that the best row lacks: else the words may yet tell them apart.
    """
    whole = (best,)
    if candidates[best].card.family is not Family.ITEM or not question.kinds & _ASKED_OF_ANY:
        return whole
    named = rows[:, FEATURES.index("head_covered")]
    if not question.subject or question.amounts or named[best] >= _NAMED or _lacks(rows[best]):
        return whole
    alike = [
        place
        for place, one in enumerate(candidates)
        if one.card.family is Family.ITEM and not _lacks(rows[place]) and named[place] >= 0.6 * named[best]
    ]
    return tuple(alike) if 1 < len(alike) <= _MOST and best in alike else whole


def _lacks(row: NDArray[np.float32]) -> bool:
    """Whether the name lacks a word of the question, or the row something that was asked for."""
    return bool(row[FEATURES.index("covered_head")] < _NAMED * 0.9 or row[FEATURES.index("polarity")] < 0)
