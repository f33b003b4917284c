"""What a merchant knows, as the diary needs it: hours, closures, services, staff, and how bookings are made.

The one place that knows both the knowledge base and the diary's shop. It is delivered in the transaction that
publishes, so that neither room ever has hours that the other has not.
"""

from collections.abc import Sequence

from sqlmodel import Session

from app.shop_columns import Columns, in_section, table_service_name
from app.shop_records import (
    agenda_of,
    can_be_booked,
    classes_of,
    closures_of,
    holidays_of,
    hours_of,
    off_of,
    reminders_of,
    rooms_named,
    rooms_of,
    rules_columns,
    rules_of,
    tables_of,
)
from calendar_sync.ids import ServiceId, StaffId
from calendar_sync.shop.store import deliver, delivered_digest, digest_of
from calendar_sync.shop.values import (
    OpenRange,
    RoomSpace,
    Service,
    ServiceKind,
    Shop,
    SpecialDay,
    StaffMember,
)
from kernel.clock import Clock
from kernel.ids import MerchantId
from knowledge import entries
from knowledge.entries import Address, Hours, Item, KnowledgeBase, Record, Staff
from knowledge.readers import fold
from knowledge.store import load

TABLE_MINUTES = 90
TABLE = ServiceId("table")


def deliver_shop(session: Session, clock: Clock, merchant: MerchantId) -> None:
    """Give the diary its copy of what is published now. Call it in the transaction that publishes."""
    base = load(session, merchant)
    if base is not None:
        deliver(session, merchant, shop_of(base), clock.now())


def copies_agree(session: Session, merchant: MerchantId) -> bool:
    """Whether the diary's copy says what is published; a merchant without either agrees too."""
    base = load(session, merchant)
    expected = None if base is None else digest_of(shop_of(base))
    return delivered_digest(session, merchant) == expected


def shop_of(base: KnowledgeBase) -> Shop:
    """The diary's value of a knowledge base; what cannot be booked is left out."""
    records = [one for one in base.entries if isinstance(one, Record)]
    rules = rules_columns(records)
    country = base.profile.locale.partition("-")[2].upper()
    hours = next((one for one in base.entries if isinstance(one, Hours)), None)
    people = next((one.members for one in base.entries if isinstance(one, Staff)), ())
    services = _services(base, records)
    return Shop(
        name=base.profile.name,
        timezone=base.profile.timezone,
        languages=base.profile.languages,
        country=country,
        address=next((one.text for one in base.entries if isinstance(one, Address)), ""),
        weekly=_week(hours),
        special=_special(hours),
        holidays=holidays_of(rules, country),
        closures=closures_of(records, base.profile.timezone),
        services=services,
        staff=tuple(_member(one, records, base.profile.timezone) for one in people),
        rooms=rooms_of(records),
        classes=classes_of(records, lambda row, columns: _service_of(row, columns, services), people),
        tables=tables_of(records),
        rules=rules_of(rules),
        agenda=agenda_of(rules),
        version=base.version,
        **({"reminders": reminders_of(rules)} if reminders_of(rules) else {}),
    )


def _range(one: entries.TimeRange) -> OpenRange:
    return OpenRange(one.opens, one.closes)


def _week(hours: Hours | None) -> tuple[tuple[OpenRange, ...], ...]:
    return ((),) * 7 if hours is None else tuple(tuple(map(_range, day)) for day in hours.weekly)


def _special(hours: Hours | None) -> tuple[SpecialDay, ...]:
    days = () if hours is None else hours.special
    return tuple(
        SpecialDay(day=one.day, ranges=tuple(map(_range, one.ranges)), note=one.note) for one in days
    )


def _member(one: entries.StaffMember, records: Sequence[Record], zone: str) -> StaffMember:
    return StaffMember(
        id=StaffId(one.id),
        name=one.name,
        role=one.role,
        days=one.days,
        hours=hours_of(records, one),
        off=off_of(records, zone, one),
    )


def _services(base: KnowledgeBase, records: Sequence[Record]) -> tuple[Service, ...]:
    """The bookable rows of the catalogue, then what only the timetable or the tables name."""
    items = [one for one in base.entries if isinstance(one, Item) and one.bookable]
    classes = _class_services(records, {fold(one.name): one for one in items})
    rooms = rooms_of(records)
    has_tables, has_staff = bool(tables_of(records)), any(isinstance(one, Staff) for one in base.entries)
    found = [_service(one, classes, rooms, at_table=has_tables and not has_staff) for one in items]
    listed = [one for one in found if one is not None]
    known = {one.id for one in listed}
    extra = [one for key, one in classes.items() if key not in known]
    if has_tables and not any(one.kind is ServiceKind.TABLE for one in listed):
        name = table_service_name(base.profile.languages[0] if base.profile.languages else "en")
        extra.append(Service(id=TABLE, name=name, minutes=TABLE_MINUTES, kind=ServiceKind.TABLE))
    return (*listed, *extra)


def _service(
    item: Item, classes: dict[ServiceId, Service], rooms: Sequence[RoomSpace], *, at_table: bool
) -> Service | None:
    key, columns = ServiceId(item.key), Columns(item.extra)
    group = classes.get(key)
    minutes = item.duration_minutes or (group.minutes if group else TABLE_MINUTES if at_table else 0)
    if not minutes:
        return None
    kind = ServiceKind.GROUP if group else ServiceKind.TABLE if at_table else ServiceKind.APPOINTMENT
    return Service(
        id=key,
        name=item.name,
        minutes=minutes,
        kind=kind,
        staff=tuple(StaffId(one) for one in item.staff),
        rooms=rooms_named(columns.parts("rooms"), rooms),
        days=item.days,
        before=columns.minutes("before") or 0,
        after=columns.minutes("after") or 0,
        notice_book=columns.minutes("notice_book"),
        notice_move=columns.minutes("notice_move"),
        notice_cancel=columns.minutes("notice_cancel"),
        horizon_days=columns.number("horizon_days"),
        grid=columns.minutes("grid"),
        members_only=columns.flag("members_only"),
        reminders=reminders_of(columns),
        phrasings=item.phrasings,
        price="" if item.price is None else str(item.price),
    )


def _class_services(records: Sequence[Record], items: dict[str, Item]) -> dict[ServiceId, Service]:
    """A service for each class that the timetable names: the catalogue's row of that name, or its own."""
    found: dict[str, Service] = {}
    for record in in_section(records, "classes"):
        columns = Columns(record.fields)
        item = items.get(fold(columns.text("service"))) or items.get(fold(record.name))
        minutes = columns.minutes("minutes") or (item.duration_minutes if item else None)
        if minutes and can_be_booked(columns) and fold(record.name) not in found:
            key = ServiceId(item.key if item else record.key)
            service = Service(
                id=key,
                name=item.name if item else record.name,
                minutes=minutes,
                kind=ServiceKind.GROUP,
                members_only=columns.flag("members_only"),
            )
            found[fold(record.name)] = service
    return {one.id: one for one in found.values()}


def _service_of(
    record: Record, columns: Columns, services: Sequence[Service]
) -> tuple[ServiceId, int | None]:
    """The service of a line of the timetable, and how long it usually takes."""
    wanted = {fold(columns.text("service")), fold(record.name), fold(record.key)} - {""}
    for one in services:
        if fold(one.id) in wanted or fold(one.name) in wanted:
            return one.id, one.minutes
    return ServiceId(record.key), None
