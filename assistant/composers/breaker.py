"""A circuit breaker: after failures in a row an endpoint is left alone for a while, then tried once."""

from datetime import datetime, timedelta
from threading import Lock

from kernel.clock import Clock


class Breaker:
    def __init__(self, clock: Clock, failures: int, rest: timedelta) -> None:
        self._clock = clock
        self._allowed = failures
        self._rest = rest
        self._lock = Lock()
        self._in_a_row = 0
        self._rests_until: datetime | None = None

    def lets_through(self) -> bool:
        """Whether to try now. After the rest one caller is let through; the others wait for how it fares."""
        with self._lock:
            if self._rests_until is None:
                return True
            now = self._clock.now()
            if now < self._rests_until:
                return False
            self._rests_until = now + self._rest
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._in_a_row = 0
            self._rests_until = None

    def failed(self) -> None:
        with self._lock:
            self._in_a_row += 1
            if self._in_a_row >= self._allowed:
                self._rests_until = self._clock.now() + self._rest
