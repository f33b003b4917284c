"""The diary's process: bookings, the mirror of Google's calendars, reminders. It loads no model and no web server."""

import asyncio

import structlog

from app.edge_jobs import tell_edge
from calendar_sync.connections.office import Office
from calendar_sync.connections.tasks import blueprint as connection_tasks
from calendar_sync.desk import Desk
from calendar_sync.google.app import google_app
from calendar_sync.google.door import GoogleDoor
from calendar_sync.members.store import Roll
from calendar_sync.mirror.tasks import blueprint as mirror_tasks
from calendar_sync.room import Diary
from calendar_sync.tasks import NAMESPACE
from calendar_sync.tasks import blueprint as desk_tasks
from kernel.clock import Clock, SystemClock
from kernel.database import Database
from kernel.jobs import WorkerOptions, create_job_app, run_worker
from kernel.logs import configure_logs
from kernel.sealing import BlindIndex, Sealer
from kernel.settings import DiarySettings, HomeSettings, Room, read_settings

OPTIONS = WorkerOptions(queues=("diary",), concurrency=4)
BLUEPRINTS = ((NAMESPACE, desk_tasks), ("connections", connection_tasks), ("mirror", mirror_tasks))
_log = structlog.get_logger()


def run_diary() -> None:
    """Start the diary and work until the process is told to end."""
    settings = read_settings(DiarySettings, Room.DIARY, HomeSettings())
    configure_logs(Room.DIARY, settings.log_level)
    database = Database(settings.database_url)
    database.check()
    desk = build_desk(settings, database, SystemClock())
    _log.info("diary ready", google=desk.office.google.app.is_set_up)
    asyncio.run(work(desk))


def build_desk(settings: DiarySettings, database: Database, clock: Clock) -> Desk:
    """Join the diary's parts."""
    own = Sealer(settings.diary_keyset.get_secret_value())
    diary = Diary(
        database=database,
        clock=clock,
        tray=Sealer(settings.diary_tray_keyset.get_secret_value()),
        own=own,
        outcome_job=tell_edge,
    )
    index = BlindIndex(bytes.fromhex(settings.diary_index_key.get_secret_value()))
    office = Office(diary=diary, google=GoogleDoor(google_app(settings)))
    return Desk(office=office, roll=Roll(own, index, clock))


async def work(desk: Desk, options: WorkerOptions = OPTIONS) -> None:
    """Answer requests, follow calendars and remind until cancelled."""
    app = create_job_app(desk.diary.database.url, BLUEPRINTS)
    async with app.open_async():
        await run_worker(app, desk, options)
