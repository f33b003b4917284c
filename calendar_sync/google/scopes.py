"""What a merchant may let us do, scope by scope, and what becomes possible with what was granted.

People can untick any of them, so nothing is taken for granted but what Google's answer lists.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

_BASE = "https://www.googleapis.com/auth/"
SIGN_IN = ("openid", "email", "profile")
_OWNED = f"{_BASE}calendar.events.owned"
_CREATED = f"{_BASE}calendar.app.created"
_FREE_BUSY = f"{_BASE}calendar.freebusy"
_LIST = f"{_BASE}calendar.calendarlist.readonly"

Choice = Literal["a", "b"]
CHOICES: dict[Choice, tuple[str, ...]] = {
    "a": (*SIGN_IN, _OWNED, _FREE_BUSY, _LIST),
    "b": (*SIGN_IN, _CREATED, _FREE_BUSY),
}
"""A: bookings on a calendar that the merchant owns and picks. B: on a calendar that we make, and no other."""


class Ability(StrEnum):
    WRITE = "write"
    FREE_BUSY = "free_busy"
    PICK = "pick"


_GIVES = {
    Ability.WRITE: {
        _OWNED,
        _CREATED,
        f"{_BASE}calendar.events",
        f"{_BASE}calendar",
    },
    Ability.FREE_BUSY: {
        _FREE_BUSY,
        f"{_BASE}calendar.events.freebusy",
        f"{_BASE}calendar.readonly",
        f"{_BASE}calendar",
    },
    Ability.PICK: {
        _LIST,
        f"{_BASE}calendar.calendarlist",
        f"{_BASE}calendar.readonly",
        f"{_BASE}calendar",
    },
}
_NEEDED: dict[Choice, tuple[Ability, ...]] = {
    "a": (Ability.WRITE, Ability.FREE_BUSY),
    "b": (Ability.WRITE, Ability.FREE_BUSY),
}


@dataclass(frozen=True, slots=True)
class Grant:
    """The scopes that were granted, as Google's answer lists them."""

    scopes: frozenset[str]

    @classmethod
    def of(cls, scope: str) -> "Grant":
        """From the space-separated text of a token answer."""
        return cls(frozenset(scope.split()))

    def can(self, ability: Ability) -> bool:
        return not self.scopes.isdisjoint(_GIVES[ability])

    def missing(self, choice: Choice) -> tuple[Ability, ...]:
        """What bookings need and was not granted; empty = slots can be offered."""
        return tuple(ability for ability in _NEEDED[choice] if not self.can(ability))

    def __str__(self) -> str:
        return " ".join(sorted(self.scopes))


def to_ask_for(choice: Choice) -> Iterable[str]:
    return CHOICES[choice]
