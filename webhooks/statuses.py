"""The states of a sent message and their order. Statuses arrive in any order; a message never moves back."""

from enum import StrEnum


class StatusKind(StrEnum):
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    PLAYED = "played"
    FAILED = "failed"
    OTHER = "other"


class OutboxState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    UNKNOWN = "unknown"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    DISCARDED = "discarded"


_HEIGHT = {
    OutboxState.QUEUED: 0,
    OutboxState.SENDING: 1,
    OutboxState.UNKNOWN: 1,
    OutboxState.ACCEPTED: 2,
    OutboxState.DELIVERED: 3,
    OutboxState.READ: 4,
    # A `delivered` after `failed` has been reported; what failed stays failed.
    OutboxState.FAILED: 5,
    # Discarded before a resend: a status then tells that an earlier attempt got through after all.
    OutboxState.DISCARDED: 1,
}

_MEANING = {
    StatusKind.SENT: OutboxState.ACCEPTED,
    StatusKind.DELIVERED: OutboxState.DELIVERED,
    StatusKind.READ: OutboxState.READ,
    StatusKind.PLAYED: OutboxState.READ,
    StatusKind.FAILED: OutboxState.FAILED,
}


def status_kind(word: str) -> StatusKind:
    """The status; a word that nobody has heard of is `OTHER` and changes nothing."""
    return StatusKind(word) if word in _WORDS else StatusKind.OTHER


def raised(state: OutboxState, status: StatusKind) -> OutboxState:
    """The state after a status: the higher of the two."""
    claimed = _MEANING.get(status, state)
    return claimed if _HEIGHT[claimed] > _HEIGHT[state] else state


def is_settled(state: OutboxState) -> bool:
    """Whether nothing is left to do: Meta has the message, or it will never be sent."""
    return _HEIGHT[state] >= _HEIGHT[OutboxState.ACCEPTED] or state is OutboxState.DISCARDED


_WORDS = frozenset(kind.value for kind in StatusKind)
