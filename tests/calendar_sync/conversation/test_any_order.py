"""Whatever is said, tapped or answered, in whatever order: it ends, with one message, and books only what was agreed."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calendar_sync.availability.values import Refusal, Refused, Slot
from calendar_sync.conversation import effects, events
from calendar_sync.conversation.machine import MOST_EFFECTS, step
from calendar_sync.conversation.replying import tongue
from calendar_sync.conversation.values import State
from calendar_sync.ids import BookingId
from calendar_sync.outcomes import Awaiting, OutcomeKind
from calendar_sync.requests import (
    Book,
    Cancel,
    ConfirmReminder,
    Decline,
    Details,
    FreeTimes,
    Grain,
    ListBookings,
    Move,
    Named,
    When,
    Wish,
)
from tests.calendar_sync.conversation.counter import Counter
from tests.calendar_sync.conversation.shops import INN, SALON, STUDIO
from tests.calendar_sync.conversation.wishes import moment

START = moment("11-23 10:00")
QUICK = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])

days = st.integers(-5, 80).map(lambda count: (START + timedelta(days=count)).date())
moments = st.integers(-200, 4000).map(lambda count: START + timedelta(minutes=30 * count))
edges = st.none() | days | moments
whens = st.builds(
    When,
    grain=st.sampled_from(Grain),
    start=edges,
    end=edges,
    exclude=st.lists(days, max_size=2).map(tuple),
    shift_minutes=st.none() | st.sampled_from((-60, 30, 60)),
)
services = st.sampled_from(
    (
        Named("corte"),
        Named("x", "cut"),
        Named("tinte", "dye"),
        Named("club", "massage"),
        Named("yoga"),
        Named("nada"),
        Named(""),
    )
)
people = st.sampled_from((Named("Nora", "nora"), Named("raúl"), Named("Fermín")))
details = st.builds(
    Details,
    service=st.lists(services, max_size=2).map(tuple),
    staff=st.lists(people, max_size=2).map(tuple),
    person_name=st.none() | st.text(min_size=1, max_size=120),
    party_size=st.none() | st.integers(-1, 40),
    ordinal=st.none() | st.integers(-3, 14),
    when=st.lists(whens, max_size=2).map(tuple),
    from_when=st.lists(whens, max_size=1).map(tuple),
)
plain = st.builds(
    Details,
    service=st.sampled_from(((), (Named("x", "cut"),), (Named("x", "dye"),), (Named("x", "yoga"),))),
    party_size=st.sampled_from((None, None, 2)),
    ordinal=st.sampled_from((None, None, None, 1)),
    when=st.builds(
        lambda day, hour: (When(grain=Grain.MINUTE, start=START + timedelta(days=day, hours=hour)),),
        st.integers(0, 9),
        st.integers(0, 8),
    ),
)
"""As most people write."""
few = st.just(Details()) | plain | details
wishes: st.SearchStrategy[Wish] = st.one_of(
    st.builds(Book, few),
    st.builds(FreeTimes, few),
    st.builds(Move, few),
    st.builds(Cancel, few),
    st.builds(ListBookings, few),
    st.just(ConfirmReminder()),
    st.just(Decline()),
)


@dataclass(frozen=True)
class Turned:
    """One turn: wishes, or a tap on the n-th choice that was ever shown; and what happens before it."""

    wishes: tuple[Wish, ...] = ()
    tap: int | None = None
    minutes: int = 0
    readable: bool = True
    thieves: int = 0
    known: bool = True
    phone: bool = True


turns = st.builds(
    Turned,
    wishes=st.lists(wishes, max_size=3).map(tuple),
    tap=st.none() | st.none() | st.integers(0, 60),
    minutes=st.sampled_from((0, 0, 0, 5, 30, 60 * 30)),
    readable=st.sampled_from((True, True, True, False)),
    thieves=st.sampled_from((0, 0, 0, 1, 3)),
    known=st.sampled_from((True, True, True, False)),
    phone=st.booleans(),
)
shops = st.sampled_from((SALON, STUDIO, INN))


@QUICK
@given(
    shop=shops,
    language=st.sampled_from(("es", "pt", "en")),
    named=st.booleans(),
    said=st.lists(turns, max_size=9),
)
def test_every_turn_ends_with_one_message_and_only_what_was_agreed_is_booked(
    shop: object, language: str, named: bool, said: list[Turned]
) -> None:
    counter = Counter(shop=shop, now=START, language=language, name="Marta" if named else None)  # type: ignore[arg-type]
    for turn in said:
        counter.now += timedelta(minutes=turn.minutes)
        counter.readable, counter.stubborn = turn.readable, turn.known
        counter.thieves += turn.thieves
        counter.phone = "+573005550101" if turn.phone else None
        shown = [one.id for reply in counter.replies for one in (*reply.message.buttons, *reply.message.rows)]
        tap = shown[turn.tap % len(shown)] if turn.tap is not None and shown else None
        before, told = len(counter.log), len(counter.replies)
        counter.hear(*turn.wishes, tap=tap)
        assert len(counter.replies) == told + 1
        for effect in counter.log[before:]:
            if isinstance(effect, effects.Commit | effects.MoveBooking):
                assert was_agreed(effect.slot, counter, told), effect
        kept = {counter.state.hold.id} if counter.state.hold else set()
        if turn.known:
            assert {key for key, (_, until) in counter.holds.items() if until > counter.now} <= kept, (
                "a hold is left behind"
            )
    released = [one.hold for one in counter.log if isinstance(one, effects.Release)]
    assert len(released) == len(set(released)), "a hold is given back twice"


def was_agreed(slot: Slot, counter: Counter, told: int) -> bool:
    """The time, the service and the person stood in a question that could be answered yes."""
    shown = counter.replies[:told]
    asked = [one.message.body for one in shown if one.awaiting is Awaiting.CONFIRM and one.message.buttons]
    words = tongue(counter.view()).summary(slot)
    return any(words in body for body in asked)


slots = st.builds(
    lambda start, staff: Slot(service="cut", start=start, end=start + timedelta(minutes=30), staff=staff),  # type: ignore[arg-type]
    moments,
    st.sampled_from((None, "nora", "raul")),
)


def results(counter: Counter) -> st.SearchStrategy[events.Result]:
    """Any answer at all, whether or not it was asked for."""
    slot = Slot(service="cut", start=START + timedelta(days=1), end=START + timedelta(days=1, minutes=30))  # type: ignore[arg-type]
    booking = counter.book(slot)
    counter.bookings.clear()
    verdicts = slots | st.sampled_from(Refusal).map(Refused)
    return st.one_of(
        st.builds(
            events.Found,
            slots=st.lists(slots, max_size=30).map(tuple),
            checked=st.lists(verdicts, max_size=5).map(tuple),
        ),
        st.builds(events.Held, hold=st.just(BookingId(UUID(int=1))), slot=slots, until=moments),
        st.sampled_from(
            (
                events.CalendarUnknown(),
                events.SlotTaken(),
                events.Booked(booking),
                events.Moved(booking),
                events.Cancelled(booking),
                events.Confirmed(booking),
                events.Gone(),
                events.Unclear(),
                events.MemberAccepted(),
                events.MemberRefused(),
            )
        ),
    )


@QUICK
@given(data=st.data(), said=st.lists(st.lists(wishes, max_size=2).map(tuple), min_size=1, max_size=4))
def test_a_turn_ends_whatever_its_effects_are_answered(
    data: st.DataObject, said: list[tuple[Wish, ...]]
) -> None:
    counter = Counter(shop=SALON, now=START)
    answers, state = results(counter), State()
    for wishes_ in said:
        event: events.Event = events.Said(wishes=wishes_)
        for count in range(MOST_EFFECTS + 3):
            done = step(event, state, counter.view())
            state = done.state
            if done.reply is not None:
                break
            assert count <= MOST_EFFECTS, "the turn does not end"
            event = data.draw(answers)
        else:
            raise AssertionError("the turn does not end")


@QUICK
@given(said=st.lists(wishes, min_size=1, max_size=3).map(tuple))
def test_a_driver_that_always_loses_the_slot_still_comes_to_an_end(said: tuple[Wish, ...]) -> None:
    counter = Counter(shop=replace(SALON), now=START, thieves=10_000)
    counter.hear(*said)
    counter.hear(Book())
    counter.hear(Book(Details(ordinal=1)))


def test_a_driver_that_only_repeats_itself_is_left_with_an_apology() -> None:
    counter = Counter(shop=SALON, now=START)
    event: events.Event = events.Said(wishes=(Book(Details(service=(Named("club", "massage"),))),))
    state, asked = State(), 0
    while True:
        done = step(event, state, counter.view())
        state, event = done.state, events.MemberAccepted()
        if done.reply is not None:
            break
        asked += 1
        assert asked <= MOST_EFFECTS, "the turn does not end"
    assert done.reply.kind is OutcomeKind.BLOCKED
