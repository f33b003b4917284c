"""What the merchant does: by hand in the console, or by dragging and deleting events in Google."""

from datetime import timedelta
from uuid import uuid4

import pytest

from calendar_sync import homecoming
from calendar_sync.bookings.values import Booking, BookingState
from calendar_sync.google.agenda import Window
from calendar_sync.ids import RequestId, ServiceId, event_id, outcome_id
from calendar_sync.mirror.changes import OwnerCancelled, OwnerChange, OwnerMoved
from calendar_sync.outcomes import Outcome, OutcomeKind, Report, ReportKind
from calendar_sync.requests import (
    AnyRequest,
    Book,
    Forget,
    OwnerBook,
    OwnerCancel,
    OwnerMove,
    OwnerNoShow,
)
from tests.calendar_sync.desk.counters import Counter, book, local

MARCH = Window(local("11-27 11:00"), local("11-27 11:30"))


@pytest.fixture
def booking(counter: Counter) -> Booking:
    outcome = counter.ask(book("11-26 10:00"))
    for _ in range(3):
        if outcome.kind is OutcomeKind.BOOKED:
            break
        outcome = counter.ask(Book())
    return counter.bookings()[0]


def changed(counter: Counter, change: OwnerChange) -> list[Outcome | Report]:
    with counter.desk.diary.database.transaction(counter.merchant) as session:
        homecoming.apply(counter.desk, session, counter.merchant, change)
    return counter.news()


def by_hand(counter: Counter, request: AnyRequest) -> tuple[Report, list[Outcome | Report]]:
    counter.put(request)
    counter.serve(request.id)
    report = counter.taken(outcome_id(request.id))
    assert isinstance(report, Report)
    return report, counter.news()


def given(counter: Counter) -> dict[str, object]:
    return {"id": RequestId(uuid4()), "merchant": counter.merchant, "actor": "owner"}


def test_an_event_that_the_owner_dragged_moves_the_booking_and_tells_the_customer_once(
    counter: Counter, booking: Booking
) -> None:
    change = OwnerMoved(booking, MARCH, '"2"')
    (told,) = changed(counter, change)
    assert told.kind is OutcomeKind.OWNER_MOVED
    assert "viernes 27" in str(told).lower()
    assert [one.slot.start for one in counter.bookings()] == [MARCH.start]
    (moved,) = counter.bookings()
    assert changed(counter, OwnerMoved(moved, MARCH, '"2"')) == []


def test_an_event_that_the_owner_deleted_cancels_the_booking_and_tells_the_customer_once(
    counter: Counter, booking: Booking
) -> None:
    (told,) = changed(counter, OwnerCancelled(booking))
    assert told.kind is OutcomeKind.OWNER_CANCELLED
    assert counter.bookings() == ()
    assert changed(counter, OwnerCancelled(booking)) == []


def test_the_time_that_the_owner_freed_can_be_booked_by_another(counter: Counter, booking: Booking) -> None:
    changed(counter, OwnerCancelled(booking))
    other = counter.another()
    assert other.ask(book("11-26 10:00")).kind is not OutcomeKind.OFFERED


def test_the_owner_books_for_somebody_at_the_door(counter: Counter) -> None:
    asked = OwnerBook(service=ServiceId("cut"), start=local("11-26 09:00"), name="Rosa", **given(counter))  # type: ignore[arg-type]
    report, news = by_hand(counter, asked)
    assert report.kind is ReportKind.BOOKED
    assert news == []
    assert counter.world.count() == 1


def test_the_owner_may_not_book_over_what_is_there(counter: Counter) -> None:
    counter.world.owner_blocks(Window(local("11-26 08:00"), local("11-26 12:00")))
    asked = OwnerBook(service=ServiceId("cut"), start=local("11-26 09:00"), **given(counter))  # type: ignore[arg-type]
    assert by_hand(counter, asked)[0].kind is ReportKind.REFUSED


def test_the_owner_moves_a_booking_by_hand_and_the_customer_is_told(
    counter: Counter, booking: Booking
) -> None:
    asked = OwnerMove(booking=booking.id, start=MARCH.start, **given(counter))  # type: ignore[arg-type]
    report, (told,) = by_hand(counter, asked)
    assert report.kind is ReportKind.MOVED
    assert told.kind is OutcomeKind.OWNER_MOVED
    assert counter.world.times_of(event_id(booking.id)) == MARCH


def test_the_owner_cancels_by_hand_and_the_customer_is_told(counter: Counter, booking: Booking) -> None:
    report, (told,) = by_hand(counter, OwnerCancel(booking=booking.id, **given(counter)))  # type: ignore[arg-type]
    assert report.kind is ReportKind.CANCELLED
    assert told.kind is OutcomeKind.OWNER_CANCELLED
    assert counter.world.count() == 0


def test_nobody_came(counter: Counter, booking: Booking) -> None:
    asked = OwnerNoShow(booking=booking.id, **given(counter))  # type: ignore[arg-type]
    assert by_hand(counter, asked)[0].kind is ReportKind.REFUSED
    counter.clock.set(booking.slot.start + timedelta(minutes=20))
    again = OwnerNoShow(booking=booking.id, **given(counter))  # type: ignore[arg-type]
    assert by_hand(counter, again)[0].kind is ReportKind.NO_SHOW


def test_who_is_forgotten_leaves_no_name_and_no_appointment(counter: Counter, booking: Booking) -> None:
    asked = Forget(id=RequestId(uuid4()), merchant=counter.merchant, customer_id=counter.customer.id)
    assert by_hand(counter, asked)[0].kind is ReportKind.FORGOTTEN
    assert counter.bookings() == ()
    assert counter.world.count() == 0
    with counter.desk.diary.database.transaction(counter.merchant) as session:
        from calendar_sync.bookings.reading import BookingReader

        diary = counter.desk.diary
        kept = BookingReader(session, diary.tray, diary.clock).find(booking.id)
    assert kept is not None
    assert kept.state is BookingState.CANCELLED
    assert (kept.customer_id, kept.person.name, kept.person.phone) == (None, None, None)
