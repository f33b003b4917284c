"""Scopes: their long and short names, and which of them a person may leave unticked."""

from collections.abc import Iterable

_PREFIX = "https://www.googleapis.com/auth/"
_LONG = {"email": "userinfo.email", "profile": "userinfo.profile"}
SIGN_IN = frozenset({"openid", f"{_PREFIX}userinfo.email", f"{_PREFIX}userinfo.profile"})
KNOWN_CALENDAR = (
    "calendar",
    "calendar.readonly",
    "calendar.events",
    "calendar.events.readonly",
    "calendar.events.owned",
    "calendar.events.owned.readonly",
    "calendar.events.freebusy",
    "calendar.events.public.readonly",
    "calendar.freebusy",
    "calendar.calendarlist",
    "calendar.calendarlist.readonly",
    "calendar.calendars",
    "calendar.calendars.readonly",
    "calendar.app.created",
)


def asked_scopes(text: str) -> tuple[str, ...]:
    """As they are granted: each once, by the name that token answers use."""
    names = (f"{_PREFIX}{_LONG[each]}" if each in _LONG else each for each in text.split())
    return tuple(dict.fromkeys(names))


def is_known(scope: str) -> bool:
    return scope in SIGN_IN or short(scope) in KNOWN_CALENDAR


def short(scope: str) -> str:
    return scope.removeprefix(_PREFIX)


def long(name: str) -> str:
    return name if name == "openid" else _PREFIX + name


def shorts(scopes: Iterable[str]) -> frozenset[str]:
    return frozenset(short(each) for each in scopes)


def to_tick(scopes: tuple[str, ...]) -> tuple[str, ...]:
    """What has a box of its own: nothing, where a single right is all that is asked for."""
    rights = tuple(each for each in scopes if each not in SIGN_IN)
    return rights if len(scopes) > 1 else ()
