"""Rooms, classes, tables, closures and rules of booking, out of the tables that a merchant keeps."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.shop_columns import Columns, in_section, inside
from calendar_sync.ids import ClassId, RoomId, ServiceId, StaffId, TableId
from calendar_sync.shop.values import (
    AgendaChoice,
    Closure,
    DiningTable,
    GroupClass,
    Holidays,
    OpenRange,
    RoomSpace,
    Rules,
    Week,
)
from knowledge.entries import Record, StaffMember
from knowledge.readers import fold, read_date, read_duration, read_time

_NO_TIME = time()


def rules_columns(records: Sequence[Record]) -> Columns:
    """What all rows of the section on booking say, also where it is written as one text."""
    rows = [pair for record in in_section(records, "rules") for pair in record.fields]
    return Columns([pair for heading, value in rows for pair in ((heading, value), *inside(value))])


def rules_of(columns: Columns) -> Rules:
    named = ("notice_book", "notice_move", "notice_cancel", "grid", "hold")
    minutes = {name: columns.minutes(name) for name in named}
    numbers = {name: columns.number(name) for name in ("horizon_days", "parallel")}
    given = {name: value for name, value in (minutes | numbers).items() if value is not None}
    return Rules(**given)


def reminders_of(columns: Columns) -> tuple[int, ...]:
    """Lead times in minutes, the longest first."""
    found = (read_duration(part) for part in columns.parts("reminders"))
    return tuple(sorted({one for one in found if one}, reverse=True))


def agenda_of(columns: Columns) -> AgendaChoice:
    return AgendaChoice.LOCAL if fold(columns.text("agenda")) == "local" else AgendaChoice.GOOGLE


def holidays_of(columns: Columns, country: str) -> Holidays | None:
    """What the merchant has confirmed; nothing confirmed is no rule."""
    closed, open_ = (_names(columns.text(field)) for field in ("holidays_closed", "holidays_open"))
    if not (closed or open_):
        return None
    return Holidays(
        country=columns.text("country") or country,
        region=columns.text("region") or None,
        closed=closed,
        open=open_,
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"\s*[,;]\s*", text) if part)


def rooms_of(records: Sequence[Record]) -> tuple[RoomSpace, ...]:
    return tuple(RoomSpace(id=RoomId(one.key), name=one.name) for one in in_section(records, "rooms"))


def tables_of(records: Sequence[Record]) -> tuple[DiningTable, ...]:
    """Tables that say how many they seat; the others cannot be given to anybody. A row may stand for several."""
    found = []
    for record in in_section(records, "tables"):
        columns = Columns(record.fields)
        seats, least = columns.number("seats"), columns.number("at_least") or 1
        for number in range(columns.number("count") or 1 if seats else 0):
            table = DiningTable(
                id=TableId(_numbered(record.key, number)), name=record.name, seats=seats or 0, at_least=least
            )
            found.append(table)
    return tuple(found)


def _numbered(key: str, number: int) -> str:
    return key if number == 0 else f"{key}+{number}"


def classes_of(
    records: Sequence[Record],
    service_of: Callable[[Record, Columns], tuple[ServiceId, int | None]],
    people: Sequence[StaffMember],
) -> tuple[GroupClass, ...]:
    """Lines of the timetable: one for each hour that a row names. Without days, hour or seats there is no class."""
    found: list[GroupClass] = []
    for record in in_section(records, "classes"):
        columns = Columns(record.fields)
        seats, (service, usual) = columns.number("seats"), service_of(record, columns)
        minutes = columns.minutes("minutes") or usual
        if seats and minutes:
            found += (
                GroupClass(
                    id=ClassId(_numbered(record.key, number)),
                    service=service,
                    name=record.name,
                    days=days,
                    starts=starts,
                    minutes=minutes,
                    seats=seats,
                    staff=_person(columns.text("staff"), people),
                    room=next(iter(rooms_named(columns.parts("rooms"), rooms_of(records))), None),
                )
                for number, (days, starts) in enumerate(_meetings(columns))
            )
    return tuple(found)


def can_be_booked(columns: Columns) -> bool:
    """Whether the row says when the class is held and for how many."""
    return bool(columns.number("seats") and _meetings(columns))


def _meetings(columns: Columns) -> list[tuple[tuple[int, ...], time]]:
    """When a class is held: a list of meetings, or its days at its hours."""
    sessions = columns.text("sessions")
    if sessions:
        each = (Columns([("", part), *inside(part)]) for part in sessions.split(";"))
        return [meeting for one in each for meeting in _meetings(one)]
    days = columns.weekdays("days")
    starts = (read_time(part.split("-")[0]) for part in columns.parts("starts"))
    return [(days, start) for start in starts if start is not None] if days else []


def _person(said: str, people: Sequence[StaffMember]) -> StaffId | None:
    key = fold(said)
    return next((StaffId(one.id) for one in people if key and key in (fold(one.id), fold(one.name))), None)


def closures_of(records: Sequence[Record], zone: str) -> tuple[Closure, ...]:
    """One-off closures of the shop: a day, from one day to another (both closed), or hours of a day."""
    rows = ((one, Columns(one.fields)) for one in in_section(records, "closures"))
    return _closures([(one, columns) for one, columns in rows if not columns.text("staff")], zone)


def off_of(records: Sequence[Record], zone: str, member: StaffMember) -> tuple[Closure, ...]:
    """The same for the days on which one person is not there."""
    rows = ((one, Columns(one.fields)) for one in in_section(records, "closures"))
    theirs = [(one, cols) for one, cols in rows if _person(cols.text("staff"), [member]) is not None]
    return _closures(theirs, zone)


def _closures(rows: Sequence[tuple[Record, Columns]], zone: str) -> tuple[Closure, ...]:
    found = []
    for record, written in rows:
        columns = Columns((*written.pairs, ("date", record.name)))
        first = columns.read("start", read_date) or columns.read("date", read_date)
        last = columns.read("end", read_date) or first
        if first is not None and last is not None:
            start, end = _edge(first, columns, "start", zone), _edge(last, columns, "end", zone)
            found.append(Closure(start=start, end=end, note=record.name))
    return tuple(found)


def hours_of(records: Sequence[Record], member: StaffMember) -> Week | None:
    """A person's own hours, a row for one or more weekdays; None where no row names the person."""
    week: dict[int, tuple[OpenRange, ...]] = {}
    for record in in_section(records, "staff_hours"):
        columns = Columns(record.fields)
        if _person(columns.text("staff") or record.name, [member]) is not None:
            ranges = tuple(one for one in map(_range, columns.parts("starts")) if one is not None)
            week |= dict.fromkeys(columns.weekdays("days") or range(7), ranges)
    return tuple(week.get(day, ()) for day in range(7)) if week else None


def _range(written: str) -> OpenRange | None:
    opens, _, closes = (part.strip() for part in written.partition("-"))
    first, last = read_time(opens), read_time(closes)
    return OpenRange(first, last) if first is not None and last is not None else None


def rooms_named(said: Sequence[str], rooms: Sequence[RoomSpace]) -> tuple[RoomId, ...]:
    """Rooms by their id or their name; one that is in no list is a room of its own."""
    ids = {fold(one.name): one.id for one in rooms} | {fold(one.id): one.id for one in rooms}
    return tuple(ids.get(fold(one), RoomId(one)) for one in said)


def _edge(day: date, columns: Columns, field: str, zone: str) -> datetime:
    clock = columns.read(field, read_time)
    if clock is None and field == "end":
        day += timedelta(days=1)
    return datetime.combine(day, clock or _NO_TIME, tzinfo=ZoneInfo(zone))
