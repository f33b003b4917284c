"""The mirror's jobs, as those see them who defer them."""

from datetime import datetime
from uuid import UUID

from calendar_sync.tray import QUEUE
from kernel.jobs import Job

SYNC_TASK = "mirror:sync"
TEND_TASK = "mirror:tend"


def sync_job(merchant: UUID, at: datetime | None = None) -> Job:
    """Bring the owner's changes home; one at a time for a merchant."""
    return Job(
        task=SYNC_TASK,
        queue=QUEUE,
        args={"merchant": str(merchant)},
        lock=f"diary|mirror|{merchant}",
        at=at,
    )


def tend_job(merchant: UUID) -> Job:
    """Everything that is due for a connection: its channels, its sync, its examination."""
    return Job(task=TEND_TASK, queue=QUEUE, args={"merchant": str(merchant)}, lock=f"diary|mirror|{merchant}")
