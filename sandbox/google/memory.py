"""What a rehearsal's Google still knows after it was stopped and started again.

Without it a product that remembers its bookings would find every one of them gone.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from sandbox.google.models import Calendar, Channel, StoredEvent
from sandbox.google.switchboard import Google
from sandbox.google.vault import AccessToken, Grant, RefreshToken

_PAUSE = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    seed: str
    struck: dict[str, int]
    change: int
    sync_epoch: int
    latest: datetime
    calendars: tuple[Calendar, ...]
    events: tuple[StoredEvent, ...]
    grants: tuple[Grant, ...]
    refresh: tuple[RefreshToken, ...]
    access: tuple[AccessToken, ...]
    channels: tuple[Channel, ...]


def memory_of(google: Google) -> Memory:
    store, vault, mint = google.store, google.vault, google.mint
    return Memory(
        seed=mint.seed,
        struck=dict(mint.struck),
        change=store.change,
        sync_epoch=store.sync_epoch,
        latest=store.latest,
        calendars=tuple(each for each in store.calendars.values() if each.made_by),
        events=tuple(event for name in store.calendars for event in store.events(name)),
        grants=tuple(vault.grants.values()),
        refresh=tuple(vault.refresh.values()),
        access=tuple(vault.access.values()),
        channels=tuple(google.channels.every()),
    )


def recall(google: Google, memory: Memory) -> None:
    """As it was, but for calendars that the world no longer has."""
    google.mint.restore(memory.seed, memory.struck)
    google.vault.restore(memory.grants, memory.refresh, memory.access)
    google.channels.restore(memory.channels)
    for calendar in memory.calendars:
        google.store.add_calendar(calendar)
    google.store.restore(memory.events, memory.change, memory.sync_epoch, memory.latest)


def load(path: Path) -> Memory | None:
    """``None`` where there is nothing that can be read."""
    try:
        return TypeAdapter(Memory).validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def save(path: Path, memory: Memory) -> None:
    """Readable by its owner only: it holds tokens, if only of this stand-in."""
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(TypeAdapter(Memory).dump_json(memory))
    fresh.replace(path)


@asynccontextmanager
async def remembering(google: Google) -> AsyncIterator[None]:
    """Begin where the file left off, if the settings name one, and keep it up to date until the end."""
    path = google.settings.memory
    if path is None:
        yield
        return
    if memory := load(path):
        recall(google, memory)
    keeping = asyncio.create_task(_keep(google, path))
    yield
    keeping.cancel()
    save(path, memory_of(google))


async def _keep(google: Google, path: Path) -> None:
    """Write down every change as it happens; what comes in one breath is written together."""
    with google.bell.listening() as rung:
        while True:
            await rung.wait()
            rung.clear()
            save(path, memory_of(google))
            await asyncio.sleep(_PAUSE)
