"""Frozen values as JSON and back. Strict: what it reads, it once wrote. Errors never repeat what was read."""

from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from calendar_sync.errors import BodyUnreadable

Value = TypeVar("Value")


def to_json(kind: object, value: object) -> bytes:
    """`value` as JSON; `kind` is its type or the union it belongs to."""
    return _adapter(kind).dump_json(value, exclude_none=True)


def to_plain(kind: object, value: object) -> dict[str, Any]:
    """The same as mappings, lists and texts."""
    return cast("dict[str, Any]", _adapter(kind).dump_python(value, mode="json", exclude_none=True))


def from_json(kind: type[Value], body: bytes) -> Value:
    """The value again; raises `BodyUnreadable` when it does not fit."""
    return cast("Value", read_json(kind, body))


def read_json(kind: object, body: bytes) -> object:
    """`from_json` for a union, which is no type to the checker."""
    try:
        return _adapter(kind).validate_json(body)
    except ValidationError as reason:
        raise BodyUnreadable(getattr(kind, "__name__", "a union")) from _hidden(reason)


def from_plain(kind: type[Value], body: object) -> Value:
    """The same from mappings, lists and texts."""
    adapter: TypeAdapter[Value] = _adapter(cast("object", kind))
    try:
        return adapter.validate_python(body)
    except ValidationError as reason:
        raise BodyUnreadable(kind.__name__) from _hidden(reason)


def _hidden(reason: ValidationError) -> ValueError:
    """Where it did not fit, without the value that pydantic's own message would show."""
    return ValueError(f"{[error['loc'] for error in reason.errors(include_input=False)]}")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """Built once per type and process, at first use."""
    return TypeAdapter(kind)
