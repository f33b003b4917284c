"""Every builder makes what the reference schema accepts, and what the authored samples look like."""

from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox.meta import payloads
from sandbox.meta.models import Json, MediaId, Status, StoredMedia, Wamid
from sandbox.meta.refusals import Refusal
from tests.sandbox.cast import CAMILO, CLINIC, DANA, SALON
from tests.sandbox.products import values
from tests.sandbox.references import assert_valid, examples, reference, required_folder

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
OUT = Wamid("wamid.SYNTHOUT0004")
PHOTO = StoredMedia(
    media_id=MediaId("500000000000020"),
    phone_number_id=SALON.phone_number_id,
    mime_type="image/jpeg",
    content=b"photo",
    expires_at=NOON,
    filename="invoice.pdf",
)
VOICE = StoredMedia(
    media_id=MediaId("500000000000024"),
    phone_number_id=SALON.phone_number_id,
    mime_type="audio/ogg; codecs=opus",
    content=b"voice",
    expires_at=NOON,
)
CHANNEL = payloads.Channel.of(SALON)
SHOWN = payloads.Party.of(DANA, SALON, shows_number=True)
HIDDEN = payloads.Party.of(CAMILO, SALON, shows_number=False)

# Which authored sample each content imitates: its message must have the same keys, all the way down.
TWINS: dict[str, Json] = {
    "text": payloads.text("Hi"),
    "interactive_button_reply": payloads.button_reply("slot:1", "Mon"),
    "interactive_list_reply": payloads.list_reply("slot:1", "Mon", "60 min"),
    "interactive_list_reply_no_description": payloads.list_reply("svc:cut", "Haircut"),
    "interactive_nfm_reply": payloads.flow_reply({"flow_token": "tok-1"}),
    "button_without_context": payloads.button("confirm:appt_1", "Confirm"),
    "image_caption_url": payloads.media("image", PHOTO, url="https://x", caption="My hair"),
    "image_no_url": payloads.media("image", PHOTO),
    "video": payloads.media("video", PHOTO, url="https://x", caption="clip"),
    "document": payloads.media("document", PHOTO, url="https://x", caption="see"),
    "audio_voice_note": payloads.media("audio", VOICE, url="https://x"),
    "audio_file": payloads.media("audio", PHOTO, url="https://x"),
    "sticker_static": payloads.media("sticker", PHOTO, url="https://x"),
    "location_current": payloads.location(38.9, -77.0),
    "contacts_from_contact_request": payloads.contacts("Dana Example", "12025550188", asked_for=True),
    "reaction_add": payloads.reaction(OUT, "👍"),
    "reaction_remove_emoji_empty": payloads.reaction(OUT, ""),
    "reaction_remove_emoji_absent": payloads.reaction(OUT, None),
    "order": payloads.order(
        "300",
        [_item := {"product_retailer_id": "1", "quantity": 2, "item_price": 30, "currency": "USD"}],
        "two",
    ),
    "system_user_changed_number": payloads.number_changed("Dana", "1", "2", "US.9"),
    "system_user_changed_user_id": payloads.user_id_changed("Dana", "US.9"),
    "system_customer_identity_changed": payloads.identity_changed(1795305600),
    "edit_text": payloads.edit(Wamid("wamid.SYNTH0001"), payloads.text("at 4")),
    "revoke": payloads.revoke(Wamid("wamid.SYNTH0001")),
    "request_welcome": payloads.request_welcome(),
    "unsupported_untyped": payloads.unsupported(),
    "unsupported_typed": payloads.unsupported("poll"),
    "unsupported_131060": payloads.unsupported(code=131060),
    "type_never_seen_before": payloads.never_seen_before(),
}


def said(content: Json, party: payloads.Party = SHOWN, **more: Any) -> payloads.Item:
    return payloads.inbound(CHANNEL, party, content, wamid="wamid.SYNTH0001", at=NOON, **more)


def shape(value: object) -> object:
    if isinstance(value, dict):
        return {key: shape(each) for key, each in sorted(value.items())}
    return [shape(value[0])] if isinstance(value, list) else type(value).__name__


@pytest.mark.parametrize("party", [SHOWN, HIDDEN], ids=["shown", "hidden"])
@pytest.mark.parametrize("name", TWINS)
def test_every_content_makes_a_valid_webhook(name: str, party: payloads.Party) -> None:
    assert_valid("whatsapp_webhook", payloads.envelope([said(TWINS[name], party)]))


@pytest.mark.parametrize("name", TWINS)
def test_every_content_has_the_keys_of_its_authored_sample(name: str) -> None:
    sample = values(reference(f"whatsapp_webhooks/authored/{name}.json"))[0]["messages"][0]
    [message] = values(payloads.envelope([said(TWINS[name])]))[0]["messages"]
    kind = message["type"]
    assert shape(message.get(kind)) == shape(sample.get(kind))
    assert ("errors" in message, "identity" in message) == ("errors" in sample, "identity" in sample)


def test_a_hidden_number_is_absent_and_not_empty() -> None:
    [value] = values(payloads.envelope([said(payloads.text("hi"), HIDDEN)]))
    assert "from" not in value["messages"][0]
    assert value["messages"][0]["from_user_id"] == CAMILO.user_id_for(SALON)
    assert value["contacts"] == [
        {"profile": {"name": "Camilo", "username": CAMILO.username}, "user_id": CAMILO.user_id_for(SALON)}
    ]


def test_the_same_person_has_another_user_id_in_another_portfolio() -> None:
    assert CAMILO.user_id_for(SALON) != CAMILO.user_id_for(CLINIC)


def test_a_reply_names_the_merchant_and_the_message() -> None:
    [value] = values(payloads.envelope([said(payloads.text("sí"), reply_to=OUT)]))
    assert value["messages"][0]["context"] == {"from": SALON.display_phone_number, "id": OUT}


def test_a_message_may_come_with_a_failure_beside_it() -> None:
    item = said(payloads.interactive_without_body(), errors=[Refusal(131000)])
    payload = payloads.envelope([item])
    assert_valid("whatsapp_webhook", payload)
    assert values(payload)[0]["errors"][0]["code"] == 131000


@pytest.mark.parametrize("step", [Status.SENT, Status.DELIVERED, Status.READ, Status.PLAYED])
@pytest.mark.parametrize("party", [SHOWN, HIDDEN], ids=["shown", "hidden"])
def test_every_status_is_valid(step: Status, party: payloads.Party) -> None:
    item = payloads.status(
        CHANNEL, party, step, wamid=OUT, at=NOON, callback_data="outbox:1", category="service"
    )
    payload = payloads.envelope([item])
    assert_valid("whatsapp_webhook", payload)
    assert values(payload)[0]["statuses"][0]["biz_opaque_callback_data"] == "outbox:1"


def test_a_sent_status_is_that_of_v24() -> None:
    item = payloads.status(CHANNEL, SHOWN, Status.SENT, wamid=OUT, at=NOON, category="service")
    sample = values(reference("whatsapp_webhooks/authored/status_sent_v24plus.json"))[0]
    built = values(payloads.envelope([item]))[0]
    assert shape(built) == shape(sample)


def test_a_failed_status_has_errors_and_no_contacts() -> None:
    party = payloads.Party(name="", wa_id=DANA.phone)
    item = payloads.status(
        CHANNEL, party, Status.FAILED, wamid=OUT, at=NOON, failure=Refusal(131026, "Message Undeliverable.")
    )
    payload = payloads.envelope([item])
    assert_valid("whatsapp_webhook", payload)
    sample = values(reference("whatsapp_webhooks/authored/status_failed_131026_undeliverable.json"))[0]
    assert values(payload)[0]["statuses"][0]["errors"] == sample["statuses"][0]["errors"]
    assert "contacts" not in values(payload)[0]


def test_an_envelope_groups_by_account_number_and_lane() -> None:
    other = payloads.inbound(payloads.Channel.of(CLINIC), SHOWN, payloads.text("c"), wamid="wamid.C", at=NOON)
    items = [
        said(payloads.text("a")),
        payloads.status(CHANNEL, SHOWN, Status.READ, wamid=OUT, at=NOON),
        other,
        said(payloads.text("b"), HIDDEN),
        payloads.value_error(CHANNEL, Refusal(130429)),
    ]
    payload = payloads.envelope(items)
    assert_valid("whatsapp_webhook", payload)
    lanes = [sorted({"messages", "statuses", "errors"} & set(value)) for value in values(payload)]
    assert lanes == [["messages"], ["statuses"], ["errors"], ["messages"]]
    assert len(values(payload)[0]["contacts"]) == 2


@pytest.mark.parametrize("name", examples("whatsapp_webhooks/authored", "*.json"))
def test_the_authored_samples_themselves_satisfy_the_schema(name: str) -> None:
    required_folder("whatsapp_webhooks/authored")
    assert_valid("whatsapp_webhook", reference(f"whatsapp_webhooks/authored/{name}"))
