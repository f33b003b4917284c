"""When to try again, as a returned decision: nothing here waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from calendar_sync.google.troubles import Trouble

_SPREAD = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """`first` doubles with each attempt up to `longest`; after `tries` attempts it is given up."""

    first: timedelta
    longest: timedelta
    tries: int


_SOON = Backoff(first=timedelta(seconds=1), longest=timedelta(seconds=64), tries=8)
_POLICY: Mapping[Trouble, Backoff] = {
    Trouble.RATE: _SOON,
    Trouble.BACKEND: _SOON,
    Trouble.UNCLEAR: _SOON,
    Trouble.CONFLICT: _SOON,
    Trouble.CHANGED: _SOON,
    # An operational limit recovers over hours; trying sooner prolongs it.
    Trouble.QUOTA: Backoff(first=timedelta(hours=1), longest=timedelta(hours=8), tries=5),
    # Seen for a moment after an event was made.
    Trouble.MISSING: Backoff(first=timedelta(seconds=1), longest=timedelta(seconds=2), tries=2),
}


def pause(trouble: Trouble, attempt: int, spread: float) -> timedelta | None:
    """How long to wait after the attempt with this number (from 1); None = do not try again.

    `spread` between 0 and 1 moves the moment by up to a quarter either way, so that many do not come back at once.
    """
    policy = _POLICY.get(trouble)
    if policy is None or attempt > policy.tries:
        return None
    longest = policy.longest / policy.first
    steps = min(2.0 ** (attempt - 1), longest)
    return policy.first * steps * (1 - _SPREAD + 2 * _SPREAD * spread)
