"""Two things asked about with one question: "¿cuánto por el corte y por la ceja?"."""

from collections.abc import Iterable, Sequence

from assistant.candidates import Bench, Candidate
from assistant.cards import Card, Family
from assistant.kinds import Kind
from assistant.reading import Question
from assistant.stock import Stock
from assistant.tables import word_set
from assistant.terms import Term

_SHARED = frozenset({Kind.PRICE, Kind.DURATION, Kind.STOCK})
_ENOUGH = 0.5
"""Share of the second name's weight that the question must speak of."""


def second_item(question: Question, first: Candidate, bench: Bench, stock: Stock) -> Candidate | None:
    """The other catalogue row that the question names beside the first, if it does."""
    if first.card.family is not Family.ITEM or not question.kinds & _SHARED:
        return None
    left = [term for term in question.subject if not _reaches(term, first.card, stock)]
    if not left or not _linked(question, first.card, left, stock):
        return None
    best = max(_others(first.card, stock), key=lambda card: _named_share(card, left, stock), default=None)
    if best is None or _named_share(best, left, stock) < _ENOUGH:
        return None
    return bench.of_card(question, best)


def _others(card: Card, stock: Stock) -> Iterable[Card]:
    return (other for other in stock.of(Family.ITEM) if other.citation != card.citation)


def _reaches(term: Term, card: Card, stock: Stock) -> bool:
    held = {one.stem for one in card.head + card.body}
    return any(key in held for key in stock.vocabulary.related(term))


def _named_share(card: Card, left: Sequence[Term], stock: Stock) -> float:
    """How much of the row's name the words that are left over stand for."""
    total = sum(stock.vocabulary.idf(term.stem) for term in card.head)
    reached = {key: sure for term in left for key, sure in stock.vocabulary.related(term).items()}
    return (
        sum(stock.vocabulary.idf(term.stem) * reached.get(term.stem, 0.0) for term in card.head) / total
        if total
        else 0.0
    )


def _linked(question: Question, first: Card, left: Sequence[Term], stock: Stock) -> bool:
    """Whether "y", "and" or a comma's word stands between what the first row covers and what is left."""
    covered = [place for term in question.subject if _reaches(term, first, stock) for place in term.places]
    others = [place for term in left for place in term.places]
    if not covered or not others:
        return False
    low, high = sorted((min(covered), min(others)))
    between = question.plain[low + 1 : max(high, low + 1)]
    return not word_set("splitting", "links").isdisjoint(between)
