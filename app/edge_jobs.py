"""The edge's job that the diary defers, without loading the edge: the diary's process holds nothing of it."""

from calendar_sync.ids import OutcomeId
from kernel.ids import MerchantId
from kernel.jobs import Job

TASK, QUEUE = "webhooks:outcome", "edge"


def tell_edge(merchant: MerchantId, outcome: OutcomeId) -> Job:
    """The same as `webhooks.routing.outcome_job`: take an outcome from the tray."""
    return Job(task=TASK, queue=QUEUE, args={"merchant": str(merchant), "outcome": str(outcome)})
