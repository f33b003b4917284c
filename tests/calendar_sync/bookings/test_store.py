"""Bookings in a real database: who takes what, what is given back, and what a second run finds."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from calendar_sync.availability.slots import find, options
from calendar_sync.availability.stretches import seconds
from calendar_sync.availability.values import Ask, Busy, Situation, Slot, Window
from calendar_sync.bookings.store import Bookings
from calendar_sync.bookings.transitions import NotPossible, SlotTaken, Stale
from calendar_sync.bookings.values import Booking, BookingState, Party, Person
from calendar_sync.ids import RequestId, booking_id
from kernel import ledger
from kernel.ids import CustomerId
from tests.calendar_sync.conftest import Counter, new_request
from tests.calendar_sync.shops import ANA, CABIN, CUT, DINNER, LASER, LUIS, RESTAURANT, STALL, STUDIO, YOGA

TUESDAY = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)  # 08:00 in Bogotá
HALF_HOUR = timedelta(minutes=30)


def cut(start: datetime = TUESDAY, staff: object = ANA) -> Slot:
    return Slot(service=CUT, start=start, end=start + HALF_HOUR, staff=staff)  # type: ignore[arg-type]


def laser(start: datetime) -> Slot:
    return Slot(service=LASER, start=start, end=start + timedelta(hours=1), staff=ANA, room=CABIN)


def booked(counter: Counter, slot: Slot, party: Party | None = None) -> Booking:
    with counter.open() as bookings:
        made = bookings.begin_at_once(new_request(), [slot], party or Party())
        assert isinstance(made, Booking), made
        done = bookings.finish(made, "etag-1", "customer")
        assert isinstance(done, Booking)
        return done


def is_free(counter: Counter, slot: Slot) -> bool:
    """Whether the slot could be held now; leaves no trace."""
    with counter.diary.transaction(counter.merchant) as session:
        held = counter.bookings(session).hold(new_request(), [slot], Party())
        session.rollback()
    return isinstance(held, Booking)


def test_a_slot_is_had_by_one_only(counter: Counter) -> None:
    with counter.open() as bookings:
        first = bookings.hold(new_request(), [cut()], Party())
        second = bookings.hold(new_request(), [cut()], Party())
    assert isinstance(first, Booking)
    assert second == SlotTaken()
    assert is_free(counter, cut(staff=LUIS))
    assert is_free(counter, cut(TUESDAY + HALF_HOUR))


def test_the_next_of_several_slots_is_taken_where_the_first_is_gone(counter: Counter) -> None:
    booked(counter, cut())
    with counter.open() as bookings:
        made = bookings.begin_at_once(new_request(), [cut(), cut(staff=LUIS)], Party())
    assert isinstance(made, Booking)
    assert made.slot.staff == LUIS


def test_what_is_read_back_is_what_was_written(counter: Counter) -> None:
    party = Party(customer_id=CustomerId(uuid4()), person=Person(name="Ana Ruiz", phone="+573005550100"))
    made = booked(counter, cut(), party)
    with counter.open() as bookings:
        assert bookings.get(made.id) == made
        assert bookings.of_customer(CustomerId(uuid4())) == ()
        assert party.customer_id is not None
        assert bookings.of_customer(party.customer_id) == (made,)
        assert bookings.between(Window(TUESDAY, TUESDAY + HALF_HOUR)) == (made,)
        assert bookings.between(Window(TUESDAY + HALF_HOUR, TUESDAY + 2 * HALF_HOUR)) == ()


def test_nobody_finds_the_customers_name_in_the_table(counter: Counter, administrator_url: str) -> None:
    import psycopg

    booked(counter, cut(), Party(person=Person(name="Nombre Secreto")))
    with psycopg.connect(administrator_url) as connection:
        rows = connection.execute("select b::text from calendar.booking b").fetchall()
    assert rows
    assert "Nombre" not in str(rows)
    assert b"Nombre".hex() not in str(rows)


def test_staff_and_room_are_taken_together_or_not_at_all(counter: Counter) -> None:
    start = TUESDAY + timedelta(hours=1)
    booked(counter, laser(start))
    assert not is_free(counter, cut(start))
    # The room is busy, so the person must not be taken either.
    other = Slot(service=LASER, start=start, end=start + timedelta(hours=1), staff=LUIS, room=CABIN)
    with counter.open() as bookings:
        assert bookings.hold(new_request(), [other], Party()) == SlotTaken()
    assert is_free(counter, cut(start, LUIS))


def test_buffers_keep_others_away(counter: Counter) -> None:
    start = TUESDAY + timedelta(hours=1)
    booked(counter, laser(start))
    assert not is_free(counter, cut(start - HALF_HOUR))
    assert is_free(counter, cut(start - HALF_HOUR - timedelta(minutes=15)))
    assert not is_free(counter, cut(start + timedelta(hours=1)))
    assert is_free(counter, cut(start + timedelta(hours=1, minutes=15)))


def test_a_hold_that_nobody_confirms_is_free_again(counter: Counter) -> None:
    with counter.open() as bookings:
        held = bookings.hold(new_request(), [cut()], Party())
    assert isinstance(held, Booking)
    counter.clock.advance(timedelta(minutes=9, seconds=59))
    assert not is_free(counter, cut())
    counter.clock.advance(timedelta(seconds=1))
    with counter.open() as bookings:
        assert bookings.taken(Window(TUESDAY, TUESDAY + HALF_HOUR)) == ()
        taken = bookings.hold(new_request(), [cut()], Party())
        assert isinstance(taken, Booking)
        lapsed = bookings.get(held.id)
    assert lapsed is not None
    assert lapsed.state is BookingState.EXPIRED
    with counter.open() as bookings:
        assert bookings.begin(lapsed, new_request()) == NotPossible(BookingState.EXPIRED)
        assert bookings.begin(held, new_request()) == NotPossible(BookingState.HELD)


def test_a_sweep_that_comes_too_late_leaves_alone_what_was_confirmed(counter: Counter) -> None:
    from calendar_sync.bookings import holds

    made = booked(counter, cut())
    with counter.open() as bookings:
        kept = bookings.hold(new_request(), [cut(staff=LUIS)], Party())
    assert isinstance(kept, Booking)
    with counter.diary.transaction(counter.merchant) as session:
        assert holds.expire(session, [made.id, kept.id], counter.clock.now()) == 0
    assert not is_free(counter, made.slot)


def test_a_lapsed_hold_that_somebody_decides_about_is_waited_for_by_nobody(counter: Counter) -> None:
    with counter.open() as bookings:
        held = bookings.hold(new_request(), [cut()], Party())
    assert isinstance(held, Booking)
    counter.clock.advance(timedelta(minutes=10))
    with counter.open() as late:
        assert late.get(held.id) is not None
        with counter.open() as other:
            assert other.hold(new_request(), [cut()], Party()) == SlotTaken()
        assert isinstance(late.begin_at_once(new_request(), [cut()], Party()), Booking)


def test_those_who_try_the_same_slots_in_another_order_do_not_block_each_other(counter: Counter) -> None:
    from concurrent.futures import ThreadPoolExecutor

    ways = [[cut(), cut(staff=LUIS)], [cut(staff=LUIS), cut()]]
    booked(counter, cut())
    booked(counter, cut(staff=LUIS))

    def try_all(number: int) -> object:
        with counter.open() as bookings:
            return bookings.hold(new_request(), ways[number % 2], Party())

    with ThreadPoolExecutor(2) as pool:
        assert set(pool.map(try_all, range(40))) == {SlotTaken()}


def test_holds_that_nobody_looks_at_expire_with_the_sweep(counter: Counter) -> None:
    with counter.open() as bookings:
        held = bookings.hold(new_request(), [cut()], Party())
        assert bookings.expire_due() == 0
    assert isinstance(held, Booking)
    counter.clock.advance(timedelta(minutes=10))
    with counter.open() as bookings:
        assert bookings.expire_due() == 1
        found = bookings.get(held.id)
        assert found is not None
        assert found.state is BookingState.EXPIRED


def test_what_was_confirmed_in_time_never_lapses(counter: Counter) -> None:
    request = new_request()
    with counter.open() as bookings:
        held = bookings.hold(new_request(), [cut()], Party())
        assert isinstance(held, Booking)
        begun = bookings.begin(held, request)
    assert isinstance(begun, Booking)
    counter.clock.advance(timedelta(hours=1))
    with counter.open() as bookings:
        assert bookings.expire_due() == 0
        assert [one.booking for one in bookings.taken(begun.slot.window)] == [begun.id]
        assert bookings.begin(begun, request) == begun
        done = bookings.finish(begun, "etag", "customer")
    assert isinstance(done, Booking)
    assert done.state is BookingState.BOOKED
    assert not is_free(counter, cut())


def test_a_killed_request_finds_its_own_booking(counter: Counter) -> None:
    request = new_request()
    with counter.open() as bookings:
        first = bookings.begin_at_once(request, [cut()], Party())
    with counter.open() as bookings:
        second = bookings.begin_at_once(request, [cut(TUESDAY + HALF_HOUR)], Party())
    assert first == second
    assert isinstance(first, Booking)
    assert first.id == booking_id(request)
    assert is_free(counter, cut(TUESDAY + HALF_HOUR))


def test_a_change_decided_on_an_old_value_is_refused(counter: Counter) -> None:
    made = booked(counter, cut())
    with counter.open() as bookings:
        assert isinstance(bookings.begin_cancel(made, new_request()), Booking)
    with counter.open() as bookings:
        assert bookings.begin_cancel(made, new_request()) == Stale()
        assert bookings.begin_move(made, [cut(TUESDAY + HALF_HOUR)], new_request()) == Stale()


def test_moving_keeps_both_slots_until_it_is_done(counter: Counter) -> None:
    made, later, request = booked(counter, cut()), cut(TUESDAY + 2 * HALF_HOUR), new_request()
    with counter.open() as bookings:
        moving = bookings.begin_move(made, [later], request)
        assert isinstance(moving, Booking)
        assert bookings.begin_move(moving, [later], request) == moving
    assert not is_free(counter, cut())
    assert not is_free(counter, later)
    with counter.open() as bookings:
        moved = bookings.finish_move(moving, "etag-2", "customer")
    assert isinstance(moved, Booking)
    assert (moved.slot, moved.state, moved.id) == (later, BookingState.BOOKED, made.id)
    assert is_free(counter, cut())
    assert not is_free(counter, later)


def test_a_move_that_the_calendar_refuses_leaves_everything_as_it_was(counter: Counter) -> None:
    made, later = booked(counter, cut()), cut(TUESDAY + 2 * HALF_HOUR)
    with counter.open() as bookings:
        moving = bookings.begin_move(made, [later], new_request())
        assert isinstance(moving, Booking)
        kept = bookings.abandon_move(moving)
    assert isinstance(kept, Booking)
    assert kept.slot == made.slot
    assert not is_free(counter, cut())
    assert is_free(counter, later)


def test_a_move_by_a_quarter_of_an_hour_meets_nobody_but_itself(counter: Counter) -> None:
    made, near = booked(counter, cut()), cut(TUESDAY + timedelta(minutes=15))
    with counter.open() as bookings:
        moving = bookings.begin_move(made, [near], new_request())
        assert isinstance(moving, Booking)
        assert isinstance(bookings.finish_move(moving, "e", "customer"), Booking)
    assert not is_free(counter, near)
    assert not is_free(counter, cut(TUESDAY + timedelta(minutes=40)))
    assert is_free(counter, cut(TUESDAY - timedelta(minutes=15)))


def test_a_hold_for_a_move_may_meet_the_booking_that_is_moved(counter: Counter) -> None:
    made, near = booked(counter, cut()), cut(TUESDAY + timedelta(minutes=15))
    with counter.open() as bookings:
        assert bookings.hold(new_request(), [near], Party()) == SlotTaken()
        held = bookings.hold(new_request(), [near], Party(), moving=made.id)
        assert isinstance(held, Booking)
    assert not is_free(counter, cut(TUESDAY + HALF_HOUR))
    with counter.open() as bookings:
        assert isinstance(bookings.release(held), Booking)
        moving = bookings.begin_move(made, [near], new_request())
        assert isinstance(moving, Booking)
        assert isinstance(bookings.finish_move(moving, "e", "customer"), Booking)
    assert not is_free(counter, near)
    assert is_free(counter, cut(TUESDAY - timedelta(minutes=15)))


def test_a_move_to_a_slot_that_is_gone_changes_nothing(counter: Counter) -> None:
    made, other = booked(counter, cut()), booked(counter, cut(TUESDAY + HALF_HOUR))
    with counter.open() as bookings:
        assert bookings.begin_move(made, [other.slot], new_request()) == SlotTaken()
        assert bookings.get(made.id) == made


def test_cancelling_frees_the_slot_at_its_end(counter: Counter) -> None:
    made = booked(counter, cut())
    with counter.open() as bookings:
        going = bookings.begin_cancel(made, new_request())
        assert isinstance(going, Booking)
    assert not is_free(counter, cut())
    with counter.open() as bookings:
        gone = bookings.finish_cancel(going, "customer")
    assert isinstance(gone, Booking)
    assert gone.state is BookingState.CANCELLED
    assert is_free(counter, cut())


def test_nobody_misses_an_appointment_before_its_hour(counter: Counter) -> None:
    made = booked(counter, cut())
    with counter.open() as bookings:
        assert bookings.no_show(made, "owner") == NotPossible(BookingState.BOOKED)
    counter.clock.set(TUESDAY)
    with counter.open() as bookings:
        missed = bookings.no_show(made, "owner")
        assert isinstance(missed, Booking)
        assert bookings.begin_cancel(missed, new_request()) == NotPossible(BookingState.NO_SHOW)


def test_the_owner_may_move_an_event_onto_another_booking(counter: Counter) -> None:
    made, other = booked(counter, cut()), booked(counter, cut(TUESDAY + 2 * HALF_HOUR))
    onto = cut(TUESDAY + 3 * HALF_HOUR - timedelta(minutes=15))
    with counter.open() as bookings:
        moved = bookings.owner_moved(made, onto, "etag-9")
    assert isinstance(moved, Booking)
    assert moved.slot == onto
    assert is_free(counter, cut())
    assert not is_free(counter, other.slot)
    assert not is_free(counter, cut(TUESDAY + 3 * HALF_HOUR))
    assert is_free(counter, cut(TUESDAY + 3 * HALF_HOUR + timedelta(minutes=15)))


def test_a_class_of_five_takes_five(counter: Counter) -> None:
    studio = counter.of(STUDIO)
    start = datetime(2026, 11, 25, 13, 0, tzinfo=UTC)  # Wednesday 07:00 in Mexico City
    with studio.open() as bookings:
        for size, expected in ((2, True), (2, True), (2, False), (1, True), (1, False)):
            ask = Ask(service=YOGA, window=Window(start, start + timedelta(minutes=1)), party_size=size)
            situation = Situation(
                shop=STUDIO, busy=Busy(), taken=bookings.taken(ask.window), now=studio.clock.now()
            )
            found = find(situation, ask)
            assert bool(found) is expected
            # Whoever asked before the last seat went tries all the same.
            slot = (
                found[0]
                if found
                else Slot(
                    service=YOGA,
                    start=start,
                    end=start + timedelta(hours=1),
                    group=STUDIO.classes[0].id,
                    party_size=size,
                )
            )
            made = bookings.begin_at_once(new_request(), [slot], Party())
            assert isinstance(made, Booking) is expected


def test_a_stall_with_two_hands_takes_two(counter: Counter) -> None:
    stall = counter.of(STALL)
    slot = Slot(service=CUT, start=TUESDAY + timedelta(hours=3), end=TUESDAY + timedelta(hours=3, minutes=30))
    with stall.open() as bookings:
        results = [bookings.hold(new_request(), [slot], Party()) for _ in range(3)]
    assert [isinstance(one, Booking) for one in results] == [True, True, False]


def test_tables_go_one_by_one(counter: Counter) -> None:
    fonda = counter.of(RESTAURANT)
    start = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)  # 20:00 in Mexico City
    ask = Ask(service=DINNER, window=Window(start, start + timedelta(minutes=1)), party_size=2)
    with fonda.open() as bookings:
        for _ in range(2):
            situation = Situation(
                shop=RESTAURANT, busy=Busy(), taken=bookings.taken(Window(start, start + timedelta(hours=2))),
                now=fonda.clock.now(),
            )  # fmt: skip
            slots = options(situation, ask, seconds(start))
            if slots:
                assert slots[0].table == "t2"
                assert isinstance(bookings.begin_at_once(new_request(), slots, Party()), Booking)
    assert slots == ()


def test_merchants_with_the_same_names_do_not_meet(counter: Counter) -> None:
    booked(counter, cut())
    assert is_free(counter.of(counter.shop), cut())


def test_the_database_itself_refuses_a_second_hold(counter: Counter) -> None:
    made = booked(counter, cut())
    with (
        pytest.raises(IntegrityError, match="nothing_is_taken_twice"),
        counter.diary.transaction(counter.merchant) as session,
    ):
        session.execute(
            text(
                "insert into calendar.hold (merchant_id, booking_id, resource, starts, ends, is_next)"
                " select merchant_id, booking_id, resource, ends - 1, ends + 10, false from calendar.hold"
            )
        )
    assert not is_free(counter, made.slot)


def test_every_step_that_counts_is_in_the_ledger(counter: Counter) -> None:
    made = booked(counter, cut())
    with counter.open() as bookings:
        moving = bookings.begin_move(made, [cut(TUESDAY + HALF_HOUR)], new_request())
        assert isinstance(moving, Booking)
        moved = bookings.finish_move(moving, "e", "customer")
        assert isinstance(moved, Booking)
        going = bookings.begin_cancel(moved, new_request())
        assert isinstance(going, Booking)
        bookings.finish_cancel(going, "owner")
    with counter.diary.transaction(counter.merchant) as session:
        lines = list(ledger.lines(session, counter.merchant))
    assert [(line.action, line.actor) for line in lines] == [
        ("booking made", "customer"),
        ("booking moved", "customer"),
        ("booking cancelled", "owner"),
    ]
    assert ledger.verify(lines) == 3


def test_a_customer_is_forgotten_and_the_hours_stay(counter: Counter) -> None:
    customer = CustomerId(uuid4())
    made = booked(counter, cut(), Party(customer_id=customer, person=Person(name="Ana")))
    with counter.open() as bookings:
        assert bookings.forget(customer) == 1
        left = bookings.get(made.id)
    assert left is not None
    assert (left.person, left.customer_id) == (Person(), None)
    assert not is_free(counter, made.slot)


def test_the_edge_reads_bookings_and_changes_none(counter: Counter) -> None:
    from sqlalchemy.exc import ProgrammingError

    from calendar_sync.bookings.reading import BookingReader

    made = booked(counter, cut())
    with counter.edge.transaction(counter.merchant) as session:
        assert BookingReader(session, counter.sealer, counter.clock).find(made.id) == made
    with counter.edge.transaction(counter.merchant) as session:
        edge = Bookings(session, counter.sealer, counter.merchant, counter.shop, counter.clock)
        with pytest.raises(ProgrammingError, match="permission denied"):
            edge.begin_cancel(made, new_request())
        session.rollback()


def test_a_request_id_made_from_nothing_is_still_a_request(counter: Counter) -> None:
    with counter.open() as bookings:
        assert bookings.get(booking_id(RequestId(uuid4()))) is None
