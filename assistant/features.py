"""The evidence for and against a candidate, as numbers that mean the same for every merchant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from assistant.candidates import Candidate
from assistant.cards import Family
from assistant.kinds import Kind
from assistant.quantities import fits
from assistant.quoting import covered
from assistant.reading import Question
from assistant.signs import agreement
from assistant.stock import Stock
from assistant.terms import Term
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
    context = _Context(question, stock, dense)
    rows = [
        _row(context, number, candidate, 0.0 if heads is None else float(heads[number]))
        for number, candidate in enumerate(candidates)
    ]
    _add_asked(rows, candidates, asked or {})
    for name in ("covered", "covered_subject", "head_covered", "agrees", "fits", "head"):
        _add_lead(rows, name)
    return np.array([[row[name] for name in FEATURES] for row in rows], np.float32)


@dataclass(frozen=True)
class _Context:
    question: Question
    stock: Stock
    dense: NDArray[np.float64]


def _row(context: _Context, number: int, candidate: Candidate, head: float) -> dict[str, float]:
    question, card = context.question, candidate.card
    values = _search(context, number, candidate) | _words(context, candidate)
    values |= {
        "agrees": agreement(question.kinds, card.text),
        "agrees_answer": agreement(question.kinds, candidate.finding.text),
        "meets": float(candidate.meets),
        "fits": fits(question.amounts, card.ranges),
        "polarity": _polarity(context, candidate),
        "alike": fuzz.token_set_ratio(question.spelt, fold(card.title)) / 100,
        "length": min(len(question.words), 40) / 40,
        "head": head,
    }
    values |= {f"is_{name}": float(card.family in families) for name, families in _FAMILIES.items()}
    values |= {f"asks_{name}": float(bool(question.kinds & kinds)) for name, kinds in _KINDS.items()}
    values |= _days(context, candidate)
    person = float(card.family is Family.STAFF or _names_person(candidate, context.stock))
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


def _search(context: _Context, number: int, candidate: Candidate) -> dict[str, float]:
    dense = context.dense
    others = np.delete(dense, number)
    best_other = float(others.max()) if len(others) else 0.0
    hit = candidate.hit
    return {
        "dense": float(dense[number]),
        "dense_lead": float(dense[number]) - best_other,
        "dense_spread": float((dense[number] - dense.mean()) / (dense.std() + 0.01)),
        "rank": 1.0 / (1 + int((dense > dense[number]).sum())),
        "fused": hit.fused if hit else 0.0,
        "lexical_share": min(hit.lexical, 30.0) / 30 if hit else 0.0,
    }


def _words(context: _Context, candidate: Candidate) -> dict[str, float]:
    question, vocabulary = context.question, context.stock.vocabulary
    head, whole = candidate.card.head_stems, candidate.card.stems
    subject = question.subject
    subject = tuple(term for term in subject if term.stem not in question.refused)
    missing = [term for term in subject if not _held(term, whole, context.stock)]
    unheard = [term for term in subject if not vocabulary.related(term)]
    return {
        "covered": _share(question.wanted, whole, context.stock),
        "covered_subject": _share(subject, whole, context.stock),
        "covered_head": _share(subject, head, context.stock),
        "head_covered": _reverse(candidate.card.head, question, context.stock),
        "missing_weight": max((vocabulary.weight(term) for term in missing), default=0.0) / 5,
        "missing_count": min(len(missing), 8) / 8,
        "unheard": min(len(unheard), 5) / 5,
        "unheard_weight": len(unheard) / max(len(subject), 1),
        "subject_size": min(len(subject), 10) / 10,
        "focus_covered": _share(question.focus, whole, context.stock),
        "focus_in_head": _share(question.focus, head, context.stock),
        "focus_unheard": sum(not vocabulary.related(term) for term in question.focus)
        / max(len(question.focus), 1),
        "focus_weight": max(
            (vocabulary.weight(term) for term in question.focus if not _held(term, whole, context.stock)),
            default=0.0,
        )
        / 5,
        "missing_share": len(missing) / max(len(subject), 1),
        "bare_subject": float(not subject),
    }


def _share(terms: Sequence[Term], held: frozenset[str], stock: Stock) -> float:
    total = sum(stock.vocabulary.weight(term) for term in terms)
    return covered(terms, held, stock.vocabulary) / total if total else 0.0


def _held(term: Term, stems: frozenset[str], stock: Stock) -> bool:
    return any(key in stems for key in stock.vocabulary.related(term))


def _reverse(head: Sequence[Term], question: Question, stock: Stock) -> float:
    """Share of the head's weight that the question speaks of: unasked modifiers lower it."""
    total = sum(stock.vocabulary.idf(term.stem) for term in head)
    if not total:
        return 0.0
    reached = {key: sure for term in question.telling for key, sure in stock.vocabulary.related(term).items()}
    return sum(stock.vocabulary.idf(term.stem) * reached.get(term.stem, 0.0) for term in head) / total


def _polarity(context: _Context, candidate: Candidate) -> float:
    """Whether the card has or lacks what the customer wants to do without."""
    card, held = candidate.card, candidate.card.stems
    verdicts = [1.0 if key in card.without else -1.0 for key in context.question.refused if key in held]
    wanted = {term.stem for term in context.question.subject} - context.question.refused
    verdicts += [-1.0 for key in wanted if key in card.without]
    return min(verdicts) if verdicts else 0.0


def _names_person(candidate: Candidate, stock: Stock) -> bool:
    text = candidate.card.text
    return any(member.name in text for member in stock.members)


def _days(context: _Context, candidate: Candidate) -> dict[str, float]:
    question = context.question
    used = question.when.used | question.cue_places
    left = [term for term in question.subject if not set(term.places) <= used]
    return {
        "says_day": float(question.when.says_a_day),
        "says_time": float(question.when.says_a_time),
        "opening_explained": 1.0 / (1 + len(left)) if candidate.card.family is Family.HOURS else 0.0,
        "members": float(len(candidate.finding.why)) if candidate.card.family is Family.STAFF else 0.0,
    }
