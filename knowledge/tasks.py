"""The job of this package: vectors and sketches for texts that have none, in short transactions so that nobody waits long."""

from typing import Protocol
from uuid import UUID

import procrastinate

from kernel.database import Database
from kernel.ids import MerchantId
from kernel.jobs import RETRY, room_of
from knowledge.jobs import QUEUE
from knowledge.library import Library, embed_missing

blueprint = procrastinate.Blueprint()
_AT_A_TIME = 64


class Room(Protocol):
    """What the job needs of the room it runs in."""

    @property
    def database(self) -> Database: ...

    @property
    def library(self) -> Library: ...


@blueprint.task(name="embed", queue=QUEUE, pass_context=True, retry=RETRY)
def embed(context: procrastinate.JobContext, *, merchant: str) -> None:
    """Make every missing vector and sketch of a merchant. Run again after a crash, it goes on where it stopped."""
    embed_merchant(room_of(context), MerchantId(UUID(merchant)))


def embed_merchant(room: Room, merchant: MerchantId) -> None:
    encoder = room.library.encoder
    left = 1 if encoder else 0
    while encoder and left:
        with room.database.transaction(merchant) as session:
            left = embed_missing(session, merchant, encoder, limit=_AT_A_TIME, sketcher=room.library.sketcher)
