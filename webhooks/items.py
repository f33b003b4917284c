"""The items of a delivery: what was said, what became of our messages, and everything else."""

from dataclasses import dataclass, field
from datetime import datetime

from webhooks.contents import Content
from webhooks.fields import FieldValue
from webhooks.people import Person
from webhooks.statuses import StatusKind
from webhooks.wild import Json


@dataclass(frozen=True, slots=True)
class Entrance:
    """Where an item came in: whose account and which of our numbers."""

    waba_id: str
    phone_number_id: str | None = None
    display_phone_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiError:
    code: int | None
    title: str | None = None
    details: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyContext:
    """What a message answers. `sender` may be our number or our phone_number_id."""

    message_id: str | None = None
    sender: str | None = None
    forwarded: bool = False
    product: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """The advertisement or post that brought the customer."""

    source_type: str | None = None
    source_id: str | None = None
    source_url: str | None = None
    headline: str | None = None
    body: str | None = None
    click_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundMessage:
    entrance: Entrance
    id: str
    at: datetime
    sender: Person
    content: Content
    context: ReplyContext | None = None
    referral: Referral | None = None
    group_id: str | None = None
    errors: tuple[ApiError, ...] = ()
    raw: Json = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pricing:
    category: str | None = None
    type: str | None = None
    model: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What became of one of our messages for one recipient."""

    entrance: Entrance
    id: str
    kind: StatusKind
    at: datetime
    recipient: str
    opaque: str | None = None
    """Our own outbox id, as we gave it with the message."""
    pricing: Pricing | None = None
    errors: tuple[ApiError, ...] = ()
    raw: Json = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """A message that the owner sent from their own phone."""

    entrance: Entrance
    id: str
    at: datetime
    recipient: Person
    content: Content
    raw: Json = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountError:
    """An error about the number or the account, not about one message."""

    entrance: Entrance
    error: ApiError
    raw: Json = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherField:
    """A change in a field other than messages and echoes."""

    entrance: Entrance
    name: str
    at: datetime | None
    value: FieldValue
    raw: Json = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Poisoned:
    """An item that could not be tamed; it is quarantined with its reason, and the others go on."""

    entrance: Entrance
    reason: str
    raw: Json = field(repr=False)


Item = InboundMessage | Status | Echo | AccountError | OtherField


@dataclass(frozen=True, slots=True)
class Delivery:
    items: tuple[Item, ...] = ()
    poisoned: tuple[Poisoned, ...] = ()
