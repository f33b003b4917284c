"""What a time as it was said means in moments."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_sync.codec import from_json, to_json
from calendar_sync.conversation.values import State
from calendar_sync.conversation.windows import Place, fits, fits_clock, of_a_day, on_day, plan, shifted
from calendar_sync.requests import Grain, When
from tests.calendar_sync.conversation.shops import INN, SALON
from tests.calendar_sync.conversation.wishes import (
    ZONE,
    about,
    after,
    afternoon,
    any_day,
    at,
    before,
    between,
    days,
    later,
    moment,
    on,
    the_day,
)

NOW = moment("11-23 10:00")
PLACE = Place.of(SALON, SALON.services[0], NOW)
BOGOTA = "America/Bogota"


@pytest.mark.parametrize(
    ("when", "inside", "outside"),
    [
        (at("11-26 16:00"), ("11-26 16:00",), ("11-26 16:05", "11-27 16:00")),
        (about("11-26 16:00"), ("11-26 15:30", "11-26 16:30"), ("11-26 15:00", "11-26 16:45")),
        (afternoon("11-26"), ("11-26 12:00", "11-26 18:30"), ("11-26 11:30", "11-26 19:00")),
        (between("11-26", "15:00", "17:00"), ("11-26 15:00", "11-26 16:30"), ("11-26 17:00",)),
        (after("11-26 17:00"), ("11-26 17:00", "11-26 23:00"), ("11-26 16:30", "11-27 18:00")),
        (before("11-26 11:00"), ("11-26 09:00",), ("11-26 11:00",)),
        (after("12-15"), ("12-15 09:00", "12-20 09:00"), ("12-14 18:00",)),
        (before("11-24"), ("11-24 18:30",), ("11-25 09:00",)),
        (on("11-26"), ("11-26 00:00", "11-26 23:30"), ("11-27 00:00",)),
        (days("11-26", "11-28"), ("11-26 09:00", "11-28 13:00"), ("11-29 09:00",)),
        (any_day("11-26"), ("11-25 09:00", "12-15 09:00"), ("11-26 09:00",)),
    ],
)
def test_every_grain_holds_what_it_says(
    when: When, inside: tuple[str, ...], outside: tuple[str, ...]
) -> None:
    assert [one for one in inside if not fits(when, moment(one), BOGOTA)] == []
    assert [one for one in outside if fits(when, moment(one), BOGOTA)] == []


@pytest.mark.parametrize(
    "when",
    [
        afternoon("11-26"),
        between("11-26", "15:00", "17:00"),
        after("11-26 17:00"),
        before("11-26 11:00"),
        on("11-26"),
        days("11-26", "11-28"),
    ],
)
def test_what_is_searched_is_what_fits(when: When) -> None:
    windows = plan([when], None, PLACE).windows
    start = moment("11-25 00:00")
    for count in range(24 * 2 * 5):
        tried = start + timedelta(minutes=30 * count)
        searched = any(one.start <= tried < one.end for one in windows)
        assert searched == fits(when, tried, BOGOTA), tried


def test_for_an_exact_time_its_whole_day_is_searched_from_now_on() -> None:
    found = plan([at("11-23 16:00")], None, PLACE)
    (window,) = found.windows
    assert (window.start, window.end) == (NOW, moment("11-24 00:00"))
    assert found.exact == (moment("11-23 16:00"),)


def test_nothing_is_searched_beyond_the_horizon_or_in_the_past() -> None:
    assert plan([on("11-20"), days("02-01", "02-10")], None, PLACE).windows == ()


def test_days_that_will_not_do_are_cut_out() -> None:
    windows = plan(
        [When(grain=Grain.DAYS, start=the_day("11-24"), end=the_day("11-28"), exclude=(the_day("11-26"),))],
        None,
        PLACE,
    ).windows
    assert [(one.start.astimezone(ZONE).day, one.end.astimezone(ZONE).day) for one in windows] == [
        (24, 26),
        (27, 29),
    ]


def test_windows_that_touch_are_searched_once() -> None:
    (window,) = plan([on("11-26"), on("11-27")], None, PLACE).windows
    assert window.end - window.start == timedelta(days=2)


def test_a_day_is_aimed_at_with_the_hour_that_was_wanted_before() -> None:
    assert plan([on("11-26")], moment("11-23 16:00").time(), PLACE).aim == moment("11-26 16:00")


@pytest.mark.parametrize(
    "when",
    [
        When(grain=Grain.MINUTE),
        When(grain=Grain.RANGE, start=moment("11-26 17:00"), end=moment("11-26 15:00")),
    ],
)
def test_what_says_nothing_is_left_out(when: When) -> None:
    if when.start is None:
        assert not of_a_day(when)
    else:
        assert plan([when], None, PLACE).windows == ()


def test_the_same_hour_on_another_day() -> None:
    assert fits_clock(at("11-23 17:00"), moment("11-27 17:00"), BOGOTA)
    assert not fits_clock(at("11-23 17:00"), moment("11-27 16:00"), BOGOTA)
    assert on_day(afternoon("11-23"), the_day("11-27"), BOGOTA) == afternoon("11-27")


def test_past_midnight_stays_the_day_after() -> None:
    late = When(grain=Grain.PART, start=moment("11-23 19:00"), end=moment("11-24 01:00"))
    moved = on_day(late, the_day("11-27"), BOGOTA)
    assert (moved.start, moved.end) == (moment("11-27 19:00"), moment("11-28 01:00"))


def test_an_hour_later_needs_something_to_be_later_than() -> None:
    assert shifted(later(60), None) is None
    assert shifted(later(60), moment("11-27 10:00")) == at("11-27 11:00")
    assert shifted(on("11-26"), None) == on("11-26")


def test_a_clock_that_is_put_forward_moves_nothing_to_another_day() -> None:
    santiago = "America/Santiago"
    spring = datetime.fromisoformat("2026-09-06T00:30-04:00")
    moved = on_day(When(grain=Grain.MINUTE, start=spring), spring.date(), santiago)
    assert isinstance(moved.start, datetime)
    assert moved.start.utcoffset() == timedelta(hours=-3)


EDGES = (
    st.none()
    | st.dates(the_day("11-01"), the_day("12-31"))
    | st.integers(-500, 5000).map(lambda count: NOW + timedelta(minutes=count))
)
WHENS = st.builds(
    When,
    grain=st.sampled_from(Grain),
    start=EDGES,
    end=EDGES,
    exclude=st.lists(st.dates(the_day("11-20"), the_day("12-10")), max_size=3).map(tuple),
)


@given(st.lists(WHENS, max_size=3))
def test_any_time_is_searched_between_now_and_the_horizon_in_order(whens: list[When]) -> None:
    windows = plan(whens, None, PLACE).windows
    assert all(PLACE.now <= one.start < one.end <= PLACE.until for one in windows)
    assert all(first.end < second.start for first, second in pairwise(windows))


@given(st.lists(WHENS, max_size=3).map(tuple))
def test_times_survive_being_stored_also_at_midnight(whens: tuple[When, ...]) -> None:
    midnight = When(grain=Grain.AFTER, start=moment("11-26 00:00"), end=the_day("11-28"))
    state = State(whens=(*whens, midnight))
    again = from_json(State, to_json(State, state))
    assert again == state
    assert [type(one.start) for one in again.whens] == [type(one.start) for one in state.whens]


def test_the_horizon_is_the_services() -> None:
    inn = Place.of(INN, INN.services[0], NOW)
    assert (inn.until - NOW).days > (PLACE.until - NOW).days
