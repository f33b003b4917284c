from datetime import timedelta

import pytest

from kernel.ids import CustomerId
from tests.webhooks import payloads
from tests.webhooks.houses import House
from webhooks import customers
from webhooks.messages import Address
from webhooks.models import CustomerRow
from webhooks.people import Person

BOTH = Person(wa_id=payloads.WA_ID, user_id=payloads.USER_ID, name="Ana")
NUMBER = Person(wa_id=payloads.WA_ID)
HIDDEN = Person(user_id=payloads.USER_ID)


def resolve(house: House, person: Person) -> CustomerRow:
    with house.edge.database.transaction(house.merchant) as session:
        return customers.resolve(session, house.edge, house.merchant, person)


def address(house: House, customer: CustomerRow) -> Address:
    with house.edge.database.transaction(house.merchant) as session:
        return customers.address_of(session, house.edge, session.get_one(CustomerRow, customer.id))


@pytest.mark.parametrize("person", [BOTH, NUMBER, HIDDEN])
def test_the_same_ids_are_the_same_customer(house: House, person: Person) -> None:
    first = resolve(house, person)
    assert resolve(house, person).id == first.id
    house.clock.advance(timedelta(days=3))
    assert resolve(house, person).id == first.id
    assert address(house, first) == Address(wa_id=person.wa_id, user_id=person.user_id)


def test_a_customer_first_seen_by_number_is_found_by_the_user_id_learnt_later(house: House) -> None:
    first = resolve(house, NUMBER)
    assert resolve(house, BOTH).id == first.id
    assert resolve(house, HIDDEN).id == first.id


def test_two_customers_that_turn_out_to_be_one_are_merged_into_the_older(house: House) -> None:
    older = resolve(house, NUMBER)
    house.clock.advance(timedelta(minutes=1))
    younger = resolve(house, HIDDEN)
    assert younger.id != older.id
    assert resolve(house, BOTH).id == older.id
    assert resolve(house, HIDDEN).id == older.id
    assert address(house, younger) == Address(wa_id=payloads.WA_ID, user_id=payloads.USER_ID)


def test_who_opted_out_stays_out_when_merged(house: House) -> None:
    older = resolve(house, NUMBER)
    house.clock.advance(timedelta(minutes=1))
    with house.edge.database.transaction(house.merchant) as session:
        younger = customers.resolve(session, house.edge, house.merchant, HIDDEN)
        younger.opted_out_at = house.clock.now()
    assert resolve(house, BOTH).id == older.id
    assert house.ask("select opted_out_at is null from webhooks.customer where id = %s", older.id) == [
        (False,)
    ]


def test_a_changed_number_leads_to_the_same_customer_and_the_old_one_to_nobody(house: House) -> None:
    first = resolve(house, BOTH)
    new = Person(wa_id="573009998877", user_id="CO.99998888777766665555")
    with house.edge.database.transaction(house.merchant) as session:
        customers.rename(session, house.edge, house.merchant, BOTH, new)
    assert resolve(house, new).id == first.id
    assert resolve(house, Person(wa_id=payloads.WA_ID)).id != first.id
    assert address(house, first).wa_id == "573009998877"


def test_a_changed_user_id_leads_to_the_same_customer(house: House) -> None:
    first = resolve(house, HIDDEN)
    new = Person(user_id="CO.5")
    house.clock.advance(timedelta(seconds=1))
    with house.edge.database.transaction(house.merchant) as session:
        customers.rename(session, house.edge, house.merchant, HIDDEN, new)
    assert resolve(house, new).id == resolve(house, HIDDEN).id == first.id


def test_an_erased_person_has_no_name_no_address_and_no_readable_words(house: House) -> None:
    house.say("secreto")
    house.work()
    first = resolve(house, BOTH)
    with house.edge.database.transaction(house.merchant) as session:
        customers.erase(session, CustomerId(first.id))
    assert address(house, first) == Address()
    assert resolve(house, BOTH).id != first.id, "who comes back is somebody new"
    with house.edge.database.transaction(house.merchant) as session:
        assert customers.name_of(house.edge, session.get_one(CustomerRow, first.id)) is None


def test_a_message_to_an_erased_person_never_leaves(house: House) -> None:
    house.say("hola")
    house.mind.asleep = True
    house.work()
    with house.edge.database.transaction(house.merchant) as session:
        customers.erase(session, CustomerId(resolve(house, BOTH).id))
    house.mind.asleep = False
    ((turn,),) = house.ask("select id from assistant.turn")
    house.mind.read(house.merchant, turn)
    house.work()
    assert house.meta.texts == []


def test_the_name_is_sealed_and_read_again(house: House) -> None:
    assert customers.name_of(house.edge, resolve(house, BOTH)) == "Ana"


def test_whatsapp_saying_that_the_number_changed_keeps_the_conversation(house: House) -> None:
    house.say("hola")
    house.work()
    system = {"type": "user_changed_number", "wa_id": "573009998877", "body": "x"}
    house.hear(payloads.messages_body(payloads.message("wamid.S", type="system", system=system)))
    house.work()
    said = {**payloads.text("wamid.N", "¿sigues ahí?"), "from": "573009998877"}
    house.hear(payloads.messages_body(said))
    house.work()
    assert house.ask("select count(*) from webhooks.conversation") == [(1,)]
    assert house.meta.accepted[-1]["to"] == "+573009998877"
