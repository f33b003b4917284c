"""The jobs of connections. Identifiers in; safe to run again after a kill at any point."""

from typing import Protocol
from uuid import UUID

import procrastinate

from calendar_sync.connections.office import Office
from calendar_sync.connections.revoking import revoke_at_google
from calendar_sync.tray import QUEUE
from kernel.ids import MerchantId
from kernel.jobs import RETRY, room_of

blueprint = procrastinate.Blueprint()


class Room(Protocol):
    """What these jobs need of the room they run in."""

    @property
    def office(self) -> Office: ...


@blueprint.task(name="revoke", queue=QUEUE, pass_context=True, retry=RETRY)
def revoke(context: procrastinate.JobContext, *, merchant: str, ticket: str) -> None:
    """Take a permission back at Google."""
    room: Room = room_of(context)
    revoke_at_google(room.office, MerchantId(UUID(merchant)), UUID(ticket))
