"""What the edge's jobs need, handed over by the wiring as one value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import random
from typing import Any, Protocol
from uuid import UUID

from sqlmodel import Session

from kernel.clock import Clock
from kernel.database import Database
from kernel.ids import MerchantId
from kernel.sealing import BlindIndex, Sealer
from webhooks.bursts import BurstSettings
from webhooks.delivery import DeliverySettings
from webhooks.filing import Desk
from webhooks.outcomes import Outcome
from webhooks.trays import DiaryTrays, Trays


class Messenger(Protocol):
    """Sends by WhatsApp; `graph.Graph` is the real one."""

    def send(self, phone_number_id: str, token: str, body: Mapping[str, Any]) -> Outcome: ...

    def mark_read(self, phone_number_id: str, token: str, message_id: str, *, typing: bool) -> bool: ...


class Rights(Protocol):
    """What the privacy package knows about a customer; asked by the send gate."""

    def has_consented(self, session: Session, customer_id: UUID, purpose: str) -> bool | None:
        """None where the purpose needs no consent."""
        ...

    def quiet_until(self, session: Session, merchant: MerchantId, now: datetime) -> datetime | None:
        """The end of the quiet hours that are on now."""
        ...


class NoRights:
    """Until the privacy package is there: no purpose needs a consent and no hour is quiet."""

    def has_consented(self, _session: Session, _customer_id: UUID, _purpose: str) -> bool | None:
        return None

    def quiet_until(self, _session: Session, _merchant: MerchantId, _now: datetime) -> datetime | None:
        return None


def no_alarm(_queue: str, _seconds: float) -> None:
    """Scheduled jobs are then found at the worker's next poll."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    database: Database
    clock: Clock
    sealer: Sealer
    blind_index: BlindIndex
    desk: Desk
    messenger: Messenger
    trays: Trays
    diary: DiaryTrays | None = None
    """None where nobody books: a person is then told of the wish."""
    rights: Rights = field(default_factory=NoRights)
    bursts: BurstSettings = field(default_factory=BurstSettings)
    delivery: DeliverySettings = field(default_factory=DeliverySettings)
    takeover: timedelta = timedelta(minutes=30)
    """How long a person's own message keeps the assistant silent."""
    turn_limit: timedelta = timedelta(minutes=2)
    """A turn that the mind has not read by then is given up: the customer gets an apology and a person."""
    stuck_after: timedelta = timedelta(minutes=15)
    """What waits for longer than this has lost its job and gets a new one."""
    context_lines: int = 6
    ring: Callable[[str, float], None] = no_alarm
    """Wakes a queue's workers after so many seconds."""
    jitter: Callable[[], float] = random
