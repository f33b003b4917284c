"""When a shop is open and who works then: local timetables turned into moments."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from calendar_sync.availability import clocks
from calendar_sync.availability.holidays import closed_days
from calendar_sync.availability.stretches import Stretch, common, minus, stretch, union
from calendar_sync.availability.values import Window
from calendar_sync.shop.values import Closure, Day, OpenRange, Service, Shop, StaffMember

NEXT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Opening:
    """One range of a day's timetable. Past midnight it still belongs to the day on which it began."""

    day: date
    stretch: Stretch


def ranges_on(shop: Shop, day: date) -> Day:
    """The timetable of a date: its own, or none on a holiday, or the weekday's."""
    special = next((one for one in shop.special if one.day == day), None)
    if special is not None:
        return special.ranges
    return () if day in closed_days(shop.holidays, day.year) else shop.weekly[day.weekday()]


def openings(shop: Shop, first: date, last: date) -> tuple[Opening, ...]:
    """Ranges of the timetable that begin on these days, in order. Closures are not yet taken out."""
    days = (first + timedelta(days=count) for count in range((last - first).days + 1))
    return tuple(
        Opening(day, one) for day in days for one in moments_of(ranges_on(shop, day), day, shop.timezone)
    )


def moments_of(ranges: Day, day: date, zone: str) -> list[Stretch]:
    """A day's ranges as moments; one that a change of clocks swallows is gone."""
    return union(_moments(one, day, zone) for one in ranges)


def _moments(one: OpenRange, day: date, zone: str) -> Stretch:
    ends_on = day if one.closes > one.opens else day + NEXT
    start, end = clocks.at(day, one.opens, zone), clocks.at(ends_on, one.closes, zone)
    # Where the clock shows the opening time twice, the hour between would be before it opened.
    again = clocks.comes_twice(start, zone)
    return (again, end) if again is not None and again < end else (start, end)


def closed_by(closures: Iterable[Closure]) -> list[Stretch]:
    return union(stretch(Window(one.start, one.end)) for one in closures if one.start < one.end)


def open_time(shop: Shop, found: Sequence[Opening]) -> list[Stretch]:
    """When the shop is really open: its timetable without its closures."""
    return minus((one.stretch for one in found), closed_by(shop.closures))


def service_time(shop: Shop, service: Service, found: Sequence[Opening]) -> list[Stretch]:
    """When a service is offered: on its weekdays, while the shop is open."""
    offered = [one for one in found if not service.days or one.day.weekday() in service.days]
    return open_time(shop, offered)


def working_time(shop: Shop, member: StaffMember, found: Sequence[Opening]) -> list[Stretch]:
    """When a person works: on their weekdays, in their own hours, while the shop is open and they are not off."""
    at_work = (one for one in found if _comes_on(shop, member, one.day))
    hours = [part for one in at_work for part in _own_hours(shop, member, one)]
    return minus(hours, closed_by((*shop.closures, *member.off)))


def _own_hours(shop: Shop, member: StaffMember, opening: Opening) -> list[Stretch]:
    """What a person works of an opening; past midnight it is still the hours of the day on which it began."""
    if member.hours is None:
        return [opening.stretch]
    own = moments_of(member.hours[opening.day.weekday()], opening.day, shop.timezone)
    return common([opening.stretch], own)


def _comes_on(shop: Shop, member: StaffMember, day: date) -> bool:
    """Everybody comes when the shop opens on a weekday on which it never does: no timetable can have named it."""
    weekday = day.weekday()
    return not member.days or weekday in member.days or not shop.weekly[weekday]
