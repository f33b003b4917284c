"""What search, words, days and refusals say about one candidate: the single numbers of its evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import Candidate
from assistant.cards import Family
from assistant.quoting import covered
from assistant.reading import Question
from assistant.stock import Stock
from assistant.terms import Term


@dataclass(frozen=True)
class Context:
    question: Question
    stock: Stock
    dense: NDArray[np.float64]


def search_side(context: Context, number: int, candidate: Candidate) -> dict[str, float]:
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


def word_side(context: Context, candidate: Candidate) -> dict[str, float]:
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


def polarity(context: Context, candidate: Candidate) -> float:
    """Whether the card has or lacks what the customer wants to do without."""
    card, held = candidate.card, candidate.card.stems
    verdicts = [1.0 if key in card.without else -1.0 for key in context.question.refused if key in held]
    wanted = {term.stem for term in context.question.subject} - context.question.refused
    verdicts += [-1.0 for key in wanted if key in card.without]
    return min(verdicts) if verdicts else 0.0


def names_person(candidate: Candidate, stock: Stock) -> bool:
    text = candidate.card.text
    return any(member.name in text for member in stock.members)


def day_side(context: Context, candidate: Candidate) -> dict[str, float]:
    question = context.question
    used = question.when.used | question.cue_places
    left = [term for term in question.subject if not set(term.places) <= used]
    return {
        "says_day": float(question.when.says_a_day),
        "says_time": float(question.when.says_a_time),
        "opening_explained": 1.0 / (1 + len(left)) if candidate.card.family is Family.HOURS else 0.0,
        "members": float(len(candidate.finding.why)) if candidate.card.family is Family.STAFF else 0.0,
    }
