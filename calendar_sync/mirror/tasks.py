"""The mirror's jobs. Identifiers in; safe to run again after a kill at any point."""

from typing import Protocol
from uuid import UUID

import procrastinate

from calendar_sync.mirror.rounds import make_rounds, sync_now, tend
from calendar_sync.mirror.syncing import Mirror
from calendar_sync.tray import QUEUE
from kernel.ids import MerchantId
from kernel.jobs import RETRY, room_of

blueprint = procrastinate.Blueprint()


class Room(Protocol):
    """What these jobs need of the room they run in."""

    @property
    def mirror(self) -> Mirror: ...


@blueprint.task(name="sync", queue=QUEUE, pass_context=True, retry=RETRY)
def sync(context: procrastinate.JobContext, *, merchant: str) -> None:
    """Bring home what the owner did in Google."""
    room: Room = room_of(context)
    sync_now(room.mirror, MerchantId(UUID(merchant)))


@blueprint.task(name="tend", queue=QUEUE, pass_context=True, retry=RETRY)
def tend_connection(context: procrastinate.JobContext, *, merchant: str) -> None:
    """Channels, sweep and examination of one connection."""
    room: Room = room_of(context)
    tend(room.mirror, MerchantId(UUID(merchant)))


@blueprint.periodic(cron="* * * * *")
@blueprint.task(name="rounds", queue=QUEUE, pass_context=True)
def rounds(context: procrastinate.JobContext, timestamp: int) -> None:
    """Every minute: which connections are due."""
    _ = timestamp
    room: Room = room_of(context)
    make_rounds(room.mirror.office)
