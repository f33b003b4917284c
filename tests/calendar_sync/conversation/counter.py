"""A counter in memory: drives the conversation as the diary does, with real availability and no database.

Every turn it checks what must always hold: one message within WhatsApp's limits, a bounded number of effects, a state
that survives being stored, and nothing booked that was not held and agreed to.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from calendar_sync.availability.checking import check
from calendar_sync.availability.slots import find, needs_of
from calendar_sync.availability.values import Ask, Busy, Situation, Slot, Taken, Window
from calendar_sync.bookings.values import Booking, BookingState, Person
from calendar_sync.codec import from_json, to_json
from calendar_sync.conversation import effects, events
from calendar_sync.conversation.machine import MOST_EFFECTS, step
from calendar_sync.conversation.taps import read
from calendar_sync.conversation.values import Reply, State, View
from calendar_sync.ids import BookingId, RequestId
from calendar_sync.outcomes import Awaiting, OutcomeKind
from calendar_sync.requests import Customer, Wish
from calendar_sync.shop.values import Shop
from kernel.ids import CustomerId

NAMESPACE = UUID("6a1f6f0e-7a51-4a0e-9a3f-0f6a5a1f2d11")
HOLD = timedelta(minutes=10)


@dataclass
class Counter:
    """One shop and one customer."""

    shop: Shop
    now: datetime
    language: str = "es"
    name: str | None = "Marta Ríos"
    phone: str | None = "+573005550101"
    busy: list[Window] = field(default_factory=list)
    readable: bool = True
    member: bool = True
    member_until: datetime | None = None
    stubborn: bool = True
    """Whether a write that is asked for is known to have worked."""
    bookings: dict[BookingId, Booking] = field(default_factory=dict)
    holds: dict[BookingId, tuple[Slot, datetime]] = field(default_factory=dict)
    state: State = field(default_factory=State)
    log: list[effects.Effect] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    thieves: int = 0
    """So many of the next holds are lost to somebody faster."""
    released: set[BookingId] = field(default_factory=set)
    called: bool = False
    made: int = 0

    def hear(self, *wishes: Wish, tap: str | None = None) -> Reply:
        """One turn, to its reply."""
        event: events.Event = events.Said(wishes=wishes, tap=tap)
        shown = len(self.log)
        for _ in range(MOST_EFFECTS + 2):
            done = step(event, self.state, self.view())
            self.state = from_json(State, to_json(State, done.state))
            assert self.state == done.state, "a state must survive being stored"
            asked = [one for one in done.effects if not isinstance(one, effects.Release | effects.AskHuman)]
            results = [result for one in done.effects if (result := self.perform(one)) is not None]
            if done.reply is not None:
                assert not asked, "with the reply nothing may be asked any more"
                self._checked(done.reply, self.log[shown:])
                return done.reply
            assert len(asked) == 1, "one effect with a result at a time"
            event = results[-1]
        raise AssertionError("the turn does not end")

    def tap(self, title: str) -> Reply:
        """Tap the button or row of the last message whose title, or its description, begins so."""
        shown = self.replies[-1].message
        choices = [(one.id, one.title, "") for one in shown.buttons]
        choices += [(one.id, one.title, one.description) for one in shown.rows]
        found = [
            key for key, name, more in choices if name.startswith(title) or (more and more.startswith(title))
        ]
        assert found, f"no choice {title!r} among {[name for _, name, _ in choices]}"
        return self.hear(tap=found[0])

    def view(self) -> View:
        live = sorted(
            (
                one
                for one in self.bookings.values()
                if one.state is BookingState.BOOKED and one.slot.start > self.now
            ),
            key=lambda one: one.slot.start,
        )
        who = Customer(id=CustomerId(NAMESPACE), phone=self.phone, name=self.name)
        return View(
            shop=self.shop,
            customer=who,
            language=self.language,  # type: ignore[arg-type]
            now=self.now,
            bookings=tuple(live),
        )

    def perform(self, effect: effects.Effect) -> events.Result | None:
        self.log.append(effect)
        match effect:
            case effects.FindSlots():
                return self._find(effect)
            case effects.Hold():
                return self._hold(effect)
            case effects.Release(hold):
                assert hold not in self.released, "a hold is given back twice"
                self.released.add(hold)
                self.holds.pop(hold, None)
                return None
            case effects.AskHuman():
                self.called = True
                return None
            case effects.CheckMember():
                expired = (
                    effect.on is not None and self.member_until is not None and effect.on > self.member_until
                )
                return events.MemberAccepted() if self.member and not expired else events.MemberRefused()
            case _:
                return self._write(effect)

    def situation(self, asks: Iterable[Ask] = (), without: BookingId | None = None) -> Situation:
        taken = [
            Taken(resource=need.resource, window=need.window, booking=key, unit=unit)
            for key, slot in self._occupied(without)
            for need in needs_of(self.shop, slot)
            for unit in self._units(need, key)
        ]
        return Situation(shop=self.shop, busy=Busy(ranges=tuple(self.busy)), taken=tuple(taken), now=self.now)

    def _units(self, need: object, key: BookingId) -> range:
        before = getattr(self, "_used", {})
        start = before.get((need.resource, need.window), 0)  # type: ignore[attr-defined]
        before[(need.resource, need.window)] = start + need.units  # type: ignore[attr-defined]
        self._used = before
        return range(start, start + need.units)  # type: ignore[attr-defined]

    def _occupied(self, without: BookingId | None) -> list[tuple[BookingId, Slot]]:
        self._used: dict[object, int] = {}
        held = [(key, slot) for key, (slot, until) in self.holds.items() if until > self.now]
        kept = [(one.id, one.slot) for one in self.bookings.values() if one.state is BookingState.BOOKED]
        return [(key, slot) for key, slot in (*held, *kept) if key != without]

    def _find(self, effect: effects.FindSlots) -> events.Result:
        if not self.readable:
            return events.CalendarUnknown()
        slots = tuple(slot for ask in effect.asks for slot in find(self.situation(without=ask.moving), ask))
        checked = tuple(
            check(self.situation(without=one.ask.moving), one.ask, one.start) for one in effect.checks
        )
        return events.Found(slots=slots, checked=checked)

    def _hold(self, effect: effects.Hold) -> events.Result:
        if not self.readable:
            return events.CalendarUnknown()
        slot = effect.slot
        if self.thieves:
            self.thieves -= 1
            self.busy.append(slot.window)
            return events.SlotTaken()
        ask = Ask(
            service=slot.service,
            window=slot.window,
            staff=slot.staff,
            party_size=slot.party_size,
            moving=effect.moving,
        )
        found = check(self.situation(without=effect.moving), ask, slot.start)
        if not isinstance(found, Slot):
            return events.SlotTaken()
        hold = self._key("hold")
        self.holds[hold] = (found, self.now + HOLD)
        return events.Held(hold=hold, slot=found, until=self.now + HOLD)

    def _write(self, effect: effects.Effect) -> events.Result:
        if not self.stubborn:
            return events.Unclear()
        match effect:
            case effects.Commit(hold=hold, person=person):
                return self._commit(hold, person)
            case effects.MoveBooking(booking=key, hold=hold, person=person):
                return self._move(key, hold, person)
            case effects.RenameBooking(booking=key, person=person):
                return self._changed(key, person=person)
            case effects.CancelBooking(key):
                return self._cancelled(key)
            case effects.ConfirmBooking(key):
                booking = self.bookings.get(key)
                return events.Confirmed(booking) if booking else events.Gone()
        raise AssertionError(f"{effect} has no result")

    def _commit(self, hold: BookingId, person: Person) -> events.Result:
        kept = self.holds.pop(hold, None)
        if kept is None or kept[1] <= self.now:
            return events.SlotTaken()
        booking = self.book(kept[0], person)
        return events.Booked(booking)

    def _move(self, key: BookingId, hold: BookingId, person: Person) -> events.Result:
        kept = self.holds.pop(hold, None)
        if kept is None or kept[1] <= self.now:
            return events.SlotTaken()
        return self._changed(key, slot=kept[0], person=person)

    def _changed(self, key: BookingId, **changes: object) -> events.Result:
        if key not in self.bookings:
            return events.Gone()
        self.bookings[key] = replace(self.bookings[key], **changes)  # type: ignore[arg-type]
        return events.Moved(self.bookings[key])

    def _cancelled(self, key: BookingId) -> events.Result:
        if key not in self.bookings:
            return events.Gone()
        booking = replace(self.bookings.pop(key), state=BookingState.CANCELLED)
        return events.Cancelled(booking)

    def book(self, slot: Slot, person: Person | None = None) -> Booking:
        """A booking that stands."""
        key = self._key("booking")
        booking = Booking(
            id=key,
            slot=slot,
            state=BookingState.BOOKED,
            request=RequestId(key),
            customer_id=CustomerId(NAMESPACE),
            person=person or Person(name=self.name, phone=self.phone),
            created_at=self.now,
            changed_at=self.now,
        )
        self.bookings[key] = booking
        return booking

    def _key(self, kind: str) -> BookingId:
        self.made += 1
        return BookingId(uuid5(NAMESPACE, f"{kind}|{self.made}"))

    def _checked(self, reply: Reply, log: list[effects.Effect]) -> None:
        shown = reply.message
        assert shown.body.strip()
        assert "{" not in shown.body, "a field was left unfilled"
        assert len(shown.body) <= (1024 if shown.buttons or shown.ask_contact else 4096)
        titles = [one.title for one in shown.buttons]
        assert len(set(titles)) == len(titles), "buttons must differ"
        for one in (*shown.buttons, *shown.rows):
            assert one.title, "a choice has a name"
            assert len(one.id) <= 200
            assert read(one.id) is not None
        if reply.kind in (OutcomeKind.BOOKED, OutcomeKind.RESCHEDULED, OutcomeKind.CANCELLED):
            assert reply.booking is not None
        if reply.awaiting is Awaiting.CONFIRM:
            assert shown.buttons, "a confirmation can be tapped"
        kept = {self.state.hold.id} if self.state.hold else set()
        held = {key for key, (_, until) in self.holds.items() if until > self.now}
        assert held <= kept or not self.stubborn, "a hold is left behind"
        self.replies.append(reply)
