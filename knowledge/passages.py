"""Passages: the pieces of an entry that search looks at, and the pure rule that cuts an entry into them."""

from dataclasses import dataclass
from enum import StrEnum

from knowledge.entries import EntryKey


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
