"""What the diary's jobs need, handed over by the wiring as one value."""

from collections.abc import Callable
from dataclasses import dataclass

from calendar_sync.ids import OutcomeId
from kernel.clock import Clock
from kernel.database import Database
from kernel.ids import MerchantId
from kernel.jobs import Job
from kernel.sealing import Sealer

OutcomeJob = Callable[[MerchantId, OutcomeId], Job]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    database: Database
    clock: Clock
    tray: Sealer
    """Opens requests and seals outcomes; the edge holds the same key, the mind does not."""
    own: Sealer
    """Seals what only the diary reads."""
    outcome_job: OutcomeJob
    """The edge's job that takes an outcome from the tray; the diary does not know who that is."""
