"""Time as the sandbox sees it; tests and rehearsals hand in a clock that they wind themselves."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime: ...

    async def sleep(self, seconds: float) -> None: ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.fromtimestamp(time.time(), tz=UTC)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class WoundClock:
    """Stands still until ``advance`` is called; sleepers wake when their moment has come."""

    def __init__(self, start: datetime) -> None:
        self._now = start
        self._sleepers: list[tuple[datetime, asyncio.Event]] = []

    def now(self) -> datetime:
        return self._now

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        alarm = asyncio.Event()
        self._sleepers.append((self._now + timedelta(seconds=seconds), alarm))
        await alarm.wait()

    def advance(self, **amount: float) -> None:
        self._now += timedelta(**amount)
        for due, alarm in self._sleepers:
            if due <= self._now:
                alarm.set()
        self._sleepers = [sleeper for sleeper in self._sleepers if sleeper[0] > self._now]
