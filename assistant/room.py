"""What the mind's jobs need, handed over by the wiring as one value."""

from collections.abc import Callable
from dataclasses import dataclass

from assistant.counter import Counter
from assistant.tray import ReadingOut
from kernel.clock import Clock
from kernel.database import Database
from kernel.ids import MerchantId
from kernel.jobs import Job
from kernel.sealing import Sealer
from knowledge.library import Library

ReplyJob = Callable[[MerchantId, ReadingOut], Job]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mind:
    database: Database
    clock: Clock
    tray: Sealer
    library: Library
    counter: Counter
    reply_job: ReplyJob
    """The edge's job that takes the reading from the tray; the mind does not know who that is."""
