"""Every kind of message has a face, known or not."""

from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox.meta import payloads
from sandbox.meta.models import ChatMessage, Direction, Json, Wamid
from sandbox.meta.store import Store
from sandbox.phone.bubbles import bubble
from tests.sandbox.cast import DANA, SALON, settings
from tests.sandbox.references import examples, reference


def shown(content: Json, direction: Direction = Direction.INBOUND, **more: Any) -> Json:
    message = ChatMessage(
        wamid=Wamid("wamid.1"),
        sequence=1,
        direction=direction,
        phone_number_id=SALON.phone_number_id,
        customer=DANA.key,
        sent_at=datetime(2026, 11, 23, tzinfo=UTC),
        content=content,
        **more,
    )
    store = Store(settings())
    store.keep(message)
    return bubble(message, store)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (payloads.text("hola"), "hola"),
        (payloads.button_reply("a", "Sí"), "Sí"),
        (payloads.list_reply("a", "3 p. m.", "con Alex"), "3 p. m."),
        (payloads.button("confirm", "Confirmar"), "Confirmar"),
        (payloads.location(4.6, -74.0, name="Parque"), "Parque"),
        (payloads.contacts("Ana Gil", "573005550100"), "Ana Gil"),
        (payloads.never_seen_before(), "[hologram]"),
        (payloads.interactive_without_body(), ""),
        ({"type": "text"}, "[text]"),
        ({"type": "image", "image": None}, "[image]"),
    ],
)
def test_a_customers_message_is_read_first_by_its_words(content: Json, text: str) -> None:
    assert shown(content)["text"] == text


# Read receipts are no messages; templates are shown as rendered, which their own tests check.
MESSAGES = [
    each
    for each in examples("whatsapp_outbound/authored", "req_*.json")
    if not str(each.id).startswith(("req_read", "req_template"))
]


@pytest.mark.parametrize("name", MESSAGES)
def test_every_reference_request_has_a_face(name: str) -> None:
    request = reference(f"whatsapp_outbound/authored/{name}")
    found = shown({"type": request["type"], request["type"]: request[request["type"]]}, Direction.OUTBOUND)
    assert found["side"] == "merchant"
    assert found["text"] or found["kind"] in {"audio", "reaction"}


def test_a_reply_quotes_what_it_replies_to() -> None:
    assert shown(payloads.text("ese"), reply_to=Wamid("wamid.1"))["reply_to"] == {
        "id": "wamid.1",
        "text": "ese",
    }


def test_requests_for_a_place_or_a_number_can_be_tapped() -> None:
    for kind, choice in (("location_request_message", "location"), ("contact_request", "contact")):
        interactive = {"type": kind, "body": {"text": "¿Dónde?"}, "action": {"name": "x"}}
        found = shown({"type": "interactive", "interactive": interactive}, Direction.OUTBOUND)
        assert [each["kind"] for each in found["choices"]] == [choice]
