"""The desk: takes each request from the tray to those whose work it is."""

from dataclasses import dataclass

from calendar_sync import by_hand, dialogue, forgetting, homecoming
from calendar_sync.connections import serving
from calendar_sync.ids import RequestId
from calendar_sync.mirror import pushes
from calendar_sync.mirror.syncing import Mirror
from calendar_sync.premises import Premises
from calendar_sync.requests import (
    Forget,
    OwnerBook,
    OwnerCancel,
    OwnerMove,
    OwnerNoShow,
    Push,
    Request,
)
from calendar_sync.tray import read_request
from kernel.ids import MerchantId


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk(Premises):
    """The room of the diary's jobs."""

    @property
    def mirror(self) -> Mirror:
        return Mirror(
            office=self.office,
            apply=lambda session, merchant, change: homecoming.apply(self, session, merchant, change),
        )


def serve(desk: Desk, merchant: MerchantId, request_id: RequestId) -> None:
    """Do what is asked; what has been answered is left alone. Safe to run again after a kill at any point."""
    with desk.diary.database.transaction(merchant) as session:
        request = read_request(session, desk.diary.tray, merchant, request_id)
    match request:
        case None:
            return
        case Request():
            dialogue.talk(desk, request)
        case Push():
            pushes.hear(desk.office, request)
        case OwnerBook() | OwnerMove() | OwnerCancel() | OwnerNoShow():
            by_hand.act(desk, request)
        case Forget():
            forgetting.forget(desk, request)
        case _:
            serving.serve(desk.office, request)
