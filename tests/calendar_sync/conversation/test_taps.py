"""Ids of buttons and rows."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_sync.availability.values import Slot
from calendar_sync.conversation import taps
from calendar_sync.conversation.taps import Verb
from calendar_sync.ids import BookingId, ServiceId
from tests.calendar_sync.conversation.wishes import moment

START = moment("11-26 16:00")


def slot(service: str) -> Slot:
    return Slot(service=ServiceId(service), start=START, end=START + timedelta(minutes=30))


def test_a_row_says_which_time_it_stood_for() -> None:
    read = taps.read(taps.pick(7, 3, slot("cut")))
    assert read is not None
    assert (read.verb, read.serial, read.index, read.start, read.service) == (Verb.PICK, 7, 3, START, "cut")


@pytest.mark.parametrize("service", ["s" * 300, "a|b"])
def test_a_services_id_that_does_not_fit_is_left_out(service: str) -> None:
    key = taps.pick(7, 3, slot(service))
    read = taps.read(key)
    assert len(key) <= taps.LONGEST
    assert read is not None
    assert (read.index, read.start, read.service) == (3, None, None)


def test_a_button_about_a_booking_has_no_serial() -> None:
    booking = BookingId(UUID(int=5))
    read = taps.read(taps.about(Verb.COMING, booking))
    assert read is not None
    assert (read.serial, read.booking) == (None, booking)


@pytest.mark.parametrize(
    "key", ["", "d", "d|", "d|1", "d|1|fly", "x|1|yes", "d|-1|yes", "d|99999999999|yes", "d|¹|yes", "cta_7"]
)
def test_an_id_that_is_not_ours_is_not_read(key: str) -> None:
    assert taps.read(key) is None
    assert not taps.is_ours(key)


def test_a_broken_booking_or_index_is_none() -> None:
    read = taps.read("d|-|cancel|not-a-booking")
    assert read is not None
    assert read.booking is None
    assert read.index is None


@given(st.text(max_size=300) | st.lists(st.text(max_size=12)).map(lambda parts: "d|" + "|".join(parts)))
def test_any_text_can_be_tapped(key: str) -> None:
    read = taps.read(key)
    assert read is None or (read.index, read.booking, read.start, read.service) is not None
