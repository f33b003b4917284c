"""The shop's side of a reading: its zone, its hours by date, its class timetable and its country's holidays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Opening:
    """Opening range in local time. `closes` at or before `opens` means the next day."""

    opens: time
    closes: time


Day = tuple[Opening, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """An opening of a certain day in minutes from that day's midnight: 18:00 to 02:00 is (1080, 1560)."""

    opens: int
    closes: int

    def holds(self, minute: int) -> bool:
        return self.opens <= minute < self.closes


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopClock:
    """What the words of a customer are read against. Hours may be unknown: `weekly` empty throughout."""

    zone: ZoneInfo
    weekly: tuple[Day, ...] = ((),) * _WEEK
    """Monday first."""
    special: Mapping[date, Day] = field(default_factory=dict)
    """Dates that replace the weekly hours completely; an empty tuple is a closed day."""
    classes: tuple[tuple[time, ...], ...] = ((),) * _WEEK
    """Starting times of the class timetable, Monday first."""
    country: str = ""
    """ISO 3166, for public holidays; empty: none are known."""
    month_first: bool = False
    """Whether 3/4 is the fourth of March at this shop."""

    @property
    def hours_known(self) -> bool:
        return any(self.weekly)

    def stretches(self, day: date) -> tuple[Stretch, ...]:
        """The openings of a day in order; empty on a closed day."""
        return _stretches(self.special.get(day, self.weekly[day.weekday()]))

    def usual_stretches(self, day: date) -> tuple[Stretch, ...]:
        """The openings of the day, or of its weekday, or of the first day of the week that has any."""
        candidates = (self.stretches(day), *(self.week_stretches(at % _WEEK) for at in _from(day)))
        return next((found for found in candidates if found), ())

    def week_stretches(self, weekday: int) -> tuple[Stretch, ...]:
        return _stretches(self.weekly[weekday])

    def class_minutes(self, day: date) -> tuple[int, ...]:
        return tuple(minutes(at) for at in self.classes[day.weekday()])

    def at(self, day: date, minute: int) -> datetime:
        """The moment so many minutes after the day's midnight on the wall clock.

        A wall time that daylight saving skips is the moment the clocks show instead.
        """
        days, rest = divmod(minute, 24 * 60)
        wall = datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60), self.zone)
        return settled(wall)


def settled(wall: datetime) -> datetime:
    """The same moment with a wall time that exists."""
    zone = wall.tzinfo
    offset = wall.utcoffset() or timedelta()
    return (wall.replace(tzinfo=_utc()) - offset).astimezone(zone)


def minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _utc() -> ZoneInfo:
    return ZoneInfo("UTC")


def _from(day: date) -> Iterator[int]:
    return iter(range(day.weekday(), day.weekday() + _WEEK))


def _stretches(openings: Day) -> tuple[Stretch, ...]:
    found = []
    for opening in openings:
        opens, closes = minutes(opening.opens), minutes(opening.closes)
        found.append(Stretch(opens, closes if closes > opens else closes + 24 * 60))
    return tuple(sorted(found, key=lambda stretch: stretch.opens))
