"""What training and measuring look at: merchants with their passages, and questions with what answers them."""

from dataclasses import dataclass

from knowledge.entries import EntryKey
from knowledge.passages import Passage, PassageKind


@dataclass(frozen=True, slots=True)
class Ask:
    """A question; `answers` and `also` are citations. No `answers` means that the merchant does not say it.

    `also` may answer as well: neither right nor wrong when trained on, right when measured.
    """

    text: str
    answers: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    kind: str = "answerable"
    tag: str = ""
    lang: str = "es"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Merchant:
    name: str
    passages: tuple[Passage, ...]
    asks: tuple[Ask, ...]
    languages: tuple[str, ...] = ("es",)
    group: str = ""


def text_passage(citation: str, text: str) -> Passage:
    return Passage(entry=EntryKey(citation), citation=citation, kind=PassageKind.TEXT, text=text)
