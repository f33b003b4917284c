"""Meta's brakes: how fast one number may talk, and how fast to one person."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta


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
        self._exhausted = False
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
        self._recent.append(now)

    def allows(self, now: datetime) -> bool:
        while self._recent and now - self._recent[0] >= timedelta(seconds=1):
            self._recent.popleft()
        return len(self._recent) < self.per_second
