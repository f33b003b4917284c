"""The merchant's knowledge as cards: one for each thing that can be cited, ready to be compared with a question."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from assistant.quantities import Range, ranges_in
from assistant.terms import Term, stem, terms_of
from assistant.wording import plain_words
from knowledge.entries import (
    Address,
    Contact,
    Document,
    Entry,
    Faq,
    Hours,
    Item,
    KnowledgeBase,
    Paragraph,
    Payments,
    Record,
    Staff,
)
from knowledge.passages import cut, staff_names


class Family(StrEnum):
    HOURS = "hours"
    ITEM = "item"
    FAQ = "faq"
    PARAGRAPH = "paragraph"
    ADDRESS = "address"
    CONTACT = "contact"
    PAYMENTS = "payments"
    STAFF = "staff"
    RECORD = "record"


@dataclass(frozen=True, kw_only=True)
class Card:
    """One citable thing. `head` is what it is about (name, question), `body` what it says."""

    citation: str
    title: str
    family: Family
    entry: Entry
    head: tuple[Term, ...]
    body: tuple[Term, ...]
    text: str
    """All that the card says, in words: what an answer from it may be checked against."""
    ranges: tuple[Range, ...] = ()
    without: frozenset[str] = frozenset()
    """Stems that the text says it lacks: "sin percutor"."""
    paragraph: Paragraph | None = None

    @cached_property
    def head_stems(self) -> frozenset[str]:
        return frozenset(term.stem for term in self.head)

    @cached_property
    def stems(self) -> frozenset[str]:
        return self.head_stems.union(term.stem for term in self.body)


def cards_of(base: KnowledgeBase) -> tuple[Card, ...]:
    """The cards of a merchant, entry by entry."""
    names = staff_names(base.entries)
    language = base.profile.languages[0] if base.profile.languages else "es"
    return tuple(card for entry in base.entries for card in _cards(entry, base, names, language))


def _cards(entry: Entry, base: KnowledgeBase, names: Mapping[str, str], language: str) -> Iterator[Card]:
    if isinstance(entry, Document):
        yield from _paragraphs(entry, language)
        return
    said = " ".join(dict.fromkeys(passage.text for passage in cut(entry, base.profile, names)))
    head, body = _texts(entry)
    yield _card(entry, head=head, body=body or said, said=said, language=language)


def _paragraphs(document: Document, language: str) -> Iterator[Card]:
    headings = {paragraph.heading for paragraph in document.paragraphs}
    for paragraph in document.paragraphs:
        if paragraph.text in headings or paragraph.text == document.title:
            continue
        head = f"{paragraph.heading} {lead(paragraph.text)}".strip()
        card = _card(
            document,
            head=head,
            body=paragraph.text,
            said=f"{paragraph.heading} {paragraph.text}",
            language=language,
        )
        yield Card(
            citation=f"{document.key}{paragraph.anchor}",
            title=document.title,
            family=Family.PARAGRAPH,
            entry=document,
            head=card.head,
            body=card.body,
            text=card.text,
            ranges=card.ranges,
            paragraph=paragraph,
        )


def lead(text: str, longest: int = 8) -> str:
    """The paragraph's own heading, where its first sentence reads as one ("Citas.")."""
    first, stop, _ = text.partition(". ")
    return first if stop and len(first.split()) <= longest else ""


def _card(entry: Entry, *, head: str, body: str, said: str, language: str) -> Card:
    return Card(
        citation=str(entry.key),
        title=_title(entry),
        family=_family(entry),
        entry=entry,
        head=terms_of(plain_words(head), language),
        body=terms_of(plain_words(body), language),
        text=said.strip(),
        ranges=ranges_in(said) if isinstance(entry, Item | Record) else (),
        without=_lacking(said, language),
    )


def _lacking(text: str, language: str) -> frozenset[str]:
    words = plain_words(text)
    after = (word for before, word in pairwise(words) if before in ("sin", "sem", "without"))
    return frozenset(stem(word, language) for word in after)


def _texts(entry: Entry) -> tuple[str, str]:
    """Head and body. An empty body stands for all that the entry says."""
    more = " ".join(entry.phrasings)
    match entry:
        case Item():
            labels = " ".join(variant.label for variant in entry.variants)
            fields = " ".join(f"{heading} {text}" for heading, text in entry.extra)
            return (
                f"{entry.name} {labels} {more}",
                f"{entry.description} {entry.unit} {fields} {entry.availability}",
            )
        case Faq():
            return f"{entry.question} {more}", entry.answer
        case Record():
            fields = " ".join(f"{heading} {text}" for heading, text in entry.fields)
            return f"{entry.name} {more}", f"{entry.section} {fields}"
        case Staff():
            return " ".join(f"{member.name} {member.role}" for member in entry.members), ""
        case Payments():
            return " ".join(entry.methods), ""
        case _:
            return more, ""


def _title(entry: Entry) -> str:
    match entry:
        case Item(name=name) | Record(name=name):
            return name
        case Faq(question=question):
            return question
        case Document(title=title):
            return title
        case _:
            return str(entry.key)


def _family(entry: Entry) -> Family:
    families: dict[type[Entry], Family] = {
        Item: Family.ITEM,
        Faq: Family.FAQ,
        Record: Family.RECORD,
        Hours: Family.HOURS,
        Address: Family.ADDRESS,
        Contact: Family.CONTACT,
        Payments: Family.PAYMENTS,
        Staff: Family.STAFF,
        Document: Family.PARAGRAPH,
    }
    return families[type(entry)]
