"""The same work done by several workers at once: locks hold, nothing is done twice, nothing waits for ever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from tests.webhooks import payloads
from tests.webhooks.houses import RUNNERS, House


def run_all_at_once(house: House, *, times: int = 2) -> None:
    """Every job there is, each several times, on four threads; the jobs are removed first."""
    found = house.ask("delete from jobs.procrastinate_jobs returning task_name, args")
    calls: list[Callable[[], Any]] = [
        partial(RUNNERS[task], house, args)
        for task, args in found
        # The mind's lock keeps its jobs apart; here it is the edge that is tried.
        for _ in range(times if task.startswith("webhooks:") else 1)
    ]
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(call) for call in calls]:
            done.result(timeout=60)


def test_workers_that_take_in_the_same_customer_at_once_make_one_customer_and_one_reply(house: House) -> None:
    hidden = {"from_user_id": payloads.USER_ID, "id": "wamid.H", "timestamp": str(payloads.SECONDS)}
    bodies = [
        payloads.messages_body(payloads.text("wamid.A", "hola")),
        payloads.messages_body({**hidden, "type": "text", "text": {"body": "¿abren?"}}),
        payloads.messages_body(payloads.text("wamid.B", "¿y mañana?")),
    ]
    for body in bodies:
        house.hear(body)
    run_all_at_once(house, times=3)
    house.work()
    assert house.ask("select count(*) from webhooks.customer where merged_into is null") == [(1,)]
    said = "\n".join(house.meta.texts)
    assert sorted(line for line in said.replace("re: ", "").split("\n")) == ["hola", "¿abren?", "¿y mañana?"]


def test_a_message_that_two_workers_send_at_once_is_sent_once(house: House) -> None:
    house.say("hola")
    for _ in range(3):
        run_all_at_once(house, times=3)
    house.work()
    assert house.meta.texts == ["re: hola"]
    assert house.states() == ["accepted"]


def test_statuses_settled_by_several_workers_end_as_the_highest(house: House) -> None:
    for number in range(5):
        house.say(f"pregunta {number}")
        house.work()
    for word in ("delivered", "sent", "read"):
        house.hear(house.meta.statuses(word))
    run_all_at_once(house, times=3)
    house.work()
    assert house.states() == ["read"] * 5
