"""A time that cannot be had is refused with its reason."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from calendar_sync.availability.checking import check
from calendar_sync.availability.values import (
    Ask,
    Busy,
    Purpose,
    Refusal,
    Refused,
    Slot,
    Unknown,
    Window,
)
from calendar_sync.google.agenda import WhyUnknown
from calendar_sync.ids import ServiceId, StaffId
from calendar_sync.shop.values import Closure, Rules, Shop
from tests.calendar_sync.availability.test_slots import (
    MONDAY,
    NOW,
    SATURDAY,
    SUNDAY,
    TUESDAY,
    ask,
    busy,
    local,
    seat,
    situation,
)
from tests.calendar_sync.shops import ANA, CLINIC, CUT, DINNER, LASER, LUIS, RESTAURANT, STUDIO, YOGA


def reason(
    start: datetime, asked: Ask | None = None, shop: Shop = CLINIC, blocked: Busy | Unknown | None = None
) -> Refusal | None:
    found = check(situation(shop, blocked), asked or ask(), start)
    return found.reason if isinstance(found, Refused) else None


def test_a_free_time_is_a_slot() -> None:
    found = check(situation(), ask(), local(TUESDAY, "10:00"))
    assert isinstance(found, Slot)
    assert (found.staff, found.start) == (ANA, local(TUESDAY, "10:00").astimezone(UTC))


@pytest.mark.parametrize(
    ("clock", "day", "expected"),
    [
        ("10:00", MONDAY - timedelta(days=1), Refusal.PAST),
        ("10:00", date(2027, 12, 1), Refusal.HORIZON),
        ("10:00", SUNDAY, Refusal.CLOSED_DAY),
        ("07:30", TUESDAY, Refusal.OUTSIDE_HOURS),
        ("13:00", TUESDAY, Refusal.OUTSIDE_HOURS),
        ("18:00", TUESDAY, Refusal.OUTSIDE_HOURS),
        ("11:45", TUESDAY, Refusal.ENDS_AFTER_CLOSING),
        ("17:45", TUESDAY, Refusal.ENDS_AFTER_CLOSING),
        ("10:03", TUESDAY, Refusal.OFF_GRID),
        ("10:05", TUESDAY, None),
    ],
)
def test_each_impossible_time_has_its_reason(clock: str, day: date, expected: Refusal | None) -> None:
    assert reason(local(day, clock)) is expected


def test_what_nobody_does_and_what_nobody_here_is_called() -> None:
    ten = local(TUESDAY, "10:00")
    assert reason(ten, ask(ServiceId("nothing"))) is Refusal.NO_SERVICE
    assert reason(ten, ask(LASER, staff=LUIS)) is Refusal.NO_STAFF
    assert reason(ten, ask(staff=StaffId("nobody"))) is Refusal.NO_STAFF


def test_people_and_services_have_their_days() -> None:
    assert reason(local(SATURDAY, "10:00"), ask(staff=ANA)) is Refusal.NOT_THAT_DAY
    mondays = replace(CLINIC, services=(replace(CLINIC.services[0], days=(0,)),))
    assert reason(local(TUESDAY, "10:00"), shop=mondays) is Refusal.NOT_THAT_DAY


@pytest.mark.parametrize(("purpose", "expected"), [(Purpose.BOOK, Refusal.NOTICE), (Purpose.MOVE, None)])
def test_notice_is_told_for_each_purpose(purpose: Purpose, expected: Refusal | None) -> None:
    shop = replace(CLINIC, rules=Rules(notice_book=60 * 24))
    assert reason(NOW + timedelta(hours=10), ask(purpose=purpose), shop) is expected


def test_what_is_taken_is_told_apart_from_what_is_not_known() -> None:
    ten = local(TUESDAY, "10:00")
    assert reason(ten, blocked=Busy((busy(TUESDAY, "10:00", "11:00"),))) is Refusal.TAKEN
    assert reason(ten, blocked=Unknown(WhyUnknown.RECONNECT)) is Refusal.UNKNOWN
    # What can never be is said even when the calendar cannot be read.
    assert reason(local(SUNDAY, "10:00"), blocked=Unknown(WhyUnknown.RECONNECT)) is Refusal.CLOSED_DAY


def test_a_closure_of_the_whole_day_is_a_closed_day() -> None:
    closure = Closure(start=local(TUESDAY, "00:00"), end=local(TUESDAY, "23:59"))
    assert reason(local(TUESDAY, "10:00"), shop=replace(CLINIC, closures=(closure,))) is Refusal.CLOSED_DAY


def test_classes_have_their_own_reasons() -> None:
    zone = STUDIO.timezone
    seven = local(MONDAY, "07:00", zone)
    assert reason(seven, ask(YOGA), STUDIO) is None
    assert reason(local(MONDAY, "08:00", zone), ask(YOGA), STUDIO) is Refusal.NOT_A_CLASS_TIME
    assert reason(seven, ask(YOGA, party_size=6), STUDIO) is Refusal.PARTY_TOO_LARGE
    full = situation(STUDIO, None, *(seat(unit) for unit in range(5)))
    assert check(full, ask(YOGA), seven) == Refused(Refusal.FULL)


def test_a_party_that_no_table_seats_is_told_so() -> None:
    eight = local(TUESDAY, "20:00", RESTAURANT.timezone)
    assert reason(eight, ask(DINNER, party_size=2), RESTAURANT) is None
    assert reason(eight, ask(DINNER, party_size=12), RESTAURANT) is Refusal.PARTY_TOO_LARGE


def test_a_time_past_midnight_is_open_and_not_the_next_days_affair() -> None:
    late = local(TUESDAY, "00:15", RESTAURANT.timezone)
    assert reason(late, ask(DINNER, party_size=2), RESTAURANT) is None
    assert reason(late + timedelta(minutes=30), ask(DINNER, party_size=2), RESTAURANT) is (
        Refusal.ENDS_AFTER_CLOSING
    )


def test_the_window_of_the_question_does_not_matter() -> None:
    elsewhere = Ask(service=CUT, window=Window(NOW, NOW + timedelta(hours=1)))
    assert reason(local(TUESDAY, "10:00"), elsewhere) is None
