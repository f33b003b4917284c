"""The values that the stand-in keeps: numbers, customers, messages, media, templates."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType

Json = dict[str, Any]
PhoneNumberId = NewType("PhoneNumberId", str)
WabaId = NewType("WabaId", str)
CustomerKey = NewType("CustomerKey", str)
Wamid = NewType("Wamid", str)
MediaId = NewType("MediaId", str)

COUNTRIES: Mapping[str, str] = {
    "57": "CO", "52": "MX", "55": "BR", "54": "AR", "56": "CL", "51": "PE", "34": "ES", "1": "US",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessNumber:
    """A merchant's WhatsApp number, with the token that may speak for its account."""

    phone_number_id: PhoneNumberId
    waba_id: WabaId
    display_phone_number: str
    verified_name: str
    token: str = field(repr=False)
    portfolio_id: str = ""
    tagline: str = ""
    suggestions: tuple[str, ...] = ()
    allow_list: frozenset[str] | None = None

    @property
    def portfolio(self) -> str:
        return self.portfolio_id or self.waba_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A person with WhatsApp. ``wa_id`` may differ from the dialled digits, as in Brazil."""

    key: CustomerKey
    name: str
    phone: str
    wa_id: str = ""
    username: str = ""
    hides_number: bool = False
    user_id: str = ""

    @property
    def whatsapp_id(self) -> str:
        return self.wa_id or self.phone

    @property
    def country(self) -> str:
        return next((code for prefix, code in COUNTRIES.items() if self.phone.startswith(prefix)), "CO")

    def user_id_for(self, number: BusinessNumber) -> str:
        """The business-scoped id: the same person has another one in every portfolio."""
        if self.user_id:
            return self.user_id
        digest = hashlib.sha256(f"{self.key}|{number.portfolio}".encode()).hexdigest()
        return f"{self.country}.{int(digest, 16) % 10**20:020d}"


class Direction(StrEnum):
    INBOUND = "inbound"
    OUTBOUND = "outbound"


class Status(StrEnum):
    PENDING = "pending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    PLAYED = "played"
    FAILED = "failed"


RANK: Mapping[Status, int] = {status: rank for rank, status in enumerate(Status)}


@dataclass(frozen=True, slots=True)
class Failure:
    code: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMessage:
    """One message of one chat, in either direction. ``content`` is as Meta words it."""

    wamid: Wamid
    sequence: int
    direction: Direction
    phone_number_id: PhoneNumberId
    customer: CustomerKey | None
    sent_at: datetime
    content: Json
    status: Status = Status.PENDING
    reply_to: Wamid | None = None
    callback_data: str | None = None
    failure: Failure | None = None

    @property
    def kind(self) -> str:
        return str(self.content["type"])


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMedia:
    media_id: MediaId
    phone_number_id: PhoneNumberId
    mime_type: str
    content: bytes = field(repr=False)
    expires_at: datetime
    filename: str = ""

    @property
    def sha256(self) -> bytes:
        return hashlib.sha256(self.content).digest()


@dataclass(frozen=True, slots=True)
class TemplateButton:
    kind: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """An approved (or paused, or disabled) template; its body holds {{1}} or {{name}}."""

    name: str
    language: str
    body: str
    header: str = ""
    footer: str = ""
    category: str = "UTILITY"
    status: str = "APPROVED"
    buttons: tuple[TemplateButton, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """Where the webhooks of one WhatsApp Business Account go; ``override`` beats the app's own address."""

    override: str = ""
