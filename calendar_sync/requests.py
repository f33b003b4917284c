"""What the edge may ask of the diary: a closed set of frozen values, one tray for all of them.

`Details` says what a customer named, in the shape of the mind's slots, so that routing translates key by key. The
diary alone knows what it had offered, so "the second one" and "an hour later" are resolved here and nowhere else.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from calendar_sync.ids import BookingId, ConversationId, RequestId, ServiceId, StaffId
from calendar_sync.moments import Edge, checked
from kernel.ids import CustomerId, MerchantId

Language = Literal["es", "pt", "en"]


class Grain(StrEnum):
    """How exactly a time was said."""

    MINUTE = "minute"
    APPROX = "approx"
    PART = "part"
    RANGE = "range"
    AFTER = "after"
    BEFORE = "before"
    DAY = "day"
    DAYS = "days"
    WEEK = "week"
    MONTH = "month"
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """One time that a customer named."""

    grain: Grain
    start: Edge | None = None
    end: Edge | None = None
    exclude: tuple[Edge, ...] = ()
    """Days that will not do."""
    shift_minutes: int | None = None
    """Relative to the booking that exists: "una hora más tarde"."""

    def __post_init__(self) -> None:
        checked(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Named:
    """A service or a person of the shop as it was said, and the merchant's own id where it is clear."""

    said: str
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a message said about a booking."""

    service: tuple[Named, ...] = ()
    staff: tuple[Named, ...] = ()
    person_name: str | None = None
    party_size: int | None = None
    ordinal: int | None = None
    """Which of those offered, counted from 1; -1 is the last."""
    when: tuple[When, ...] = ()
    """One time, or several where any of them would do."""
    from_when: tuple[When, ...] = ()
    """When the booking is that the message is about."""


_NOTHING = Details()


@dataclass(frozen=True, slots=True)
class Book:
    """A booking, or a piece of one in progress (a name, a time, a yes)."""

    details: Details = _NOTHING
    kind: Literal["book"] = "book"


@dataclass(frozen=True, slots=True)
class FreeTimes:
    """Whether and when there is room, without committing."""

    details: Details = _NOTHING
    kind: Literal["free_times"] = "free_times"


@dataclass(frozen=True, slots=True)
class Move:
    """Any change to a booking that exists."""

    details: Details = _NOTHING
    kind: Literal["move"] = "move"


@dataclass(frozen=True, slots=True)
class Cancel:
    """A booking is given up, or one in progress is."""

    details: Details = _NOTHING
    kind: Literal["cancel"] = "cancel"


@dataclass(frozen=True, slots=True)
class ListBookings:
    """Which bookings the customer has, or when."""

    details: Details = _NOTHING
    kind: Literal["list_bookings"] = "list_bookings"


@dataclass(frozen=True, slots=True)
class ConfirmReminder:
    """Yes, I am coming."""

    kind: Literal["confirm_reminder"] = "confirm_reminder"


@dataclass(frozen=True, slots=True)
class Decline:
    """No to what was asked last."""

    kind: Literal["decline"] = "decline"


Wish = Annotated[
    Book | FreeTimes | Move | Cancel | ListBookings | ConfirmReminder | Decline, Field(discriminator="kind")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Who writes. `phone` is E.164, None where WhatsApp hides it."""

    id: CustomerId
    phone: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One turn of a customer that is about bookings."""

    id: RequestId
    merchant: MerchantId
    conversation_id: ConversationId
    customer: Customer
    asked_at: datetime
    language: Language
    wishes: tuple[Wish, ...] = ()
    tap: str | None = None
    """Id of the button or row that was tapped, unread by anybody before the diary."""
    reminders_allowed: bool = True
    """Whether the customer has agreed to be reminded."""
    kind: Literal["turn"] = "turn"

    def __post_init__(self) -> None:
        checked(self.asked_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkStart:
    """The merchant wants to link a Google account: the answer is the address to open."""

    id: RequestId
    merchant: MerchantId
    redirect_uri: str
    scopes: Literal["a", "b"] = "a"
    actor: str
    kind: Literal["link_start"] = "link_start"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCode:
    """Google's redirect, forwarded: the code only, its verifier never left the diary."""

    id: RequestId
    merchant: MerchantId
    state: str
    code: str
    scope: str = ""
    kind: Literal["link_code"] = "link_code"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDenied:
    """Google's redirect said no."""

    id: RequestId
    merchant: MerchantId
    state: str
    error: str
    kind: Literal["link_denied"] = "link_denied"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseCalendars:
    """Which of the linked account's calendars block time, for whom, and which one bookings are written to."""

    id: RequestId
    merchant: MerchantId
    blocking: tuple[str, ...]
    writing: str
    of_staff: tuple[tuple[StaffId, str], ...] = ()
    """Calendars that block one person only."""
    actor: str
    kind: Literal["choose_calendars"] = "choose_calendars"


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """Google says that a calendar changed: the channel's headers, to be compared and never believed."""

    id: RequestId
    merchant: MerchantId
    channel_id: str
    resource_id: str
    token: str
    state: str
    number: int
    kind: Literal["push"] = "push"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlink:
    """The merchant takes the account back."""

    id: RequestId
    merchant: MerchantId
    keep_bookings: bool
    actor: str
    kind: Literal["unlink"] = "unlink"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerBook:
    """The merchant books by hand, for a customer of the counter or for somebody at the door."""

    id: RequestId
    merchant: MerchantId
    service: ServiceId
    start: datetime
    staff: StaffId | None = None
    party_size: int = 1
    customer_id: CustomerId | None = None
    conversation_id: ConversationId | None = None
    name: str | None = None
    phone: str | None = None
    language: Language = "es"
    actor: str
    kind: Literal["owner_book"] = "owner_book"

    def __post_init__(self) -> None:
        checked(self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerMove:
    """The merchant moves a booking by hand; the customer is told."""

    id: RequestId
    merchant: MerchantId
    booking: BookingId
    start: datetime
    staff: StaffId | None = None
    actor: str
    kind: Literal["owner_move"] = "owner_move"

    def __post_init__(self) -> None:
        checked(self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerCancel:
    """The merchant cancels a booking by hand; the customer is told."""

    id: RequestId
    merchant: MerchantId
    booking: BookingId
    actor: str
    kind: Literal["owner_cancel"] = "owner_cancel"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerNoShow:
    """The customer did not come."""

    id: RequestId
    merchant: MerchantId
    booking: BookingId
    actor: str
    kind: Literal["owner_no_show"] = "owner_no_show"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forget:
    """What the diary holds about a customer is to be erased; what is still to come is cancelled."""

    id: RequestId
    merchant: MerchantId
    customer_id: CustomerId
    kind: Literal["forget"] = "forget"


OwnerAction = OwnerBook | OwnerMove | OwnerCancel | OwnerNoShow
LinkAction = LinkStart | LinkCode | LinkDenied | ChooseCalendars | Unlink
AnyRequest = Annotated[Request | LinkAction | Push | OwnerAction | Forget, Field(discriminator="kind")]
"""Everything that may lie in the in-tray."""


def conversation_of(request: AnyRequest) -> UUID | None:
    """The conversation that a request belongs to; requests of one conversation are worked on in order."""
    return getattr(request, "conversation_id", None)
