"""What the diary answers: a closed set of frozen values. Everything that a customer reads is written by the diary.

The edge sends `messages` through its gate, keeps `awaiting` on the conversation, and tells the mind that one word only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from calendar_sync.ids import BookingId, ConversationId, OutcomeId, RequestId, ServiceId, StaffId
from calendar_sync.moments import checked
from kernel.ids import CustomerId, MerchantId

BUTTONS, BUTTON_TITLE = 3, 20
ROWS, ROW_TITLE, ROW_DESCRIPTION, LIST_TITLE = 10, 24, 72, 20
"""WhatsApp's limits, in characters."""


class OutcomeKind(StrEnum):
    OFFERED = "offered"
    ASKED = "asked"
    HELD = "held"
    BOOKED = "booked"
    RESCHEDULED = "rescheduled"
    CANCELLED = "cancelled"
    CONFIRMED = "confirmed"
    LIST_BOOKINGS = "list_bookings"
    NOT_MEMBER = "not_member"
    WAITLISTED = "waitlisted"
    BLOCKED = "blocked"
    HANDOFF = "handoff"
    REMINDER = "reminder"
    OWNER_MOVED = "owner_moved"
    OWNER_CANCELLED = "owner_cancelled"
    NOTHING = "nothing"


class Awaiting(StrEnum):
    """What the last message asked for: all that the mind is ever told of a booking."""

    OFFER = "offer"
    SLOT = "slot"
    NAME = "name"
    SERVICE = "service"
    STAFF = "staff"
    PARTY_SIZE = "party_size"
    CONFIRM = "confirm"
    REMINDER = "reminder"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Button:
    id: str
    title: str

    def __post_init__(self) -> None:
        _fits(self.title, BUTTON_TITLE)


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    title: str
    description: str = ""

    def __post_init__(self) -> None:
        _fits(self.title, ROW_TITLE)
        _fits(self.description, ROW_DESCRIPTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to a customer: a text, with buttons or with a list, or asking for their number."""

    body: str
    buttons: tuple[Button, ...] = ()
    rows: tuple[Row, ...] = ()
    list_title: str = ""
    """On the button that opens the list."""
    ask_contact: bool = False

    def __post_init__(self) -> None:
        _fits(self.list_title, LIST_TITLE)
        if len(self.buttons) > BUTTONS or len(self.rows) > ROWS:
            raise ValueError("more choices than a message can show")
        if self.buttons and self.rows:
            raise ValueError("a message shows buttons or a list, not both")
        if self.rows and not self.list_title:
            raise ValueError("a list needs the title of the button that opens it")


def _fits(text: str, most: int) -> None:
    if len(text) > most:
        raise ValueError(f"{len(text)} characters where {most} can be shown")


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingFacts:
    """The booking that an outcome is about."""

    id: BookingId
    service: ServiceId
    start: datetime
    end: datetime
    zone: str
    staff: StaffId | None = None
    party_size: int = 1
    customer_id: CustomerId | None = None

    def __post_init__(self) -> None:
        checked(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateCall:
    """The approved template that says the same where the 24-hour window is closed."""

    name: str
    language: str
    values: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    """Payloads of its quick-reply buttons, in the template's order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The answer to a request of a conversation, or news that the diary brings by itself."""

    id: OutcomeId
    merchant: MerchantId
    kind: OutcomeKind
    conversation_id: ConversationId | None = None
    request_id: RequestId | None = None
    messages: tuple[Message, ...] = ()
    awaiting: Awaiting | None = None
    booking: BookingFacts | None = None
    template: TemplateCall | None = None
    tray: Literal["customer"] = "customer"


class ReportKind(StrEnum):
    """What became of something that the merchant asked for in the console."""

    LINK_ADDRESS = "link_address"
    LINKED = "linked"
    LINK_FAILED = "link_failed"
    CALENDARS_CHOSEN = "calendars_chosen"
    UNLINKED = "unlinked"
    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    REFUSED = "refused"
    FORGOTTEN = "forgotten"
    CONNECTION_LOST = "connection_lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An answer for the merchant's page, in facts: the console words it. Never a token."""

    id: OutcomeId
    merchant: MerchantId
    kind: ReportKind
    request_id: RequestId | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    booking: BookingFacts | None = None
    tray: Literal["merchant"] = "merchant"


AnyOutcome = Annotated[Outcome | Report, Field(discriminator="tray")]
"""Everything that may lie in the out-tray."""
