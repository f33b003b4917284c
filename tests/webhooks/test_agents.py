from datetime import timedelta
from uuid import UUID

from kernel.ids import CustomerId
from tests.webhooks.houses import House
from webhooks import agents, customers
from webhooks.conversation import hand_back, held
from webhooks.models import ConversationRow


def conversation_of(house: House) -> UUID:
    ((found,),) = house.ask("select id from webhooks.conversation")
    assert isinstance(found, UUID)
    return found


def say(house: House, words: str) -> UUID | None:
    with house.edge.database.transaction(house.merchant) as session:
        conversation = held(session, conversation_of(house))
        assert conversation is not None
        return agents.say(session, house.edge, conversation, words, actor="ana@shop.example")


def test_a_person_writes_and_the_assistant_is_silent_until_it_is_handed_back(house: House) -> None:
    house.say("hola")
    house.work()
    say(house, "Hola, soy Ana")
    house.say("¿me ayudas?")
    house.work(until=timedelta(seconds=1))
    assert house.meta.texts == ["re: hola", "Hola, soy Ana"]
    with house.edge.database.transaction(house.merchant) as session:
        conversation = session.get_one(ConversationRow, conversation_of(house))
        hand_back(session, house.edge, conversation, actor="ana@shop.example")
    house.say("gracias")
    house.work()
    assert house.meta.texts[-1] == "re: gracias"
    actions = house.ask("select action, actor from kernel.ledger order by sequence")
    assert actions == [
        ("conversation taken over", "ana@shop.example"),
        ("conversation handed back", "ana@shop.example"),
    ]


def test_to_an_erased_customer_nothing_can_be_written(house: House) -> None:
    house.say("hola")
    house.work()
    ((customer,),) = house.ask("select id from webhooks.customer")
    with house.edge.database.transaction(house.merchant) as session:
        customers.erase(session, CustomerId(customer))
    assert say(house, "Hola") is None
