"""From a delivery to what is stored: each item with its merchant, its identity, its customer and its sealed raw form."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never
from uuid import UUID

from kernel.ids import MerchantId
from kernel.sealing import BlindIndex, Place, Sealer
from webhooks.fields import AccountUpdate
from webhooks.ids import InboundId, new_id
from webhooks.items import (
    AccountError,
    Delivery,
    Echo,
    Entrance,
    InboundMessage,
    Item,
    OtherField,
    Poisoned,
    Status,
)
from webhooks.people import Person
from webhooks.stored import as_stored, kind_of, read_stored
from webhooks.wild import Json

NOBODY = MerchantId(UUID(int=0))
"""Stands in for the merchant of what belongs to none."""
RAW = "webhooks.inbound"
QUARANTINE = "webhooks.quarantine"


# Kept: `json.dumps` with separators would build one for every item.
_ENCODER = json.JSONEncoder(separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Routes:
    """Which merchant a number or an account belongs to."""

    by_number: Mapping[str, MerchantId] = field(default_factory=dict)
    by_account: Mapping[str, MerchantId] = field(default_factory=dict)

    def merchant_of(self, item: Item | Poisoned) -> MerchantId | None:
        entrance = item.entrance
        if entrance.phone_number_id is not None:
            return self.by_number.get(entrance.phone_number_id)
        return self.by_account.get(_account_of(item))


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A row of `webhooks.inbound` to be stored."""

    id: InboundId
    merchant: MerchantId
    kind: str
    phone_number_id: str
    waba_id: str
    digest: bytes
    party: bytes | None
    sent_at: datetime
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """A row of `webhooks.quarantine` to be stored."""

    digest: bytes
    phone_number_id: str
    waba_id: str
    reason: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Filed:
    slips: tuple[Slip, ...] = ()
    strays: tuple[Stray, ...] = ()


class Desk:
    """Files deliveries with the edge's keys."""

    def __init__(self, sealer: Sealer, blind_index: BlindIndex) -> None:
        self._sealer = sealer
        self._blind_index = blind_index

    def file(self, delivery: Delivery, routes: Routes, received_at: datetime) -> Filed:
        slips: list[Slip] = []
        strays = [self._stray(item, item.reason) for item in delivery.poisoned]
        for item in delivery.items:
            merchant = routes.merchant_of(item)
            if merchant is None:
                strays.append(self._stray(item, "no merchant has this number or account"))
            else:
                slips.append(self._slip(item, merchant, received_at))
        return Filed(tuple(slips), tuple(strays))

    def stray_body(self, body: bytes, reason: str) -> Filed:
        """A genuine body that is no delivery as a whole."""
        return Filed(strays=(self._stray_of(Entrance(""), body, reason),))

    def _slip(self, item: Item, merchant: MerchantId, received_at: datetime) -> Slip:
        raw = raw_bytes(as_stored(item))
        party = party_of(item)
        return Slip(
            id=InboundId(new_id(received_at)),
            merchant=merchant,
            kind=kind_of(item),
            phone_number_id=item.entrance.phone_number_id or "",
            waba_id=item.entrance.waba_id[:64],
            digest=self._blind_index.of(identity_of(item, received_at), Place(merchant, RAW, "digest")),
            party=None if party is None else self._party_digest(merchant, item.entrance, party),
            sent_at=_sent_at(item, received_at),
            raw=self._sealer.seal(raw, Place(merchant, RAW, "raw")),
        )

    def _party_digest(self, merchant: MerchantId, entrance: Entrance, party: Person) -> bytes:
        value = f"{entrance.phone_number_id}|{party.key}"
        return self._blind_index.of(value, Place(merchant, RAW, "party"))

    def reopen(self, merchant: MerchantId, kind: str, entrance: Entrance, raw: bytes) -> Item:
        """The item of a stored slip, typed again."""
        document = json.loads(self._sealer.open(raw, Place(merchant, RAW, "raw")))
        return read_stored(kind, entrance, document)

    def _stray(self, item: Item | Poisoned, reason: str) -> Stray:
        return self._stray_of(item.entrance, raw_bytes(item.raw), reason)

    def _stray_of(self, entrance: Entrance, raw: bytes, reason: str) -> Stray:
        return Stray(
            digest=self._blind_index.of(raw.decode("utf-8", "replace"), Place(NOBODY, QUARANTINE, "digest")),
            phone_number_id=(entrance.phone_number_id or "")[:64],
            waba_id=entrance.waba_id[:64],
            reason=reason[:200],
            raw=self._sealer.seal(raw, Place(NOBODY, QUARANTINE, "raw")),
        )


def raw_bytes(raw: Json) -> bytes:
    try:
        return _ENCODER.encode(raw).encode()
    except RecursionError:
        return b'{"error":"nested too deeply to be written"}'


def identity_of(item: Item, received_at: datetime) -> str:
    """What makes an item the same one when it is delivered again."""
    number = item.entrance.phone_number_id or item.entrance.waba_id
    match item:
        case InboundMessage(id=message_id) | Echo(id=message_id):
            return f"message|{number}|{message_id}"
        case Status(id=message_id, kind=kind, recipient=recipient):
            return f"status|{number}|{message_id}|{kind}|{recipient}"
        case AccountError():
            # Without an id or a time of its own, an error counts once a day.
            return f"error|{number}|{received_at:%Y-%m-%d}|{raw_bytes(item.raw).decode()}"
        case OtherField(name=name, at=at):
            return f"field|{item.entrance.waba_id}|{name}|{at}|{raw_bytes(item.raw).decode()}"
        case _:
            assert_never(item)


def party_of(item: Item) -> Person | None:
    """The customer that an item belongs to; only messages and echoes have one."""
    match item:
        case InboundMessage(sender=person) | Echo(recipient=person):
            return person
        case _:
            return None


def _account_of(item: Item | Poisoned) -> str:
    # For PARTNER events the entry's own id is not the customer's account.
    if isinstance(item, OtherField) and isinstance(item.value, AccountUpdate) and item.value.waba_id:
        return item.value.waba_id
    return item.entrance.waba_id


def _sent_at(item: Item, received_at: datetime) -> datetime:
    match item:
        case InboundMessage(at=at) | Status(at=at) | Echo(at=at):
            return at
        case OtherField(at=at):
            return at or received_at
        case _:
            return received_at
