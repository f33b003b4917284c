"""What a process that may kill itself counts, and hurried workers for it. Loads no room."""

import os
import signal
from pathlib import Path

from sqlalchemy import Engine, event
from sqlmodel import Session

from kernel.jobs import WorkerOptions


class Fate:
    """Counts the steps and kills the process at the chosen one."""

    def __init__(self, last: int, log: Path) -> None:
        self._last = last
        self._log = log
        self._count = 0

    def step(self, name: str) -> None:
        self._count += 1
        with self._log.open("a") as log:
            log.write(f"{name}\n")
        if self._count == self._last:
            os.kill(os.getpid(), signal.SIGKILL)


def weave_commits(fate: Fate) -> None:
    """A step before and after every commit."""
    event.listen(Engine, "commit", lambda _connection: fate.step("before a commit"))
    event.listen(Session, "after_commit", lambda _session: fate.step("after a commit"))


def quick(*queues: str) -> WorkerOptions:
    return WorkerOptions(
        queues=queues, polling_seconds=0.3, heartbeat_seconds=0.2, stalled_seconds=1.0, concurrency=4
    )
