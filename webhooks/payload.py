"""From a delivery's raw bytes to typed items: every item of every entry and change, in Meta's order.

Nothing is lost and nothing raises for one item's sake: what cannot be tamed is set aside with its reason.
"""

import json
from collections.abc import Callable, Iterator
from functools import partial

from webhooks.content_readers import read_content
from webhooks.errors import Unreadable, Untamed
from webhooks.field_readers import read_field
from webhooks.items import (
    AccountError,
    ApiError,
    Delivery,
    Echo,
    Entrance,
    InboundMessage,
    Item,
    OtherField,
    Poisoned,
    Pricing,
    Referral,
    ReplyContext,
    Status,
)
from webhooks.people import Book, read_book, read_person
from webhooks.statuses import status_kind
from webhooks.wild import (
    EMPTY,
    Json,
    flag,
    mappings,
    maybe_mapping,
    maybe_moment,
    maybe_text,
    maybe_whole,
    moment,
    text,
)

WHATSAPP = "whatsapp_business_account"

Found = Item | Poisoned


def read_delivery(body: bytes) -> Delivery:
    """All items of a body. Raises `Unreadable` only when the body as a whole is no WhatsApp delivery."""
    found = list(_entries(read_json(body)))
    return Delivery(
        items=tuple(item for item in found if not isinstance(item, Poisoned)),
        poisoned=tuple(item for item in found if isinstance(item, Poisoned)),
    )


def read_json(body: bytes) -> Json:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as exc:
        raise Unreadable("the body is not JSON") from exc
    if not isinstance(document, dict) or document.get("object") != WHATSAPP:
        raise Unreadable(f"the body is not a {WHATSAPP} delivery")
    return document


def _entries(document: Json) -> Iterator[Found]:
    for entry in mappings(document, "entry"):
        waba_id = maybe_text(entry, "id") or ""
        for change in mappings(entry, "changes"):
            yield from read_change(waba_id, entry, change)


def read_change(waba_id: str, entry: Json, change: Json) -> Iterator[Found]:
    field = maybe_text(change, "field") or "absent"
    value = change.get("value")
    if not isinstance(value, dict):
        yield Poisoned(entrance=Entrance(waba_id), reason="value: expected an object", raw=change)
    elif field == "messages":
        yield from _read_messages(_entrance(waba_id, value), value)
    elif field == "smb_message_echoes":
        read = partial(read_echo, _entrance(waba_id, value), read_book(value))
        yield from _read_each(_entrance(waba_id, value), value, "message_echoes", read)
    else:
        yield _tamed(
            _entrance(waba_id, value), change, partial(read_other, _entrance(waba_id, value), field, entry)
        )


def _entrance(waba_id: str, value: Json) -> Entrance:
    metadata = maybe_mapping(value, "metadata")
    return Entrance(
        waba_id, maybe_text(metadata, "phone_number_id"), maybe_text(metadata, "display_phone_number")
    )


def _read_messages(entrance: Entrance, value: Json) -> Iterator[Found]:
    book = read_book(value)
    yield from _read_each(entrance, value, "messages", partial(read_message, entrance, book))
    yield from _read_each(entrance, value, "statuses", partial(read_status, entrance))
    yield from _read_each(entrance, value, "errors", partial(read_account_error, entrance))


def _read_each(entrance: Entrance, value: Json, key: str, read: Callable[[Json], Item]) -> Iterator[Found]:
    items = value.get(key)
    for item in items if isinstance(items, list) else ():
        yield _tamed(entrance, item, read)


def _tamed(entrance: Entrance, item: object, read: Callable[[Json], Item]) -> Found:
    if not isinstance(item, dict):
        return Poisoned(entrance=entrance, reason="expected an object", raw={"item": item})
    try:
        return read(item)
    except Untamed as exc:
        return Poisoned(entrance=entrance, reason=str(exc), raw=item)
    except RecursionError:
        return Poisoned(entrance=entrance, reason="nested too deeply", raw=EMPTY)


def read_message(entrance: Entrance, book: Book, item: Json) -> InboundMessage:
    return InboundMessage(
        entrance=entrance,
        id=text(item, "id"),
        at=moment(item, "timestamp"),
        sender=read_person(item, "from", "from_user_id", "from_parent_user_id", book),
        content=read_content(item),
        context=_read_context(maybe_mapping(item, "context")),
        referral=_read_referral(maybe_mapping(item, "referral")),
        group_id=maybe_text(item, "group_id"),
        errors=read_errors(item),
        raw=item,
    )


def read_echo(entrance: Entrance, book: Book, item: Json) -> Echo:
    return Echo(
        entrance=entrance,
        id=text(item, "id"),
        at=moment(item, "timestamp"),
        recipient=read_person(item, "to", "to_user_id", "to_parent_user_id", book),
        content=read_content(item),
        raw=item,
    )


def read_status(entrance: Entrance, item: Json) -> Status:
    pricing = maybe_mapping(item, "pricing")
    return Status(
        entrance=entrance,
        id=text(item, "id"),
        kind=status_kind(text(item, "status")),
        at=moment(item, "timestamp"),
        # Absent on `failed` to a hidden number: the message's id alone must do then.
        recipient=maybe_text(item, "recipient_participant_user_id")
        or maybe_text(item, "recipient_participant_id")
        or maybe_text(item, "recipient_user_id")
        or maybe_text(item, "recipient_id")
        or "",
        opaque=maybe_text(item, "biz_opaque_callback_data"),
        pricing=_read_pricing(pricing) if pricing else None,
        errors=read_errors(item),
        raw=item,
    )


def read_errors(item: Json) -> tuple[ApiError, ...]:
    return tuple(_read_error(error) for error in mappings(item, "errors"))


def _read_error(error: Json) -> ApiError:
    return ApiError(
        code=maybe_whole(error, "code"),
        title=maybe_text(error, "title") or maybe_text(error, "message"),
        details=maybe_text(maybe_mapping(error, "error_data"), "details") or maybe_text(error, "error_data"),
    )


def read_account_error(entrance: Entrance, item: Json) -> AccountError:
    return AccountError(entrance=entrance, error=_read_error(item), raw=item)


def read_other(entrance: Entrance, field: str, entry: Json, change: Json) -> OtherField:
    return OtherField(
        entrance=entrance,
        name=field,
        at=maybe_moment(entry, "time"),
        value=read_field(field, change["value"]),
        raw=change,
    )


def _read_context(context: Json) -> ReplyContext | None:
    if not context:
        return None
    return ReplyContext(
        message_id=maybe_text(context, "id"),
        sender=maybe_text(context, "from"),
        forwarded=flag(context, "forwarded") or flag(context, "frequently_forwarded"),
        product=maybe_text(maybe_mapping(context, "referred_product"), "product_retailer_id"),
    )


def _read_referral(referral: Json) -> Referral | None:
    if not referral:
        return None
    return Referral(
        source_type=maybe_text(referral, "source_type"),
        source_id=maybe_text(referral, "source_id"),
        source_url=maybe_text(referral, "source_url"),
        headline=maybe_text(referral, "headline"),
        body=maybe_text(referral, "body"),
        click_id=maybe_text(referral, "ctwa_clid"),
    )


def _read_pricing(pricing: Json) -> Pricing:
    return Pricing(
        category=maybe_text(pricing, "category"),
        type=maybe_text(pricing, "type"),
        model=maybe_text(pricing, "pricing_model"),
    )
