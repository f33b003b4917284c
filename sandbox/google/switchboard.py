"""Joins the parts of the stand-in. No other file constructs them."""

from dataclasses import dataclass

import httpx

from sandbox.background import Background
from sandbox.clock import Clock, SettableClock
from sandbox.google.bell import Bell
from sandbox.google.channels import Channels
from sandbox.google.faults import FaultBoard
from sandbox.google.ids import Mint
from sandbox.google.journal import Journal
from sandbox.google.keys import Signer
from sandbox.google.models import CalendarId
from sandbox.google.pushes import Pushes
from sandbox.google.settings import GoogleSettings
from sandbox.google.store import Store
from sandbox.google.tokens import TokenDesk
from sandbox.google.vault import Vault
from sandbox.google.writing import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class Google:
    settings: GoogleSettings
    clock: SettableClock
    store: Store
    writer: Writer
    vault: Vault
    desk: TokenDesk
    signer: Signer
    channels: Channels
    pushes: Pushes
    faults: FaultBoard
    journal: Journal
    bell: Bell
    mint: Mint
    background: Background
    client: httpx.AsyncClient

    async def settle(self) -> None:
        """Wait until every push that is under way has been made."""
        await self.background.settle()

    async def close(self) -> None:
        await self.background.close()
        await self.client.aclose()


def wire_google(settings: GoogleSettings, client: httpx.AsyncClient, beneath: Clock) -> Google:
    clock, bell, mint, background = SettableClock(beneath), Bell(), Mint(settings.seed), Background()
    faults, channels = FaultBoard(bell.ring), Channels(settings, clock, mint)
    pushes = Pushes(
        settings=settings, clock=clock, client=client, channels=channels, faults=faults, background=background
    )

    def told(calendar_id: CalendarId) -> None:
        pushes.changed(calendar_id)
        bell.ring()

    store = Store(settings, clock, mint, told)
    vault, signer = Vault(settings, clock, mint), Signer(clock)
    return Google(
        settings=settings,
        clock=clock,
        store=store,
        writer=Writer(store=store, clock=clock, mint=mint),
        vault=vault,
        desk=TokenDesk(settings=settings, store=store, vault=vault, signer=signer),
        signer=signer,
        channels=channels,
        pushes=pushes,
        faults=faults,
        journal=Journal(),
        bell=bell,
        mint=mint,
        background=background,
        client=client,
    )
