import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from app.commands.understand import show_understanding
from app.evaluation.intents import evaluate_intents, predict, read_cases
from assistant.understanding.reader import Understander
from assistant.understanding.values import Message

FOLDER = Path(__file__).parent / "intent_cases"
BY_SIGNS = Understander()


@pytest.fixture
def out():
    return Console(file=io.StringIO(), width=140, highlight=False)


def test_cases_are_read_with_their_merchant_and_its_time():
    first, *_, last = read_cases(FOLDER)
    assert first.now.isoformat() == "2026-11-17T10:00:00-05:00"
    assert [one.id for one in first.shop.words.people] == ["s1"]
    assert last.appointment is not None


def test_a_prediction_is_a_line_of_the_scorers_format():
    row = predict(read_cases(FOLDER)[0], BY_SIGNS)
    assert row == {"id": "t1", "intents": ["book"], "slots": {"service": "tinte completo", "staff": "Ramiro"}}


def test_an_hour_later_is_resolved_against_the_appointment():
    case = next(case for case in read_cases(FOLDER) if case.appointment)
    assert predict(case, BY_SIGNS)["slots"]["when"] == {"start": "2026-11-18T16:00:00", "grain": "minute"}


def test_predictions_are_written_and_tables_printed(tmp_path, out):
    file = tmp_path / "predictions.jsonl"
    evaluate_intents(out, FOLDER, BY_SIGNS, file, show=5)
    assert [json.loads(line)["id"] for line in file.read_text().splitlines()] == ["t1", "t2", "t3", "t4"]
    assert "4 messages; intents: micro F1" in out.file.getvalue()


def test_what_was_understood_is_shown_with_its_evidence(out):
    case = read_cases(FOLDER)[0]
    message = Message(text="agéndame un tinte completo", now=case.now)
    show_understanding(out, BY_SIGNS.understand(message, case.shop), case.now)
    text = out.file.getvalue()
    assert text.startswith("book ")
    assert '"said": "tinte completo"' in text
    assert "signs:" in text
