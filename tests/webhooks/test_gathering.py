"""What each kind of message becomes: a line, an answer, a change of who somebody is, or nothing to answer."""

from datetime import timedelta
from typing import Any

import pytest

from tests.webhooks import payloads
from tests.webhooks.houses import House
from tests.webhooks.samples import WEBHOOKS, needs_reference, sample_name, sample_paths
from webhooks.phrases import phrase


def hear(house: House, **content: Any) -> None:
    house.spoken += 1
    house.hear(payloads.messages_body(payloads.message(f"wamid.IN{house.spoken}", **content)))
    house.work(until=timedelta(seconds=1))


def lines(house: House) -> list[tuple[str, str, str]]:
    query = "select origin, kind, state from webhooks.line order by at, id"
    return [(origin, kind, state) for origin, kind, state in house.ask(query)]


AUDIO = {"type": "audio", "audio": {"id": "5", "mime_type": "audio/ogg", "voice": True}}
PICTURE = {"type": "image", "image": {"id": "5", "mime_type": "image/jpeg"}}


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (AUDIO, "cannot_audio"),
        (PICTURE, "cannot_image"),
        ({"type": "video", "video": {"id": "5"}}, "cannot_video"),
        ({"type": "document", "document": {"id": "5", "filename": "a.pdf"}}, "cannot_document"),
        ({"type": "location", "location": {"latitude": 4.6, "longitude": -74.1}}, "cannot_location"),
        ({"type": "contacts", "contacts": [{"name": {"formatted_name": "Sam"}}]}, "cannot_contacts"),
        (
            {
                "type": "order",
                "order": {"catalog_id": "1", "product_items": [{"product_retailer_id": "A", "quantity": 2}]},
            },
            "cannot_order",
        ),
        ({"type": "unsupported", "errors": [{"code": 131051}]}, "cannot_other"),
        ({"type": "hologram", "hologram": {"anything": True}}, "cannot_other"),
        ({"type": "unsupported", "errors": [{"code": 131060}]}, "resend"),
        ({"type": "interactive"}, "resend"),
        ({"type": "request_welcome"}, "welcome"),
    ],
)
def test_what_cannot_be_read_is_answered_politely_without_the_mind(
    house: House, content: dict[str, Any], key: str
) -> None:
    hear(house, **content)
    assert house.meta.texts == [phrase(key, "es")]
    assert house.mind.turns == []


@pytest.mark.parametrize(
    "content",
    [
        {"type": "sticker", "sticker": {"id": "5", "mime_type": "image/webp"}},
        {"type": "reaction", "reaction": {"message_id": "wamid.OUT1", "emoji": "👍"}},
        {"type": "reaction", "reaction": {"message_id": "wamid.OUT1"}},
        {"type": "system", "system": {"type": "customer_identity_changed", "body": "x"}},
        {"type": "revoke", "revoke": {"original_message_id": "wamid.never"}},
        {
            "type": "edit",
            "edit": {
                "original_message_id": "wamid.never",
                "message": {"type": "text", "text": {"body": "x"}},
            },
        },
        {"type": "text", "text": {"body": "hola a todos"}, "group_id": "G1"},
    ],
)
def test_what_asks_for_nothing_is_not_answered(house: House, content: dict[str, Any]) -> None:
    hear(house, **content)
    assert (house.meta.texts, house.mind.turns) == ([], [])


def test_a_caption_is_read_like_any_other_words(house: House) -> None:
    hear(house, type="image", image={"id": "5", "caption": "¿tienen este?"})
    assert house.meta.texts == ["re: ¿tienen este?"]


def test_a_voice_note_beside_a_question_is_mentioned_in_the_one_answer(house: House) -> None:
    one, other = payloads.text("wamid.1", "¿abren hoy?"), payloads.message("wamid.2", **AUDIO)
    house.hear(payloads.messages_body(one, other))
    house.work()
    assert house.meta.texts == [f"re: ¿abren hoy?\n\n{phrase('cannot_audio', 'es')}"]


def test_a_tapped_button_is_read_by_its_title(house: House) -> None:
    reply = {"type": "button_reply", "button_reply": {"id": "hours", "title": "Horarios"}}
    hear(house, type="interactive", interactive=reply)
    assert house.meta.texts == ["re: Horarios"]


def test_an_edited_line_that_still_waits_is_read_in_its_new_wording(house: House) -> None:
    first = payloads.text("wamid.1", "¿abren a las 3?")
    edit = {
        "original_message_id": "wamid.1",
        "message": {"type": "text", "text": {"body": "¿abren a las 4?"}},
    }
    house.hear(payloads.messages_body(first, payloads.message("wamid.2", type="edit", edit=edit)))
    house.work()
    assert house.meta.texts == ["re: ¿abren a las 4?"]


def test_a_line_deleted_before_it_was_read_is_not_answered_and_leaves_no_words(house: House) -> None:
    first = payloads.text("wamid.1", "ups")
    gone = payloads.message("wamid.2", type="revoke", revoke={"original_message_id": "wamid.1"})
    house.hear(payloads.messages_body(first, gone))
    house.work()
    assert house.meta.texts == []
    assert house.ask("select body, raw from webhooks.line") == [(None, None)]


def test_a_line_deleted_after_it_was_answered_loses_its_words(house: House) -> None:
    house.say("ups")
    house.work()
    hear(house, type="revoke", revoke={"original_message_id": "wamid.IN1"})
    assert house.ask("select body, raw from webhooks.line where origin = 'customer'") == [(None, None)]


def test_the_stored_raw_form_goes_once_it_was_taken_in(house: House) -> None:
    house.say("hola")
    assert house.ask("select raw is null from webhooks.inbound") == [(False,)]
    house.work()
    assert house.ask("select raw is null, taken_at is null from webhooks.inbound") == [(True, False)]


def test_an_item_that_cannot_be_digested_is_set_aside_and_the_customers_next_words_are_answered(
    house: House,
) -> None:
    house.say("hola")
    house.ask("update webhooks.inbound set raw = 'broken' returning id")
    house.say("¿abren hoy?")
    house.work()
    assert house.meta.texts == ["re: ¿abren hoy?"]
    assert house.ask("select reason from webhooks.inbound where reason is not null") == [("SealBroken",)]
    assert house.ask("select count(*) from jobs.procrastinate_jobs") == [(0,)]


@needs_reference
@pytest.mark.timeout(600)
def test_every_sample_of_the_reference_is_taken_in_without_a_job_left_over(house: House) -> None:
    for path in sample_paths():
        body = path.read_bytes()
        for number in set(_numbers(body)):
            house.ask(
                "insert into webhooks.number_route values (%s, 'sample', %s) on conflict do nothing returning waba_id",
                number,
                house.merchant,
            )
        house.hear(body)
    house.work()
    assert house.ask("select count(*) from webhooks.inbound where reason is not null") == [(0,)]
    assert house.ask("select count(*) from webhooks.inbound where taken_at is null") == [(0,)]
    assert [
        name for name in map(sample_name, sample_paths()) if not WEBHOOKS.joinpath(f"{name}.json").exists()
    ] == []


def _numbers(body: bytes) -> list[str]:
    import json

    document = json.loads(body)
    values = [change["value"] for entry in document["entry"] for change in entry["changes"]]
    return [value["metadata"]["phone_number_id"] for value in values if "metadata" in value]


def echo(house: House, body: str, *, at: int | None = None, to: str = payloads.WA_ID) -> None:
    house.spoken += 1
    seconds = int(house.clock.now().timestamp()) if at is None else at
    said = {
        "from": payloads.DISPLAY,
        "to": to,
        "to_user_id": payloads.USER_ID,
        "id": f"wamid.ECHO{house.spoken}",
        "timestamp": str(seconds),
        "type": "text",
        "text": {"body": body},
    }
    change = payloads.change(field="smb_message_echoes", message_echoes=[said])
    house.hear(payloads.encoded(payloads.delivery(change)))


def test_the_owner_typing_on_their_phone_takes_the_conversation_over(house: House) -> None:
    house.say("hola")
    house.work()
    echo(house, "ya te atiendo yo")
    house.work(until=timedelta(seconds=1))
    house.say("gracias, ¿cuánto vale?")
    house.work(until=timedelta(seconds=1))
    assert house.meta.texts == ["re: hola"]
    assert [(origin, state) for origin, _, state in lines(house)] == [
        ("customer", "turned"),
        ("answer", "said"),
        ("agent", "said"),
        ("customer", "person"),
    ]
    house.clock.advance(timedelta(minutes=31))
    house.say("¿y mañana?")
    house.work()
    assert house.meta.texts == ["re: hola", "re: ¿y mañana?"]


def test_an_answer_made_before_the_owner_took_over_is_discarded(house: House) -> None:
    house.say("hola")
    house.mind.asleep = True
    house.work()
    echo(house, "hola, dime")
    house.work(until=timedelta(seconds=1))
    house.mind.asleep = False
    ((turn,),) = house.ask("select id from assistant.turn")
    house.mind.read(house.merchant, turn)
    house.work()
    assert (house.meta.texts, house.states()) == ([], ["discarded"])
    assert house.ask("select reason from webhooks.outbox") == [("taken_over",)]


def test_a_late_echo_of_long_ago_is_written_down_but_takes_nothing_over(house: House) -> None:
    echo(house, "de ayer", at=int(house.clock.now().timestamp()) - 86_400)
    house.say("hola")
    house.work()
    assert house.meta.texts == ["re: hola"]


def test_an_echo_of_what_we_sent_ourselves_is_no_takeover(house: House) -> None:
    house.say("hola")
    house.work()
    change = payloads.change(
        field="smb_message_echoes",
        message_echoes=[
            {
                "to": payloads.WA_ID,
                "id": "wamid.OUT1",
                "timestamp": str(payloads.SECONDS),
                "type": "text",
                "text": {"body": "re: hola"},
            }
        ],
    )
    house.hear(payloads.encoded(payloads.delivery(change)))
    house.say("¿abren?")
    house.work()
    assert house.meta.texts == ["re: hola", "re: ¿abren?"]
