"""Scripted dialogues of a made-up shop, through the signed webhook, both sandboxes, all three rooms and the real model."""

from pathlib import Path

import pytest

from app.evaluation.database import PassingDatabase
from app.evaluation.dialogues import embed, perform_one, scripts_of
from app.evaluation.scripts import Script
from assistant.counter import Counter
from assistant.understanding.reader import Understander
from kernel.clock import SetClock
from kernel.embedded import EmbeddedServer
from kernel.settings import Room
from tests.conftest import PASSWORDS
from tests.end_to_end.stages import SCRIPTS, stage_of
from tests.knowledge.embedding.real_model import real_encoder

# Google's connections belong to the workers' threads, and end with them.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Exception ignored in.*socket:pytest.PytestUnraisableExceptionWarning"
)


def scripts() -> list[Script]:
    return scripts_of(SCRIPTS)


def folders() -> list[Path]:
    return [SCRIPTS / name for name in sorted({one.merchant for one in scripts()})]


@pytest.mark.timeout(1800)
def test_every_scripted_dialogue_ends_as_it_should(
    server: EmbeddedServer, database_name: str, clock: SetClock
) -> None:
    passwords = {room: PASSWORDS[room].get_secret_value() for room in Room}
    passing = PassingDatabase(server, database_name, passwords)
    encoder = real_encoder()
    failed: dict[str, list[str]] = {}
    with stage_of(passing, folders(), Counter(encoder), Understander(encoder), clock) as stage:
        embed(stage.mind, [one.merchant for one in stage.plays.values()])
        for script in scripts():
            played = perform_one(stage, script)
            if played.failed:
                failed[script.id] = [f"{one.turn}: {one.what}" for one in played.failed]
    assert len(scripts()) >= 6
    assert failed == {}
