"""The customers' end: what they write becomes a message in the store and a webhook on its way."""

from dataclasses import dataclass
from datetime import datetime

from sandbox.clock import Clock
from sandbox.meta import payloads
from sandbox.meta.broker import Broker, MessageChanged
from sandbox.meta.courier import Courier, Parcel
from sandbox.meta.faults import FaultBoard, FaultKind
from sandbox.meta.ids import new_wamid
from sandbox.meta.models import (
    BusinessNumber,
    ChatMessage,
    Customer,
    Direction,
    Failure,
    Json,
    Status,
    Wamid,
)
from sandbox.meta.rates import Brakes
from sandbox.meta.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    clock: Clock
    store: Store
    faults: FaultBoard
    courier: Courier
    broker: Broker
    brakes: Brakes

    def write(
        self,
        number: BusinessNumber,
        customer: Customer,
        content: Json,
        *,
        at: datetime | None = None,
        reply_to: str = "",
    ) -> ChatMessage:
        """A customer sends something. ``at`` is the time that the message will claim to be from."""
        if self.faults.strike(FaultKind.UNKNOWN_TYPE):
            content = payloads.never_seen_before()
        message = ChatMessage(
            wamid=new_wamid(Direction.INBOUND, customer),
            sequence=self.store.next_sequence(),
            direction=Direction.INBOUND,
            phone_number_id=number.phone_number_id,
            customer=customer.key,
            sent_at=at or self.clock.now(),
            content=content,
            status=Status.SENT,
            reply_to=Wamid(reply_to) if reply_to else None,
        )
        self.store.keep(message)
        self.brakes.note_inbound(number.phone_number_id, self.clock.now())
        self.broker.publish(MessageChanged(message))
        self.courier.send(Parcel(self._item(number, customer, message), self._told(message.wamid)))
        return message

    def _item(self, number: BusinessNumber, customer: Customer, message: ChatMessage) -> payloads.Item:
        shown = self.store.shows_number(number, customer, self.clock.now())
        return payloads.inbound(
            payloads.Channel.of(number),
            payloads.Party.of(customer, number, shows_number=shown),
            message.content,
            wamid=message.wamid,
            at=message.sent_at,
            reply_to=message.reply_to or "",
        )

    def _told(self, wamid: Wamid) -> "_Ticker":
        return _Ticker(self.store, self.broker, wamid)


@dataclass(frozen=True, slots=True)
class _Ticker:
    """Sets the second tick, or the mark of a message that nobody took."""

    store: Store
    broker: Broker
    wamid: Wamid

    async def __call__(self, outcome: int) -> None:
        if outcome == 200:
            changed = self.store.advance(self.wamid, Status.DELIVERED)
        else:
            failure = Failure(outcome, "webhook refused" if outcome > 0 else "no answer")
            changed = self.store.advance(self.wamid, Status.FAILED, failure)
        if changed:
            self.broker.publish(MessageChanged(changed))
