"""What becomes of a message that the send call accepted: its statuses, in Meta's order or not."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sandbox.background import Background
from sandbox.clock import Clock
from sandbox.meta import payloads
from sandbox.meta.broker import Broker, MessageChanged
from sandbox.meta.courier import Courier, Parcel
from sandbox.meta.faults import FaultBoard, FaultKind
from sandbox.meta.models import ChatMessage, Failure, Status, Wamid
from sandbox.meta.refusals import Refusal
from sandbox.meta.store import Store
from sandbox.settings import Pace

_PRICED = {Status.SENT, Status.DELIVERED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Voyage:
    """An accepted message: what it costs, why it will fail (if it will), and the number that was dialled."""

    message: ChatMessage
    category: str = ""
    failure: Refusal | None = None
    dialled: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifecycle:
    pace: Pace
    clock: Clock
    store: Store
    faults: FaultBoard
    courier: Courier
    broker: Broker
    background: Background
    _lost: set[Wamid] = field(default_factory=set)

    def begin(self, voyage: Voyage) -> None:
        if self.faults.strike(FaultKind.LOST_STATUSES):
            self._lost.add(voyage.message.wamid)
        reordered = self.faults.strike(FaultKind.REORDERED_STATUSES) is not None
        self.background.start(self._run(voyage, reordered=reordered))

    def read(self, message: ChatMessage) -> None:
        """The person has the chat open."""
        if message.status is not Status.FAILED and message.kind != "reaction":
            self._tell(self._move(Voyage(message=message), Status.READ))

    async def _run(self, voyage: Voyage, *, reordered: bool) -> None:
        kept_back = []
        for step, delay in self._steps(voyage):
            await self.clock.sleep(delay)
            item = self._move(voyage, step)
            if reordered:
                kept_back.append(item)
            else:
                self._tell(item)
        for item in reversed(kept_back):
            self._tell(item)

    def _steps(self, voyage: Voyage) -> Iterator[tuple[Status, float]]:
        if voyage.failure:
            yield Status.FAILED, self.pace.sent
            return
        yield Status.SENT, self.pace.sent
        if voyage.message.kind == "reaction":
            return
        yield Status.DELIVERED, max(0.0, self.pace.delivered - self.pace.sent)
        if self.pace.read is not None:
            yield Status.READ, max(0.0, self.pace.read - self.pace.delivered)

    def _tell(self, item: payloads.Item | None) -> None:
        if item and item.body["id"] not in self._lost:
            self.courier.send_status(Parcel(item))

    def _move(self, voyage: Voyage, step: Status) -> payloads.Item | None:
        failure = voyage.failure if step is Status.FAILED else None
        noted = Failure(failure.code, failure.title) if failure else None
        changed = self.store.advance(voyage.message.wamid, step, noted)
        if changed is None:
            return None
        self.broker.publish(MessageChanged(changed))
        return self._item(voyage, changed, failure)

    def _item(self, voyage: Voyage, message: ChatMessage, failure: Refusal | None) -> payloads.Item:
        number = self.store.number(message.phone_number_id)
        return payloads.status(
            payloads.Channel.of(number),
            self._party(voyage),
            message.status,
            wamid=message.wamid,
            at=self.clock.now(),
            callback_data=message.callback_data,
            category=voyage.category if message.status in _PRICED else None,
            failure=failure,
        )

    def _party(self, voyage: Voyage) -> payloads.Party:
        """A failure names the address that was used and nothing else."""
        number = self.store.number(voyage.message.phone_number_id)
        if voyage.failure and voyage.dialled:
            return payloads.Party(name="", wa_id=voyage.dialled)
        customer = self.store.customer(voyage.message.customer or "")
        if voyage.failure:
            return payloads.Party(name=customer.name, user_id=customer.user_id_for(number))
        shown = self.store.shows_number(number, customer, self.clock.now())
        return payloads.Party.of(customer, number, shows_number=shown)
