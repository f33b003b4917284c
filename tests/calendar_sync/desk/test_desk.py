from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from calendar_sync.bookings.values import BookingState
from calendar_sync.conversation.taps import Verb, about
from calendar_sync.google.agenda import WhyRefused, WhyUnknown, Window
from calendar_sync.ids import BookingId, event_id
from calendar_sync.members.importing import Member
from calendar_sync.mending import mend
from calendar_sync.outcomes import OutcomeKind
from calendar_sync.requests import Book, Cancel, Details, ListBookings, Move
from calendar_sync.shop.store import deliver
from calendar_sync.shop.values import AgendaChoice
from tests.calendar_sync.desk.counters import Counter, at, book, hours, local
from tests.calendar_sync.shops import CLINIC

YES = Book()


def booked(counter: Counter, when: str = "11-26 10:00") -> None:
    """Ask for a time and say yes until it is booked."""
    outcome = counter.ask(book(when))
    for _ in range(3):
        if outcome.kind is OutcomeKind.BOOKED:
            return
        outcome = counter.ask(YES)
    raise AssertionError(outcome)


def test_a_time_that_is_free_is_held_then_booked_with_one_event(counter: Counter) -> None:
    booked(counter)
    (booking,) = counter.bookings()
    assert booking.slot.start == local("11-26 10:00")
    assert booking.state is BookingState.BOOKED
    assert counter.world.times_of(event_id(booking.id)) == booking.slot.window
    assert counter.world.count() == 1


def test_what_the_owner_blocked_is_not_offered(counter: Counter) -> None:
    counter.world.owner_blocks(Window(local("11-26 08:00"), local("11-26 12:00")))
    outcome = counter.ask(book("11-26 10:00"))
    assert outcome.kind is OutcomeKind.OFFERED
    assert counter.bookings() == ()


def test_what_the_owner_blocked_between_offer_and_yes_is_not_booked(counter: Counter) -> None:
    outcome = counter.ask(book("11-26 10:00"))
    counter.world.owner_blocks(Window(local("11-26 10:00"), local("11-26 11:00")))
    while outcome.kind is not OutcomeKind.OFFERED:
        outcome = counter.ask(YES)
    assert counter.bookings() == ()
    assert counter.world.count() == 1


@pytest.mark.parametrize("reason", list(WhyUnknown))
def test_a_calendar_that_cannot_be_read_offers_nothing(counter: Counter, reason: WhyUnknown) -> None:
    counter.world.agenda.unknown = reason
    outcome = counter.ask(book("11-26 10:00"))
    assert outcome.kind not in {OutcomeKind.OFFERED, OutcomeKind.HELD, OutcomeKind.BOOKED}
    assert counter.bookings() == ()


def test_a_calendar_that_refuses_the_event_leaves_no_booking(counter: Counter) -> None:
    counter.ask(book("11-26 10:00"))
    counter.world.agenda.refusal = WhyRefused.UNWRITABLE
    for _ in range(2):
        counter.ask(YES)
    assert counter.bookings() == ()
    counter.world.agenda.refusal = None
    booked(counter.another())


def test_a_merchant_who_books_without_google_needs_no_agenda(counter: Counter) -> None:
    shop = replace(CLINIC, agenda=AgendaChoice.LOCAL, version=1)
    with counter.edge.transaction(counter.merchant) as session:
        deliver(session, counter.merchant, shop, counter.clock.now())
    counter.world.calendar_vanishes()
    booked(counter)
    assert counter.world.count() == 0


def test_a_write_that_is_never_answered_is_found_out_and_told(counter: Counter) -> None:
    counter.ask(book("11-26 10:00"))
    for _ in range(3):
        counter.world.next_write_is_unanswered()
    outcome = counter.ask(YES)
    while outcome.kind not in {OutcomeKind.BOOKED, OutcomeKind.HANDOFF} and counter.world.count() == 0:
        outcome = counter.ask(YES)
    assert outcome.kind is not OutcomeKind.BOOKED
    (made,) = counter.world.agenda.events
    mend(counter.desk, counter.merchant, _key(made))
    (told,) = counter.news()
    assert told.kind is OutcomeKind.BOOKED
    assert len(counter.bookings()) == counter.world.count() == 1


def _key(event: str) -> BookingId:
    return BookingId(UUID(hex=event))


def test_a_booking_is_moved_and_its_old_time_is_free(counter: Counter) -> None:
    booked(counter)
    outcome = counter.ask(Move(Details(when=(at("11-27 11:00"),))))
    for _ in range(2):
        if outcome.kind is OutcomeKind.RESCHEDULED:
            break
        outcome = counter.ask(YES)
    assert outcome.kind is OutcomeKind.RESCHEDULED
    (booking,) = counter.bookings()
    assert booking.slot.start == local("11-27 11:00")
    assert counter.world.times_of(event_id(booking.id)) == booking.slot.window
    assert counter.world.count() == 1
    booked(counter.another(), "11-26 10:00")


def test_a_booking_may_move_to_a_time_that_meets_its_own(counter: Counter) -> None:
    for one in (counter, counter.another()):
        booked(one, "11-26 10:00")
    outcome = counter.ask(Move(Details(when=(at("11-26 10:15"),))))
    for _ in range(2):
        if outcome.kind is OutcomeKind.RESCHEDULED:
            break
        outcome = counter.ask(YES)
    assert [one.slot.start for one in counter.bookings()] == [local("11-26 10:15")]


def test_a_booking_is_cancelled_with_its_event(counter: Counter) -> None:
    booked(counter)
    outcome = counter.ask(Cancel())
    for _ in range(2):
        if outcome.kind is OutcomeKind.CANCELLED:
            break
        (button, *_rest) = outcome.messages[0].buttons
        outcome = counter.ask(tap=button.id)
    assert outcome.kind is OutcomeKind.CANCELLED
    assert counter.bookings() == ()
    assert counter.world.count() == 0


def test_a_cancellation_holds_even_where_the_calendar_does_not_answer(counter: Counter) -> None:
    booked(counter)
    (booking,) = counter.bookings()
    for _ in range(3):
        counter.world.next_write_is_unanswered()
    outcome = counter.ask(Cancel())
    if outcome.kind is not OutcomeKind.CANCELLED:
        outcome = counter.ask(tap=outcome.messages[0].buttons[0].id)
    assert outcome.kind is OutcomeKind.CANCELLED
    mend(counter.desk, counter.merchant, booking.id)
    assert counter.world.count() == 0


def test_another_customers_booking_cannot_be_touched(counter: Counter) -> None:
    booked(counter)
    (booking,) = counter.bookings()
    thief = counter.another()
    outcome = thief.ask(tap=about(Verb.CANCEL, booking.id))
    if outcome.messages[0].buttons:
        thief.ask(tap=outcome.messages[0].buttons[0].id)
    assert [one.state for one in counter.bookings()] == [BookingState.BOOKED]


def test_a_customer_sees_only_their_own_bookings(counter: Counter) -> None:
    booked(counter)
    assert counter.ask(ListBookings()).kind is OutcomeKind.LIST_BOOKINGS
    told = counter.another().ask(ListBookings()).messages[0].body
    assert "26" not in told


def test_a_request_that_was_answered_is_not_answered_again(counter: Counter) -> None:
    request = counter.lay(book("11-26 10:00"))
    counter.serve(request.id)
    counter.serve(request.id)
    assert len(counter.news()) == 1


def test_a_merchant_without_a_shop_hands_over_to_a_person(counter: Counter) -> None:
    from uuid import uuid4

    from kernel.ids import MerchantId
    from kernel.models import MerchantRow

    other = replace(counter, merchant=MerchantId(uuid4()))
    with counter.edge.transaction(other.merchant) as session:
        session.add(MerchantRow(id=other.merchant, slug="x", created_at=counter.clock.now()))
    assert other.ask(book("11-26 10:00")).kind is OutcomeKind.HANDOFF


@pytest.mark.parametrize(("phone", "accepted"), [("300 111 2233", True), ("300 111 2234", False)])
def test_a_members_service_is_for_members(counter: Counter, phone: str, accepted: bool) -> None:
    services = tuple(replace(one, members_only=True) for one in CLINIC.services)
    with counter.edge.transaction(counter.merchant) as session:
        shop = replace(CLINIC, services=services, country="CO", version=1)
        deliver(session, counter.merchant, shop, counter.clock.now())
    with counter.desk.diary.database.transaction(counter.merchant) as session:
        from calendar_sync.members.phones import phone_key

        member = Member(
            row=2, name="Zoila Canario", phone=phone_key(phone, "CO"), valid_until=date(2026, 12, 31)
        )
        counter.desk.roll.replace(session, counter.merchant, [member], actor="owner")
    outcome = counter.ask(book("11-26 10:00"))
    assert (outcome.kind is not OutcomeKind.NOT_MEMBER) is accepted
    assert "Zoila" not in str(outcome)


def test_a_hold_that_lapsed_can_still_be_booked_while_the_time_is_free(counter: Counter) -> None:
    outcome = counter.ask(book("11-26 10:00"))
    counter.clock.advance(hours(1))
    for _ in range(3):
        if outcome.kind is OutcomeKind.BOOKED:
            break
        outcome = counter.ask(YES)
    assert outcome.kind is OutcomeKind.BOOKED
    assert len(counter.bookings()) == counter.world.count() == 1
