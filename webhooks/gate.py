"""The send gate: a pure decision over what is known the moment before a message leaves."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

PAIR_STEADY = timedelta(seconds=6)
PAIR_BURST = 45
"""Meta takes 45 messages in a burst to one user, then one every six seconds."""
STOPPED_RETRY = timedelta(minutes=5)


class Origin(StrEnum):
    """Who a line of the transcript comes from."""

    CUSTOMER = "customer"
    ANSWER = "answer"
    CALENDAR = "calendar"
    AGENT = "agent"
    CAMPAIGN = "campaign"
    SYSTEM = "system"


class Purpose(StrEnum):
    REPLY = "reply"
    """Answers what the customer has just written."""
    RECEIPT = "receipt"
    """Confirms a right that was used (opting out, a data request, asking for a person)."""
    REMINDER = "reminder"
    CAMPAIGN = "campaign"


class Reason(StrEnum):
    TAKEN_OVER = "taken_over"
    WINDOW_CLOSED = "window_closed"
    OPTED_OUT = "opted_out"
    NO_CONSENT = "no_consent"
    ERASED = "erased"
    QUIET_HOURS = "quiet_hours"
    NUMBER_STOPPED = "number_stopped"
    NUMBER_PAUSED = "number_paused"
    PAIR_RATE = "pair_rate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """A message about to leave, and what is known about its number and conversation."""

    origin: Origin
    purpose: Purpose
    is_template: bool
    fence: int
    """The conversation's fencing token when the message was made."""
    conversation_fence: int
    window_closes_at: datetime | None
    lease_until: datetime | None
    """Until when a person has the conversation."""
    opted_out: bool = False
    consented: bool | None = None
    """None where the purpose needs no consent."""
    erased: bool = False
    quiet_until: datetime | None = None
    number_stopped: bool = False
    number_paused_until: datetime | None = None
    pair_full_at: datetime | None = None
    """When the pair's bucket is full again (the theoretical arrival time of its next message)."""


@dataclass(frozen=True, slots=True)
class Allowed:
    pair_full_at: datetime


@dataclass(frozen=True, slots=True)
class Discard:
    reason: Reason


@dataclass(frozen=True, slots=True)
class Later:
    at: datetime
    reason: Reason


Passage = Allowed | Discard | Later


def check(leaving: Leaving, now: datetime) -> Passage:
    reason = _forbidden(leaving, now)
    if reason is not None:
        return Discard(reason)
    wait = _postponed(leaving, now)
    if wait is None:
        return Allowed(_pair_full_at(leaving, now))
    if not leaving.is_template and not _is_open(leaving, wait.at):
        return Discard(Reason.WINDOW_CLOSED)
    return wait


def _forbidden(leaving: Leaving, now: datetime) -> Reason | None:
    if leaving.erased:
        return Reason.ERASED
    if _is_taken_over(leaving, now):
        return Reason.TAKEN_OVER
    if leaving.purpose in {Purpose.REMINDER, Purpose.CAMPAIGN}:
        if leaving.opted_out:
            return Reason.OPTED_OUT
        if leaving.consented is False:
            return Reason.NO_CONSENT
    if not leaving.is_template and not _is_open(leaving, now):
        return Reason.WINDOW_CLOSED
    return None


def _is_taken_over(leaving: Leaving, now: datetime) -> bool:
    """An answer made before or while a person has the conversation is not sent; a person's own words are."""
    if leaving.origin is Origin.AGENT or leaving.purpose is not Purpose.REPLY:
        return False
    leased = leaving.lease_until is not None and now < leaving.lease_until
    return leased or leaving.fence != leaving.conversation_fence


def _is_open(leaving: Leaving, at: datetime) -> bool:
    return leaving.window_closes_at is not None and at < leaving.window_closes_at


def _postponed(leaving: Leaving, now: datetime) -> Later | None:
    if leaving.number_stopped:
        return Later(now + STOPPED_RETRY, Reason.NUMBER_STOPPED)
    if leaving.number_paused_until is not None and now < leaving.number_paused_until:
        return Later(leaving.number_paused_until, Reason.NUMBER_PAUSED)
    if _keeps_quiet(leaving) and leaving.quiet_until is not None and now < leaving.quiet_until:
        return Later(leaving.quiet_until, Reason.QUIET_HOURS)
    early = _pair_full_at(leaving, now) - PAIR_BURST * PAIR_STEADY
    return Later(early, Reason.PAIR_RATE) if early > now else None


def _keeps_quiet(leaving: Leaving) -> bool:
    return leaving.purpose in {Purpose.REMINDER, Purpose.CAMPAIGN}


def _pair_full_at(leaving: Leaving, now: datetime) -> datetime:
    return max(leaving.pair_full_at or now, now) + PAIR_STEADY
