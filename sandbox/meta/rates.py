"""Meta's brakes: how fast one number may talk, and how fast to one person."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.meta.models import PhoneNumberId
from sandbox.meta.refusals import Refusal
from sandbox.settings import Limits


@dataclass(slots=True)
class PairBrake:
    """One message per ``pace`` seconds; a burst is borrowed, and once it is used up all is paid back first."""

    pace: float
    burst: int
    _debt: float = 0.0
    _exhausted: bool = False
    _seen: datetime | None = None

    def allows(self, now: datetime) -> bool:
        self._repay(now)
        if self._exhausted and self._debt > 0:
            return False
        self._debt += self.pace
        self._exhausted = self._debt >= self.pace * self.burst
        return True

    def _repay(self, now: datetime) -> None:
        if self._seen is not None:
            self._debt = max(0.0, self._debt - (now - self._seen).total_seconds())
        self._seen = now


@dataclass(slots=True)
class NumberBrake:
    """Messages of one number per second, both directions together."""

    per_second: int
    _recent: deque[datetime] = field(default_factory=deque)

    def count(self, now: datetime) -> None:
        self._forget(now)
        self._recent.append(now)

    def allows(self, now: datetime) -> bool:
        self._forget(now)
        return len(self._recent) < self.per_second

    def _forget(self, now: datetime) -> None:
        while self._recent and now - self._recent[0] >= timedelta(seconds=1):
            self._recent.popleft()


class Brakes:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._pairs: dict[tuple[PhoneNumberId, str], PairBrake] = {}
        self._numbers: dict[PhoneNumberId, NumberBrake] = {}

    def note_inbound(self, number: PhoneNumberId, now: datetime) -> None:
        self._number(number).count(now)

    def objection(self, number: PhoneNumberId, person: str, now: datetime) -> Refusal | None:
        """Why this message is too much now; ``None`` takes it into account."""
        if not self._number(number).allows(now):
            return Refusal(130429, "Cloud API message throughput has been reached.")
        pair = PairBrake(self._limits.pair_seconds, self._limits.pair_burst)
        if not self._pairs.setdefault((number, person), pair).allows(now):
            details = "Too many messages sent from this phone number to the same phone number"
            return Refusal(131056, f"{details} in a short period of time.")
        self._number(number).count(now)
        return None

    def _number(self, number: PhoneNumberId) -> NumberBrake:
        return self._numbers.setdefault(number, NumberBrake(self._limits.messages_per_second))
