"""One step of the conversation: an event in, effects or one reply out."""

from dataclasses import replace
from datetime import datetime, timedelta

from calendar_sync.bookings.values import Booking
from calendar_sync.conversation.booking import on_member, on_stranger, proceed
from calendar_sync.conversation.cancelling import on_cancelled
from calendar_sync.conversation.deciding import on_booked, taken
from calendar_sync.conversation.effects import AskHuman, Release
from calendar_sync.conversation.events import (
    Booked,
    CalendarUnknown,
    Cancelled,
    Confirmed,
    Event,
    Found,
    Gone,
    Held,
    MemberAccepted,
    MemberRefused,
    Moved,
    Result,
    Said,
    SlotTaken,
    Unclear,
)
from calendar_sync.conversation.existing import on_confirmed
from calendar_sync.conversation.holding import on_held
from calendar_sync.conversation.listening import heard, in_order
from calendar_sync.conversation.moving import on_moved
from calendar_sync.conversation.offering import unreadable
from calendar_sync.conversation.repeating import ask_again
from calendar_sync.conversation.replying import forgotten, refused
from calendar_sync.conversation.search import on_found
from calendar_sync.conversation.tapping import tapped
from calendar_sync.conversation.values import Reply, State, Step, Topic, Turn, View
from calendar_sync.outcomes import OutcomeKind

MOST_EFFECTS = 16
"""A turn that wants more has gone round in circles: it ends with an apology. The longest that is known needs 8."""
FORGET_AFTER = timedelta(hours=12)
_CHANGES = frozenset(
    {OutcomeKind.BOOKED, OutcomeKind.RESCHEDULED, OutcomeKind.CANCELLED, OutcomeKind.CONFIRMED}
)


def step(event: Event, state: State, view: View) -> Step:
    """The next state with effects to perform, or with the reply that ends the turn."""
    done = _began(event, state, view) if isinstance(event, Said) else _went_on(event, state, view)
    while done.reply is not None and done.reply.awaiting is None and done.state.todo:
        done = _next(done, done.reply, state.turn.effects, view)
    if done.reply is None and done.state.turn.effects > MOST_EFFECTS:
        return refused(replace(done.state, todo=()), view, "unclear")
    return done


def reminded(state: State, booking: Booking, now: datetime) -> State:
    """The conversation after a reminder was sent: a yes or no is about it, unless something else is being asked."""
    awake = _awake(state, now)
    topic = Topic.REMINDER if awake.topic is None else awake.topic
    return replace(awake, reminded=booking.id, topic=topic, touched=now)


def lost(state: State, booking: Booking, now: datetime) -> State:
    """The conversation after the owner cancelled: "another day", said next, is about that booking."""
    awake = _awake(state, now)
    return replace(awake, lost=booking.slot, touched=now)


def _began(said: Said, state: State, view: View) -> Step:
    state = _awake(state, view.now)
    wishes = in_order(said.wishes)
    if said.tap is not None:
        return tapped(said.tap, replace(state, todo=(*wishes, *state.todo)), view)
    if wishes:
        return heard(wishes[0], replace(state, todo=(*wishes[1:], *state.todo)), view)
    return proceed(state, view) if state.topic is Topic.PHONE else ask_again(state, view)


def _awake(state: State, now: datetime) -> State:
    """The state as the turn finds it: what was talked about long ago is forgotten, a reminder is not."""
    fresh = replace(state, turn=Turn())
    slept = state.touched is not None and now - state.touched > FORGET_AFTER
    return forgotten(replace(fresh, todo=())) if slept and state.topic is not Topic.REMINDER else fresh


def _went_on(event: Result, state: State, view: View) -> Step:
    match event:
        case Found():
            return on_found(event, state, view)
        case Held():
            return on_held(event, state, view)
        case Booked() | Moved() | Cancelled() | Confirmed():
            return _is_done(event, state, view)
        case MemberAccepted():
            return on_member(state, view)
        case _:
            return _went_wrong(event, state, view)


def _is_done(event: Booked | Moved | Cancelled | Confirmed, state: State, view: View) -> Step:
    match event:
        case Booked(booking):
            return on_booked(booking, state, view)
        case Moved(booking):
            return on_moved(booking, state, view)
        case Cancelled(booking):
            return on_cancelled(booking, state, view)
        case Confirmed(booking):
            return on_confirmed(booking, state, view)


def _went_wrong(
    event: SlotTaken | MemberRefused | CalendarUnknown | Gone | Unclear, state: State, view: View
) -> Step:
    match event:
        case SlotTaken():
            return taken(state, view)
        case MemberRefused():
            return on_stranger(state, view)
        case CalendarUnknown():
            return unreadable(state, view)
        case Gone():
            return refused(state, view, "gone")
        case Unclear():
            return _given_up(state, view)


def _given_up(state: State, view: View) -> Step:
    """It may have worked all the same, so nothing is given back that may be in use."""
    return refused(replace(state, todo=(), hold=None), view, "unclear")


def _next(done: Step, reply: Reply, effects: int, view: View) -> Step:
    """A wish is done and another waits: its answer goes before the next one's, in one message."""
    changed = reply.kind in _CHANGES
    turn = Turn(
        effects=effects,
        said=(reply.message.body,),
        kind=reply.kind if changed else None,
        facts=reply.booking if changed else None,
        freed=tuple(one.hold for one in done.effects if isinstance(one, Release)),
        human=any(isinstance(one, AskHuman) for one in done.effects),
    )
    wish, *rest = done.state.todo
    return heard(wish, replace(done.state, todo=tuple(rest), turn=turn), view)
