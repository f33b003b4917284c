from datetime import timedelta
from uuid import UUID

from tests.webhooks.houses import House
from webhooks.bursts import BurstSettings
from webhooks.phrases import phrase
from webhooks.tasks import watch_overdue

WAITING = BurstSettings(quiet=timedelta(seconds=1), cap=timedelta(seconds=5))


def test_lines_of_one_burst_that_come_apart_make_one_turn(house: House) -> None:
    house.with_edge(bursts=WAITING)
    for line in ("hola", "cuánto vale la limpieza"):
        house.say(line)
        house.work(until=timedelta(milliseconds=400))
        house.clock.advance(timedelta(milliseconds=400))
    assert house.meta.texts == []
    house.work(until=timedelta(seconds=5))
    assert house.meta.texts == ["re: hola\ncuánto vale la limpieza"]


def test_an_alarm_is_set_for_the_moment_when_the_burst_should_be_over(house: House) -> None:
    rung: list[tuple[str, float]] = []
    house.with_edge(bursts=WAITING, ring=lambda queue, seconds: rung.append((queue, seconds)))
    house.say("cuánto vale la limpieza")
    house.work(until=timedelta(0))
    assert rung == [("edge", 1.0)]


def test_who_never_stops_typing_is_answered_at_the_cap(house: House) -> None:
    house.with_edge(bursts=WAITING)
    for number in range(12):
        house.say(f"linea {number} y")
        house.work(until=timedelta(milliseconds=900))
        house.clock.advance(timedelta(milliseconds=900))
    assert house.meta.texts, "nothing was answered within the cap"
    assert "linea 0 y" in house.meta.texts[0]


def test_a_kill_while_a_burst_is_waited_for_loses_nothing(house: House) -> None:
    house.with_edge(bursts=WAITING)
    house.say("cuánto vale")
    house.work(until=timedelta(0))
    house.plug.steps, house.plug.at = 0, 2
    house.work()
    assert house.meta.texts == ["re: cuánto vale"]


def leave_unread(house: House, line: str) -> UUID:
    """A line whose turn the mind does not read for three minutes."""
    house.mind.asleep = True
    house.say(line)
    house.work()
    house.clock.advance(timedelta(minutes=3))
    house.mind.asleep = False
    ((turn,),) = house.ask("select id from assistant.turn")
    assert isinstance(turn, UUID)
    return turn


def test_a_turn_that_the_mind_never_read_gets_an_apology_and_a_person(house: House) -> None:
    leave_unread(house, "primera")
    assert house.meta.texts == []
    for _ in range(2):
        watch_overdue(house.edge)
        house.work()
    assert house.meta.texts == [phrase("apology", "es")]
    assert house.ask("select person_wanted_at is not null from webhooks.conversation") == [(True,)]


def test_after_a_turn_was_given_up_the_next_line_is_read_with_it_as_context(house: House) -> None:
    leave_unread(house, "primera")
    house.say("segunda")
    house.work()
    assert house.meta.texts == [phrase("apology", "es"), "re: segunda"]
    assert house.mind.turns[-1].context == (("customer", "primera"),)


def test_a_reading_that_comes_after_its_turn_was_given_up_is_dropped(house: House) -> None:
    late = leave_unread(house, "primera")
    watch_overdue(house.edge)
    house.work()
    house.mind.read(house.merchant, late)
    house.work()
    assert house.meta.texts == [phrase("apology", "es")]
    assert house.ask("select count(*) from assistant.reading") == [(0,)]
    assert house.ask("select state from webhooks.turn") == [("abandoned",)]


def test_the_context_holds_no_line_of_a_person_or_of_the_calendar(house: House) -> None:
    house.say("hola")
    house.work()
    house.ask("update webhooks.line set origin = 'calendar' where origin = 'answer' returning id")
    house.say("¿y mañana?")
    house.work()
    assert house.mind.turns[-1].context == (("customer", "hola"),)


def test_an_answer_that_was_never_sent_is_no_context(house: House) -> None:
    house.say("hola")
    house.work()
    house.ask("update webhooks.outbox set state = 'discarded' returning id")
    house.say("¿y mañana?")
    house.work()
    assert house.mind.turns[-1].context == (("customer", "hola"),)
