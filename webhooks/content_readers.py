"""Readers of message contents, one small function per kind, chosen by the message's `type`."""

from collections.abc import Callable, Mapping

from webhooks.contents import (
    CallPermission,
    Card,
    Contacts,
    Content,
    Edit,
    FlowReply,
    Location,
    Media,
    MediaKind,
    Order,
    OrderItem,
    Reaction,
    Revoke,
    System,
    SystemKind,
    Tap,
    TemplateTap,
    Text,
    Unknown,
    Unsupported,
    Welcome,
)
from webhooks.wild import (
    Json,
    flag,
    mapping,
    mappings,
    maybe_mapping,
    maybe_number,
    maybe_text,
    number,
    text,
)

Reader = Callable[[Json], Content]


def read_content(message: Json) -> Content:
    """The typed content of a message (or of the message inside an edit)."""
    kind = maybe_text(message, "type") or "absent"
    reader = READERS.get(kind)
    return Unknown(kind, message) if reader is None else reader(message)


def _read_text(message: Json) -> Content:
    return Text(text(mapping(message, "text"), "body"))


def _media_reader(kind: MediaKind) -> Reader:
    def read(message: Json) -> Content:
        body = mapping(message, kind.value)
        return Media(
            kind=kind,
            id=maybe_text(body, "id"),
            mime_type=maybe_text(body, "mime_type"),
            sha256=maybe_text(body, "sha256"),
            url=maybe_text(body, "url"),
            caption=maybe_text(body, "caption"),
            filename=maybe_text(body, "filename"),
            voice=flag(body, "voice"),
            animated=flag(body, "animated"),
        )

    return read


def _read_location(message: Json) -> Content:
    body = mapping(message, "location")
    return Location(
        latitude=number(body, "latitude"),
        longitude=number(body, "longitude"),
        name=maybe_text(body, "name"),
        address=maybe_text(body, "address"),
        url=maybe_text(body, "url"),
    )


def _read_contacts(message: Json) -> Content:
    cards = mappings(message, "contacts")
    return Contacts(
        cards=tuple(_read_card(card) for card in cards),
        requested=any(card.get("origin") == "contact_request" for card in cards),
    )


def _read_card(card: Json) -> Card:
    phones = mappings(card, "phones")
    return Card(
        name=maybe_text(maybe_mapping(card, "name"), "formatted_name"),
        phones=tuple(filter(None, (maybe_text(phone, "phone") for phone in phones))),
        wa_ids=tuple(filter(None, (maybe_text(phone, "wa_id") for phone in phones))),
    )


def _read_interactive(message: Json) -> Content:
    # Seen in the wild: the body is missing and `value.errors` carries 131000.
    body = maybe_mapping(message, "interactive")
    if not body:
        return Unsupported("interactive")
    kind = maybe_text(body, "type") or "absent"
    reader = _INTERACTIVE.get(kind)
    return Unknown(f"interactive/{kind}", message) if reader is None else reader(mapping(body, kind))


def _read_tap(body: Json) -> Content:
    return Tap(text(body, "id"), maybe_text(body, "title") or "", maybe_text(body, "description"))


def _read_flow_reply(body: Json) -> Content:
    return FlowReply(text(body, "response_json"), maybe_text(body, "body"), maybe_text(body, "name"))


def _read_call_permission(body: Json) -> Content:
    return CallPermission(granted=body.get("response") == "accept")


def _read_template_tap(message: Json) -> Content:
    body = mapping(message, "button")
    label = maybe_text(body, "text") or ""
    return TemplateTap(maybe_text(body, "payload") or label, label)


def _read_reaction(message: Json) -> Content:
    body = mapping(message, "reaction")
    return Reaction(text(body, "message_id"), maybe_text(body, "emoji"))


def _read_order(message: Json) -> Content:
    body = mapping(message, "order")
    return Order(
        catalog_id=maybe_text(body, "catalog_id"),
        items=tuple(_read_order_item(item) for item in mappings(body, "product_items")),
        text=maybe_text(body, "text"),
    )


def _read_order_item(item: Json) -> OrderItem:
    return OrderItem(
        product=text(item, "product_retailer_id"),
        quantity=maybe_number(item, "quantity") or 0.0,
        price=maybe_number(item, "item_price"),
        currency=maybe_text(item, "currency"),
    )


def _read_system(message: Json) -> Content:
    body = mapping(message, "system")
    kind = maybe_text(body, "type")
    return System(
        kind=SystemKind(kind) if kind in _SYSTEM_KINDS else SystemKind.OTHER,
        body=maybe_text(body, "body"),
        wa_id=maybe_text(body, "wa_id") or maybe_text(body, "new_wa_id"),
        # Two spellings are reported for a changed user id.
        user_id=maybe_text(body, "user_id") or maybe_text(body, "new_user_id"),
    )


def _read_unsupported(message: Json) -> Content:
    return Unsupported(maybe_text(maybe_mapping(message, "unsupported"), "type"))


def _read_edit(message: Json) -> Content:
    body = mapping(message, "edit")
    inner = mapping(body, "message")
    content = Unknown("edit", inner) if inner.get("type") == "edit" else read_content(inner)
    return Edit(text(body, "original_message_id"), content)


def _read_revoke(message: Json) -> Content:
    return Revoke(text(mapping(message, "revoke"), "original_message_id"))


def _read_welcome(_message: Json) -> Content:
    return Welcome()


_SYSTEM_KINDS = frozenset(kind.value for kind in SystemKind)

_INTERACTIVE: Mapping[str, Reader] = {
    "button_reply": _read_tap,
    "list_reply": _read_tap,
    "nfm_reply": _read_flow_reply,
    "call_permission_reply": _read_call_permission,
}

READERS: Mapping[str, Reader] = {
    "text": _read_text,
    **{kind.value: _media_reader(kind) for kind in MediaKind},
    "location": _read_location,
    "contacts": _read_contacts,
    "interactive": _read_interactive,
    "button": _read_template_tap,
    "reaction": _read_reaction,
    "order": _read_order,
    "system": _read_system,
    "unsupported": _read_unsupported,
    "edit": _read_edit,
    "revoke": _read_revoke,
    "request_welcome": _read_welcome,
}
