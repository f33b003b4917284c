"""Opening hours as a timetable: what is open on a day, at a moment, until when, and when next. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from knowledge.entries import EntryKey, Hours, SpecialDay, TimeRange

_HORIZON_DAYS = 60


@dataclass(frozen=True, slots=True)
class Opening:
    """A stretch of local time in which the shop is open, with the entry that says so."""

    opens: datetime
    closes: datetime
    source: EntryKey

    def holds(self, moment: datetime) -> bool:
        return self.opens <= moment < self.closes


@dataclass(frozen=True, slots=True)
class Day:
    """One date: its ranges in order, and the special day that sets them, if one does."""

    day: date
    ranges: tuple[TimeRange, ...]
    special: SpecialDay | None
    source: EntryKey

    @property
    def is_closed(self) -> bool:
        return not self.ranges


class Timetable:
    """The hours entry, asked questions. All moments are local and carry the merchant's zone."""

    def __init__(self, hours: Hours) -> None:
        self._hours = hours
        self._special = {special.day: special for special in hours.special}

    def day(self, day: date) -> Day:
        special = self._special.get(day)
        if special is not None:
            return Day(day, special.ranges, special, special.key)
        return Day(day, self._hours.weekly[day.weekday()], None, self._hours.key)

    def weekday(self, weekday: int) -> tuple[TimeRange, ...]:
        return self._hours.weekly[weekday]

    def special_days(self) -> tuple[SpecialDay, ...]:
        return tuple(sorted(self._hours.special, key=lambda special: special.day))

    def open_at(self, moment: datetime) -> Opening | None:
        """The opening that holds this moment, counted from the day before too (past midnight)."""
        around = (moment.date() - timedelta(days=1), moment.date())
        return next(
            (span for day in around for span in self.openings(day, moment) if span.holds(moment)), None
        )

    def next_opening(self, moment: datetime) -> Opening | None:
        for ahead in range(_HORIZON_DAYS):
            for span in self.openings(moment.date() + timedelta(days=ahead), moment):
                if span.opens > moment:
                    return span
        return None

    def last_closing(self, moment: datetime) -> Opening | None:
        """The last opening of the day that this moment belongs to (past midnight: the day before's)."""
        running = self.open_at(moment)
        day = running.opens.date() if running is not None else moment.date()
        spans = tuple(self.openings(day, moment))
        return spans[-1] if spans else None

    def openings(self, day: date, like: datetime) -> Iterator[Opening]:
        """The day's ranges as moments in the zone of `like`."""
        plan = self.day(day)
        for span in plan.ranges:
            opens = datetime.combine(day, span.opens, like.tzinfo)
            closes = datetime.combine(day, span.closes, like.tzinfo)
            if closes <= opens:
                closes += timedelta(days=1)
            yield Opening(opens, closes, plan.source)


def joined(ranges: tuple[TimeRange, ...]) -> tuple[TimeRange, ...]:
    """The ranges in order of opening."""
    return tuple(sorted(ranges, key=lambda span: span.opens))
