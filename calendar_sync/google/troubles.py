"""What went wrong with a call, in our own words: one table from Google's answers to what there is to do.

Answers come in two shapes, the older with `errors[].reason` and the newer with `status` and `details[].reason`; both
are read. A 5xx stands above any reason in it, and a reason above the bare status.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Trouble(StrEnum):
    BUG = "bug"
    """Our request was wrong: no retry."""
    AUTH = "auth"
    """The access token is not taken: refresh once, then the owner must link again."""
    RATE = "rate"
    QUOTA = "quota"
    """An operational limit of the calendar or the day: hours, not seconds."""
    SCOPES = "scopes"
    RIGHTS = "rights"
    SETUP = "setup"
    """The Calendar API is not switched on in our project."""
    MISSING = "missing"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    RESYNC = "resync"
    DELETED = "deleted"
    CHANGED = "changed"
    """The event is not in the state that we had read."""
    BACKEND = "backend"
    UNCLEAR = "unclear"
    """No answer: a write may have taken effect."""
    NO_ACCESS = "no_access"
    """There is no token to ask with."""


_REASONS: Mapping[str, Trouble] = {
    "authError": Trouble.AUTH,
    "required_login": Trouble.AUTH,
    "UNAUTHENTICATED": Trouble.AUTH,
    "userRateLimitExceeded": Trouble.RATE,
    "rateLimitExceeded": Trouble.RATE,
    "RATE_LIMIT_EXCEEDED": Trouble.RATE,
    "RESOURCE_EXHAUSTED": Trouble.RATE,
    "quotaExceeded": Trouble.QUOTA,
    "dailyLimitExceeded": Trouble.QUOTA,
    "insufficientPermissions": Trouble.SCOPES,
    "ACCESS_TOKEN_SCOPE_INSUFFICIENT": Trouble.SCOPES,
    "requiredAccessLevel": Trouble.RIGHTS,
    "forbiddenForNonOrganizer": Trouble.RIGHTS,
    "forbidden": Trouble.RIGHTS,
    "PERMISSION_DENIED": Trouble.RIGHTS,
    "accessNotConfigured": Trouble.SETUP,
    "SERVICE_DISABLED": Trouble.SETUP,
    "notFound": Trouble.MISSING,
    "duplicate": Trouble.DUPLICATE,
    "conflict": Trouble.CONFLICT,
    "fullSyncRequired": Trouble.RESYNC,
    "updatedMinTooLongAgo": Trouble.RESYNC,
    "deleted": Trouble.DELETED,
    "conditionNotMet": Trouble.CHANGED,
    "backendError": Trouble.BACKEND,
}
_STATUSES: Mapping[int, Trouble] = {
    401: Trouble.AUTH,
    403: Trouble.RIGHTS,
    404: Trouble.MISSING,
    408: Trouble.UNCLEAR,
    409: Trouble.CONFLICT,
    410: Trouble.DELETED,
    412: Trouble.CHANGED,
    429: Trouble.RATE,
}
_SERVER = 500


@dataclass(frozen=True, slots=True)
class Failed:
    """A call that brought nothing. `reason` is Google's own word, for the log; never its message."""

    trouble: Trouble
    reason: str = ""


def classify(status: int, body: bytes) -> Failed:
    """What an answer of 300 and above means."""
    reasons = [reason for reason in _reasons(body) if reason in _REASONS]
    if status >= _SERVER:
        return Failed(Trouble.BACKEND, reasons[0] if reasons else str(status))
    if reasons:
        return Failed(_REASONS[reasons[0]], reasons[0])
    return Failed(_STATUSES.get(status, Trouble.BUG), str(status))


def _reasons(body: bytes) -> Iterator[str]:
    """Every reason that the body gives, the most exact first."""
    error = _error(body)
    for part in ("errors", "details"):
        for entry in error.get(part) or ():
            if isinstance(entry, dict) and isinstance(entry.get("reason"), str):
                yield entry["reason"]
    if isinstance(error.get("status"), str):
        yield error["status"]


def _error(body: bytes) -> dict[str, Any]:
    try:
        error = json.loads(body)["error"]
    except (ValueError, LookupError, TypeError):
        return {}
    return error if isinstance(error, dict) else {}
