"""What a message can hold, one frozen value per kind. Kinds that nobody has heard of are kept as `Unknown`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class MediaKind(StrEnum):
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"
    STICKER = "sticker"


@dataclass(frozen=True, slots=True)
class Text:
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    kind: MediaKind
    id: str | None
    mime_type: str | None = None
    sha256: str | None = None
    url: str | None = None
    caption: str | None = None
    filename: str | None = None
    voice: bool = False
    animated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    latitude: float
    longitude: float
    name: str | None = None
    address: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A shared contact card: its name and numbers. The rest of the card stays in the raw item."""

    name: str | None
    phones: tuple[str, ...] = ()
    wa_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    cards: tuple[Card, ...]
    requested: bool = False
    """True when the customer answered our request for their number."""


@dataclass(frozen=True, slots=True)
class Tap:
    """A tapped button or list row of ours. `id` is what we put there."""

    id: str
    title: str
    description: str | None = None


@dataclass(frozen=True, slots=True)
class TemplateTap:
    """A tapped quick reply of a template."""

    payload: str
    text: str


@dataclass(frozen=True, slots=True)
class FlowReply:
    """A filled-in form. `response` is the form's own JSON, still as text."""

    response: str
    body: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class CallPermission:
    granted: bool


@dataclass(frozen=True, slots=True)
class Reaction:
    """An emoji on one of the messages; None when it was taken back."""

    message_id: str
    emoji: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderItem:
    product: str
    quantity: float
    price: float | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    catalog_id: str | None
    items: tuple[OrderItem, ...]
    text: str | None = None


class SystemKind(StrEnum):
    NUMBER_CHANGED = "user_changed_number"
    USER_ID_CHANGED = "user_changed_user_id"
    IDENTITY_CHANGED = "customer_identity_changed"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """Word from WhatsApp about the customer, not from the customer."""

    kind: SystemKind
    body: str | None = None
    wa_id: str | None = None
    user_id: str | None = None


@dataclass(frozen=True, slots=True)
class Unsupported:
    """WhatsApp itself could not pass the message on. `kind` says what it was, where that is told."""

    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Revoke:
    """The customer deleted a message for everyone."""

    original_id: str


@dataclass(frozen=True, slots=True)
class Welcome:
    """The customer opened the chat for the first time; nothing was written yet."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A kind that this build does not know."""

    kind: str
    raw: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Edit:
    """The customer changed a message."""

    original_id: str
    content: "Content"


Content = (
    Text
    | Media
    | Location
    | Contacts
    | Tap
    | TemplateTap
    | FlowReply
    | CallPermission
    | Reaction
    | Order
    | System
    | Unsupported
    | Edit
    | Revoke
    | Welcome
    | Unknown
)
