"""A room's own process that may kill itself (SIGKILL) at its n-th step. Run as `python -m tests.end_to_end.mortal`.

A step is the moment before or after a commit, a call to WhatsApp, or the receipt's own commit. Arguments: the
room, the step to die at (0 = never), and a file to which each step's name is added.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from app.edge import edge_application
from app.mind import work
from app.trays import reply_job
from assistant.room import Mind
from kernel.clock import SystemClock
from kernel.database import Database
from kernel.sealing import Sealer
from kernel.settings import EdgeSettings, MindSettings
from knowledge.embedding.hash_encoder import HashEncoder
from knowledge.library import Library
from tests.end_to_end.fates import Fate, quick, weave_commits
from tests.end_to_end.first_hit import FirstHit
from webhooks.intake import Intake


def weave(fate: Fate) -> None:
    """Hang the steps on what every room does: commits, calls, receipts."""
    weave_commits(fate)
    send, store = httpx.Client.send, Intake._store

    def sending(self: httpx.Client, *args: Any, **options: Any) -> httpx.Response:
        fate.step("before a call")
        response = send(self, *args, **options)
        fate.step("after a call")
        return response

    async def storing(self: Intake, batch: Any) -> None:
        fate.step("before a receipt's commit")
        await store(self, batch)
        fate.step("after a receipt's commit")

    setattr(httpx.Client, "send", sending)  # noqa: B010 - mypy forbids assigning to a method
    setattr(Intake, "_store", storing)  # noqa: B010


def edge() -> None:
    settings = EdgeSettings()  # type: ignore[call-arg]
    application = edge_application(
        settings, Database(settings.database_url), SystemClock(), quick("edge", "edge_status")
    )
    uvicorn.run(application, host="127.0.0.1", port=settings.port, log_level="warning", lifespan="on")


def mind() -> None:
    settings = MindSettings()  # type: ignore[call-arg]
    room = Mind(
        database=Database(settings.database_url),
        clock=SystemClock(),
        tray=Sealer(settings.tray_keyset.get_secret_value()),
        library=Library([HashEncoder()]),
        counter=FirstHit(),
        reply_job=reply_job,
    )
    asyncio.run(work(room, quick("mind")))


ROOMS: dict[str, Callable[[], Awaitable[None] | None]] = {"edge": edge, "mind": mind}

if __name__ == "__main__":
    weave(Fate(int(sys.argv[2]), Path(sys.argv[3])))
    ROOMS[sys.argv[1]]()
