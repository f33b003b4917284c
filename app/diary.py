"""The diary's process. It holds its own role and key, and no work yet: bookings are built in `calendar_sync`."""

import asyncio

from kernel.database import Database
from kernel.jobs import WorkerOptions, create_job_app, run_worker
from kernel.logs import configure_logs
from kernel.settings import DiarySettings, HomeSettings, Room, read_settings

QUEUES = ("diary",)


def run_diary() -> None:
    """Start the diary and work until the process is told to end."""
    settings = read_settings(DiarySettings, Room.DIARY, HomeSettings())
    configure_logs(Room.DIARY, settings.log_level)
    Database(settings.database_url).check()
    asyncio.run(_work(settings.database_url))


async def _work(url: str) -> None:
    app = create_job_app(url, [])
    async with app.open_async():
        await run_worker(app, None, WorkerOptions(queues=QUEUES, concurrency=1))
