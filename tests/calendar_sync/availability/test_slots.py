"""Which times are offered: hours, people, rooms, buffers, notice, holidays, classes, tables."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from calendar_sync.availability.holidays import public_holidays, unconfirmed
from calendar_sync.availability.slots import find, needs_of, options
from calendar_sync.availability.stretches import seconds
from calendar_sync.availability.values import (
    Ask,
    Busy,
    Purpose,
    Resource,
    ResourceKind,
    Situation,
    Taken,
    Unknown,
    Window,
)
from calendar_sync.google.agenda import WhyUnknown
from calendar_sync.ids import BookingId, ServiceId, StaffId, TableId
from calendar_sync.shop.values import Closure, Holidays, OpenRange, Rules, Shop, SpecialDay, StaffMember
from tests.calendar_sync.shops import (
    ANA,
    CABIN,
    CLINIC,
    CUT,
    DAWN,
    DINNER,
    LASER,
    LUIS,
    RESTAURANT,
    STALL,
    STUDIO,
    YOGA,
)

BOGOTA = ZoneInfo("America/Bogota")
MONDAY, TUESDAY, SATURDAY, SUNDAY = (date(2026, 11, day) for day in (23, 24, 28, 29))
NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # midnight in Bogotá


def local(day: date, clock: str, zone: str = "America/Bogota") -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=ZoneInfo(zone))


def whole(day: date, zone: str = "America/Bogota") -> Window:
    return Window(local(day, "00:00", zone), local(day + timedelta(days=1), "00:00", zone))


def situation(shop: Shop = CLINIC, busy: Busy | Unknown | None = None, *taken: Taken) -> Situation:
    return Situation(shop=shop, busy=busy or Busy(), taken=taken, now=NOW)


def clocks(found: Situation, ask: Ask) -> list[str]:
    zone = ZoneInfo(found.shop.timezone)
    return [f"{slot.start.astimezone(zone):%H:%M}" for slot in find(found, ask)]


def ask(service: ServiceId = CUT, day: date = TUESDAY, **more: object) -> Ask:
    return Ask(**({"service": service, "window": whole(day)} | more))  # type: ignore[arg-type]


def busy(day: date, start: str, end: str) -> Window:
    return Window(local(day, start), local(day, end))


MORNING = ["08:00", "08:30", "09:00", "09:30", "10:00", "10:30", "11:00", "11:30"]
AFTERNOON = ["14:00", "14:30", "15:00", "15:30", "16:00", "16:30", "17:00", "17:30"]


def test_a_free_day_has_every_time_of_the_grid_and_ends_by_closing() -> None:
    assert clocks(situation(), ask()) == MORNING + AFTERNOON


def test_no_slot_runs_through_the_lunch_break() -> None:
    long = replace(CLINIC, services=(replace(CLINIC.services[0], minutes=90),))
    assert clocks(situation(long), ask()) == [*MORNING[:-2], *AFTERNOON[:-2]]


def test_a_closed_day_has_none() -> None:
    assert clocks(situation(), ask(day=SUNDAY)) == []


def test_a_service_that_does_not_exist_has_none() -> None:
    assert clocks(situation(), ask(ServiceId("nothing"))) == []


def test_an_unknown_calendar_has_no_slot() -> None:
    unknown = situation(CLINIC, Unknown(WhyUnknown.UNREACHABLE))
    assert find(unknown, ask()) == ()
    assert options(unknown, ask(), seconds(local(TUESDAY, "10:00"))) == ()


def test_people_work_on_their_days_only() -> None:
    assert {slot.staff for slot in find(situation(), ask(day=SATURDAY))} == {LUIS}
    assert clocks(situation(), ask(day=SATURDAY, staff=ANA)) == []
    assert clocks(situation(), ask(day=MONDAY, staff=LUIS)) == []


def test_people_work_in_their_own_hours() -> None:
    late = (OpenRange(time(10), time(15)),)
    member = StaffMember(id=ANA, name="Ana", hours=(late,) * 7)
    assert clocks(situation(replace(CLINIC, staff=(member,))), ask()) == [*MORNING[4:], "14:00", "14:30"]


def test_a_day_off_takes_one_person_away() -> None:
    off = Closure(start=local(TUESDAY, "00:00"), end=local(TUESDAY, "12:00"))
    shop = replace(CLINIC, staff=(replace(CLINIC.staff[0], off=(off,)), CLINIC.staff[1]))
    assert clocks(situation(shop), ask(staff=ANA)) == AFTERNOON
    assert clocks(situation(shop), ask()) == MORNING + AFTERNOON


def test_everybody_comes_on_a_special_day_that_no_timetable_names() -> None:
    opened = SpecialDay(day=SUNDAY, ranges=(OpenRange(time(8), time(10)),))
    shop = replace(CLINIC, special=(opened,))
    assert clocks(situation(shop), ask(day=SUNDAY, staff=ANA)) == MORNING[:4]


def test_a_special_day_replaces_the_weekly_hours() -> None:
    short = SpecialDay(day=TUESDAY, ranges=(OpenRange(time(9), time(10)),))
    closed = SpecialDay(day=MONDAY)
    shop = replace(CLINIC, special=(short, closed))
    assert clocks(situation(shop), ask()) == ["09:00", "09:30"]
    assert clocks(situation(shop), ask(day=MONDAY)) == []


def test_the_calendar_of_all_blocks_all_and_ones_own_blocks_one() -> None:
    everybody = Busy((busy(TUESDAY, "08:00", "11:00"),))
    assert clocks(situation(CLINIC, everybody), ask()) == ["11:00", "11:30", *AFTERNOON]
    one = Busy((), ((ANA, (busy(TUESDAY, "08:00", "11:00"),)),))
    assert clocks(situation(CLINIC, one), ask()) == MORNING + AFTERNOON
    assert clocks(situation(CLINIC, one), ask(staff=ANA)) == ["11:00", "11:30", *AFTERNOON]
    assert find(situation(CLINIC, one), ask())[0].staff == LUIS


def test_a_busy_second_is_enough_to_block() -> None:
    start = local(TUESDAY, "08:29:59")
    blocked = Busy((Window(start, start + timedelta(microseconds=1)),))
    assert clocks(situation(CLINIC, blocked), ask())[0] == "08:30"


def test_a_one_off_closure_blocks_everybody() -> None:
    closure = Closure(start=local(TUESDAY, "09:15"), end=local(TUESDAY, "17:00"))
    shop = replace(CLINIC, closures=(closure,))
    assert clocks(situation(shop), ask()) == ["08:00", "08:30", "17:00", "17:30"]


def test_a_closure_closes_shops_without_staff_too() -> None:
    start = local(TUESDAY, "18:00", RESTAURANT.timezone)
    closure = Closure(start=start, end=start + timedelta(hours=3))
    evening = Window(start, start + timedelta(hours=5))
    fonda = situation(replace(RESTAURANT, closures=(closure,)))
    assert clocks(fonda, ask(DINNER, window=evening, party_size=2))[0] == "21:00"
    stall = replace(STALL, closures=(Closure(start=start - timedelta(hours=8), end=start),))
    assert clocks(situation(stall), ask(window=whole(TUESDAY, STALL.timezone)))[-1] == "09:30"


def taken(resource: Resource, day: date, start: str, end: str, unit: int = 0) -> Taken:
    return Taken(
        resource=resource,
        window=Window(local(day, start), local(day, end)),
        booking=BookingId(uuid4()),
        unit=unit,
    )


def test_a_person_without_a_free_room_is_no_slot() -> None:
    room = taken(Resource(ResourceKind.ROOM, CABIN), TUESDAY, "08:00", "16:00")
    assert clocks(situation(), ask(LASER))[0] == "08:00"
    assert clocks(situation(CLINIC, None, room), ask(LASER))[0] == "16:30"


def test_buffers_count_against_others_and_not_against_closing() -> None:
    found = clocks(situation(), ask(LASER))
    assert (found[0], found[-1]) == ("08:00", "17:00")
    cut = taken(Resource(ResourceKind.STAFF, ANA), TUESDAY, "10:00", "10:30")
    assert clocks(situation(CLINIC, None, cut), ask(LASER))[:2] == ["08:00", "08:30"]
    assert "09:00" not in clocks(situation(CLINIC, None, cut), ask(LASER))
    assert clocks(situation(CLINIC, None, cut), ask(LASER))[2] == "11:00"


def test_the_booking_that_is_moved_is_not_in_its_own_way() -> None:
    mine = taken(Resource(ResourceKind.STAFF, ANA), TUESDAY, "10:00", "10:30")
    found = situation(CLINIC, None, mine)
    assert "10:00" not in clocks(found, ask(staff=ANA))
    assert "10:00" in clocks(found, ask(staff=ANA, moving=mine.booking))


@pytest.mark.parametrize(("purpose", "first"), [(Purpose.BOOK, "09:00"), (Purpose.MOVE, "10:00")])
def test_notice_is_kept_for_each_purpose(purpose: Purpose, first: str) -> None:
    shop = replace(CLINIC, rules=Rules(grid=30, notice_book=60 * 33, notice_move=60 * 34))
    assert clocks(situation(shop), ask(purpose=purpose))[0] == first


def test_a_services_own_rules_win() -> None:
    own = replace(CLINIC.services[0], notice_book=60 * 34, grid=60, horizon_days=1)
    shop = replace(CLINIC, services=(own,), rules=Rules(grid=30, notice_book=0))
    assert clocks(situation(shop), ask())[:2] == ["10:00", "11:00"]
    assert clocks(situation(shop), ask(day=TUESDAY + timedelta(days=1))) == []


def test_the_horizon_ends_with_a_local_day() -> None:
    shop = replace(CLINIC, rules=Rules(grid=30, horizon_days=1))
    assert clocks(situation(shop), ask())[-1] == "17:30"
    assert clocks(situation(shop), ask(day=TUESDAY + timedelta(days=1))) == []


def test_confirmed_holidays_close_the_shop_in_every_year() -> None:
    rule = Holidays(country="CO", closed=("Navidad", "Día de los Reyes Magos"))
    shop = replace(CLINIC, holidays=rule)
    christmas, kings, immaculate = date(2026, 12, 25), date(2027, 1, 11), date(2026, 12, 8)
    assert clocks(situation(shop), ask(day=christmas)) == []
    assert clocks(situation(shop), ask(day=kings)) == []
    assert clocks(situation(shop), ask(day=immaculate)) == MORNING + AFTERNOON
    assert clocks(situation(), ask(day=christmas)) == MORNING + AFTERNOON


def test_a_special_day_opens_even_on_a_confirmed_holiday() -> None:
    christmas = date(2026, 12, 25)
    opened = SpecialDay(day=christmas, ranges=(OpenRange(time(8), time(9)),))
    shop = replace(CLINIC, special=(opened,), holidays=Holidays(country="CO", closed=("Navidad",)))
    assert clocks(situation(shop), ask(day=christmas)) == ["08:00", "08:30"]


def test_holidays_are_those_of_the_region_and_are_asked_about_until_confirmed() -> None:
    capital = {one.name for one in public_holidays("BR", "SP", 2026)}
    nation = {one.name for one in public_holidays("BR", None, 2026)}
    assert capital > nation
    assert public_holidays("XX", None, 2026) == ()
    rule = Holidays(country="CO", closed=("Navidad",), open=("Año Nuevo",))
    names = {one.name for one in unconfirmed(rule, (2026,))}
    assert "Día de la Independencia" in names
    assert not {"Navidad", "Año Nuevo"} & names


def test_no_holidays_name_changes_with_the_weekday() -> None:
    names = [{one.name for one in public_holidays("CO", None, year)} for year in range(2026, 2032)]
    assert all(one == names[0] for one in names)


def test_slots_past_midnight_belong_to_the_evening_before() -> None:
    found = clocks(
        situation(RESTAURANT), ask(DINNER, window=whole(TUESDAY, "America/Mexico_City"), party_size=2)
    )
    assert found[:2] == ["00:00", "00:15"]
    assert "00:30" in found
    assert "00:45" not in found
    assert found[-1] == "23:45"


def test_a_party_gets_the_smallest_table_that_fits() -> None:
    evening = Window(
        local(TUESDAY, "20:00", RESTAURANT.timezone), local(TUESDAY, "20:01", RESTAURANT.timezone)
    )
    assert [s.table for s in find(situation(RESTAURANT), ask(DINNER, window=evening, party_size=2))] == ["t2"]
    assert [s.table for s in find(situation(RESTAURANT), ask(DINNER, window=evening, party_size=4))] == ["t6"]
    assert find(situation(RESTAURANT), ask(DINNER, window=evening, party_size=7)) == ()
    small = Taken(
        resource=Resource(ResourceKind.TABLE, TableId("t2")), window=evening, booking=BookingId(uuid4())
    )
    assert find(situation(RESTAURANT, None, small), ask(DINNER, window=evening, party_size=2)) == ()


STUDIO_MONDAY = whole(MONDAY, "America/Mexico_City")


def seat(unit: int) -> Taken:
    start = local(MONDAY, "07:00", "America/Mexico_City")
    return Taken(
        resource=Resource(ResourceKind.CLASS, DAWN),
        window=Window(start, start + timedelta(hours=1)),
        booking=BookingId(uuid4()),
        unit=unit,
    )


def test_a_class_is_held_at_its_hour_until_its_seats_are_gone() -> None:
    asked = ask(YOGA, window=STUDIO_MONDAY)
    assert clocks(situation(STUDIO), asked) == ["07:00"]
    four = [seat(unit) for unit in range(4)]
    (slot,) = find(situation(STUDIO, None, *four), asked)
    assert (slot.free, slot.group, slot.staff) == (1, DAWN, ANA)
    assert find(situation(STUDIO, None, *four), ask(YOGA, window=STUDIO_MONDAY, party_size=2)) == ()
    assert find(situation(STUDIO, None, *four, seat(4)), asked) == ()


def test_no_class_without_its_teacher() -> None:
    start = local(MONDAY, "07:30", STUDIO.timezone)
    sick = Busy((), ((ANA, (Window(start, start + timedelta(hours=1)),)),))
    assert find(situation(STUDIO, sick), ask(YOGA, window=STUDIO_MONDAY)) == ()


def test_the_timetable_keeps_its_teacher_from_other_appointments() -> None:
    shop = replace(STUDIO, services=(*STUDIO.services, CLINIC.services[0]))
    found = clocks(situation(shop), ask(CUT, window=STUDIO_MONDAY))
    assert "06:30" in found
    assert not {"06:45", "07:00", "07:30"} & set(found)
    assert "08:00" in found


def test_a_shop_without_staff_takes_as_many_as_it_has_hands() -> None:
    shop_wide = Resource(ResourceKind.SHOP, "")
    start = local(TUESDAY, "10:00", STALL.timezone)
    at_ten = Window(start, start + timedelta(minutes=30))
    one, two = (Taken(resource=shop_wide, window=at_ten, booking=BookingId(uuid4()), unit=u) for u in (0, 1))
    asked = ask(window=at_ten)
    assert clocks(situation(STALL, None, one), asked) == ["10:00", "10:15"]
    assert clocks(situation(STALL, None, one, two), asked) == []


def test_a_slot_says_all_that_it_takes() -> None:
    (slot, *_) = find(situation(), ask(LASER))
    needs = needs_of(CLINIC, slot)
    assert {need.resource.key for need in needs} == {ANA, CABIN}
    assert {need.window.end - need.window.start for need in needs} == {timedelta(minutes=90)}
    (shop_slot, *_) = find(situation(STALL), ask(window=whole(TUESDAY)))
    assert [(need.resource.kind, need.capacity) for need in needs_of(STALL, shop_slot)] == [
        (ResourceKind.SHOP, 2)
    ]


def test_options_are_all_who_could_do_it_at_one_time() -> None:
    at = seconds(local(TUESDAY, "10:00"))
    assert [slot.staff for slot in options(situation(), ask(), at)] == [ANA, LUIS]
    only_luis = Busy((), ((ANA, (busy(TUESDAY, "10:00", "10:10"),)),))
    assert [slot.staff for slot in options(situation(CLINIC, only_luis), ask(), at)] == [LUIS]


def test_a_limit_stops_the_search() -> None:
    assert len(find(situation(), ask(), limit=3)) == 3


def test_a_person_whom_nobody_knows_has_no_slot() -> None:
    assert find(situation(), ask(staff=StaffId("nobody"))) == ()


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/Madrid", date(2026, 3, 29)),
        ("Europe/Madrid", date(2026, 10, 25)),
        ("America/Santiago", date(2026, 4, 5)),
        ("America/Santiago", date(2026, 9, 6)),
        ("America/Mexico_City", date(2022, 10, 30)),
    ],
)
def test_a_day_on_which_clocks_change_offers_the_same_hours_as_any_other(zone: str, day: date) -> None:
    shop = replace(STALL, timezone=zone)
    found = Situation(shop=shop, busy=Busy(), now=local(day - timedelta(days=9), "00:00", zone))
    week_before = day - timedelta(days=7)
    offered = clocks(found, ask(window=whole(day, zone)))
    assert offered == clocks(found, ask(window=whole(week_before, zone)))
    assert (offered[0], offered[-1]) == ("09:00", "17:30")
