"""What the conversation remembers, what it is shown, and what a step returns."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from calendar_sync.availability.values import Refusal, Slot
from calendar_sync.bookings.values import Booking
from calendar_sync.conversation.effects import Effect
from calendar_sync.ids import BookingId, ServiceId, StaffId
from calendar_sync.moments import checked
from calendar_sync.outcomes import Awaiting, BookingFacts, Message, OutcomeKind
from calendar_sync.requests import Customer, Language, When, Wish
from calendar_sync.shop.values import Shop

VERSION = 1


class Goal(StrEnum):
    BOOK = "book"
    MOVE = "move"
    CANCEL = "cancel"
    CONFIRM = "confirm"


class Topic(StrEnum):
    """What the last message asked."""

    SERVICE = "service"
    STAFF = "staff"
    SLOT = "slot"
    NAME = "name"
    PARTY = "party"
    CONFIRM = "confirm"
    PHONE = "phone"
    BOOKING = "booking"
    """Which of several bookings is meant."""
    CANCEL = "cancel"
    """Whether this booking is the one to be cancelled."""
    REMINDER = "reminder"


class ChoiceKind(StrEnum):
    SLOTS = "slots"
    SERVICES = "services"
    STAFF = "staff"
    BOOKINGS = "bookings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What can be chosen from, by ordinal, by tap or by name; a page of it was shown."""

    serial: int
    kind: ChoiceKind
    slots: tuple[Slot, ...] = ()
    keys: tuple[str, ...] = ()
    """Ids of services, people or bookings where those are offered."""
    head: int = 0
    """The first page is so long, or as long as fits where it is 0."""
    first: int = 0
    shown: int = 0
    names_staff: bool = False
    """Whether each line says with whom it is."""

    @property
    def size(self) -> int:
        return len(self.slots) if self.kind is ChoiceKind.SLOTS else len(self.keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A slot that is held for the customer."""

    id: BookingId
    slot: Slot
    until: datetime

    def __post_init__(self) -> None:
        checked(self.until)


class Stage(StrEnum):
    """How far around the wanted time is looked."""

    WANTED = "wanted"
    NEAR = "near"
    FAR = "far"


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A search that is under way within a turn."""

    stage: Stage
    refusal: Refusal | None = None
    """Why the wanted time cannot be had."""
    told: bool = False
    """The customer reads already why there is an offer, and no time is taken without asking."""
    but: datetime | None = None
    """The time that the customer does not want after all."""
    others: tuple[Slot, ...] = ()
    """The wanted time with somebody else than was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What is forgotten when the reply goes out."""

    effects: int = 0
    said: tuple[str, ...] = ()
    """Sentences that go before the reply."""
    kind: OutcomeKind | None = None
    """What was done in this turn, where the message goes on to ask for something else."""
    facts: BookingFacts | None = None
    freed: tuple[BookingId, ...] = ()
    """Holds to be given back."""
    human: bool = False
    search: Search | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A conversation about a booking between two messages."""

    version: int = VERSION
    goal: Goal | None = None
    topic: Topic | None = None
    service: ServiceId | None = None
    staff: StaffId | None = None
    party: int | None = None
    person: str | None = None
    whens: tuple[When, ...] = ()
    hour: time | None = None
    """The time of day that was wanted last, local to the shop; a day named later keeps it."""
    asked_free: bool = False
    """The customer asked whether there is room, and has not said that they want it."""
    target: BookingId | None = None
    """The booking that is to be moved or cancelled."""
    offer: Offer | None = None
    chosen: Slot | None = None
    hold: Kept | None = None
    agreed: bool = False
    """The customer said yes to `chosen`."""
    member_of: ServiceId | None = None
    """The members' service that the customer was found to be allowed."""
    member_at: datetime | None = None
    """The time for which that was found: a membership has dates."""
    reminded: BookingId | None = None
    """The booking of the last reminder."""
    last: BookingId | None = None
    """The booking that was made or moved last: a second tap on the same yes is told so."""
    lost: Slot | None = None
    """What was cancelled in the last message: "another day" is about that."""
    wish: Wish | None = None
    """What waits to know which booking it is about."""
    todo: tuple[Wish, ...] = ()
    """Wishes that wait until this one is done."""
    serial: int = 0
    touched: datetime | None = None
    turn: Turn = Turn()

    def __post_init__(self) -> None:
        checked(self.touched, self.member_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the conversation is shown of the world, the same for the whole turn but for `bookings`."""

    shop: Shop
    customer: Customer
    language: Language
    now: datetime
    bookings: tuple[Booking, ...] = ()
    """The customer's live bookings that are still to come, soonest first."""

    def __post_init__(self) -> None:
        checked(self.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The one message of a turn, and what it is."""

    kind: OutcomeKind
    message: Message
    awaiting: Awaiting | None = None
    booking: BookingFacts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Effects to perform, or a reply (with what has to be done besides); never neither."""

    state: State
    effects: tuple[Effect, ...] = ()
    reply: Reply | None = None
