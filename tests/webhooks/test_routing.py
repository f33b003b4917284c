from datetime import timedelta

import pytest

from tests.webhooks.houses import House
from webhooks.errors import NotYet
from webhooks.grounds import grounds_of
from webhooks.messages import TEXT_LIMIT, length
from webhooks.phrases import phrase
from webhooks.tasks import route_reading


def test_the_grounds_of_an_answer_can_be_read_again(house: House) -> None:
    house.say("hola")
    house.work()
    ((turn,),) = house.ask("select id from webhooks.turn")
    with house.edge.database.transaction(house.merchant) as session:
        grounds = grounds_of(session, house.edge, turn)
    assert grounds is not None
    assert grounds["sources"] == [{"citation": "faq:1", "title": "Precios"}]


def test_a_reading_that_wants_a_person_is_told_to_the_merchant(house: House) -> None:
    house.mind.handoff = True
    house.say("necesito ayuda con algo raro")
    house.work()
    assert house.ask("select person_wanted_at is not null from webhooks.conversation") == [(True,)]


def test_an_empty_reading_is_an_apology_and_a_person_is_wanted(house: House) -> None:
    house.mind.reply = lambda _text: " "
    house.say("hola")
    house.work()
    assert house.meta.texts == [phrase("apology", "es")]
    assert house.ask("select person_wanted_at is not null from webhooks.conversation") == [(True,)]


def test_who_calls_again_while_a_person_is_awaited_is_told_that_one_will_come(house: House) -> None:
    house.mind.handoff = True
    house.say("necesito ayuda con algo raro")
    house.work()
    house.mind.handoff = False
    house.mind.intents = lambda _text: ({"kind": "greeting"},)
    house.say("hola??")
    house.work()
    assert house.meta.texts[-1] == phrase("person_waits", "es")


def test_a_question_while_a_person_is_awaited_is_still_answered(house: House) -> None:
    house.mind.handoff = True
    house.say("necesito ayuda con algo raro")
    house.work()
    house.mind.intents = lambda _text: ({"kind": "question", "text": "precio?"},)
    house.say("precio?")
    house.work()
    assert house.meta.texts[-1] != phrase("person_waits", "es")


def test_a_reading_beyond_whatsapps_limit_is_one_message_within_it(house: House) -> None:
    house.mind.reply = lambda _text: "Una frase larga. " * 1000
    house.say("hola")
    house.work()
    (sent,) = house.meta.texts
    assert TEXT_LIMIT - 30 < length(sent) <= TEXT_LIMIT


def test_a_turn_without_its_reading_is_asked_for_again(house: House) -> None:
    house.mind.asleep = True
    house.say("hola")
    house.work(until=timedelta(0))
    ((turn,),) = house.ask("select id from webhooks.turn")
    with pytest.raises(NotYet):
        route_reading(house.edge, house.merchant, turn)


def test_the_language_of_the_reading_is_the_conversations(house: House) -> None:
    house.say("hola")
    house.work()
    house.say("y?")
    house.work()
    assert [turn.language for turn in house.mind.turns] == [None, "es"]
