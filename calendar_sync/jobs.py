"""The diary's own jobs, as those see them who defer them."""

from datetime import datetime

from calendar_sync.ids import BookingId
from calendar_sync.tray import QUEUE
from kernel.ids import MerchantId
from kernel.jobs import Job

MEND_TASK = "calendar_sync:mend"
REMIND_TASK = "calendar_sync:remind"


def mend_job(merchant: MerchantId, booking: BookingId, at: datetime) -> Job:
    """Find out what became of a change whose outcome was never heard."""
    args = {"merchant": str(merchant), "booking": str(booking)}
    return Job(task=MEND_TASK, queue=QUEUE, args=args, lock=f"diary|booking|{booking}", at=at)


def remind_job(
    merchant: MerchantId, booking: BookingId, minutes: int, start: datetime, at: datetime | None
) -> Job:
    """Remind of a booking, as long as it still begins at `start`."""
    args: dict[str, str | int] = {
        "merchant": str(merchant),
        "booking": str(booking),
        "minutes": minutes,
        "start": int(start.timestamp()),
    }
    return Job(task=REMIND_TASK, queue=QUEUE, args=args, at=at)
