"""From candidates to a decision: the one that is believed most, look-alikes that stay tied, or not known."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.asking import Asked
from assistant.candidates import Bench, Candidate
from assistant.cards import Card, Family
from assistant.certainty import PLAIN
from assistant.confidence import Judge
from assistant.kinds import Kind
from assistant.pairing import second_item
from assistant.reading import Question
from assistant.scope import Scope, ScopeKind
from assistant.siblings import tied
from assistant.signs import agreement
from assistant.stock import Stock
from assistant.turns import Vector
from assistant.weighing import Weighed

_SURELY = 0.8
_BESIDE_DECLINED = 0.6
_OF_A_THING = frozenset(
    {
        Kind.PRICE,
        Kind.DURATION,
        Kind.DAYS,
        Kind.WHO,
        Kind.STOCK,
        Kind.QUANTITY,
        Kind.INCLUDE,
        Kind.WHEN,
        Kind.OFFER,
        Kind.HOW,
    }
)
"""What may be asked of the thing just spoken of without naming it again. Where the shop is or how to pay is not."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be said to one question. Nothing is `chosen` where nothing is believed."""

    asked: Asked
    chosen: tuple[Candidate, ...]
    confidence: float
    why: tuple[str, ...] = ()
    answered_before: bool = False
    """The answer to the question before this one says this too."""
    declined: ScopeKind | None = None
    """Why the question is none of the counter's business, if it is not."""


def decide(
    asked: Asked,
    weighed: Weighed,
    bench: Bench,
    stock: Stock,
    judge: Judge,
    before: Decision | None = None,
) -> Decision:
    followed = _followed(asked, before, bench)
    if followed is not None:
        return followed
    candidates, rows = weighed
    if not candidates:
        return Decision(asked, (), 0.0, ("nothing in the knowledge base is near this question",))
    confidences = judge.confidences(rows)
    best = int(np.argmax(confidences))
    together = tied(asked.question, candidates, rows, best)
    chosen = tuple(candidates[place] for place in together)
    # The judge shares its belief out among rows that it can not tell apart.
    confidence = min(float(confidences[list(together)].sum()), 1.0)
    if chosen[0].meets and chosen[0].sure >= PLAIN:
        confidence = max(confidence, judge.threshold)
    why = tuple(line for one in chosen for line in one.finding.why)
    why = (*why, f"confidence {confidence:.2f}, needed {judge.threshold:.2f}")
    if confidence < judge.threshold and before is not None and _covered_by(before, asked, stock):
        return replace(before, asked=asked, chosen=(), answered_before=True)
    if confidence < judge.threshold:
        nearest = candidates[best].card
        return Decision(asked, (), confidence, (f"nearest: {nearest.citation} {nearest.title}", *why))
    other = second_item(asked.question, chosen[0], bench, stock) if len(chosen) == 1 else None
    return Decision(asked, chosen if other is None else (*chosen, other), confidence, why)


def in_scope(decision: Decision, scope: Scope, vector: Vector) -> Decision:
    """The decision, or a refusal where the question lies outside and the merchant's knowledge does not claim it."""
    known = decision.confidence if decision.chosen or decision.answered_before else 0.0
    verdict = scope.verdict(decision.asked.question.text, vector, known)
    if not verdict.outside:
        return decision
    why = (*decision.why, *verdict.why)
    return replace(decision, chosen=(), declined=verdict.kind, confidence=verdict.confidence, why=why)


def speaks_of(candidate: Candidate, question: Question, stock: Stock) -> bool:
    """Whether a card holds something that the question itself names, or the piece that it asks for."""
    own = [term for term in question.subject if not set(term.places) <= question.when.used]
    held = candidate.card.stems
    if any(key in held for term in own for key in stock.vocabulary.related(term)):
        return True
    return not own and (candidate.meets or agreement(question.kinds, candidate.card.text) > 0)


def speaks_of_both(decision: Decision, pair: tuple[Asked, Asked], stock: Stock) -> bool:
    """Whether the chosen card holds something that only the one half names, and something that only the other does."""
    if not decision.chosen:
        return False
    first, second = ({term.stem: term for term in half.question.subject} for half in pair)
    held = decision.chosen[0].card.stems
    return all(
        any(key in held for stem in own.keys() - other.keys() for key in stock.vocabulary.related(own[stem]))
        for own, other in ((first, second), (second, first))
    )


def both(asked: Asked, first: Decision, second: Decision) -> Decision | None:
    """The two decisions as one; None unless both are known, each from a card of its own."""
    known = first.chosen and second.chosen
    if not known or first.chosen[0].card.citation == second.chosen[0].card.citation:
        return None
    return Decision(
        asked,
        (*first.chosen, *second.chosen),
        min(first.confidence, second.confidence),
        (*first.why, *second.why),
    )


def beside_declined(decisions: Sequence[Decision]) -> list[Decision]:
    """Beside a question that is surely to be declined only what is well believed is answered.

    "Me tomé diez pastillas, ¿es mucho? ¿y la cita?" is not the moment for a guess.
    """
    declined = [one.declined for one in decisions if one.declined is not None and one.confidence >= _SURELY]
    if not declined:
        return list(decisions)
    return [
        replace(one, chosen=(), declined=declined[0])
        if one.chosen and one.confidence < _BESIDE_DECLINED
        else one
        for one in decisions
    ]


def _followed(asked: Asked, before: Decision | None, bench: Bench) -> Decision | None:
    """A question that only names another side of the thing just spoken of is answered from the same card."""
    if (
        before is None
        or asked.own_subject
        or len(before.chosen) != 1
        or not asked.question.kinds <= _OF_A_THING
    ):
        return None
    if not asked.question.kinds:
        return None
    card = before.chosen[0].card
    if card.family is Family.ITEM:
        candidate = bench.of_card(asked.question, card)
        if candidate is not None and candidate.meets and Kind.OPENING not in asked.question.kinds:
            return replace(before, asked=asked, chosen=(candidate,))
        return None
    if _says_too(asked, card):
        return replace(before, asked=asked, chosen=(), answered_before=True)
    return None


def _covered_by(before: Decision, asked: Asked, stock: Stock) -> bool:
    """Whether the cards just quoted speak of everything that this question names."""
    held = frozenset().union(*(one.card.stems for one in before.chosen))
    subject = asked.question.subject
    return bool(subject) and all(
        any(key in held for key in stock.vocabulary.related(term)) for term in subject
    )


def _says_too(asked: Asked, card: Card) -> bool:
    return (
        card.family in (Family.FAQ, Family.PARAGRAPH, Family.RECORD)
        and agreement(asked.question.kinds, card.text) > 0
    )
