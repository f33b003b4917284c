"""What the mind's jobs need, handed over by the wiring as one value."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from assistant.tray import ReadingOut
from assistant.turns import Answer, Shelf, Turn
from assistant.understanding.reader import Understander
from kernel.clock import Clock
from kernel.database import Database
from kernel.ids import MerchantId
from kernel.jobs import Job
from kernel.sealing import Sealer
from knowledge.library import Library


class Answering(Protocol):
    """Gives the answer to a turn; `counter.Counter` is the real one."""

    def answer(self, turn: Turn, shelf: Shelf) -> Answer: ...


ReplyJob = Callable[[MerchantId, ReadingOut], Job]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mind:
    database: Database
    clock: Clock
    tray: Sealer
    library: Library
    counter: Answering
    understander: Understander | None = None
    """None: every turn is taken for a question."""
    reply_job: ReplyJob
    """The edge's job that takes the reading from the tray; the mind does not know who that is."""
