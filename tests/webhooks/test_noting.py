from typing import Any

import pytest

from tests.webhooks import payloads
from tests.webhooks.houses import House


def note(house: House, field: str, value: dict[str, Any]) -> None:
    house.hear(payloads.encoded(payloads.delivery({"field": field, "value": value})))
    house.work()


def number(house: House) -> tuple[Any, ...]:
    return house.ask("select stopped_reason, token is null, paused_until is null from webhooks.number")[0]


@pytest.mark.parametrize("event", ["PARTNER_APP_UNINSTALLED", "PARTNER_REMOVED", "ACCOUNT_DELETED"])
def test_withdrawn_access_stops_the_number_and_destroys_its_token(house: House, event: str) -> None:
    note(house, "account_update", {"event": event, "waba_info": {"waba_id": payloads.WABA}})
    assert number(house) == (event, True, True)
    house.say("hola")
    house.work()
    assert house.meta.texts == []


def test_a_banned_account_stops_and_a_reinstated_one_runs_again(house: House) -> None:
    note(house, "account_update", {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "DISABLE"}})
    assert number(house)[0] == "DISABLED_UPDATE"
    note(house, "account_update", {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "REINSTATE"}})
    assert number(house)[0] is None


def test_an_event_that_needs_no_act_is_kept_as_it_came(house: House) -> None:
    note(house, "account_update", {"event": "AD_ACCOUNT_LINKED"})
    note(house, "never_heard_of", {"anything": [1]})
    assert number(house) == (None, False, True)
    assert house.ask(
        "select count(*) from webhooks.inbound where raw is not null and taken_at is not null"
    ) == [(2,)]


@pytest.mark.parametrize(("value", "stopped"), [("stop", True), ("resume", False)])
def test_whatsapps_switch_for_marketing_touches_marketing_only(
    house: House, value: str, stopped: bool
) -> None:
    preference = {
        "wa_id": payloads.WA_ID,
        "category": "marketing_messages",
        "value": value,
        "timestamp": 1795305600,
    }
    note(house, "user_preferences", {"user_preferences": [preference]})
    found = house.ask("select marketing_stopped_at is not null, opted_out_at is null from webhooks.customer")
    assert found == [(stopped, True)]


def test_a_new_user_id_leads_to_the_same_customer(house: House) -> None:
    house.say("hola")
    house.work()
    ids = {"previous": payloads.USER_ID, "current": "CO.777"}
    note(
        house,
        "user_id_update",
        {"user_id_update": [{"wa_id": payloads.WA_ID, "user_id": ids, "timestamp": "1795305600"}]},
    )
    said = {
        "from_user_id": "CO.777",
        "id": "wamid.N",
        "timestamp": str(payloads.SECONDS),
        "type": "text",
        "text": {"body": "¿y?"},
    }
    house.hear(payloads.messages_body(said))
    house.work()
    assert house.ask("select count(*) from webhooks.customer") == [(1,)]
    assert house.ask("select count(*) from webhooks.conversation") == [(1,)]


def test_a_throttle_told_about_the_whole_number_pauses_it(house: House) -> None:
    error = {"code": 130429, "title": "Rate limit hit"}
    house.hear(payloads.encoded(payloads.delivery(payloads.change(errors=[error]))))
    house.work()
    assert number(house)[2] is False


def test_a_change_is_acted_upon_once_however_often_its_job_runs(house: House) -> None:
    event = {"event": "PARTNER_REMOVED", "waba_info": {"waba_id": payloads.WABA}}
    for at in range(1, 4):
        house.plug.steps, house.plug.at = 0, at
        note(house, "account_update", event)
    assert house.ask("select count(*) from kernel.ledger") == [(1,)]
