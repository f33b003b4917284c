"""Carries webhooks to the product: signs them, repeats them until they are taken, and misbehaves if told to."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import httpx

from sandbox.background import Background
from sandbox.clock import Clock
from sandbox.meta.faults import FaultBoard, FaultKind
from sandbox.meta.journal import Journal
from sandbox.meta.models import Subscription
from sandbox.meta.payloads import Item, envelope
from sandbox.meta.signatures import encode, signed_headers
from sandbox.meta.store import Store
from sandbox.settings import SandboxSettings

Told = Callable[[int], Awaitable[None]]
_NO_ANSWER = 0
_NOT_SUBSCRIBED = -1
_WRONG_SECRET = "not-the-secret-of-this-app"  # noqa: S105 - it is wrong on purpose


async def _nobody(_outcome: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Parcel:
    """An item and whom to tell the outcome of its delivery."""

    item: Item
    told: Told = _nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Courier:
    settings: SandboxSettings
    client: httpx.AsyncClient
    clock: Clock
    store: Store
    faults: FaultBoard
    journal: Journal
    background: Background
    _shelf: list[Parcel] = field(default_factory=list)
    _basket: list[Parcel] = field(default_factory=list)

    def send(self, parcel: Parcel) -> None:
        """Deliver a customer's message, by way of whatever fault is armed."""
        if self._put_aside(parcel):
            return
        if self.faults.strike(FaultKind.FORGED_SIGNATURE):
            self.background.start(self._deliver_forged(parcel))
            return
        late = self.faults.strike(FaultKind.LATE)
        copies = 2 if self.faults.strike(FaultKind.DUPLICATE) else 1
        overtaken = [*reversed(self._shelf)]
        self._shelf.clear()
        self.background.start(
            self._deliver_in_turn([parcel] * copies + overtaken, late.seconds if late else 0)
        )

    def send_status(self, parcel: Parcel) -> None:
        self.background.start(self._deliver([parcel]))

    def let_go(self) -> int:
        """Send what faults are holding back; the number of items."""
        held, together = self.held, list(self._basket)
        self.background.start(self._deliver_in_turn([*reversed(self._shelf)]))
        if together:
            self.background.start(self._deliver(together))
        self._shelf.clear()
        self._basket.clear()
        return held

    @property
    def held(self) -> int:
        return len(self._shelf) + len(self._basket)

    def _put_aside(self, parcel: Parcel) -> bool:
        if self.faults.peek(FaultKind.BATCH):
            self._basket.append(parcel)
            if self.faults.strike(FaultKind.BATCH) and not self.faults.peek(FaultKind.BATCH):
                self.background.start(self._deliver(list(self._basket)))
                self._basket.clear()
            return True
        if self.faults.strike(FaultKind.OUT_OF_ORDER):
            self._shelf.append(parcel)
            return True
        return False

    async def _deliver_in_turn(self, parcels: Sequence[Parcel], seconds: float = 0) -> None:
        if seconds:
            await self.clock.sleep(seconds)
        for parcel in parcels:
            await self._deliver([parcel])

    async def _deliver(self, parcels: Sequence[Parcel]) -> None:
        body = encode(envelope(parcel.item for parcel in parcels))
        headers = signed_headers(body, self.settings.app_secret)
        outcome = _NO_ANSWER
        for delay in (0.0, *self.settings.retry_delays):
            if delay:
                await self.clock.sleep(delay)
            outcome = await self._post(parcels[0].item, body, headers)
            if outcome in {200, _NOT_SUBSCRIBED}:
                break
        for parcel in parcels:
            await parcel.told(outcome)

    async def _deliver_forged(self, parcel: Parcel) -> None:
        """A forger tries once and does not know the secret."""
        body = encode(envelope([parcel.item]))
        await parcel.told(await self._post(parcel.item, body, signed_headers(body, _WRONG_SECRET)))

    async def _post(self, item: Item, body: bytes, headers: dict[str, str]) -> int:
        subscription = self.store.subscriptions.get(item.channel.waba_id)
        if subscription is None:
            return _NOT_SUBSCRIBED
        url = _address(self.settings, subscription)
        try:
            patience = self.settings.webhook_patience
            outcome = (
                await self.client.post(url, content=body, headers=headers, timeout=patience)
            ).status_code
        except (httpx.HTTPError, httpx.InvalidURL):
            outcome = _NO_ANSWER
        self.journal.write("webhook", _summary(item), outcome, body, headers)
        return outcome


def _address(settings: SandboxSettings, subscription: Subscription) -> str:
    return subscription.override or settings.callback_url


def _summary(item: Item) -> str:
    return str(item.body.get("type") or item.body.get("status") or item.lane)
