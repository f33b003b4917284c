import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from app.evaluation.scripts import read_scripts

ROW = {
    "id": "x",
    "merchant": "m",
    "now": "2026-11-24T10:00",
    "given": {"customer": {"phone": None, "name": None}, "consent": "none", "appointments": [{"id": "a"}]},
    "calendar": {"busy": [{"start": "2026-11-25T09:00", "end": "2026-11-25T10:00", "staff": "s"}]},
    "turns": [
        {"user": "hola", "expect": {"any": ["a"], "none": ["b"], "state": {"is": "answered"}}},
        {"user": {"tap": "the first"}, "only_if": "slot"},
        {"event": "reminder", "appointment": "a", "now": "2026-11-25T10:00"},
    ],
    "final": {"bookings": [], "handoff": True},
}


def test_a_script_is_read_with_the_merchants_own_times(tmp_path: Path) -> None:
    file = tmp_path / "dialogues.jsonl"
    file.write_text(json.dumps(ROW) + "\n\n")
    (script,) = read_scripts(file, {"m": "America/Bogota"})
    assert script.now == datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("America/Bogota"))
    assert (script.phone, script.name, script.consent) == (None, None, "none")
    first, second, third = script.turns
    assert (first.text, first.expect.any, first.expect.state) == ("hola", ("a",), {"is": "answered"})
    assert (second.tap, second.only_if, second.text) == ("the first", "slot", None)
    assert (third.event, third.appointment) == ("reminder", "a")
    assert third.now == datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("America/Bogota"))
    assert script.final == {"bookings": [], "handoff": True}
