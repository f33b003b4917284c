"""What goes into the counter and what comes out: turns, shelves, answers. Frozen values only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.errors import TimeHasNoZoneError
from knowledge.embedding.encoder import TextKind, TokenVectors
from knowledge.entries import KnowledgeBase
from knowledge.passages import Passage

Vector = NDArray[np.float32]


class Language(StrEnum):
    ES = "es"
    PT = "pt"
    EN = "en"


class Origin(StrEnum):
    CUSTOMER = "customer"
    ANSWER = "answer"


class AnswerKind(StrEnum):
    ANSWERED = "answered"
    PARTLY = "partly"
    UNKNOWN = "unknown"
    DECLINED = "declined"
    SMALLTALK = "smalltalk"
    HANDOFF = "handoff"
    PASSED = "passed"
    """There is nothing to answer: what is wanted is for others to do."""


@dataclass(frozen=True, slots=True)
class EarlierLine:
    """A line said before this turn: the customer's or the assistant's own, no other origin is ever seen."""

    origin: Origin
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What a customer has just said, in one or several lines, and when (zone-aware)."""

    text: str
    asked_at: datetime
    language: Language | None = None
    """Language of the conversation so far, if known."""
    earlier: tuple[EarlierLine, ...] = ()

    def __post_init__(self) -> None:
        if self.asked_at.tzinfo is None:
            raise TimeHasNoZoneError(self.asked_at.isoformat())


class Hit(Protocol):
    """A passage found by search, with the scores it was found by."""

    @property
    def passage(self) -> Passage: ...
    @property
    def dense(self) -> float | None: ...
    @property
    def lexical(self) -> float: ...
    @property
    def fused(self) -> float: ...
    @property
    def coverage(self) -> float: ...
    @property
    def missing(self) -> Sequence[str]: ...


class Searchable(Protocol):
    def search(self, text: str, vector: Vector | None, limit: int) -> Sequence[Hit]: ...
    def idf(self, term: str) -> float: ...


class TokenEncoder(Protocol):
    """Turns texts into token vectors and one vector for the whole, in one pass and one batch."""

    def encode_tokens(self, texts: Sequence[str], kind: TextKind) -> Sequence[TokenVectors]: ...


class Shelf(Protocol):
    """One merchant's knowledge, as the counter reads it: the entries and the index over their passages."""

    @property
    def knowledge_base(self) -> KnowledgeBase: ...
    @property
    def index(self) -> Searchable: ...
    @property
    def encoder(self) -> TokenEncoder | None:
        """The one whose vectors the index holds; None = the counter's own."""
        ...

    @property
    def sketches(self) -> Mapping[str, bytes]:
        """By text, the passages that are prepared already for the counter's evidence head, with that encoder."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    citation: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One question of the turn with its own answer. `answer` is empty where it is not known."""

    question: str
    kind: AnswerKind
    answer: str = ""
    sources: tuple[Source, ...] = ()
    confidence: float = 0.0
    why: tuple[str, ...] = ()
    """The evidence in short lines, for the merchant and the auditor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The reply to a turn. `gaps` are the questions that the merchant should learn about."""

    text: str
    language: Language
    kind: AnswerKind
    abstained: bool
    sources: tuple[Source, ...] = ()
    confidence: float = 0.0
    parts: tuple[Part, ...] = ()
    gaps: tuple[str, ...] = ()
