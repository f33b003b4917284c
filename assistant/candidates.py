"""Possible answers to one question, each from one card, before any is believed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.cards import Card, Family
from assistant.certainty import certainty, stated_certainty
from assistant.facts.catalogue import ItemAsk, ItemClerk
from assistant.facts.findings import Finding
from assistant.facts.occasions import with_occasion
from assistant.facts.opening import OpeningDesk
from assistant.facts.opening_ask import Ask
from assistant.facts.people import StaffDesk
from assistant.facts.plain import say_address, say_contact, say_payments, say_record
from assistant.facts.spoken_desk import Stated, asks_for_hours, spoken_finding, stated_hours
from assistant.facts.when import When
from assistant.kinds import Kind
from assistant.quoting import covered, quote_faq, quote_paragraph, stems_in
from assistant.reading import Question
from assistant.speech import DayNames, Voice
from assistant.stock import Stock
from assistant.terms import Term
from assistant.turns import Hit
from assistant.wording import plain_words
from knowledge.entries import Address, Faq, Item, Paragraph, Payments, Record, StaffMember, Variant
from knowledge.wording import Wording

_FROM_SEARCH = 13
_FROM_WORDS = 6
_NEVER_PLAIN = (Family.ITEM, Family.FAQ, Family.PARAGRAPH, Family.RECORD)
"""Families of which no rule can say that just this card is asked for."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What one card would answer, and how search found the card (None where words alone did)."""

    card: Card
    finding: Finding
    hit: Hit | None
    meets: bool
    """Whether a typed card holds the piece that was asked for (a row has a price, a duration …)."""
    sure: float = 0.0
    """How plainly the question asks for just this typed fact."""


class Bench:
    """Makes candidates for the questions of one turn."""

    def __init__(self, stock: Stock, voice: Voice, now: datetime) -> None:
        self._stock = stock
        self._voice = voice
        self._now = now
        self._names = names = DayNames(voice, now)
        self.items = ItemClerk(voice, names, now.date(), stock.staff_names)
        self._opening = OpeningDesk(stock.timetable, voice, now) if stock.timetable is not None else None
        self._people = (
            StaffDesk(stock.staff, stock.timetable, voice, names, now.date())
            if stock.staff is not None
            else None
        )

    def candidates(self, question: Question, hits: Sequence[Hit]) -> tuple[Candidate, ...]:
        found: dict[str, Hit] = {}
        for hit in hits:
            found.setdefault(_card_key(hit), hit)
        made = [self._made(question, card, found.get(card.citation)) for card in self._cards(question, hits)]
        return tuple(candidate for candidate in made if candidate is not None)

    def of_card(self, question: Question, card: Card) -> Candidate | None:
        """What this one card would answer."""
        return self._made(question, card, None)

    def _cards(self, question: Question, hits: Sequence[Hit]) -> Iterator[Card]:
        chosen: dict[str, Card] = {}
        for hit in hits[:_FROM_SEARCH]:
            card = self._stock.by_citation.get(_card_key(hit))
            if card is not None:
                chosen.setdefault(card.citation, card)
        for card in self._by_words(question):
            chosen.setdefault(card.citation, card)
        for card in self._by_kind(question):
            chosen.setdefault(card.citation, card)
        yield from chosen.values()

    def _by_words(self, question: Question) -> list[Card]:
        """The cards whose words cover most of the question; what a card is about counts twice."""
        scores: dict[int, float] = defaultdict(float)
        for term in question.telling:
            weight = self._stock.vocabulary.weight(term)
            for place, sure in self._reached(term).items():
                scores[place] += weight * sure
        best = sorted(scores, key=lambda place: (-scores[place], place))[:_FROM_WORDS]
        return [self._stock.cards[place] for place in best]

    def _reached(self, term: Term) -> dict[int, float]:
        """For each card how surely its words, and once more its head's, stand for a term."""
        reached: dict[int, float] = defaultdict(float)
        for postings in (self._stock.in_heads, self._stock.anywhere):
            held: dict[int, float] = {}
            for key, sure in self._stock.vocabulary.related(term).items():
                for place in postings.get(key, ()):
                    held[place] = max(held.get(place, 0.0), sure)
            for place, sure in held.items():
                reached[place] += sure
        return reached

    def _by_kind(self, question: Question) -> Iterator[Card]:
        wanted = {
            Kind.OPENING: Family.HOURS,
            Kind.DAYS: Family.HOURS,
            Kind.LOCATION: Family.ADDRESS,
            Kind.CONTACT: Family.CONTACT,
            Kind.PAYMENT: Family.PAYMENTS,
            Kind.WHO: Family.STAFF,
        }
        families = {family for kind, family in wanted.items() if kind in question.kinds}
        if question.when.says_a_day or question.when.says_a_time:
            families.add(Family.HOURS)
        if self.members(question):
            families.add(Family.STAFF)
        for card in self._stock.cards:
            if card.family in families:
                yield card

    def _made(self, question: Question, card: Card, hit: Hit | None) -> Candidate | None:
        finding, meets = self._finding(question, card)
        if finding is None or not finding.text:
            return None
        return Candidate(card, finding, hit, meets, self._sure(question, card))

    def _sure(self, question: Question, card: Card) -> float:
        if card.paragraph is not None and self._stated(question, card.paragraph) is not None:
            return stated_certainty(question, card, self._stock)
        if card.family in _NEVER_PLAIN:
            return 0.0
        return certainty(question, card.family, self._stock, self._ask(question))

    def _finding(self, question: Question, card: Card) -> tuple[Finding | None, bool]:
        match card.entry:
            case Item():
                return self._item(question, card, card.entry)
            case Faq():
                return quote_faq(card.entry), True
            case Record():
                return say_record(card.entry, self._row_in_words(card.entry)), True
            case Address():
                return say_address(card.entry, self._voice), Kind.LOCATION in question.kinds
            case Payments():
                return self._payments(question, card.entry)
            case _:
                return self._other(question, card)

    def _row_in_words(self, record: Record) -> str:
        return Wording(self._stock.base.profile).record(record, self._stock.staff_names)

    def _other(self, question: Question, card: Card) -> tuple[Finding | None, bool]:
        if card.paragraph is not None:
            return self._quoted(question, card, card.paragraph), True
        if card.family is Family.CONTACT and self._stock.contact is not None:
            return say_contact(
                self._stock.contact, self._voice, _contact_wanted(question)
            ), Kind.CONTACT in question.kinds
        if card.family is Family.HOURS and self._opening is not None:
            return self._opening.answer(self._ask(question)), Kind.OPENING in question.kinds
        if card.family is Family.STAFF and self._people is not None:
            return self._staff(question)
        return None, False

    def _quoted(self, question: Question, card: Card, paragraph: Paragraph) -> Finding:
        """The part of a paragraph that answers; where it states hours, with the yes or no that follows from them."""
        stated = self._stated(question, paragraph)
        if stated is not None:
            return spoken_finding(stated, self._ask(question), card.citation, self._voice, self._names)
        quote = quote_paragraph(paragraph, question, self._stock)
        return Finding(text=quote, citations=(card.citation,), why=(card.citation,))

    def _stated(self, question: Question, paragraph: Paragraph) -> Stated | None:
        if not asks_for_hours(question, self._ask(question)):
            return None
        return stated_hours(paragraph.text, question, self._stock)

    def _ask(self, question: Question) -> Ask:
        return Ask(question.plain, self._when(question), self._now)

    def _when(self, question: Question) -> When:
        special = self._stock.timetable.special_days() if self._stock.timetable is not None else ()
        return with_occasion(question.when, question.plain, special, self._now.date())

    def _item(self, question: Question, card: Card, item: Item) -> tuple[Finding, bool]:
        held = [self.items.holds(item, kind) for kind in question.kinds]
        explain = self._explains(question, card)
        ask = ItemAsk(kinds=question.kinds, explain=explain, variants=self._variants(question, item))
        return self.items.answer(item, ask), all(held)

    def _explains(self, question: Question, card: Card) -> bool:
        """Whether the description covers part of the question that the name does not."""
        head = frozenset(term.stem for term in card.head)
        body = frozenset(term.stem for term in card.body)
        vocabulary = self._stock.vocabulary
        left = [term for term in question.telling if not any(key in head for key in vocabulary.related(term))]
        plain = not question.kinds & {Kind.PRICE, Kind.DURATION, Kind.STOCK, Kind.WHO, Kind.DAYS}
        return plain or covered(left, body, vocabulary) > 0

    def _variants(self, question: Question, item: Item) -> tuple[Variant, ...]:
        words = set(question.plain)
        named = tuple(one for one in item.variants if _label_words(one) & words)
        return named if len(named) < len(item.variants) else ()

    def _payments(self, question: Question, payments: Payments) -> tuple[Finding, bool]:
        subject = [term for term in question.subject if not _asks_for_payment(term.word)]
        related = {
            key
            for term in subject
            for key, sure in self._stock.vocabulary.related(term).items()
            if sure > 0.75
        }
        listed = [method for method in payments.methods if related & stems_in(method, self._stock.language)]
        named = bool(subject)
        return say_payments(payments, self._voice, listed, method_named=named), bool(listed) or not named

    def members(self, question: Question) -> tuple[StaffMember, ...]:
        """The staff that the question names or describes, those that fit best."""
        vocabulary = self._stock.vocabulary
        scores = {}
        for member in self._stock.members:
            held = frozenset(term.stem for term in self._stock.member_terms[member.id])
            scores[member.id] = covered(question.subject, held, vocabulary)
        best = max(scores.values(), default=0.0)
        return tuple(member for member in self._stock.members if best > 0 and scores[member.id] > 0.95 * best)

    def _staff(self, question: Question) -> tuple[Finding | None, bool]:
        if self._people is None:
            return None, False
        members = self.members(question)
        days_asked = bool(question.kinds & {Kind.DAYS, Kind.WHEN, Kind.OPENING})
        finding = self._people.about(
            members, question.when, days_asked=days_asked, day_asked=question.when.says_a_day
        )
        return finding, bool(members) or Kind.WHO in question.kinds


def _card_key(hit: Hit) -> str:
    """The citation of the card that a hit stands on: special days stand on the hours card."""
    citation = hit.passage.citation
    return "hours" if citation.startswith("special:") else citation


def _contact_wanted(question: Question) -> str:
    text = " ".join(question.plain)
    table = {"email": ("correo", "email", "mail"), "whatsapp": ("whatsapp",), "instagram": ("instagram",)}
    return next((name for name, words in table.items() if any(word in text for word in words)), "")


def _asks_for_payment(word: str) -> bool:
    return word.startswith(("pag", "acept", "recib", "forma", "metodo", "medio", "cobra"))


def _label_words(variant: Variant) -> set[str]:
    return set(plain_words(variant.label))
