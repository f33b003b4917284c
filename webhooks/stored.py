"""The form in which an item is sealed until its job comes: Meta's own JSON and the contact that belongs to it."""

from collections.abc import Callable, Mapping
from typing import assert_never

from webhooks.items import AccountError, Echo, Entrance, InboundMessage, Item, OtherField, Status
from webhooks.payload import read_account_error, read_echo, read_message, read_other, read_status
from webhooks.people import Person, read_book
from webhooks.wild import EMPTY, Json, mapping, text


def kind_of(item: Item) -> str:
    match item:
        case InboundMessage():
            return "message"
        case Status():
            return "status"
        case Echo():
            return "echo"
        case AccountError():
            return "error"
        case OtherField():
            return "field"
        case _:
            assert_never(item)


def as_stored(item: Item) -> Json:
    match item:
        case InboundMessage(sender=person) | Echo(recipient=person):
            return {"item": item.raw, "contacts": [_contact(person)]}
        case _:
            return {"item": item.raw}


def read_stored(kind: str, entrance: Entrance, document: Json) -> Item:
    """The typed item again; raises `Untamed` only for what was never stored by `as_stored`."""
    return _READERS[kind](entrance, document, mapping(document, "item"))


def _contact(person: Person) -> Json:
    ids = {"wa_id": person.wa_id, "user_id": person.user_id, "parent_user_id": person.parent_user_id}
    return {**ids, "profile": {"name": person.name, "username": person.username}}


def _message(entrance: Entrance, document: Json, item: Json) -> Item:
    return read_message(entrance, read_book(document), item)


def _echo(entrance: Entrance, document: Json, item: Json) -> Item:
    return read_echo(entrance, read_book(document), item)


def _status(entrance: Entrance, _document: Json, item: Json) -> Item:
    return read_status(entrance, item)


def _error(entrance: Entrance, _document: Json, item: Json) -> Item:
    return read_account_error(entrance, item)


def _field(entrance: Entrance, _document: Json, item: Json) -> Item:
    return read_other(entrance, text(item, "field"), EMPTY, item)


_READERS: Mapping[str, Callable[[Entrance, Json, Json], Item]] = {
    "message": _message,
    "echo": _echo,
    "status": _status,
    "error": _error,
    "field": _field,
}
