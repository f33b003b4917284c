"""The diary's jobs: identifiers in, safe to run again after a kill at any point."""

from datetime import UTC, datetime
from uuid import UUID

import procrastinate

from calendar_sync.desk import Desk, serve
from calendar_sync.ids import BookingId, RequestId
from calendar_sync.mending import mend
from calendar_sync.reminders.sending import remind
from calendar_sync.tray import QUEUE
from kernel.ids import MerchantId
from kernel.jobs import RETRY, room_of

NAMESPACE = "calendar_sync"
blueprint = procrastinate.Blueprint()


@blueprint.task(name="serve", queue=QUEUE, pass_context=True, retry=RETRY)
def serve_request(context: procrastinate.JobContext, *, merchant: str, request: str) -> None:
    """Answer a request of the edge's."""
    serve(_desk(context), MerchantId(UUID(merchant)), RequestId(UUID(request)))


@blueprint.task(name="remind", queue=QUEUE, pass_context=True, retry=RETRY)
def remind_customer(
    context: procrastinate.JobContext, *, merchant: str, booking: str, minutes: int, start: int
) -> None:
    """Remind of a booking, if it still stands."""
    begins = datetime.fromtimestamp(start, UTC)
    remind(_desk(context), MerchantId(UUID(merchant)), BookingId(UUID(booking)), minutes, begins)


@blueprint.task(name="mend", queue=QUEUE, pass_context=True, retry=RETRY)
def mend_booking(context: procrastinate.JobContext, *, merchant: str, booking: str) -> None:
    """Find out what became of a change whose outcome was never heard."""
    mend(_desk(context), MerchantId(UUID(merchant)), BookingId(UUID(booking)))


def _desk(context: procrastinate.JobContext) -> Desk:
    desk: Desk = room_of(context)
    return desk
