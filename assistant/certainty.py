"""How plainly a question asks for a typed fact: who is there on a day, whether it is open, how one may pay.

Rules, not training: the judge takes the verdict as one more feature.
"""

from assistant.cards import Card, Family
from assistant.facts.opening_ask import Ask
from assistant.kinds import Kind
from assistant.reading import Question
from assistant.stock import Stock
from assistant.terms import Term
from assistant.wording import plain_words
from knowledge.entries import StaffMember

PLAIN, LIKELY, OPEN = 1.0, 0.5, 0.0
_NAME_AND_LITTLE_MORE = 3


def certainty(question: Question, family: Family, stock: Stock, ask: Ask) -> float:
    """1 where the question asks for just this fact, a half where it may, 0 where the rules can not tell."""
    match family:
        case Family.HOURS:
            return _hours(question, ask)
        case Family.STAFF:
            return _staff(question, stock)
        case Family.PAYMENTS:
            return _payments(question, stock)
        case Family.ADDRESS:
            return _bare(question, Kind.LOCATION)
        case Family.CONTACT:
            return _bare(question, Kind.CONTACT)
        case _:
            return OPEN


def stated_certainty(question: Question, card: Card, stock: Stock) -> float:
    """For a text that states hours, asked for hours: plain where it speaks of all that the question names besides."""
    if stock.timetable is not None and not left_over(question):
        # "¿abren hoy?" is for the merchant's own timetable.
        return OPEN
    rest = [term for term in left_over(question) if stock.vocabulary.weight(term) > 0]
    held = [term for term in rest if any(key in card.stems for key in stock.vocabulary.related(term))]
    if Kind.OPENING not in question.kinds:
        return OPEN
    return PLAIN if len(held) == len(rest) else LIKELY if held else OPEN


def left_over(question: Question) -> tuple[Term, ...]:
    """Telling words that neither show the kind nor name a day or a time."""
    return tuple(term for term in question.subject if not set(term.places) <= question.when.used)


def _hours(question: Question, ask: Ask) -> float:
    opening = Kind.OPENING in question.kinds
    dated = ask.when.says_a_day or ask.when.says_a_time or ask.when.part is not None
    rest = len(left_over(question))
    if opening and rest == 0:
        return PLAIN
    if (opening and rest <= 2) or (dated and ask.says("open_words") and rest <= 1):
        return LIKELY
    return OPEN


def _staff(question: Question, stock: Stock) -> float:
    named = any(is_named(member, question) for member in stock.members)
    asked = question.when.says_a_day or bool(question.kinds & {Kind.DAYS, Kind.WHO, Kind.WHEN, Kind.OPENING})
    dated = question.when.says_a_day or Kind.DAYS in question.kinds
    if named and dated and len(left_over(question)) <= _NAME_AND_LITTLE_MORE:
        return PLAIN
    return LIKELY if named or (asked and Kind.WHO in question.kinds) else OPEN


def is_named(member: StaffMember, question: Question) -> bool:
    """Whether the question says a part of the name, titles apart."""
    names = {word for word in plain_words(member.name) if len(word) > 2}
    return not names.isdisjoint(question.plain)


def _payments(question: Question, stock: Stock) -> float:
    asked = Kind.PAYMENT in question.kinds
    card = stock.by_citation.get("payments")
    if card is None or not (asked or Kind.OFFER in question.kinds):
        return OPEN
    rest = left_over(question)
    listed = [term for term in rest if any(key in card.head_stems for key in stock.vocabulary.related(term))]
    if len(listed) == len(rest) and asked:
        return PLAIN
    return LIKELY if listed else OPEN


def _bare(question: Question, kind: Kind) -> float:
    if kind not in question.kinds:
        return OPEN
    return PLAIN if not left_over(question) else LIKELY
