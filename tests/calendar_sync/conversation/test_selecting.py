"""Which free slots are shown."""

from datetime import time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from calendar_sync.availability.values import Slot
from calendar_sync.conversation.selecting import A_DAY, A_PAGE, MOST, by_day, nearest, spread, thinned
from calendar_sync.ids import ServiceId
from tests.calendar_sync.conversation.wishes import ZONE, moment, the_day

BOGOTA = "America/Bogota"
NOW = moment("11-23 09:00")


def slots(first: str, count: int, minutes: int = 15) -> list[Slot]:
    start = moment(first)
    return [slot(start + timedelta(minutes=minutes * one)) for one in range(count)]


def slot(start: object) -> Slot:
    return Slot(service=ServiceId("cut"), start=start, end=start + timedelta(minutes=15))  # type: ignore[arg-type, operator]


def said(found: tuple[Slot, ...]) -> list[str]:
    return [one.start.astimezone(ZONE).strftime("%d %H:%M") for one in found]


def test_few_slots_are_all_shown() -> None:
    assert len(spread(slots("11-24 09:00", 7), BOGOTA).slots) == 7


def test_a_full_day_shows_round_hours_first_and_the_rest_on_the_next_pages() -> None:
    found = said(spread(slots("11-24 09:00", 32), BOGOTA).slots)
    assert found[:8] == [f"24 {hour:02d}:00" for hour in range(9, 17)]
    assert len(found) == len(set(found)) == 32


def test_round_hours_are_a_page_of_their_own_and_pages_are_in_order() -> None:
    found = spread(slots("11-24 12:00", 27), BOGOTA)
    assert said(found.slots[: found.head]) == [
        "24 12:00",
        "24 13:00",
        "24 14:00",
        "24 15:00",
        "24 16:00",
        "24 17:00",
        "24 18:00",
    ]
    assert list(found.slots[found.head :]) == sorted(found.slots[found.head :], key=lambda one: one.start)


def test_several_days_show_some_of_each() -> None:
    found = spread([*slots("11-24 09:00", 30), *slots("11-25 09:00", 30)], BOGOTA).slots
    assert {len(one) for one in by_day(found, BOGOTA).values()} == {A_DAY}


def test_a_days_sample_spans_the_day() -> None:
    found = said(thinned(slots("11-24 09:00", 36), 3, BOGOTA))
    assert found[0] == "24 09:00"
    assert found[-1] == "24 17:00"


def test_the_nearest_hours_of_the_day_come_before_other_days() -> None:
    free = [*slots("11-24 09:00", 4, 60), *slots("11-25 09:00", 9, 60)]
    assert said(nearest(free, the_day("11-25"), time(13), BOGOTA, stay=True).slots) == [
        "25 11:00",
        "25 12:00",
        "25 13:00",
        "25 14:00",
    ]


def test_where_the_day_has_too_little_the_next_days_at_that_hour_join() -> None:
    free = [*slots("11-24 09:00", 1), *slots("11-25 09:00", 9, 60)]
    assert said(nearest(free, the_day("11-24"), time(15), BOGOTA).slots) == [
        "24 09:00",
        "25 14:00",
        "25 15:00",
        "25 16:00",
    ]


@given(st.lists(st.integers(0, 4000), max_size=120), st.integers(0, 4000))
def test_what_is_shown_is_free_in_bounds_and_shown_once(minutes: list[int], aim: int) -> None:
    free = [slot(NOW + timedelta(minutes=5 * one)) for one in minutes]
    aimed = (NOW + timedelta(minutes=5 * aim)).astimezone(ZONE)
    near = (nearest(free, aimed.date(), clock, BOGOTA) for clock in (aimed.time(), None))
    for found in (one.slots for one in (spread(free, BOGOTA), *near)):
        starts = [one.start for one in found]
        assert set(found) <= set(free)
        assert len(starts) == len(set(starts)) <= MOST
        assert bool(found) == bool(free)
    shown = nearest(free, NOW.date(), None, BOGOTA).slots
    assert [one.start for one in shown] == sorted(one.start for one in shown)
    assert len(shown) <= A_PAGE
