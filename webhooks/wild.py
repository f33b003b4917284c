"""Taming a payload: each value is wild until it has a type.

What a message cannot do without is demanded (`Untamed` names the path); decoration of the wrong type is dropped,
so that a strange display name never costs a customer's question.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from webhooks.errors import Untamed

Json = Mapping[str, Any]

EMPTY: Json = {}


def clean(text: str) -> str:
    """Text that a database and UTF-8 accept: lone surrogates replaced, NUL dropped."""
    if text.isascii():
        return text.replace("\0", "")
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def maybe_text(source: Json, key: str) -> str | None:
    """Text, or None when absent, empty or of another type. Meta sends some ids as integers."""
    value = source.get(key)
    if value is None:
        return None
    if isinstance(value, str):
        # Nearly all text is plain: asked before anything is copied.
        return (value if value.isascii() and "\0" not in value else clean(value)) or None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return None


def text(source: Json, key: str) -> str:
    value = maybe_text(source, key)
    if value is None:
        raise Untamed(key, "text")
    return value


def maybe_number(source: Json, key: str) -> float | None:
    value = source.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return None


def number(source: Json, key: str) -> float:
    value = maybe_number(source, key)
    if value is None:
        raise Untamed(key, "a number")
    return value


def maybe_whole(source: Json, key: str) -> int | None:
    """An integer, also when Meta sends it as digits."""
    value = source.get(key)
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        return int(value)
    except ValueError:
        return None


def whole(source: Json, key: str) -> int:
    value = maybe_whole(source, key)
    if value is None:
        raise Untamed(key, "an integer")
    return value


def flag(source: Json, key: str) -> bool:
    return source.get(key) is True


def mapping(source: Json, key: str) -> Json:
    value = source.get(key)
    if not isinstance(value, dict):
        raise Untamed(key, "an object")
    return value


def maybe_mapping(source: Json, key: str) -> Json:
    value = source.get(key)
    return value if isinstance(value, dict) else EMPTY


def mappings(source: Json, key: str) -> list[Json]:
    """The objects of a list; anything else in it is skipped."""
    value = source.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def moment(source: Json, key: str) -> datetime:
    """Meta's seconds since 1970, mostly as digits in a string."""
    try:
        return datetime.fromtimestamp(whole(source, key), UTC)
    except (OverflowError, OSError, ValueError) as exc:
        raise Untamed(key, "a moment in seconds") from exc


def maybe_moment(source: Json, key: str) -> datetime | None:
    try:
        return moment(source, key)
    except Untamed:
        return None
