"""The evidence for and against a candidate, as numbers that mean the same for every merchant."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from assistant.candidates import Candidate
from assistant.cards import Family
from assistant.comparing import Context, day_side, names_person, polarity, search_side, word_side
from assistant.kinds import Kind
from assistant.quantities import fits
from assistant.reading import Question
from assistant.signs import agreement
from assistant.stock import Stock
from assistant.wording import fold

FEATURES = (
    "dense",
    "dense_lead",
    "dense_spread",
    "rank",
    "fused",
    "lexical_share",
    "covered",
    "covered_subject",
    "covered_head",
    "head_covered",
    "missing_weight",
    "missing_count",
    "unheard",
    "unheard_weight",
    "agrees",
    "agrees_answer",
    "meets",
    "fits",
    "alike",
    "subject_size",
    "length",
    "is_item",
    "is_faq",
    "is_paragraph",
    "is_hours",
    "is_payments",
    "is_staff",
    "is_place",
    "is_record",
    "asks_price",
    "asks_duration",
    "asks_opening",
    "asks_payment",
    "asks_offer",
    "asks_who",
    "asks_place",
    "asks_stock",
    "asks_how",
    "asks_quantity",
    "asks_when",
    "says_day",
    "says_time",
    "opening_explained",
    "members",
    "head",
    "dense_asked",
    "dense_asked_lead",
    "focus_covered",
    "focus_in_head",
    "focus_unheard",
    "focus_weight",
    "covered_lead",
    "covered_subject_lead",
    "head_covered_lead",
    "agrees_lead",
    "names_person",
    "who_fits",
    "missing_share",
    "bare_subject",
    "polarity",
    "fits_lead",
    "head_lead",
    "sure",
)


def evidence(
    question: Question,
    candidates: Sequence[Candidate],
    stock: Stock,
    asked: Mapping[str, float] | None = None,
    heads: NDArray[np.float32] | None = None,
) -> NDArray[np.float32]:
    """One row of FEATURES for each candidate."""
    if not candidates:
        return np.zeros((0, len(FEATURES)), np.float32)
    dense = np.array(
        [
            candidate.hit.dense if candidate.hit and candidate.hit.dense is not None else np.nan
            for candidate in candidates
        ]
    )
    floor = float(np.nanmin(dense)) if not np.isnan(dense).all() else 0.0
    dense = np.where(np.isnan(dense), floor, dense)
    context = Context(question, stock, dense)
    rows = [
        _row(context, number, candidate, 0.0 if heads is None else float(heads[number]))
        for number, candidate in enumerate(candidates)
    ]
    _add_asked(rows, candidates, asked or {})
    for name in ("covered", "covered_subject", "head_covered", "agrees", "fits", "head"):
        _add_lead(rows, name)
    return np.array([[row[name] for name in FEATURES] for row in rows], np.float32)


def _row(context: Context, number: int, candidate: Candidate, head: float) -> dict[str, float]:
    question, card = context.question, candidate.card
    values = search_side(context, number, candidate) | word_side(context, candidate)
    values |= {
        "agrees": agreement(question.kinds, card.text),
        "agrees_answer": agreement(question.kinds, candidate.finding.text),
        "meets": float(candidate.meets),
        "sure": candidate.sure,
        "fits": fits(question.amounts, card.ranges),
        "polarity": polarity(context, candidate),
        "alike": fuzz.token_set_ratio(question.spelt, fold(card.title)) / 100,
        "length": min(len(question.words), 40) / 40,
        "head": head,
    }
    values |= {f"is_{name}": float(card.family in families) for name, families in _FAMILIES.items()}
    values |= {f"asks_{name}": float(bool(question.kinds & kinds)) for name, kinds in _KINDS.items()}
    values |= day_side(context, candidate)
    person = float(card.family is Family.STAFF or names_person(candidate, context.stock))
    values |= {"names_person": person, "who_fits": (2 * person - 1) * values["asks_who"]}
    return values


def _add_asked(
    rows: list[dict[str, float]], candidates: Sequence[Candidate], asked: Mapping[str, float]
) -> None:
    """Closeness to the asking clause alone, where a story stands around it."""
    for row, candidate in zip(rows, candidates, strict=True):
        row["dense_asked"] = (
            asked.get(candidate.card.citation, min(asked.values(), default=row["dense"]))
            if asked
            else row["dense"]
        )
    for row in rows:
        row["dense_asked_lead"] = row["dense_asked"] - max(
            (other["dense_asked"] for other in rows if other is not row), default=0.0
        )


def _add_lead(rows: list[dict[str, float]], name: str) -> None:
    for row in rows:
        row[f"{name}_lead"] = row[name] - max(
            (other[name] for other in rows if other is not row), default=0.0
        )


_FAMILIES = {
    "item": (Family.ITEM,),
    "faq": (Family.FAQ,),
    "paragraph": (Family.PARAGRAPH,),
    "hours": (Family.HOURS,),
    "payments": (Family.PAYMENTS,),
    "staff": (Family.STAFF,),
    "place": (Family.ADDRESS, Family.CONTACT),
    "record": (Family.RECORD,),
}
_KINDS = {
    "price": {Kind.PRICE},
    "duration": {Kind.DURATION},
    "opening": {Kind.OPENING, Kind.DAYS},
    "payment": {Kind.PAYMENT},
    "offer": {Kind.OFFER, Kind.INCLUDE},
    "who": {Kind.WHO},
    "place": {Kind.LOCATION, Kind.CONTACT},
    "stock": {Kind.STOCK},
    "how": {Kind.HOW, Kind.WHY},
    "quantity": {Kind.QUANTITY},
    "when": {Kind.WHEN},
}
