
from tests.webhooks import payloads
from tests.webhooks.houses import House


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
