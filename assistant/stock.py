"""A merchant's knowledge made ready for questions: cards, vocabulary, timetable, staff. Kept per version."""

import re
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from assistant.cards import Card, Family, cards_of
from assistant.facts.timetable import Timetable
from assistant.terms import Term, terms_of
from assistant.vocabulary import Vocabulary
from assistant.wording import fold, plain_words
from knowledge.entries import Contact, Document, Hours, KnowledgeBase, Payments, Staff, StaffMember
from knowledge.passages import PassageKind, cut_all

_NAME = re.compile(r"(?<=[a-záéíóúñ,] )[A-ZÁÉÍÓÚÑ][a-záéíóúñ]{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """Everything that is computed once for a version of a knowledge base."""

    base: KnowledgeBase
    language: str
    cards: tuple[Card, ...]
    by_citation: dict[str, Card]
    vocabulary: Vocabulary
    in_heads: Mapping[str, tuple[int, ...]]
    """For each stem the places of the cards that have it in their head."""
    anywhere: Mapping[str, tuple[int, ...]]
    timetable: Timetable | None
    staff: Staff | None
    payments: Payments | None
    contact: Contact | None
    member_terms: dict[str, tuple[Term, ...]]
    first_texts: Mapping[str, str]
    """For each citation the text of its first passage: what the evidence head is shown of it."""
    names: frozenset[str]
    """Folded words that the documents write with a capital inside a sentence: plans, brands, places."""

    @property
    def staff_names(self) -> dict[str, str]:
        return {member.id: member.name for member in self.members}

    @property
    def members(self) -> tuple[StaffMember, ...]:
        return self.staff.members if self.staff is not None else ()

    def of(self, family: Family) -> tuple[Card, ...]:
        return tuple(card for card in self.cards if card.family is family)


def make_stock(base: KnowledgeBase) -> Stock:
    language = base.profile.languages[0] if base.profile.languages else "es"
    cards = cards_of(base)
    staff = next((entry for entry in base.entries if isinstance(entry, Staff)), None)
    hours = next((entry for entry in base.entries if isinstance(entry, Hours)), None)
    return Stock(
        base=base,
        language=language,
        cards=cards,
        by_citation={card.citation: card for card in cards},
        vocabulary=Vocabulary(card.head + card.body for card in cards),
        in_heads=_postings(card.head for card in cards),
        anywhere=_postings(card.head + card.body for card in cards),
        timetable=Timetable(hours) if hours is not None else None,
        staff=staff,
        payments=next((entry for entry in base.entries if isinstance(entry, Payments)), None),
        contact=next((entry for entry in base.entries if isinstance(entry, Contact)), None),
        member_terms=_member_terms(staff, language),
        first_texts=_first_texts(base),
        names=frozenset(_names(base)),
    )


def _first_texts(base: KnowledgeBase) -> dict[str, str]:
    texts: dict[str, str] = {}
    for passage in cut_all(base):
        if passage.kind is PassageKind.TEXT:
            texts.setdefault(passage.citation, passage.text)
    return texts


def _postings(texts: Iterable[Sequence[Term]]) -> dict[str, tuple[int, ...]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, terms in enumerate(texts):
        for key in {term.stem for term in terms}:
            places[key].append(place)
    return {key: tuple(found) for key, found in places.items()}


def _names(base: KnowledgeBase) -> Iterator[str]:
    for entry in base.entries:
        if isinstance(entry, Document):
            for paragraph in entry.paragraphs:
                yield from (fold(found) for found in _NAME.findall(paragraph.text))


def _member_terms(staff: Staff | None, language: str) -> dict[str, tuple[Term, ...]]:
    if staff is None:
        return {}
    return {
        member.id: terms_of(plain_words(f"{member.name} {member.role} {member.note}"), language)
        for member in staff.members
    }


class StockRoom:
    """The stocks in use, the least recently used dropped first. Safe to share between threads."""

    def __init__(self, make: Callable[[KnowledgeBase], Stock] = make_stock, capacity: int = 256) -> None:
        self._make = make
        self._capacity = capacity
        self._kept: OrderedDict[int, Stock] = OrderedDict()
        self._lock = Lock()

    def stock_of(self, base: KnowledgeBase) -> Stock:
        """The stock of exactly this knowledge base: a newer version is another object, so it is never stale."""
        with self._lock:
            kept = self._kept.get(id(base))
            if kept is not None and kept.base is base:
                self._kept.move_to_end(id(base))
                return kept
        stock = self._make(base)
        with self._lock:
            self._kept[id(base)] = stock
            while len(self._kept) > self._capacity:
                self._kept.popitem(last=False)
        return stock
