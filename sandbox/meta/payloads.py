"""Webhook payloads: one item a message, status or error, and the envelope that carries many of them.

The contents a customer can send are re-exported, so that this is the one module that a test needs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sandbox.meta.contents import (
    button,
    button_reply,
    contacts,
    edit,
    flow_reply,
    identity_changed,
    interactive_without_body,
    list_reply,
    location,
    media,
    never_seen_before,
    number_changed,
    order,
    reaction,
    request_welcome,
    revoke,
    text,
    unsupported,
    user_id_changed,
)
from sandbox.meta.models import BusinessNumber, Customer, Json, PhoneNumberId, Status, WabaId, Wamid
from sandbox.meta.refusals import Refusal

__all__ = [
    "Channel",
    "Item",
    "Party",
    "button",
    "button_reply",
    "contacts",
    "edit",
    "envelope",
    "flow_reply",
    "identity_changed",
    "inbound",
    "interactive_without_body",
    "list_reply",
    "location",
    "media",
    "never_seen_before",
    "number_changed",
    "order",
    "reaction",
    "request_welcome",
    "revoke",
    "status",
    "text",
    "unsupported",
    "user_id_changed",
    "value_error",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """The merchant's end: what ``entry.id`` and ``metadata`` say."""

    waba_id: WabaId
    phone_number_id: PhoneNumberId
    display_phone_number: str

    @classmethod
    def of(cls, number: BusinessNumber) -> "Channel":
        return cls(
            waba_id=number.waba_id,
            phone_number_id=number.phone_number_id,
            display_phone_number=number.display_phone_number,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """The customer's end as one merchant sees it: ``wa_id`` is absent when the number is hidden."""

    name: str
    wa_id: str = ""
    user_id: str = ""
    username: str = ""

    @classmethod
    def of(cls, customer: Customer, number: BusinessNumber, *, shows_number: bool) -> "Party":
        return cls(
            name=customer.name,
            wa_id=customer.whatsapp_id if shows_number else "",
            user_id=customer.user_id_for(number),
            username=customer.username,
        )

    def as_contact(self) -> Json:
        profile = {"name": self.name} | ({"username": self.username} if self.username else {})
        return {"profile": profile} | _given(wa_id=self.wa_id, user_id=self.user_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to tell a product; ``lane`` is the array that it belongs to."""

    channel: Channel
    lane: str
    body: Json
    contact: Json | None = None
    errors: tuple[Json, ...] = ()


def inbound(
    channel: Channel,
    party: Party,
    content: Json,
    *,
    wamid: str,
    at: datetime,
    reply_to: str = "",
    errors: Sequence[Refusal] = (),
) -> Item:
    """A message from a customer."""
    message = _given(**{"from": party.wa_id}, from_user_id=party.user_id)
    message |= {"id": wamid, "timestamp": _seconds(at)}
    if reply_to:
        message["context"] = {"from": channel.display_phone_number, "id": reply_to}
    return Item(
        channel=channel,
        lane="messages",
        body=message | content,
        contact=None if _nameless(content) else party.as_contact(),
        errors=tuple(error.as_webhook() for error in errors),
    )


def status(
    channel: Channel,
    party: Party,
    step: Status,
    *,
    wamid: Wamid,
    at: datetime,
    callback_data: str | None = None,
    category: str | None = None,
    failure: Refusal | None = None,
) -> Item:
    """A status in the shape of v24 and later: no ``conversation``; pricing where a category is given."""
    body: Json = {"id": wamid, "status": str(step), "timestamp": _seconds(at)}
    body |= _given(recipient_id=party.wa_id, recipient_user_id=party.user_id)
    if callback_data is not None:
        body["biz_opaque_callback_data"] = callback_data
    if category:
        body["pricing"] = {
            "billable": True,
            "pricing_model": "PMP",
            "category": category,
            "type": "regular",
        }
    if failure:
        body["errors"] = [failure.as_webhook()]
    return Item(
        channel=channel,
        lane="statuses",
        body=body,
        contact=None if failure else party.as_contact(),
    )


def value_error(channel: Channel, failure: Refusal) -> Item:
    """A failure of the whole number, outside any message."""
    return Item(channel=channel, lane="errors", body=failure.as_webhook())


def envelope(items: Iterable[Item]) -> Json:
    """One delivery. Items of one number and lane share a change; those of one account share an entry."""
    entries: dict[str, dict[tuple[str, str], Json]] = {}
    for item in items:
        changes = entries.setdefault(item.channel.waba_id, {})
        value = changes.setdefault((item.channel.phone_number_id, item.lane), _empty_value(item.channel))
        _add(value, item)
    return {
        "object": "whatsapp_business_account",
        "entry": [
            {"id": waba_id, "changes": [{"value": value, "field": "messages"} for value in changes.values()]}
            for waba_id, changes in entries.items()
        ],
    }


def _add(value: Json, item: Item) -> None:
    if item.contact and item.contact not in value.get("contacts", []):
        value.setdefault("contacts", []).append(item.contact)
    value.setdefault(item.lane, []).append(item.body)
    if item.errors:
        value.setdefault("errors", []).extend(item.errors)


def _empty_value(channel: Channel) -> Json:
    metadata = {
        "display_phone_number": channel.display_phone_number,
        "phone_number_id": channel.phone_number_id,
    }
    return {"messaging_product": "whatsapp", "metadata": metadata}


def _nameless(content: Json) -> bool:
    """System messages come without contacts, except the change of an identity."""
    system: Json = content.get("system", {})
    return content["type"] == "system" and system.get("type") != "customer_identity_changed"


def _seconds(at: datetime) -> str:
    return str(int(at.timestamp()))


def _given(**texts: str) -> Json:
    return {key: value for key, value in texts.items() if value}
