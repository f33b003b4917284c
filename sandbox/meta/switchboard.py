"""Joins the parts of the stand-in. No other file constructs them."""

from dataclasses import dataclass
from datetime import timedelta

import httpx

from sandbox.background import Background
from sandbox.clock import Clock
from sandbox.meta.broker import Broker
from sandbox.meta.courier import Courier
from sandbox.meta.faults import FaultBoard
from sandbox.meta.inbox import Inbox
from sandbox.meta.journal import Journal
from sandbox.meta.lifecycle import Lifecycle
from sandbox.meta.media_store import MediaStore
from sandbox.meta.objections import Objections
from sandbox.meta.outbox import Outbox
from sandbox.meta.rates import Brakes
from sandbox.meta.store import Store
from sandbox.settings import Limits, SandboxSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Switchboard:
    settings: SandboxSettings
    clock: Clock
    client: httpx.AsyncClient
    store: Store
    broker: Broker
    faults: FaultBoard
    journal: Journal
    background: Background
    courier: Courier
    lifecycle: Lifecycle
    inbox: Inbox
    outbox: Outbox
    media: MediaStore

    async def settle(self) -> None:
        """Wait until every delivery and status that is under way has been made."""
        await self.background.settle()

    async def close(self) -> None:
        await self.background.close()
        await self.client.aclose()


def wire(settings: SandboxSettings, client: httpx.AsyncClient, clock: Clock) -> Switchboard:
    broker, background, store = Broker(), Background(), Store(settings)
    faults, journal, brakes = FaultBoard(broker), Journal(clock, broker), Brakes(settings.limits)
    courier = Courier(
        settings=settings,
        client=client,
        clock=clock,
        store=store,
        faults=faults,
        journal=journal,
        background=background,
    )
    lifecycle = Lifecycle(
        pace=settings.pace,
        clock=clock,
        store=store,
        faults=faults,
        courier=courier,
        broker=broker,
        background=background,
    )
    return Switchboard(
        settings=settings,
        clock=clock,
        client=client,
        store=store,
        broker=broker,
        faults=faults,
        journal=journal,
        background=background,
        courier=courier,
        lifecycle=lifecycle,
        inbox=Inbox(clock=clock, store=store, faults=faults, courier=courier, broker=broker, brakes=brakes),
        outbox=Outbox(
            window=_window(settings.limits),
            clock=clock,
            store=store,
            objections=Objections(clock=clock, store=store, brakes=brakes),
            lifecycle=lifecycle,
            broker=broker,
        ),
        media=MediaStore(clock, store, settings.app_secret),
    )


def _window(limits: Limits) -> timedelta | None:
    return timedelta(hours=limits.window_hours) if limits.window_hours is not None else None
