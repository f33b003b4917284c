"""A diary that loses everything in hand at any step, and runs the job again: one event a booking, no orphan, no loss."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from calendar_sync.bookings.values import BookingState
from calendar_sync.google.agenda import Window
from calendar_sync.ids import event_id, outcome_id
from calendar_sync.outcomes import Outcome, OutcomeKind
from calendar_sync.requests import Book, Cancel, Details, Move, Request
from tests.calendar_sync.desk.counters import Counter, Killed, at, book, local

Prepare = Callable[[Counter, str], Request]
LATER = {"10:00": "15:00", "10:30": "15:30", "11:00": "16:00", "08:00": "14:00", "08:30": "14:30"}
DAYS = [f"{month}-{day:02d}" for month, last in ((11, 30), (12, 31)) for day in range(24, last + 1)]
DAYS += [f"12-{day:02d}" for day in range(1, 24)]


def the_yes(counter: Counter, when: str) -> Request:
    """The turn whose answer is that it is booked."""
    counter.ask(book(when))
    return counter.lay(Book())


def the_first_words(counter: Counter, when: str) -> Request:
    """The turn in which the time is looked for and held."""
    return counter.lay(book(when))


def the_move(counter: Counter, when: str) -> Request:
    _booked(counter, when)
    counter.ask(Move(Details(when=(at(_later(when)),))))
    return counter.lay(Book())


def the_cancel(counter: Counter, when: str) -> Request:
    _booked(counter, when)
    return counter.lay(Cancel())


def _later(when: str) -> str:
    day, _, clock = when.partition(" ")
    return f"{day} {LATER[clock]}"


def _booked(counter: Counter, when: str) -> None:
    outcome = counter.ask(book(when))
    for _ in range(3):
        if outcome.kind is OutcomeKind.BOOKED:
            return
        outcome = counter.ask(Book())
    raise AssertionError(outcome)


def run(counter: Counter, request: Request, step: int) -> tuple[bool, str]:
    """Serve with the plug pulled at a step, then again as the revived job would; whether it got there, and where."""
    plug = counter.plug
    plug.names.clear()
    plug.at = plug.steps + step
    try:
        counter.serve(request.id)
    except Killed as killed:
        place = f"{step}: {killed}"
    else:
        return False, ""
    finally:
        plug.at = 0
    counter.serve(request.id)
    return True, place


SCENES = {
    "book": (the_yes, OutcomeKind.BOOKED, 1),
    "hold": (the_first_words, None, None),
    "move": (the_move, OutcomeKind.RESCHEDULED, 1),
    "cancel": (the_cancel, OutcomeKind.CANCELLED, 0),
}


@pytest.mark.parametrize("scene", SCENES)
def test_a_kill_at_any_step_leaves_one_event_for_a_booking_and_one_answer(
    counter: Counter, scene: str
) -> None:
    prepare, kind, live = SCENES[scene]
    wrong: list[str] = []
    slots = [f"{day} {clock}" for day in weekdays() for clock in LATER]
    for step in range(1, 60):
        one = counter.another(f"+5730099{step:05d}")
        when = slots[step]
        request = prepare(one, when)
        reached, place = run(one, request, step)
        if not reached:
            break
        wrong += [f"{place}: {trouble}" for trouble in troubles(one, request, kind, live)]
    assert step > 4, "too few steps: the test would prove nothing"
    assert wrong == []


def weekdays() -> list[str]:
    days = sorted(set(DAYS))
    return [day for day in days if local(f"{day} 10:00").weekday() < 5]


def troubles(counter: Counter, request: Request, kind: OutcomeKind | None, live: int | None) -> list[str]:
    found = []
    told = counter.taken(outcome_id(request.id))
    if not isinstance(told, Outcome):
        found.append("no answer")
    elif kind is not None and told.kind is not kind:
        found.append(f"answered {told.kind}")
    bookings = counter.bookings()
    if live is not None and len(bookings) != live:
        found.append(f"{len(bookings)} bookings")
    if any(one.state is not BookingState.BOOKED for one in bookings):
        found.append("an intention was left")
    places = [(counter.world.times_of(event_id(one.id)), one.slot.window) for one in bookings]
    found += ["the event is elsewhere" for is_at, should_be in places if is_at != should_be]
    mine = {event_id(one.id) for one in bookings}
    others = [key for key, entry in counter.world.agenda.events.items() if not entry.cancelled]
    if kind is not None and len(others) != _all_kept(counter):
        found.append(f"{len(others)} events for {_all_kept(counter)} bookings")
    return found + ([] if mine <= set(others) else ["an event is missing"])


def _all_kept(counter: Counter) -> int:
    """Bookings of all customers of this counter."""
    from sqlmodel import func, select

    from calendar_sync.bookings.models import BookingRow

    with counter.desk.diary.database.transaction(counter.merchant) as session:
        kept = (
            select(func.count()).select_from(BookingRow).where(BookingRow.state == BookingState.BOOKED.value)
        )
        return session.exec(kept).one()


@pytest.mark.parametrize("scene", ["book", "move"])
def test_a_kill_and_an_owner_who_took_the_time_meanwhile_leave_no_orphan(
    counter: Counter, scene: str
) -> None:
    """The worst of both: written to the calendar, killed before it was booked, and blocked before the next run."""
    prepare, _, _ = SCENES[scene]
    when = "11-26 10:00"
    request = prepare(counter, when)
    plug = counter.plug
    plug.at = plug.steps + 60
    names = _names_until_written(counter, request)
    assert names
    blocked = _later(when) if scene == "move" else when
    counter.world.owner_blocks(Window(local(blocked), local(blocked) + timedelta(minutes=30)))
    counter.serve(request.id)
    for one in counter.bookings():
        assert counter.world.times_of(event_id(one.id)) == one.slot.window
    assert counter.world.count() == len(counter.bookings()) + 1
    assert len(counter.news()) == 1


def _names_until_written(counter: Counter, request: Request) -> list[str]:
    """Serve until the calendar has taken the write, and die."""
    plug = counter.plug
    plug.names.clear()
    original = plug.step

    def step(name: str) -> None:
        original(name)
        if name in {"after put", "after change"}:
            raise Killed(name)

    plug.step = step  # type: ignore[method-assign]
    try:
        counter.serve(request.id)
    except Killed:
        return list(plug.names)
    finally:
        plug.step = original  # type: ignore[method-assign]
    return []
