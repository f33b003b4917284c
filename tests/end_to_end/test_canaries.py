"""What is the calendar's never reaches the mind: canaries in titles, guests, members, times and confirmations.

Everything that the mind's room takes in or gives out is written down: each statement that its database connection sends,
each value that it opens from its tray, each text that it understands, encodes or answers, each line that it logs.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from sqlalchemy import event

from app.evaluation.database import PassingDatabase
from app.evaluation.playing import Played, play
from app.evaluation.scripts import Expect, Script, ScriptTurn
from app.evaluation.theatre import Scene, Theatre
from assistant import tasks, tray
from assistant.turns import Answer, Shelf, Turn
from assistant.understanding.reader import Understander
from assistant.understanding.shop_words import Shop
from assistant.understanding.values import Message, Understanding
from kernel.clock import SetClock
from kernel.embedded import EmbeddedServer
from kernel.settings import Room
from sandbox.google.driver import Owner
from tests.conftest import PASSWORDS
from tests.end_to_end.first_hit import FirstHit
from tests.end_to_end.stages import SCRIPTS, stage_of

ZONE = ZoneInfo("America/Bogota")

# Google's connections belong to the workers' threads, and end with them.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Exception ignored in.*socket:pytest.PytestUnraisableExceptionWarning"
)
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZONE)
CANARY = "CANARIO"
MEMBERS = "nombre,telefono\nZoila CANARIO-SOCIA,+573001119999\n"


@dataclass
class Record:
    """Everything that passed the mind's edge, as text."""

    seen: list[str] = field(default_factory=list)

    def note(self, *things: object) -> None:
        self.seen += [repr(thing) for thing in things]

    def holds(self, text: str) -> list[str]:
        return [one for one in self.seen if text in one]


@dataclass(frozen=True)
class RecordingCounter:
    record: Record

    def answer(self, turn: Turn, shelf: Shelf) -> Answer:
        self.record.note(turn)
        answer = FirstHit().answer(turn, shelf)
        self.record.note(answer)
        return answer


@dataclass(frozen=True)
class RecordingUnderstander(Understander):
    record: Record = field(default_factory=Record)

    def understand(self, message: Message, shop: Shop) -> Understanding:
        self.record.note(message)
        understood = super().understand(message, shop)
        self.record.note(understood)
        return understood


@pytest.fixture
def record(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Iterator[Record]:
    caplog.set_level(logging.INFO)
    record = Record()
    take, put = tray.take_turn, tray.put_reading

    def taking(*given: Any) -> Any:
        turn = take(*given)
        record.note(turn)
        return turn

    def putting(*given: Any) -> Any:
        record.note(*given[3:])
        return put(*given)

    monkeypatch.setattr(tasks, "take_turn", taking)
    monkeypatch.setattr(tasks, "put_reading", putting)
    yield record
    record.note(caplog.text)


@pytest.fixture
def stage(server: EmbeddedServer, database_name: str, record: Record, clock: SetClock) -> Iterator[Theatre]:
    passwords = {room: PASSWORDS[room].get_secret_value() for room in Room}
    passing = PassingDatabase(server, database_name, passwords)
    counter, understander = RecordingCounter(record), RecordingUnderstander(record=record)
    with stage_of(passing, [SCRIPTS / "peluqueria"], counter, understander, clock) as theatre:
        engine = theatre.mind.database.engine

        def sent(_c: Any, _cursor: Any, statement: str, parameters: Any, _x: Any, _many: bool) -> None:
            record.note(statement, parameters)

        event.listen(engine, "before_cursor_execute", sent)
        yield theatre


def script(*turns: ScriptTurn, phone: str = "+573001110042") -> Script:
    return Script(id="canaries", merchant="peluqueria", now=NOW, phone=phone, name="Ana", turns=turns)


def plant(scene: Scene) -> None:
    """The owner's own affairs, on the calendar that blocks."""
    with httpx.Client(timeout=30) as client:
        owner = Owner(client, scene.house.google_url, scene.proprietor.email)
        owner.add(
            {
                "summary": f"{CANARY}-TITULO con el abogado",
                "description": f"{CANARY}-TEXTO",
                "location": f"{CANARY}-LUGAR",
                "attendees": [{"email": "canario-invitado@example.com", "displayName": f"{CANARY}-INVITADA"}],
                "start": {"dateTime": "2026-11-26T09:00:00-05:00"},
                "end": {"dateTime": "2026-11-26T12:00:00-05:00"},
            }
        )


def perform(stage: Theatre, told: Script, prepare: Callable[[Scene], None] = plant) -> Played:
    with stage.scene(told) as scene:
        prepare(scene)
        return asyncio.run(play(scene, told))


DIALOGUE = (
    ScriptTurn(text="quiero reservar un corte de dama para el jueves a las 10"),
    ScriptTurn(tap="the first one"),
    ScriptTurn(tap="confirm", only_if="confirm"),
    ScriptTurn(text="gracias, ¿tienen parqueadero?"),
    ScriptTurn(text="qué citas tengo?"),
)


def test_nothing_of_the_calendars_reaches_the_mind(stage: Theatre, record: Record) -> None:
    played = perform(stage, script(*DIALOGUE))
    assert played.failed == []
    assert "booked" in played.states, played.lines
    assert "answered" in played.states
    assert record.holds("qué citas tengo?"), "the record is empty: the test would prove nothing"
    assert record.holds(CANARY) == []
    assert record.holds("canario-invitado") == []
    for line in shown_by_the_diary(played):
        assert record.holds(line) == [], line


def shown_by_the_diary(played: Played) -> list[str]:
    """Lines of the diary's messages that a mind might have been handed: times, summaries, choices."""
    answers = [line.text for line in played.lines if line.who == "counter"]
    taps = [line.text for line in played.lines if line.who == "customer taps"]
    lines = [
        part.strip() for text in answers for part in text.replace("[", "\n").replace("]", "\n").split("\n")
    ]
    wanted = {line for line in (*lines, *taps) if any(c.isdigit() for c in line) and len(line) > 8}
    assert len(wanted) > 5
    return sorted(wanted)


def test_who_is_a_member_never_reaches_the_mind(stage: Theatre, record: Record, tmp_path: Path) -> None:
    (tmp_path / "members.csv").write_text(MEMBERS, encoding="utf-8")
    one = stage.plays["peluqueria"]
    services = tuple(replace(service, members_only=True) for service in one.shop.services)
    shop = replace(one.shop, services=services)
    stage = replace(stage, plays={"peluqueria": replace(one, shop=shop, folder=tmp_path)})

    def members_only(scene: Scene) -> None:
        from calendar_sync.shop.store import deliver

        with scene.house.edge.database.transaction(scene.play.merchant) as session:
            deliver(session, scene.play.merchant, shop, NOW)

    turn = ScriptTurn(
        text="quiero reservar un corte de dama para el jueves a las 3 de la tarde", expect=Expect()
    )
    played = perform(stage, script(turn), members_only)
    assert played.states == {"not_member"}, played.lines
    assert record.holds(CANARY) == []
    replies = " ".join(line.text for line in played.lines)
    assert "Zoila" not in replies
    assert CANARY not in replies
