"""Misbehaviour on demand: what is armed, for which calls, and how often it will still strike."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from sandbox.google.refusals import CATALOGUE, TOKEN_CATALOGUE


class FaultKind(StrEnum):
    # In the answers of the Calendar API; "before" leaves no trace, "after" has taken effect.
    ERROR_BEFORE = "error_before"
    ERROR_AFTER = "error_after"
    HANG_BEFORE = "hang_before"
    HANG_AFTER = "hang_after"
    CUT_BEFORE = "cut_before"
    CUT_AFTER = "cut_after"
    FREE_BUSY_ERROR = "free_busy_error"
    EMPTY_PAGE = "empty_page"
    # On the way to the product.
    PUSH_LOST = "push_lost"
    PUSH_TWICE = "push_twice"
    PUSH_LATE = "push_late"
    # In linking and at the token endpoint.
    TOKEN_ERROR = "token_error"  # noqa: S105 - a name
    TOKEN_HANG = "token_hang"  # noqa: S105
    REVOKE_ERROR = "revoke_error"
    PARTIAL_CONSENT = "partial_consent"
    CONSENT_DENIED = "consent_denied"


FREE_BUSY_REASONS = ("notFound", "internalError", "groupTooBig", "tooManyCalendarsRequested")
REASONS: dict[FaultKind, tuple[str, ...]] = {
    FaultKind.ERROR_BEFORE: tuple(CATALOGUE),
    FaultKind.ERROR_AFTER: ("500 backendError", "503 backendError"),
    FaultKind.FREE_BUSY_ERROR: FREE_BUSY_REASONS,
    FaultKind.TOKEN_ERROR: tuple(TOKEN_CATALOGUE),
    FaultKind.PARTIAL_CONSENT: (
        "calendar.events.owned",
        "calendar.freebusy",
        "calendar.calendarlist.readonly",
        "calendar.app.created",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Strikes ``count`` times, only for ``method`` (as ``calendar.events.insert``) and ``calendar`` if given.

    ``seconds`` is how long or how late; ``reason`` which of the kind's ``REASONS`` (the first, if none).
    """

    kind: FaultKind
    count: int = 1
    seconds: float = 30.0
    reason: str = ""
    method: str = ""
    calendar: str = ""

    def __post_init__(self) -> None:
        known = REASONS.get(self.kind, ())
        if self.reason and self.reason not in known:
            raise ValueError(f"{self.kind} knows no reason {self.reason!r}; it knows {', '.join(known)}")

    @property
    def why(self) -> str:
        return self.reason or next(iter(REASONS.get(self.kind, ())), "")

    def concerns(self, kind: FaultKind, method: str, calendar: str) -> bool:
        return self.kind is kind and self.method in {"", method} and self.calendar in {"", calendar}


class FaultBoard:
    def __init__(self, told: Callable[[], None]) -> None:
        self._told = told
        self._armed: list[Fault] = []

    def armed(self) -> tuple[Fault, ...]:
        return tuple(self._armed)

    def arm(self, fault: Fault) -> None:
        self._armed.append(fault)
        self._told()

    def disarm(self, kind: FaultKind | None = None) -> None:
        self._armed = [each for each in self._armed if kind and each.kind is not kind]
        self._told()

    def strike(self, kind: FaultKind, method: str = "", calendar: str = "") -> Fault | None:
        """Use the first fault that concerns this up by one."""
        for place, fault in enumerate(self._armed):
            if fault.concerns(kind, method, calendar):
                self._armed[place : place + 1] = (
                    [replace(fault, count=fault.count - 1)] if fault.count > 1 else []
                )
                self._told()
                return fault
        return None
