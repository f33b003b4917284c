"""The edge's process: the webhook's door and the edge's worker in one event loop."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import uvicorn
from fastapi import FastAPI

from app.booking_trays import BookingTrays, GoogleDoorTrays
from app.sources import sources_router
from app.trays import MindTrays
from kernel.clock import Clock, SystemClock
from kernel.database import Database
from kernel.jobs import Alarm, WorkerOptions, create_job_app, run_worker
from kernel.logs import configure_logs
from kernel.sealing import BlindIndex, Sealer
from kernel.settings import EdgeSettings, HomeSettings, Room, read_settings
from webhooks.application import create
from webhooks.bursts import BurstSettings
from webhooks.delivery import DeliverySettings
from webhooks.filing import Desk
from webhooks.graph import Graph, GraphSettings, create_client
from webhooks.intake import Intake
from webhooks.oauth import google_doors
from webhooks.receipt import Receipt, ReceiptSettings
from webhooks.room import Edge, Messenger
from webhooks.tasks import blueprint

OPTIONS = WorkerOptions(queues=("edge", "edge_status"), concurrency=8)


class Bell:
    """Rings a queue's workers once the process's loop runs; before that the next poll must do."""

    def __init__(self) -> None:
        self.alarm: Alarm | None = None

    def ring(self, queue: str, seconds: float) -> None:
        if self.alarm is not None:
            self.alarm.ring(queue, seconds=seconds)


def run_edge() -> None:
    """Start the edge and serve until the process is told to end."""
    settings = read_settings(EdgeSettings, Room.EDGE, HomeSettings())
    configure_logs(Room.EDGE, settings.log_level)
    database = Database(settings.database_url)
    database.check()
    application = edge_application(settings, database, SystemClock())
    uvicorn.run(
        application, host=settings.host, port=settings.port, log_config=None, access_log=False, lifespan="on"
    )


def edge_application(
    settings: EdgeSettings, database: Database, clock: Clock, options: WorkerOptions = OPTIONS
) -> FastAPI:
    """The edge as one ASGI application; its worker lives as long as the application."""
    bell = Bell()
    graph = GraphSettings(base_url=settings.graph_url, version=settings.graph_version)
    client = create_client(graph)
    edge = build_edge(settings, database, clock, Graph(client, graph), bell)
    application = create(_receipt(settings, edge, clock), [lambda: asyncio.to_thread(database.check)])
    application.state.edge = edge
    diary_tray = Sealer(settings.diary_tray_keyset.get_secret_value())
    application.include_router(google_doors(database, GoogleDoorTrays(diary_tray, clock)))
    if settings.sources_path:
        application.include_router(sources_router(edge, settings.sources_path))
    inner = application.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with inner(app), working(edge, bell, options):
            yield
        client.close()

    application.router.lifespan_context = lifespan
    return application


@asynccontextmanager
async def working(edge: Edge, bell: Bell, options: WorkerOptions) -> AsyncIterator[None]:
    """The edge's jobs are worked on while this is open."""
    jobs = create_job_app(edge.database.url, [("webhooks", blueprint)])
    async with jobs.open_async():
        bell.alarm = Alarm(jobs, asyncio.get_running_loop())
        worker = asyncio.create_task(run_worker(jobs, edge, options))
        try:
            yield
        finally:
            bell.alarm = None
            worker.cancel()
            await asyncio.gather(worker, return_exceptions=True)


def build_edge(
    settings: EdgeSettings, database: Database, clock: Clock, messenger: Messenger, bell: Bell
) -> Edge:
    sealer = Sealer(settings.edge_keyset.get_secret_value())
    blind_index = BlindIndex(bytes.fromhex(settings.blind_index_key.get_secret_value()))
    return Edge(
        database=database,
        clock=clock,
        sealer=sealer,
        blind_index=blind_index,
        desk=Desk(sealer, blind_index),
        messenger=messenger,
        trays=MindTrays(Sealer(settings.tray_keyset.get_secret_value())),
        diary=BookingTrays(Sealer(settings.diary_tray_keyset.get_secret_value()), clock),
        bursts=BurstSettings(
            quiet=timedelta(seconds=settings.burst_quiet_seconds),
            cap=timedelta(seconds=settings.burst_cap_seconds),
        ),
        delivery=DeliverySettings(settle_after=timedelta(seconds=settings.settle_seconds)),
        ring=bell.ring,
    )


def _receipt(settings: EdgeSettings, edge: Edge, clock: Clock) -> Receipt:
    receipt = ReceiptSettings(
        app_secret=settings.whatsapp_app_secret.get_secret_value().encode(),
        verify_token=settings.whatsapp_verify_token.get_secret_value(),
        path=settings.webhook_path,
    )
    return Receipt(receipt, Intake(settings.database_url), edge.desk, clock)
