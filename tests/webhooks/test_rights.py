import pytest

from tests.webhooks.houses import House
from webhooks.phrases import phrase


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("BAJA", "opt_out"),
        ("borren mis datos", "erase"),
        ("¿qué datos tienen de mí?", "export"),
        ("alta", "opt_in"),
    ],
)
def test_a_right_is_written_down_once_confirmed_and_never_read_by_the_mind(
    house: House, said: str, kind: str
) -> None:
    house.say(said)
    house.work()
    assert house.meta.texts == [phrase(kind, "es")]
    assert house.ask("select kind from webhooks.person_request") == [(kind,)]
    assert house.ask("select action from kernel.ledger") == [("right used",)]
    assert house.mind.turns == []


def test_opting_out_and_in_again_is_kept_with_the_customer(house: House) -> None:
    house.say("stop")
    house.work()
    assert house.ask("select opted_out_at is not null from webhooks.customer") == [(True,)]
    house.say("start")
    house.work()
    assert house.ask("select opted_out_at is not null from webhooks.customer") == [(False,)]


def test_a_question_that_holds_the_word_is_answered_as_a_question(house: House) -> None:
    house.say("¿baja el precio?")
    house.work()
    assert house.meta.texts == ["re: ¿baja el precio?"]
    assert house.ask("select count(*) from webhooks.person_request") == [(0,)]


def test_asking_for_a_person_is_told_to_the_merchant_once(house: House) -> None:
    house.say("quiero hablar con una persona")
    house.say("asesor")
    house.work()
    assert set(house.meta.texts) == {phrase("person", "es")}
    assert house.ask("select count(*) from webhooks.conversation where person_wanted_at is not null") == [
        (1,)
    ]
    assert house.ask("select count(*) from kernel.ledger where action = 'person wanted'") == [(1,)]


def test_a_control_and_a_question_in_one_burst_are_both_served(house: House) -> None:
    house.say("stop", "¿a qué hora abren?")
    house.work()
    assert sorted(house.meta.texts) == sorted([phrase("opt_out", "es"), "re: ¿a qué hora abren?"])
