"""The one clock. Everything that needs the time is handed a `Clock`; nothing else asks the system."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, zone-aware, in UTC."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - this is the one place that may


class SetClock:
    """A clock that stands still until it is set or moved; for evaluation and tests."""

    def __init__(self, at: datetime) -> None:
        self._at = aware(at)

    def now(self) -> datetime:
        return self._at

    def set(self, at: datetime) -> None:
        self._at = aware(at)

    def advance(self, by: timedelta) -> None:
        self._at += by


def aware(moment: datetime) -> datetime:
    """The same moment in UTC; a naive datetime is refused with ValueError."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone")
    return moment.astimezone(UTC)
