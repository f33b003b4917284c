"""Durable jobs on PostgreSQL (procrastinate), deferred in the transaction of the row they are about.

Jobs carry identifiers, never content. A task is declared on a package's `procrastinate.Blueprint`; what it
needs (database, keys, models) is handed to the worker as one room object, found by `room_of(context)`.

Queues are named after rooms: a room's role may defer into any queue but sees and works only its own.
"""

import asyncio
import copy
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import procrastinate
import structlog
from sqlalchemy import text
from sqlmodel import Session

SCHEMA = "jobs"
_log = structlog.get_logger()

RETRY = procrastinate.RetryStrategy(max_attempts=8, exponential_wait=2)
"""For tasks whose failure may pass: 2, 4, 8 … seconds, eight times, then the job stays as failed."""

_DEFER = text(
    "select jobs.procrastinate_defer_jobs_v1(array(select row("
    "job->>'queue', job->>'task', coalesce((job->>'priority')::int, 0), job->>'lock', job->>'queueing_lock',"
    "job->'args', (job->>'at')::timestamptz)::jobs.procrastinate_job_to_defer_v1"
    " from jsonb_array_elements(cast(:jobs as jsonb)) as job))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job to defer. `lock`: jobs with the same lock run one at a time, in order. `at`: not before then."""

    task: str
    queue: str
    args: Mapping[str, str | int] = field(default_factory=dict)
    lock: str | None = None
    at: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        at = self.at.isoformat() if self.at else None
        return {
            "task": self.task,
            "queue": self.queue,
            "args": dict(self.args),
            "lock": self.lock,
            "at": at,
        }


def defer(session: Session, *jobs: Job) -> None:
    """Put jobs on their queues in the session's own transaction: row and job commit or vanish together."""
    if jobs:
        session.execute(_DEFER, {"jobs": json.dumps([job.as_json() for job in jobs])})


def room_of(context: procrastinate.JobContext) -> Any:
    """What `run_worker` was given as the room."""
    return context.additional_context["room"]


def create_job_app(url: str, blueprints: Sequence[tuple[str, procrastinate.Blueprint]]) -> procrastinate.App:
    """The procrastinate app of a process; each blueprint's tasks are named `<namespace>:<task>`."""
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=url, min_size=2, max_size=10))
    for namespace, blueprint in blueprints:
        # Adding a blueprint renames its tasks; a copy leaves it fit for the next app of this process.
        app.add_tasks_from(copy.deepcopy(blueprint), namespace=namespace)
    return app


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerOptions:
    queues: tuple[str, ...]
    concurrency: int = 8
    polling_seconds: float = 1.0
    heartbeat_seconds: float = 2.0
    stalled_seconds: float = 8.0
    """A worker that has been silent for this long is taken for dead and its jobs are run again."""


async def run_worker(app: procrastinate.App, room: object, options: WorkerOptions) -> None:
    """Work on the room's queues until cancelled."""
    async with asyncio.TaskGroup() as group:
        group.create_task(_work(app, room, options))
        group.create_task(_revive(app, options))


async def _work(app: procrastinate.App, room: object, options: WorkerOptions) -> None:
    await app.run_worker_async(
        queues=list(options.queues),
        concurrency=options.concurrency,
        fetch_job_polling_interval=options.polling_seconds,
        update_heartbeat_interval=options.heartbeat_seconds,
        stalled_worker_timeout=options.stalled_seconds,
        install_signal_handlers=False,
        delete_jobs="successful",
        additional_context={"room": room},
    )


async def _revive(app: procrastinate.App, options: WorkerOptions) -> None:
    """Run again what a killed process left half done. Every task is safe to run twice."""
    while True:
        for queue in options.queues:
            stalled = await app.job_manager.get_stalled_jobs(
                queue=queue, seconds_since_heartbeat=options.stalled_seconds
            )
            for job in stalled:
                _log.warning("job revived", job=job.id, task=job.task_name)
                await app.job_manager.retry_job(job)
        await asyncio.sleep(options.heartbeat_seconds)


class Alarm:
    """Wakes the workers of a queue when a scheduled job falls due, to the millisecond.

    A worker otherwise finds scheduled jobs only at its next poll. Losing an alarm (a crash) costs one
    polling interval, never the job.
    """

    def __init__(self, app: procrastinate.App, loop: asyncio.AbstractEventLoop) -> None:
        self._app = app
        self._loop = loop
        self._ringing: set[asyncio.Task[None]] = set()

    def ring(self, queue: str, *, seconds: float) -> None:
        """Wake `queue` after `seconds`; may be called from any thread."""
        self._loop.call_soon_threadsafe(self._loop.call_later, max(seconds, 0.0), self._start, queue)

    def _start(self, queue: str) -> None:
        task = self._loop.create_task(self._notify(queue))
        self._ringing.add(task)
        task.add_done_callback(self._ringing.discard)

    async def _notify(self, queue: str) -> None:
        await self._app.connector.execute_query_async(
            "select pg_notify(%(channel)s, %(message)s)",
            channel=f"procrastinate_queue_v1#{queue}",
            message='{"type": "job_inserted", "job_id": 0}',
        )
