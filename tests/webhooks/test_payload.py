import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.webhooks import payloads
from tests.webhooks.samples import authored, needs_reference, sample_name, sample_paths
from webhooks import contents
from webhooks.errors import Unreadable
from webhooks.fields import UnknownField
from webhooks.items import AccountError, Echo, InboundMessage, Item, OtherField, Status
from webhooks.payload import read_delivery
from webhooks.statuses import StatusKind


def only(body: bytes) -> Item:
    delivery = read_delivery(body)
    assert not delivery.poisoned
    (item,) = delivery.items
    return item


def only_message(body: bytes) -> InboundMessage:
    item = only(body)
    assert isinstance(item, InboundMessage)
    return item


@needs_reference
@pytest.mark.parametrize("path", sample_paths(), ids=sample_name)
def test_every_sample_is_read_whole_and_nothing_of_it_is_poisoned(path: Path) -> None:
    body = path.read_bytes()
    delivery = read_delivery(body)
    assert not delivery.poisoned
    assert len(delivery.items) == _count_items(json.loads(body))


def _count_items(document: dict[str, Any]) -> int:
    values = [(c["field"], c["value"]) for e in document["entry"] for c in e["changes"]]
    return sum(_count_of(field, value) for field, value in values)


def _count_of(field: str, value: dict[str, Any]) -> int:
    if field == "messages":
        return sum(len(value.get(key, [])) for key in ("messages", "statuses", "errors"))
    return len(value["message_echoes"]) if field == "smb_message_echoes" else 1


@needs_reference
@pytest.mark.parametrize("path", sample_paths(), ids=sample_name)
def test_only_the_kind_never_seen_before_is_unknown_among_the_messages(path: Path) -> None:
    for item in read_delivery(path.read_bytes()).items:
        if isinstance(item, InboundMessage | Echo):
            unknown = isinstance(item.content, contents.Unknown)
            assert unknown == (path.stem == "type_never_seen_before")


FIELDS_KEPT_AS_THEY_ARE = {
    "calls",
    "group_lifecycle_update",
    "group_participants_update",
    "group_settings_update",
}


@needs_reference
@pytest.mark.parametrize("path", sample_paths(), ids=sample_name)
def test_every_documented_field_has_a_type_of_its_own(path: Path) -> None:
    for item in read_delivery(path.read_bytes()).items:
        if isinstance(item, OtherField):
            assert isinstance(item.value, UnknownField) == (item.name in FIELDS_KEPT_AS_THEY_ARE)


@needs_reference
def test_a_text_carries_its_sender_moment_and_number() -> None:
    message = only_message(authored("text"))
    assert message.content == contents.Text("Hi, can I book a haircut tomorrow at 3?")
    assert (message.sender.wa_id, message.sender.user_id) == ("12025550188", "US.10203040506070809010")
    assert message.sender.name == "Dana Example"
    assert message.at == datetime.fromtimestamp(1795305601, UTC)
    assert message.entrance.phone_number_id == "200000000000001"


@needs_reference
def test_a_customer_without_a_number_is_known_by_the_user_id() -> None:
    sender = only_message(authored("text_username_no_phone")).sender
    assert sender.wa_id is None
    assert (sender.key, sender.username) == ("US.10203040506070809010", "dana.example")


@needs_reference
def test_a_message_from_before_user_ids_is_known_by_the_number() -> None:
    assert only_message(authored("text_pre_2026_no_bsuid")).sender.key == "12025550188"


@needs_reference
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("interactive_button_reply", contents.Tap("slot:2026-11-23T15:00Z", "Mon 3:00 PM")),
        ("interactive_body_missing_value_error", None),
        ("button_without_context", contents.TemplateTap("confirm:appt_1", "Confirm")),
        ("reaction_add", contents.Reaction("wamid.SYNTHOUT0004", "👍")),
        ("reaction_remove_emoji_absent", contents.Reaction("wamid.SYNTHOUT0004", None)),
        ("reaction_remove_emoji_empty", contents.Reaction("wamid.SYNTHOUT0004", None)),
        ("revoke", contents.Revoke("wamid.SYNTH0001")),
        ("request_welcome", contents.Welcome()),
        ("unsupported_typed", contents.Unsupported("poll")),
        (
            "edit_text",
            contents.Edit("wamid.SYNTH0001", contents.Text("Hi, can I book a haircut tomorrow at 4?")),
        ),
        (
            "system_user_changed_user_id",
            contents.System(
                kind=contents.SystemKind.USER_ID_CHANGED,
                body="User Dana Example has changed user id",
                user_id="US.99998888777766665555",
            ),
        ),
    ],
)
def test_contents_are_read_kind_by_kind(name: str, content: contents.Content | None) -> None:
    found = [i for i in read_delivery(authored(name)).items if isinstance(i, InboundMessage)]
    assert [message.content for message in found] == [content or contents.Unsupported("interactive")]


@needs_reference
def test_a_value_level_error_is_an_item_of_its_own() -> None:
    item = only(authored("value_level_error_130429"))
    assert isinstance(item, AccountError)
    assert item.error.code == 130429


@needs_reference
def test_a_failed_status_carries_its_error_and_a_callback_our_own_id() -> None:
    failed = only(authored("status_failed_131047_window"))
    ours = only(authored("status_with_opaque_callback"))
    assert isinstance(failed, Status)
    assert isinstance(ours, Status)
    assert (failed.kind, failed.errors[0].code) == (StatusKind.FAILED, 131047)
    assert ours.opaque == "outbox:0b6f"


@needs_reference
def test_an_echo_names_the_customer_it_went_to() -> None:
    echo = only(authored("smb_message_echo"))
    assert isinstance(echo, Echo)
    assert echo.recipient.wa_id == "12025550188"


@needs_reference
def test_a_batch_over_two_accounts_keeps_each_item_with_its_own_number() -> None:
    items = read_delivery(authored("batch_two_wabas_messages_and_statuses")).items
    assert [type(item).__name__ for item in items] == ["InboundMessage"] * 2 + ["Status", "InboundMessage"]
    assert len({item.entrance.waba_id for item in items}) == 2


def test_one_poisoned_item_is_set_aside_with_its_reason_and_the_others_go_on() -> None:
    broken = {"from": "1", "id": "wamid.2", "timestamp": "1", "type": "text", "text": {"body": ["no"]}}
    body = payloads.messages_body(payloads.text("wamid.1", "a"), broken, payloads.text("wamid.3", "b"))
    delivery = read_delivery(body)
    assert [item.id for item in delivery.items if isinstance(item, InboundMessage)] == ["wamid.1", "wamid.3"]
    assert [(item.reason, item.raw) for item in delivery.poisoned] == [("body: expected text", broken)]


def test_a_strange_display_name_does_not_cost_the_message() -> None:
    contact = {"wa_id": payloads.WA_ID, "profile": {"name": {"first": 5}}}
    body = payloads.encoded(
        payloads.delivery(payloads.change(contacts=[contact], messages=[payloads.text("wamid.1", "a")]))
    )
    assert only_message(body).sender.name is None


def test_lone_surrogates_and_nul_are_cleaned_out_of_text() -> None:
    content = only_message(payloads.messages_body(payloads.text("wamid.1", "a\ud800b\0c"))).content
    assert content == contents.Text("a?bc")


@pytest.mark.parametrize(
    "body", [b"", b"\xff", b"[]", b"null", b'"x"', b"{}", b'{"object":"page","entry":[]}', b"[" * 100_000]
)
def test_a_body_that_is_no_delivery_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_delivery(body)


def test_an_edit_within_an_edit_ends() -> None:
    inner: dict[str, Any] = {"type": "text", "text": {"body": "x"}}
    for _ in range(50):
        inner = {"type": "edit", "edit": {"original_message_id": "w", "message": inner}}
    content = only_message(payloads.messages_body(payloads.message("wamid.1", **inner))).content
    assert isinstance(content, contents.Edit)
    assert isinstance(content.content, contents.Unknown)


KEYS = st.sampled_from(
    [
        "id",
        "from",
        "from_user_id",
        "timestamp",
        "type",
        "text",
        "body",
        "image",
        "interactive",
        "button_reply",
        "list_reply",
        "reaction",
        "system",
        "edit",
        "message",
        "original_message_id",
        "contacts",
        "profile",
        "wa_id",
        "statuses",
        "messages",
        "errors",
        "value",
        "status",
        "order",
        "product_items",
        "location",
        "latitude",
        "longitude",
        "context",
        "referral",
        "message_echoes",
        "to",
        "user_preferences",
        "event",
    ]
) | st.text(max_size=4)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
TYPES = st.sampled_from(
    [
        "text",
        "image",
        "interactive",
        "button",
        "reaction",
        "order",
        "system",
        "edit",
        "contacts",
        "location",
        "revoke",
        "x",
    ]
)
ITEMS = st.dictionaries(KEYS, JSON, max_size=6).flatmap(
    lambda item: TYPES.map(
        lambda kind: {"id": "wamid.1", "from": "1", "timestamp": "1", "type": kind, **item}
    )
)
FIELDS = st.sampled_from(
    [
        "messages",
        "smb_message_echoes",
        "account_update",
        "user_preferences",
        "user_id_update",
        "security",
        "calls",
        "message_template_status_update",
        "account_alerts",
        "never_heard_of",
    ]
)


@given(
    field=FIELDS,
    value=st.fixed_dictionaries(
        {}, optional={k: st.lists(ITEMS, max_size=3) for k in ("messages", "statuses")}
    )
    | JSON,
)
def test_whatever_the_values_are_no_item_raises_and_none_is_lost(field: str, value: Any) -> None:
    body = json.dumps(
        {"object": "whatsapp_business_account", "entry": [{"changes": [{"field": field, "value": value}]}]}
    )
    delivery = read_delivery(body.encode())
    if field == "messages" and isinstance(value, dict):
        wanted = sum(
            len(value[k]) for k in ("messages", "statuses", "errors") if isinstance(value.get(k), list)
        )
        assert len(delivery.items) + len(delivery.poisoned) == wanted


@given(st.binary(max_size=200))
def test_junk_bytes_are_unreadable_and_nothing_worse(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_delivery(body)
