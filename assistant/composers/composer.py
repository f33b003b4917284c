"""The port: a draft and what it rests on go in, the words that the customer reads come out."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from assistant.turns import Language


class ComposedBy(StrEnum):
    QUOTE = "quote"
    MODEL = "model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """An entry, or a paragraph of one, that the draft rests on."""

    citation: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """`fell_back_because` says why a model's words were not used; None where none were asked for or they were."""

    text: str
    by: ComposedBy
    fell_back_because: str | None = None


class Composer(Protocol):
    def compose(self, question: str, language: Language, draft: str, cited: Sequence[Cited]) -> Composed:
        """The draft, perhaps in other words. Never raises."""
        ...
