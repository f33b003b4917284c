"""Entries and profiles as JSON for the database, and back. Strict: what it reads, it once wrote."""

from collections.abc import Mapping
from functools import cache
from typing import Any, get_args

from pydantic import TypeAdapter

from knowledge.entries import Entry, Profile
from knowledge.readers import storable

_KINDS: dict[str, type[Any]] = {kind.__name__.lower(): kind for kind in (*get_args(Entry), Profile)}


def kind_of(entry: Entry | Profile) -> str:
    """The entry's kind as it is stored, as in "item", "faq", "hours"."""
    return type(entry).__name__.lower()


def body_of(value: Entry | Profile) -> dict[str, Any]:
    body: dict[str, Any] = storable(
        _adapter(kind_of(value)).dump_python(value, mode="json", exclude_defaults=True)
    )
    return body


def entry_from(kind: str, body: Mapping[str, Any]) -> Entry:
    entry: Entry = _adapter(kind).validate_python(body)
    return entry


def profile_from(body: Mapping[str, Any]) -> Profile:
    profile: Profile = _adapter("profile").validate_python(body)
    return profile


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    """Built once per kind and process, at first use."""
    return TypeAdapter(_KINDS[kind])
