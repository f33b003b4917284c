"""Work passes between the edge and the diary once, sealed, and is not lost with a process that dies half-way."""

from dataclasses import replace
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.exc import ProgrammingError

from calendar_sync import states, tray
from calendar_sync.ids import OutcomeId
from calendar_sync.outcomes import Outcome
from calendar_sync.requests import Request
from kernel.errors import SealBroken
from kernel.ids import MerchantId
from kernel.jobs import Job
from kernel.sealing import Sealer, new_keyset
from tests.calendar_sync.conftest import Counter
from tests.calendar_sync.test_codec import OUTCOME, TURN

EDGE_JOB = Job(task="webhooks:pass_on", queue="edge", args={"outcome": "x"})
CANARY = "Frambuesa"


def asked(counter: Counter) -> Request:
    request = replace(TURN, merchant=counter.merchant, customer=replace(TURN.customer, name=CANARY))
    with counter.edge.transaction(counter.merchant) as session:
        tray.put_request(session, counter.sealer, request, counter.clock.now())
    return request


def answered(counter: Counter) -> Outcome:
    outcome = replace(OUTCOME, merchant=counter.merchant)
    with counter.diary.transaction(counter.merchant) as session:
        tray.put_outcome(session, counter.sealer, outcome, counter.clock.now(), EDGE_JOB)
    return outcome


def test_a_request_stays_in_its_tray_until_it_is_finished(counter: Counter) -> None:
    request = asked(counter)
    for _ in range(2):
        with counter.diary.transaction(counter.merchant) as session:
            assert tray.read_request(session, counter.sealer, counter.merchant, request.id) == request
    with counter.diary.transaction(counter.merchant) as session:
        assert tray.finish_request(session, request.id)
        assert not tray.finish_request(session, request.id)
    with counter.diary.transaction(counter.merchant) as session:
        assert tray.read_request(session, counter.sealer, counter.merchant, request.id) is None


def test_an_outcome_is_taken_once(counter: Counter) -> None:
    outcome = answered(counter)
    with counter.edge.transaction(counter.merchant) as session:
        assert tray.take_outcome(session, counter.sealer, counter.merchant, outcome.id) == outcome
        assert tray.take_outcome(session, counter.sealer, counter.merchant, outcome.id) is None


def test_laying_twice_is_harmless(counter: Counter) -> None:
    request = replace(TURN, merchant=counter.merchant)
    for _ in range(2):
        with counter.edge.transaction(counter.merchant) as session:
            tray.put_request(session, counter.sealer, request, counter.clock.now())
        answered(counter)
    with counter.diary.transaction(counter.merchant) as session:
        assert tray.finish_request(session, request.id)
        assert not tray.finish_request(session, request.id)


def test_jobs_and_tables_hold_no_word_of_the_customers(counter: Counter, administrator_url: str) -> None:
    asked(counter)
    answered(counter)
    with psycopg.connect(administrator_url) as connection:
        found = [
            *connection.execute("select r::text from calendar.request r").fetchall(),
            *connection.execute("select o::text from calendar.outcome o").fetchall(),
            *connection.execute("select args::text, lock from jobs.procrastinate_jobs").fetchall(),
        ]
    shown = str(found)
    assert len(found) == 4
    for word in (CANARY, "limpieza", "¿Cuál?"):
        assert word not in shown
        assert word.encode().hex() not in shown
    assert {key for row in found[2:3] for key in ("merchant", "request") if key in row[0]} == {
        "merchant",
        "request",
    }


def test_requests_of_one_conversation_are_worked_on_in_order(counter: Counter) -> None:
    job = tray.serve_job(counter.merchant, TURN.id, TURN.conversation_id)
    assert job.lock == f"diary|{TURN.conversation_id}"
    assert tray.serve_job(counter.merchant, TURN.id, None).lock == f"diary|{TURN.id}"
    assert set(job.args) == {"merchant", "request"}


def test_another_merchant_or_another_key_opens_nothing(counter: Counter) -> None:
    request = asked(counter)
    other = MerchantId(uuid4())
    with counter.diary.transaction(other) as session:
        assert tray.read_request(session, counter.sealer, other, request.id) is None
    with counter.diary.transaction(counter.merchant) as session:
        with pytest.raises(SealBroken):
            tray.read_request(session, Sealer(new_keyset()), counter.merchant, request.id)
        with pytest.raises(SealBroken):
            tray.read_request(session, counter.sealer, other, request.id)


def test_the_edge_never_reads_back_what_it_asked(counter: Counter) -> None:
    request = asked(counter)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        counter.edge.transaction(counter.merchant) as session,
    ):
        tray.read_request(session, counter.sealer, counter.merchant, request.id)


def test_the_diary_never_takes_its_own_outcomes(counter: Counter) -> None:
    outcome = answered(counter)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        counter.diary.transaction(counter.merchant) as session,
    ):
        tray.take_outcome(session, counter.sealer, counter.merchant, OutcomeId(outcome.id))


def test_what_a_conversation_remembers_is_sealed_and_replaced(
    counter: Counter, administrator_url: str
) -> None:
    conversation, now = uuid4(), counter.clock.now()
    with counter.diary.transaction(counter.merchant) as session:
        assert states.load_state(session, counter.sealer, counter.merchant, conversation) is None
        for state in (b"one", CANARY.encode()):
            states.save_state(session, counter.sealer, counter.merchant, conversation, state, now)
            assert states.load_state(session, counter.sealer, counter.merchant, conversation) == state
    with psycopg.connect(administrator_url) as connection:
        rows = str(connection.execute("select c::text from calendar.conversation c").fetchall())
    assert CANARY.encode().hex() not in rows
    with counter.diary.transaction(counter.merchant) as session:
        states.drop_state(session, conversation)
        assert states.load_state(session, counter.sealer, counter.merchant, conversation) is None
