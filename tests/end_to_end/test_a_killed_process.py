"""SIGKILL of the edge's or the mind's own process at every step: one reply a turn, nothing lost, nothing twice."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from app.evaluation.house import enter_numbers, number_of
from app.evaluation.threads import Served, open_door, url_of
from app.merchants import load_knowledge
from kernel.clock import SystemClock
from kernel.database import Database
from kernel.settings import EdgeSettings, Room
from sandbox.application import create_application
from sandbox.driver import Phone
from sandbox.settings import Limits, Pace, SandboxSettings
from tests.end_to_end.conftest import ANA, knowledge_of

ROOT = Path(__file__).resolve().parents[2]
STEPS = {"edge": 26, "mind": 6}
"""At least as many as one question and its answer take; a run that survives all of them proves that."""
PATIENCE = 40.0


@dataclass(frozen=True)
class Stage:
    """A sandbox, a database, and the environments of two rooms that are started and killed one by one."""

    sandbox_url: str
    edge_url: str
    environments: dict[str, dict[str, str]]
    log: Path

    def start(self, room: str, last_step: int) -> subprocess.Popen[bytes]:
        log = str(self.log) if last_step else os.devnull
        command = [sys.executable, "-m", "tests.end_to_end.mortal", room, str(last_step), log]
        return subprocess.Popen(command, cwd=ROOT, env=self.environments[room])

    @contextmanager
    def running(self, room: str) -> Iterator[None]:
        process = self.start(room, 0)
        try:
            yield
        finally:
            process.kill()
            process.wait()


@pytest.fixture
def stage(
    room_database: Callable[[Room], Database],
    room_url: Callable[[Room], str],
    edge_settings: EdgeSettings,
    tmp_path: Path,
) -> Iterator[Stage]:
    number = number_of(1, "panaderia")
    merchant, _ = load_knowledge(room_database(Room.EDGE), SystemClock(), knowledge_of("panaderia"))
    enter_numbers(room_database(Room.EDGE), edge_settings.edge_keyset, {merchant: number})
    door, edge_port = open_door(), free_port()
    sandbox = SandboxSettings(
        callback_url=f"http://127.0.0.1:{edge_port}{edge_settings.webhook_path}",
        app_secret=edge_settings.whatsapp_app_secret.get_secret_value(),
        verify_token="verify",
        numbers=(number,),
        customers=(ANA,),
        retry_delays=(0.3,) * 1000,
        pace=Pace(sent=0.0, delivered=0.0),
        limits=Limits(pair_seconds=0.0),
    )
    edge = {
        **common(room_url(Room.EDGE)),
        "GRAPH_URL": url_of(door),
        "PORT": str(edge_port),
        "SETTLE_SECONDS": "3",
        **secrets_of(edge_settings, "edge_keyset", "tray_keyset", "diary_tray_keyset", "blind_index_key"),
        **secrets_of(edge_settings, "whatsapp_app_secret", "whatsapp_verify_token"),
    }
    mind = {**common(room_url(Room.MIND)), **secrets_of(edge_settings, "tray_keyset")}
    with Served(create_application(sandbox), door):
        yield Stage(
            url_of(door), f"http://127.0.0.1:{edge_port}", {"edge": edge, "mind": mind}, tmp_path / "steps"
        )


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def common(url: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": url,
        "BURST_QUIET_SECONDS": "0",
        "BURST_CAP_SECONDS": "0",
    }


def secrets_of(settings: EdgeSettings, *names: str) -> dict[str, str]:
    return {name.upper(): getattr(settings, name).get_secret_value() for name in names}


def survive(stage: Stage, mortal: str, last_step: int) -> tuple[bool, int]:
    """Kill a room at one step of a question's way; whether it got there, and how many replies came in the end."""
    dying = stage.start(mortal, last_step)
    try:
        return asyncio.run(_ask_and_revive(stage, mortal, dying))
    finally:
        dying.kill()
        dying.wait()


async def _ask_and_revive(stage: Stage, mortal: str, dying: "subprocess.Popen[bytes]") -> tuple[bool, int]:
    async with httpx.AsyncClient(base_url=stage.sandbox_url) as client:
        phone = Phone(client, number_of(1, "panaderia").phone_number_id, ANA.key)
        asked = await phone.say("¿tienen parqueadero?")
        died = await _dies_or_answers(phone, asked, dying)
        if not died:
            return False, len(await phone.replies(asked, count=2, patience=1))
        with stage.running(mortal):
            await phone.replies(asked, count=1, patience=PATIENCE)
            # Long enough for a second one, if anything would send it.
            return True, len(await phone.replies(asked, count=2, patience=4.5))


async def _dies_or_answers(phone: Phone, asked: object, dying: "subprocess.Popen[bytes]") -> bool:
    for _ in range(int(PATIENCE / 0.5)):
        if dying.poll() is not None:
            assert dying.returncode == -signal.SIGKILL
            return True
        if await phone.replies(asked, count=1, patience=0.5):  # type: ignore[arg-type]
            await asyncio.sleep(1.5)
            return dying.poll() is not None
    raise AssertionError("neither died nor answered")


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("mortal", STEPS)
def test_a_room_killed_at_any_step_leaves_exactly_one_reply(
    mortal: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    stage: Stage = request.getfixturevalue("stage")
    wrong: list[str] = []
    with stage.running("mind" if mortal == "edge" else "edge"):
        for step in range(1, STEPS[mortal] + 1):
            died, replies = survive(stage, mortal, step)
            if not died:
                break
            place = stage.log.read_text().splitlines()[-1]
            wrong += [f"step {step}, {place}: {replies} replies"] if replies != 1 else []
    assert step > 2, "the room did not die at its steps: the test would prove nothing"
    assert wrong == []
