"""What to do after a send, as a returned decision: nothing here waits, sends or stores."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from webhooks.error_classes import ErrorClass, verdict_of
from webhooks.gate import STOPPED_RETRY
from webhooks.outcomes import Accepted, NotSent, Outcome, Refused, Unknown
from webhooks.statuses import OutboxState

MAX_TRIES = 5
MAX_UNKNOWN_TRIES = 3
MAX_NOT_SENT_TRIES = 500
"""A network that is down is waited for until the window closes; this only bounds templates."""
LONGEST_BACKOFF = timedelta(seconds=60)
LONGEST_NUMBER_PAUSE = timedelta(seconds=60)


class NumberChange(StrEnum):
    STOP = "stop"
    """Nothing leaves until the owner has reconnected the number or put the account right."""
    PAUSE = "pause"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    state: OutboxState
    at: datetime | None = None
    """When to try or look again; None when there is nothing to come back for."""
    reason: str = ""
    code: int | None = None
    number: NumberChange | None = None


@dataclass(frozen=True, slots=True)
class DeliverySettings:
    settle_after: timedelta = timedelta(seconds=60)
    """How long an unknown outcome waits for its status before the message may be sent again."""


def decide(
    outcome: Outcome, tries: int, now: datetime, jitter: float, settings: DeliverySettings
) -> Decision:
    """After the `tries`-th send. `jitter` is between 0 and 1 and spreads the retries."""
    match outcome:
        case Accepted(held=held):
            return Decision(state=OutboxState.ACCEPTED, reason="held" if held else "")
        case Unknown(reason):
            return Decision(state=OutboxState.UNKNOWN, at=now + settings.settle_after, reason=reason)
        case NotSent(reason):
            return _again(tries, MAX_NOT_SENT_TRIES, now, jitter, reason, None)
        case Refused(code=code, error_class=error_class):
            return after_refusal(code, error_class, tries, now, jitter)


def after_refusal(
    code: int | None, error_class: ErrorClass, tries: int, now: datetime, jitter: float
) -> Decision:
    """Also for a `failed` status: the same failure may come either way."""
    wait = verdict_of(code).wait
    if error_class in {ErrorClass.AUTH, ErrorClass.ACCOUNT} and wait is None:
        return _queued(now + STOPPED_RETRY, 1, error_class, code, NumberChange.STOP)
    match error_class:
        case ErrorClass.TRANSIENT:
            return _again(tries, MAX_TRIES, now, jitter, error_class.value, code)
        case ErrorClass.PAIR_THROTTLE:
            return _queued(now + timedelta(seconds=4 ** min(tries - 1, 5)), tries, error_class, code)
        case ErrorClass.NUMBER_THROTTLE:
            pause = min(timedelta(seconds=2.0 ** min(tries, 6) * (1 + jitter)), LONGEST_NUMBER_PAUSE)
            return _queued(now + pause, tries, error_class, code, NumberChange.PAUSE)
        case ErrorClass.ACCOUNT_THROTTLE | ErrorClass.ACCOUNT:
            return _queued(now + (wait or STOPPED_RETRY), tries, error_class, code, NumberChange.PAUSE)
        case _:
            return Decision(state=OutboxState.FAILED, reason=error_class.value, code=code)


def after_silence(tries: int, now: datetime) -> Decision:
    """No status came for an unknown outcome: send once more, unless that has been tried often enough."""
    if tries >= MAX_UNKNOWN_TRIES:
        return Decision(state=OutboxState.FAILED, reason="no_status")
    return Decision(state=OutboxState.QUEUED, at=now, reason="no_status")


def _again(tries: int, limit: int, now: datetime, jitter: float, reason: str, code: int | None) -> Decision:
    if tries >= limit:
        return Decision(state=OutboxState.FAILED, reason=reason, code=code)
    backoff = min(timedelta(seconds=2.0 ** min(tries - 1, 8)), LONGEST_BACKOFF) * (0.5 + jitter)
    return Decision(state=OutboxState.QUEUED, at=now + backoff, reason=reason, code=code)


def _queued(
    at: datetime, tries: int, error_class: ErrorClass, code: int | None, number: NumberChange | None = None
) -> Decision:
    if tries > MAX_NOT_SENT_TRIES:
        return Decision(state=OutboxState.FAILED, reason=error_class.value, code=code)
    return Decision(state=OutboxState.QUEUED, at=at, reason=error_class.value, code=code, number=number)
