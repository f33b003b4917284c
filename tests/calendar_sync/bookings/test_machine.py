"""Bookings in a real database against a model of a few lines, whatever is done in whatever order.

The model knows nothing of rows: it keeps, for every booking, its state and the quarters of an hour of each person and
room that it has, and the seats that it has in the one class.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import ClassVar
from uuid import uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from calendar_sync.availability.slots import needs_of
from calendar_sync.availability.stretches import stretch
from calendar_sync.availability.values import ResourceKind, Slot, Window
from calendar_sync.bookings.store import Bookings
from calendar_sync.bookings.transitions import Changed, NotPossible, SlotTaken, Stale
from calendar_sync.bookings.values import Booking, BookingState, Party
from calendar_sync.ids import BookingId, ClassId, RequestId, RoomId, ServiceId, StaffId, booking_id
from calendar_sync.shop.values import GroupClass, OpenRange, Rules, Service, ServiceKind, Shop, StaffMember
from kernel import ledger
from kernel.clock import SetClock
from kernel.ids import MerchantId
from tests.calendar_sync.conftest import Counter

S = BookingState
NOON = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
CUT, LASER, YOGA = ServiceId("cut"), ServiceId("laser"), ServiceId("yoga")
DAWN = ClassId("dawn")
SHOP = Shop(
    name="x",
    timezone="America/Bogota",
    weekly=((OpenRange(time(0), time(0)),),) * 7,
    services=(
        Service(id=CUT, name="c", minutes=30),
        Service(id=LASER, name="l", minutes=45, before=15, after=15),
        Service(id=YOGA, name="y", minutes=60, kind=ServiceKind.GROUP),
    ),
    staff=(StaffMember(id=StaffId("a"), name="a"), StaffMember(id=StaffId("b"), name="b")),
    classes=(GroupClass(id=DAWN, service=YOGA, days=(1,), starts=time(7), minutes=60, seats=3),),
    rules=Rules(hold=10),
)
MINUTES = {CUT: 30, LASER: 45}
Quarter = tuple[str, str, int]
"""A person or room, and the quarter of an hour."""


@st.composite
def slots(draw: st.DrawFn) -> Slot:
    if draw(st.integers(0, 3)) == 0:
        size = draw(st.integers(1, 2))
        return Slot(service=YOGA, start=NOON, end=NOON + timedelta(hours=1), group=DAWN, party_size=size)
    service = draw(st.sampled_from([CUT, LASER]))
    start = NOON + draw(st.integers(0, 8)) * QUARTER
    return Slot(
        service=service,
        start=start,
        end=start + timedelta(minutes=MINUTES[service]),
        staff=draw(st.sampled_from([StaffId("a"), StaffId("b")])),
        room=RoomId("r") if service == LASER else None,
    )


def quarters(slot: Slot) -> frozenset[Quarter]:
    buffer = 1 if slot.service == LASER else 0
    first = int((slot.start - NOON) / QUARTER) - buffer
    last = int((slot.end - NOON) / QUARTER) + buffer
    whats = [("staff", slot.staff), ("room", slot.room)]
    return frozenset((kind, key, q) for kind, key in whats if key for q in range(first, last))


def seats(slot: Slot) -> int:
    return slot.party_size if slot.group else 0


@dataclass(slots=True)
class Known:
    """The model's booking."""

    state: BookingState
    slot: Slot
    request: RequestId
    has: frozenset[Quarter]
    seats: int
    expires_at: datetime | None = None
    next: Slot | None = None
    had: tuple[frozenset[Quarter], int] = field(default=(frozenset(), 0))


LIVE = {S.HELD, S.BOOKING, S.BOOKED, S.MOVING, S.CANCELLING}


class Machine(RuleBasedStateMachine):
    base: ClassVar[Counter]
    """Where it runs; each run is a merchant of its own."""

    made = Bundle("made")

    @initialize()
    def open_shop(self) -> None:
        self.clock = SetClock(NOON - timedelta(hours=20))
        self.counter = replace(self.base, merchant=MerchantId(uuid4()), shop=SHOP, clock=self.clock)
        self.model: dict[BookingId, Known] = {}
        self.noted = 0

    # What the model says

    def lapsed(self, known: Known) -> bool:
        return known.expires_at is not None and known.expires_at <= self.clock.now()

    def others(self, mine: BookingId | None) -> tuple[frozenset[Quarter], int]:
        live = [
            one
            for key, one in self.model.items()
            if key != mine and one.state in LIVE and not self.lapsed(one)
        ]
        return frozenset(q for one in live for q in one.has), sum(one.seats for one in live)

    def is_free(self, slot: Slot, mine: BookingId | None = None) -> bool:
        blocked, used = self.others(mine)
        return not (quarters(slot) & blocked) and used + seats(slot) <= 3

    def read(self, key: BookingId) -> tuple[Known, Booking]:
        """The model's booking and the stored one; a lapsed one may have been swept meanwhile."""
        known = self.model[key]
        with self.counter.open() as bookings:
            stored = bookings.get(key)
        assert stored is not None
        if known.state is S.HELD and self.lapsed(known) and stored.state is S.EXPIRED:
            known.state, known.expires_at = S.EXPIRED, None
        assert (stored.state, stored.slot, stored.next) == (known.state, known.slot, known.next)
        return known, stored

    def step(
        self, key: BookingId, from_: BookingState, change: Callable[[Bookings, Booking], Changed]
    ) -> Known | None:
        """Try a change: it must work from this state and from no other."""
        known, stored = self.read(key)
        with self.counter.open() as bookings:
            result = change(bookings, stored)
        if known.state is not from_:
            assert result == NotPossible(known.state), result
            return None
        assert isinstance(result, Booking), result
        assert result.version == stored.version + 1
        with self.counter.open() as bookings:
            assert bookings.find(key) == result
            again = change(bookings, stored)
        assert again == Stale(), "a change that was decided on an old value went through"
        return known

    # Making

    @rule(target=made, slot=slots(), keep=st.booleans())
    def take(self, slot: Slot, keep: bool) -> object:
        request = RequestId(uuid4())
        expected = self.is_free(slot)
        with self.counter.open() as bookings:
            make = bookings.hold if keep else bookings.begin_at_once
            result = make(request, [slot], Party())
        if not expected:
            assert result == SlotTaken()
            return multiple()
        assert isinstance(result, Booking), result
        assert result.id == booking_id(request)
        until = self.clock.now() + timedelta(minutes=10) if keep else None
        state = S.HELD if keep else S.BOOKING
        self.model[result.id] = Known(state, slot, request, quarters(slot), seats(slot), until)
        return result.id

    @rule(key=made, slot=slots())
    def run_again(self, key: BookingId, slot: Slot) -> None:
        """The job was killed: the same request takes nothing else, whatever it asks for now."""
        known, stored = self.read(key)
        if booking_id(known.request) == key:
            with self.counter.open() as bookings:
                assert bookings.begin_at_once(known.request, [slot], Party()) == stored

    @rule(key=made)
    def begin(self, key: BookingId) -> None:
        known, stored = self.read(key)
        with self.counter.open() as bookings:
            result = bookings.begin(stored, RequestId(uuid4()))
        if known.state is S.HELD and not self.lapsed(known):
            assert isinstance(result, Booking)
            known.state, known.expires_at, known.request = S.BOOKING, None, result.request
        else:
            assert result == NotPossible(known.state)

    @rule(key=made)
    def finish(self, key: BookingId) -> None:
        known = self.step(key, S.BOOKING, lambda bookings, one: bookings.finish(one, "e", "customer"))
        if known:
            known.state = S.BOOKED
            self.noted += 1

    @rule(key=made)
    def release(self, key: BookingId) -> None:
        known, stored = self.read(key)
        with self.counter.open() as bookings:
            result = bookings.release(stored)
        if known.state in {S.HELD, S.BOOKING}:
            assert isinstance(result, Booking)
            known.state, known.expires_at = S.RELEASED, None
        else:
            assert result == NotPossible(known.state)

    # Moving

    @rule(key=made, slot=slots())
    def begin_move(self, key: BookingId, slot: Slot) -> None:
        known, stored = self.read(key)
        request, expected = RequestId(uuid4()), self.is_free(slot, key)
        with self.counter.open() as bookings:
            result = bookings.begin_move(stored, [slot], request)
        if known.state is not S.BOOKED:
            assert result == NotPossible(known.state)
        elif not expected:
            assert result == SlotTaken()
        else:
            assert isinstance(result, Booking), result
            known.had = (known.has, known.seats)
            known.state, known.next = S.MOVING, slot
            known.has, known.seats = known.has | quarters(slot), max(known.seats, seats(slot))
            with self.counter.open() as bookings:
                assert bookings.begin_move(result, [slot], request) == result

    @rule(key=made)
    def finish_move(self, key: BookingId) -> None:
        known = self.step(key, S.MOVING, lambda bookings, one: bookings.finish_move(one, "e", "customer"))
        if known and known.next:
            known.state, known.slot, known.next = S.BOOKED, known.next, None
            self.settle(key, known)

    @rule(key=made)
    def abandon_move(self, key: BookingId) -> None:
        known = self.step(key, S.MOVING, lambda bookings, one: bookings.abandon_move(one))
        if known:
            known.state, known.next = S.BOOKED, None
            known.has, known.seats = known.had

    @rule(key=made, slot=slots())
    def owner_moves(self, key: BookingId, slot: Slot) -> None:
        known = self.step(key, S.BOOKED, lambda bookings, one: bookings.owner_moved(one, slot, "e2"))
        if known:
            known.slot = slot
            self.settle(key, known)

    def settle(self, key: BookingId, known: Known) -> None:
        blocked, used = self.others(key)
        known.has = quarters(known.slot) - blocked
        known.seats = min(seats(known.slot), 3 - used)
        self.noted += 1

    # Ending

    @rule(key=made)
    def begin_cancel(self, key: BookingId) -> None:
        known = self.step(key, S.BOOKED, lambda bookings, one: bookings.begin_cancel(one, RequestId(uuid4())))
        if known:
            known.state = S.CANCELLING

    @rule(key=made)
    def finish_cancel(self, key: BookingId) -> None:
        known = self.step(key, S.CANCELLING, lambda bookings, one: bookings.finish_cancel(one, "customer"))
        if known:
            known.state = S.CANCELLED
            self.noted += 1

    @rule(key=made)
    def owner_cancels(self, key: BookingId) -> None:
        known = self.step(key, S.BOOKED, lambda bookings, one: bookings.owner_cancelled(one))
        if known:
            known.state = S.CANCELLED
            self.noted += 1

    @rule(key=consumes(made))
    def no_show(self, key: BookingId) -> None:
        known, stored = self.read(key)
        with self.counter.open() as bookings:
            result = bookings.no_show(stored, "owner")
        if known.state is S.BOOKED and self.clock.now() >= known.slot.start:
            assert isinstance(result, Booking)
            known.state = S.NO_SHOW
            self.noted += 1
        else:
            assert result == NotPossible(known.state)

    @rule(minutes=st.sampled_from([1, 9, 10, 60, 1300]))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(timedelta(minutes=minutes))

    @rule()
    def sweep(self) -> None:
        with self.counter.open() as bookings:
            bookings.expire_due()
        for known in self.model.values():
            if known.state is S.HELD and self.lapsed(known):
                known.state, known.expires_at = S.EXPIRED, None

    # What always holds

    @invariant()
    def what_is_taken_is_what_the_model_says(self) -> None:
        window = Window(NOON - timedelta(days=1), NOON + timedelta(days=1))
        with self.counter.open() as bookings:
            taken = bookings.taken(window)
        found = [
            (one.resource.kind.value, one.resource.key, int((at - NOON) / QUARTER))
            for one in taken
            if one.resource.kind is not ResourceKind.CLASS
            for at in _steps(one.window)
        ]
        assert len(found) == len(set(found)), "a quarter of an hour was taken twice"
        blocked, used = self.others(None)
        assert set(found) == blocked
        assert sum(one.resource.kind is ResourceKind.CLASS for one in taken) == used

    @invariant()
    def every_step_that_counts_is_in_the_ledger_once(self) -> None:
        with self.counter.diary.transaction(self.counter.merchant) as session:
            assert ledger.verify(ledger.lines(session, self.counter.merchant)) == self.noted


def _steps(window: Window) -> list[datetime]:
    start, end = stretch(window)
    return [datetime.fromtimestamp(at, UTC) for at in range(start, end, 900)]


def test_whatever_is_done_the_bookings_are_those_of_the_model(counter: Counter) -> None:
    run_state_machine_as_test(
        type("BoundMachine", (Machine,), {"base": counter}),
        settings=settings(
            max_examples=30, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_the_model_and_the_shop_mean_the_same_by_a_slot() -> None:
    slot = Slot(
        service=LASER,
        start=NOON,
        end=NOON + timedelta(minutes=45),
        staff=StaffId("a"),
        room=RoomId("r"),
    )
    needed = {
        (need.resource.kind.value, need.resource.key, int((at - NOON) / QUARTER))
        for need in needs_of(SHOP, slot)
        for at in _steps(need.window)
    }
    assert needed == quarters(slot)
