"""A merchant's shop: hours, closures, services, people, rooms, classes, tables, and the rules of booking.

Clock times are local to the shop's zone. A range that closes at or before it opens ends on the next day.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from calendar_sync.ids import ClassId, RoomId, ServiceId, StaffId, TableId
from calendar_sync.moments import checked


@dataclass(frozen=True, slots=True)
class OpenRange:
    opens: time
    closes: time


Day = tuple[OpenRange, ...]
"""A day's ranges; none = closed."""
Week = tuple[Day, ...]
"""Seven days, Monday first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialDay:
    """A date that replaces the weekly hours completely."""

    day: date
    ranges: Day = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """A stretch of time in which nothing is booked, whatever the hours say."""

    start: datetime
    end: datetime
    note: str = ""

    def __post_init__(self) -> None:
        checked(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holidays:
    """Public holidays of a country (ISO 3166) and region, as far as the merchant has confirmed them.

    A confirmation is by name, so that it holds for the years to come. What was not confirmed closes nothing.
    """

    country: str
    region: str | None = None
    closed: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How bookings are made. Minutes, except where the name says days."""

    notice_book: int = 0
    notice_move: int = 0
    notice_cancel: int = 0
    horizon_days: int = 180
    grid: int = 15
    """Distance of the times that are offered, counted from each opening."""
    exact: int = 5
    """A time that the customer names may lie on this finer grid."""
    hold: int = 10
    """How long a slot is kept for a customer who has not confirmed."""
    parallel: int = 1
    """How many appointments a shop without staff can take at once."""


class ServiceKind(StrEnum):
    APPOINTMENT = "appointment"
    """With a person, or with the shop itself where it names no staff."""
    GROUP = "group"
    """A class: at the times of its timetable, as many as have a seat."""
    TABLE = "table"
    """At a table that is large enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What can be booked. Rules that are None are the shop's."""

    id: ServiceId
    name: str
    minutes: int
    kind: ServiceKind = ServiceKind.APPOINTMENT
    staff: tuple[StaffId, ...] = ()
    """Who can do it; empty = everybody."""
    rooms: tuple[RoomId, ...] = ()
    """It needs one of these; empty = none."""
    days: tuple[int, ...] = ()
    """Weekdays on which it is offered, Monday = 0; empty = whenever the shop is open."""
    before: int = 0
    after: int = 0
    """Buffers in minutes, in which nothing else may take the same person, room or table."""
    notice_book: int | None = None
    notice_move: int | None = None
    notice_cancel: int | None = None
    horizon_days: int | None = None
    grid: int | None = None
    members_only: bool = False
    reminders: tuple[int, ...] = ()
    """Lead times in minutes; empty = the merchant's own for all services."""
    phrasings: tuple[str, ...] = ()
    price: str = ""
    """As the merchant shows it; the diary only repeats it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    id: StaffId
    name: str
    role: str = ""
    days: tuple[int, ...] = ()
    """Weekdays; empty = whenever the shop is open."""
    hours: Week | None = None
    """Own hours within the shop's; None = the shop's."""
    off: tuple[Closure, ...] = ()
    phrasings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSpace:
    """A room, a chair, a machine: what one appointment occupies."""

    id: RoomId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupClass:
    """A line of the timetable: a class that is held every week."""

    id: ClassId
    service: ServiceId
    days: tuple[int, ...]
    starts: time
    minutes: int
    seats: int
    name: str = ""
    staff: StaffId | None = None
    room: RoomId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DiningTable:
    """A table for so many people."""

    id: TableId
    name: str
    seats: int
    at_least: int = 1


class AgendaChoice(StrEnum):
    GOOGLE = "google"
    """Without a working connection no slot is offered."""
    LOCAL = "local"
    """The merchant chose to book without a linked calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """Everything that availability needs to know of a merchant but what is taken."""

    name: str
    timezone: str
    languages: tuple[str, ...] = ("es",)
    country: str = ""
    """ISO 3166, where phone numbers without a country are at home."""
    address: str = ""
    weekly: Week = ((),) * 7
    special: tuple[SpecialDay, ...] = ()
    holidays: Holidays | None = None
    closures: tuple[Closure, ...] = ()
    services: tuple[Service, ...] = ()
    staff: tuple[StaffMember, ...] = ()
    rooms: tuple[RoomSpace, ...] = ()
    classes: tuple[GroupClass, ...] = ()
    tables: tuple[DiningTable, ...] = ()
    rules: Rules = Rules()
    reminders: tuple[int, ...] = (1440,)
    """Lead times in minutes for services that name none."""
    agenda: AgendaChoice = AgendaChoice.GOOGLE
    version: int = 0

    def service(self, key: str | None) -> Service | None:
        return next((one for one in self.services if one.id == key), None)

    def member(self, key: str | None) -> StaffMember | None:
        return next((one for one in self.staff if one.id == key), None)

    def staff_of(self, service: Service) -> tuple[StaffMember, ...]:
        """Who can do it, in the shop's order."""
        return tuple(one for one in self.staff if not service.staff or one.id in service.staff)
