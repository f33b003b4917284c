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


class SettableClock:
    """Runs like the one beneath it until it is set; then it stands still, or moves when told to.

    Waiting takes the time of the clock beneath: a service whose clock stands still must go on answering.
    """

    def __init__(self, beneath: Clock) -> None:
        self._beneath = beneath
        self._frozen: datetime | None = None
        self._ahead = timedelta()

    def now(self) -> datetime:
        return self._frozen or self._beneath.now() + self._ahead

    async def sleep(self, seconds: float) -> None:
        await self._beneath.sleep(seconds)

    def freeze(self, at: datetime) -> None:
        self._frozen = at

    def advance(self, seconds: float) -> None:
        if self._frozen:
            self._frozen += timedelta(seconds=seconds)
        else:
            self._ahead += timedelta(seconds=seconds)

    def release(self) -> None:
        self._frozen, self._ahead = None, timedelta()

    @property
    def standing(self) -> bool:
        return self._frozen is not None
