"""The whole way of a message through the edge, and what survives a kill at every step of it."""

import random
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from kernel.ids import MerchantId
from kernel.sealing import Sealer
from tests.webhooks import payloads
from tests.webhooks.houses import House, register_number
from webhooks.error_classes import ErrorClass
from webhooks.outcomes import Accepted, NotSent, Outcome, Refused, Unknown
from webhooks.tasks import route_reading, watch_overdue

Script = list[Outcome | Callable[[], Outcome]]


def test_a_question_becomes_one_answer_and_its_statuses_come_home(house: House) -> None:
    house.say("¿abren mañana?")
    house.work()
    assert house.meta.texts == ["re: ¿abren mañana?"]
    assert house.meta.accepted[0]["to"] == f"+{payloads.WA_ID}"
    assert house.meta.typed == ["wamid.IN1"]
    assert house.states() == ["accepted"]
    house.hear(house.meta.statuses("sent", "delivered", "read"))
    house.work()
    assert house.states() == ["read"]
    assert house.ask("select count(*) from webhooks.status") == [(3,)]
    assert house.ask("select count(*) from jobs.procrastinate_jobs") == [(0,)]


def test_nothing_of_what_was_said_or_of_the_number_lies_in_the_database_in_clear(house: House) -> None:
    house.say("palabras secretas")
    house.work()
    house.hear(house.meta.statuses("sent"))
    house.work()
    tables = house.ask("select table_name from information_schema.tables where table_schema = 'webhooks'")
    for (table,) in tables:
        for (row,) in house.ask(f"select t::text from webhooks.{table} as t"):
            for secret in ("secretas", payloads.WA_ID, payloads.USER_ID, "wamid", "token-for-tests"):
                assert secret not in row, table
                assert secret.encode().hex() not in row, table


def test_a_burst_of_short_lines_gets_one_reply(house: House) -> None:
    house.say("hola", "q hora cierran hoy", "y cuanto vale la limpieza")
    house.work()
    assert house.meta.texts == ["re: hola\nq hora cierran hoy\ny cuanto vale la limpieza"]


def test_lines_are_read_in_whatsapps_order_whatever_order_they_came_in(house: House) -> None:
    lines = [payloads.text(f"wamid.{n}", f"linea {n}", seconds=payloads.SECONDS + n) for n in range(5)]
    random.Random(7).shuffle(lines)
    for line in lines:
        house.hear(payloads.messages_body(line))
    house.work()
    assert house.meta.texts[0].startswith("re: linea 0\nlinea 1")


def test_duplicates_shuffles_and_resends_get_one_reply_per_turn(house: House) -> None:
    bodies = [payloads.messages_body(payloads.text(f"wamid.{n}", f"pregunta {n}")) for n in range(6)]
    deliveries = bodies * 3
    random.Random(11).shuffle(deliveries)
    for body in deliveries:
        house.hear(body)
        house.work()
    for body in bodies:
        house.hear(body)
    house.work()
    assert sorted(house.meta.texts) == [f"re: pregunta {n}" for n in range(6)]


def test_lines_that_come_while_the_mind_reads_make_the_next_turn(house: House) -> None:
    house.say("primera")
    house.mind.asleep = True
    house.work()
    house.say("segunda", "tercera")
    house.work()
    assert house.meta.texts == []
    house.mind.asleep = False
    ((turn,),) = house.ask("select id from assistant.turn")
    house.mind.read(house.merchant, turn)
    house.work()
    assert house.meta.texts == ["re: primera", "re: segunda\ntercera"]
    assert [turn.context for turn in house.mind.turns] == [
        (),
        (("customer", "primera"), ("answer", "re: primera")),
    ]


def run_once(house: House, at: int) -> list[str]:
    """A message, its answer and its statuses, with a kill at one step. Returns what the customer got."""
    merchant = MerchantId(uuid4())
    number = f"2{merchant.int % 10**14}"
    register_number(house.edge.database, house.edge.sealer, house.clock, merchant, number, f"1{number}")
    before = len(house.meta.accepted)
    house.plug.at, house.plug.steps = 0, 0
    line = payloads.text(f"wamid.{merchant}", "¿abren hoy?", seconds=int(house.clock.now().timestamp()))
    house.hear(payloads.messages_body(line, number_id=number))
    house.plug.at = at
    for _ in range(3):
        house.work(until=timedelta(seconds=1))
        if len(house.meta.accepted) > before:
            house.hear(house.meta.statuses("sent", number_id=number))
    house.work(until=timedelta(minutes=10))
    return [body["text"]["body"] for body in house.meta.accepted[before:]]


def test_a_kill_between_any_two_steps_still_gives_exactly_one_reply(house: House) -> None:
    assert run_once(house, at=0) == ["re: ¿abren hoy?"]
    steps = house.plug.steps
    assert steps > 15
    for at in range(1, steps + 1):
        assert run_once(house, at) == ["re: ¿abren hoy?"], (
            f"killed at step {at}: {house.plug.names[-steps:][at - 1]}"
        )
        assert set(house.states()) <= {"accepted"}
        assert house.ask("select count(*) from jobs.procrastinate_jobs") == [(0,)]


@pytest.mark.parametrize(
    ("script", "texts"),
    [
        ([Unknown("ReadTimeout")], 1),
        ([NotSent("ConnectError")] * 4, 1),
        ([Refused(code=131000, error_class=ErrorClass.TRANSIENT)] * 4, 1),
        ([Refused(code=131000, error_class=ErrorClass.TRANSIENT)] * 5, 0),
        ([Refused(code=131056, error_class=ErrorClass.PAIR_THROTTLE)] * 3, 1),
        ([Refused(code=130429, error_class=ErrorClass.NUMBER_THROTTLE)] * 3, 1),
        ([Refused(code=190, error_class=ErrorClass.AUTH)], 0),
        ([Refused(code=131026, error_class=ErrorClass.UNDELIVERABLE)], 0),
        ([Unknown("ReadTimeout")] * 3, 0),
    ],
)
def test_every_outcome_ends_with_at_most_one_message(house: House, script: Script, texts: int) -> None:
    house.meta.script = list(script)
    house.say("hola")
    house.work()
    assert len(house.meta.texts) == texts
    house.work(until=timedelta(days=2))
    assert len(house.meta.texts) == texts
    assert house.states() == (["accepted"] if texts else house.states())


def test_a_stopped_number_sends_what_waited_once_its_owner_reconnects(house: House, sealer: Sealer) -> None:
    house.meta.script = [Refused(code=190, error_class=ErrorClass.AUTH)]
    house.say("hola")
    house.work()
    assert house.states() == ["queued"]
    register = house.ask("select stopped_reason from webhooks.number")
    assert register == [("auth 190",)]
    house.reconnect()
    house.work()
    assert house.meta.texts == ["re: hola"]


def test_a_message_whose_answer_was_lost_waits_for_its_status_and_is_not_repeated(house: House) -> None:
    house.meta.loses_answers = 1
    house.say("hola")
    house.work(until=timedelta(seconds=5))
    assert (house.states(), house.meta.texts) == (["unknown"], ["re: hola"])
    house.hear(house.meta.statuses("delivered"))
    house.work()
    assert (house.states(), house.meta.texts) == (["delivered"], ["re: hola"])


def test_a_failed_status_that_may_get_better_is_tried_again(house: House) -> None:
    house.say("hola")
    house.work()
    failed = payloads.status("wamid.OUT1", "failed", errors=[{"code": 131016, "title": "unavailable"}])
    house.hear(payloads.statuses_body(failed))
    house.work()
    assert house.meta.texts == ["re: hola", "re: hola"]
    assert house.states() == ["accepted"]


def test_a_failed_status_that_will_not_get_better_is_final_even_if_delivered_follows(house: House) -> None:
    house.say("hola")
    house.work()
    failed = payloads.status("wamid.OUT1", "failed", errors=[{"code": 131047, "title": "window"}])
    house.hear(payloads.statuses_body(failed, payloads.status("wamid.OUT1", "delivered")))
    house.work()
    assert house.states() == ["failed"]
    assert house.ask("select reason, error_code from webhooks.outbox") == [("window_closed", 131047)]


def test_statuses_in_any_order_end_as_the_highest(house: House) -> None:
    house.say("hola")
    house.work()
    for word in ("read", "sent", "delivered"):
        house.hear(house.meta.statuses(word))
        house.work()
    assert house.states() == ["read"]


def test_the_tokens_of_two_merchants_are_never_mixed(house: House) -> None:
    house.say("hola")
    house.work()
    assert house.meta.tokens == {"token-for-tests"}


def test_outside_the_window_an_answer_is_discarded(house: House) -> None:
    house.say("hola")
    house.sleep(timedelta(hours=25))
    house.work()
    assert (house.meta.texts, house.states()) == ([], ["discarded"])


def test_accepted_with_another_number_is_remembered(house: House) -> None:
    house.meta.script = [Accepted(wamid="wamid.X", wa_id="5531900000001")]
    house.say("hola")
    house.work()
    assert house.ask("select count(*) from webhooks.alias where kind = 'wa_id'") == [(2,)]


LOSE = "delete from jobs.procrastinate_jobs returning id"


def test_work_that_has_lost_its_job_is_found_and_done(house: House) -> None:
    """Three times the jobs vanish: before the lines are taken in, before the reply leaves, before it settles."""
    house.say("hola")
    house.ask(LOSE)
    house.sleep(timedelta(minutes=16))
    watch_overdue(house.edge)
    house.mind.asleep = True
    house.work(until=timedelta(0))
    house.mind.asleep = False
    ((turn,),) = house.ask("select id from assistant.turn")
    house.mind.read(house.merchant, turn)
    route_reading(house.edge, house.merchant, turn)
    house.ask(LOSE)
    house.sleep(timedelta(minutes=16))
    watch_overdue(house.edge)
    house.work()
    assert house.meta.texts == ["re: hola"]
    house.hear(house.meta.statuses("read"))
    house.ask(LOSE)
    house.sleep(timedelta(minutes=16))
    watch_overdue(house.edge)
    house.work()
    assert house.states() == ["read"]


def test_an_earlier_attempt_that_failed_does_not_undo_a_later_one_that_was_taken_in(house: House) -> None:
    house.meta.loses_answers = 1
    house.say("hola")
    house.work()
    assert len(house.meta.accepted) == 2, "the answer was lost and no status came, so it was sent again"
    opaque = house.meta.accepted[0]["biz_opaque_callback_data"]
    failed = payloads.status(
        "wamid.OUT1", "failed", biz_opaque_callback_data=opaque, errors=[{"code": 131026}]
    )
    house.hear(payloads.statuses_body(failed))
    house.work()
    assert house.states() == ["accepted"]
