"""What goes into the understanding of a message and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.errors import TimeHasNoZoneError
from assistant.intents import Intent, Slots
from assistant.turns import EarlierLine, Language


class Awaiting(StrEnum):
    """What the last message that was sent asked for."""

    OFFER = "offer"
    SLOT = "slot"
    NAME = "name"
    SERVICE = "service"
    STAFF = "staff"
    PARTY_SIZE = "party_size"
    CONFIRM = "confirm"
    CONSENT = "consent"
    REMINDER = "reminder"
    RATING = "rating"
    PHONE = "phone"


PENDING = frozenset(
    {Awaiting.OFFER, Awaiting.SLOT, Awaiting.NAME, Awaiting.SERVICE, Awaiting.STAFF, Awaiting.PARTY_SIZE}
)
"""A booking is in progress and lacks a detail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a customer has just said, and when (zone-aware)."""

    text: str
    now: datetime
    awaiting: Awaiting | None = None
    language: Language | None = None
    """Language of the conversation so far, if known."""
    earlier: tuple[EarlierLine, ...] = ()

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise TimeHasNoZoneError(self.now.isoformat())


class Slot(StrEnum):
    SERVICE = "service"
    STAFF = "staff"
    NAME = "person_name"
    SIZE = "party_size"
    ORDINAL = "ordinal"
    RATING = "rating"
    WHEN = "when"


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """The intents of a message with what they rest on. `slots` are all details, whatever intent they went to."""

    intents: tuple[Intent, ...]
    language: Language
    slots: Slots
    rating: int | None
    chances: Mapping[str, float]
    evidence: tuple[str, ...]
    """Short lines for people: signs seen, what was forced, what was left undecided."""
    doubtful: bool = False
    """Whether a time was named that can be read in two ways: the customer has to be asked."""


def awaited(name: str | None) -> Awaiting | None:
    """What a conversation awaits; nothing where this build does not know it."""
    return Awaiting(name) if name in tuple(Awaiting) else None
