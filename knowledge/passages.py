"""Passages: the pieces of an entry that search looks at, and the pure rule that cuts an entry into them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

from knowledge.entries import (
    Address,
    Contact,
    Document,
    Entry,
    EntryKey,
    Faq,
    Hours,
    Item,
    KnowledgeBase,
    Payments,
    Profile,
    Record,
    Staff,
)  # fmt: skip
from knowledge.windows import windows
from knowledge.wording import Wording


class PassageKind(StrEnum):
    TEXT = "text"
    """What the entry says: a catalogue row in words, a FAQ's answer with its question, a paragraph."""
    PHRASING = "phrasing"
    """A way customers ask for it: a FAQ's question, the merchant's own phrasings, those learnt from gaps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One searchable piece. `citation` is what an answer cites: the entry's key, with a paragraph's anchor."""

    entry: EntryKey
    citation: str
    kind: PassageKind
    text: str
    heading: str = ""
    """Title of the document or name of the item, for display; already part of `text` where search needs it."""

    @property
    def text_hash(self) -> str:
        """Names the vector of this text; a phrasing is embedded as a question, so its kind is part of it."""
        return blake2b(f"{self.kind}\n{self.text}".encode(), digest_size=16).hexdigest()


def cut(entry: Entry, profile: Profile, names: Mapping[str, str] | None = None) -> tuple[Passage, ...]:
    """The passages of one entry. `names` are those of the staff by id, for rows that say who does it."""
    wording = Wording(profile)
    texts = tuple(_texts(entry, wording, names or {}))
    known = {passage.text for passage in texts}
    phrasings = dict.fromkeys((*_asked(entry, wording), *entry.phrasings))
    return texts + tuple(
        Passage(
            entry=entry.key, citation=entry.key, kind=PassageKind.PHRASING, text=text, heading=_name(entry)
        )
        for text in phrasings
        if text and text not in known
    )


def cut_all(base: KnowledgeBase) -> tuple[Passage, ...]:
    """The passages of a whole merchant, entry by entry."""
    names = staff_names(base.entries)
    return tuple(passage for entry in base.entries for passage in cut(entry, base.profile, names))


def staff_names(entries: Iterable[Entry]) -> dict[str, str]:
    return {
        member.id: member.name for entry in entries if isinstance(entry, Staff) for member in entry.members
    }


def _name(entry: Entry) -> str:
    match entry:
        case Item(name=name) | Record(name=name):
            return name
        case Document(title=title):
            return title
        case _:
            return ""


def _asked(entry: Entry, wording: Wording) -> tuple[str, ...]:
    """Phrasings that come with the entry itself: a question, a name, what every shop is asked."""
    match entry:
        case Faq(question=question):
            return (question,)
        case Item(name=name) | Record(name=name):
            return (name,)
        case Document():
            return ()
        case _:
            return wording.phrasings(type(entry).__name__.lower())


def _texts(entry: Entry, wording: Wording, names: Mapping[str, str]) -> Iterator[Passage]:
    match entry:
        case Document():
            yield from _document(entry)
        case Hours():
            yield _text(entry, wording.hours(entry))
            for special in entry.special:
                yield _text(entry, wording.special_day(special), citation=special.key)
        case Staff():
            yield _text(entry, wording.staff(entry))
            for member in entry.members:
                yield _text(entry, wording.member(member))
        case Faq():
            # The question with its answer places it among other subjects; the answer alone is what
            # documents that hold only answers are compared with.
            for body in windows(entry.answer):
                yield _text(entry, f"{entry.question} {body}")
                yield _text(entry, body)
        case _:
            for body in windows(_in_words(entry, wording, names)):
                yield _text(entry, body)


def _in_words(
    entry: Item | Record | Address | Contact | Payments, wording: Wording, names: Mapping[str, str]
) -> str:
    match entry:
        case Item():
            return wording.item(entry, names)
        case Record():
            return wording.record(entry, names)
        case Address():
            return wording.address(entry.text)
        case Contact():
            return wording.contact(entry)
        case Payments():
            return wording.payments(entry.methods)


def _document(document: Document) -> Iterator[Passage]:
    """Every paragraph but bare headings, whose words stand in the paragraphs under them."""
    headings = {paragraph.heading for paragraph in document.paragraphs}
    for paragraph in document.paragraphs:
        if paragraph.text in headings:
            continue
        for body in windows(paragraph.text):
            text = _under(paragraph.heading, body)
            yield _text(document, text, citation=f"{document.key}{paragraph.anchor}")


def _under(heading: str, body: str) -> str:
    if not heading:
        return body
    return f"{heading} {body}" if heading.endswith((".", ":", "?", "!")) else f"{heading}. {body}"


def _text(entry: Entry, text: str, citation: str = "") -> Passage:
    return Passage(
        entry=entry.key,
        citation=citation or entry.key,
        kind=PassageKind.TEXT,
        text=text,
        heading=_name(entry),
    )
