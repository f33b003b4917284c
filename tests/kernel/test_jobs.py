import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import procrastinate
import pytest
from sqlalchemy import text

from kernel.clock import SystemClock
from kernel.database import Database
from kernel.jobs import Alarm, Job, WorkerOptions, create_job_app, defer, room_of, run_worker
from kernel.settings import Room

RoomDatabase = Callable[[Room], Database]


@dataclass
class Bench:
    done: list[str] = field(default_factory=list)


def blueprint() -> procrastinate.Blueprint:
    tasks = procrastinate.Blueprint()

    @tasks.task(name="note", pass_context=True)
    def note(context: procrastinate.JobContext, *, word: str) -> None:
        room_of(context).done.append(word)

    return tasks


def job(word: str, queue: str = "edge", lock: str | None = None) -> Job:
    return Job(task="t:note", queue=queue, args={"word": word}, lock=lock)


async def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - what is waited for happens in another thread
            await asyncio.sleep(0.01)


def work(url: str, bench: Bench, *, count: int, options: WorkerOptions) -> None:
    """Work until so many jobs are done, or until a second has shown that they will not be."""

    async def run() -> None:
        app = create_job_app(url, [("t", blueprint())])
        async with app.open_async():
            worker = asyncio.create_task(run_worker(app, bench, options))
            await (until(lambda: len(bench.done) == count) if count else asyncio.sleep(1))
            worker.cancel()
            await asyncio.gather(worker, return_exceptions=True)

    asyncio.run(run())


EDGE = WorkerOptions(queues=("edge",))
MIND = WorkerOptions(queues=("mind",))


def test_a_job_runs_with_its_arguments_in_its_room(room_database: RoomDatabase) -> None:
    database, bench = room_database(Room.EDGE), Bench()
    with database.transaction() as session:
        defer(session, job("uno", lock="edge|c"), job("dos", lock="edge|c"))
    work(database.url, bench, count=2, options=EDGE)
    assert bench.done == ["uno", "dos"]


def test_a_rolled_back_transaction_leaves_no_job(room_database: RoomDatabase) -> None:
    database, bench = room_database(Room.EDGE), Bench()

    def fail() -> None:
        with database.transaction() as session:
            defer(session, job("nunca"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    work(database.url, bench, count=0, options=EDGE)
    assert bench.done == []


def test_a_room_may_defer_into_another_s_queue_but_neither_see_nor_work_it(
    room_database: RoomDatabase,
) -> None:
    edge, mind = room_database(Room.EDGE), room_database(Room.MIND)
    with edge.transaction() as session:
        defer(session, job("para la mente", queue="mind"))
        seen = session.execute(text("select count(*) from jobs.procrastinate_jobs")).scalar_one()
    assert seen == 0
    thief, bench = Bench(), Bench()
    work(edge.url, thief, count=0, options=MIND)
    work(mind.url, bench, count=1, options=MIND)
    assert (thief.done, bench.done) == ([], ["para la mente"])


def test_an_alarm_wakes_a_scheduled_job_long_before_the_next_poll(room_database: RoomDatabase) -> None:
    database, bench = room_database(Room.EDGE), Bench()
    clock = SystemClock()

    async def run() -> float:
        app = create_job_app(database.url, [("t", blueprint())])
        options = WorkerOptions(queues=("edge",), polling_seconds=60)
        async with app.open_async():
            worker = asyncio.create_task(run_worker(app, bench, options))
            await asyncio.sleep(0.5)
            started = clock.now()
            with database.transaction() as session:
                at = started + timedelta(seconds=0.3)
                defer(session, Job(task="t:note", queue="edge", args={"word": "despierta"}, at=at))
            Alarm(app, asyncio.get_running_loop()).ring("edge", seconds=0.3)
            await until(lambda: bool(bench.done))
            worker.cancel()
            await asyncio.gather(worker, return_exceptions=True)
            return (clock.now() - started).total_seconds()

    assert asyncio.run(run()) < 10
    assert bench.done == ["despierta"]


_KILLED_WORKER = """
import asyncio, os, signal, sys
import procrastinate
from kernel.jobs import WorkerOptions, create_job_app, run_worker
tasks = procrastinate.Blueprint()

@tasks.task(name="note", pass_context=True)
def note(context, *, word):
    os.kill(os.getpid(), signal.SIGKILL)

async def run():
    app = create_job_app(sys.argv[1], [("t", tasks)])
    async with app.open_async():
        await run_worker(app, None, WorkerOptions(queues=("edge",)))

asyncio.run(run())
"""


def test_a_job_whose_process_was_killed_runs_again_elsewhere(room_database: RoomDatabase) -> None:
    database, bench = room_database(Room.EDGE), Bench()
    with database.transaction() as session:
        defer(session, job("a medias"))
    killed = subprocess.run([sys.executable, "-c", _KILLED_WORKER, database.url], env=os.environ, check=False)
    assert killed.returncode == -signal.SIGKILL

    quick = WorkerOptions(queues=("edge",), heartbeat_seconds=0.1, stalled_seconds=0.5)
    work(database.url, bench, count=1, options=quick)
    assert bench.done == ["a medias"]
