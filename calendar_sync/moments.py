"""Moments as values carry them: zone-aware or refused, and a date or a moment where people may name either."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BeforeValidator

from calendar_sync.errors import TimeHasNoZone


def checked(*moments: date | datetime | None) -> None:
    """Refuse a naive moment; dates pass."""
    for moment in moments:
        if isinstance(moment, datetime) and moment.tzinfo is None:
            raise TimeHasNoZone(moment)


def _edge(value: object) -> object:
    if not isinstance(value, str):
        return value
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


Edge = Annotated[date | datetime, BeforeValidator(_edge)]
"""Where a time that somebody named begins or ends: a whole day, or a moment."""
