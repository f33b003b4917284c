"""The job of this package, as those see it who defer it: the edge, which never loads a model."""

from kernel.ids import MerchantId
from kernel.jobs import Job

EMBED_TASK = "knowledge:embed"
QUEUE = "mind"


def embed_job(merchant: MerchantId) -> Job:
    """Make the vectors and sketches that are missing; one at a time for a merchant."""
    return Job(
        task=EMBED_TASK, queue=QUEUE, args={"merchant": str(merchant)}, lock=f"mind|vectors|{merchant}"
    )
