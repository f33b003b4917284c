"""Yes and no to what was asked, and what follows when something is done."""

from dataclasses import replace
from datetime import datetime

from calendar_sync.availability import clocks
from calendar_sync.bookings.values import Booking
from calendar_sync.conversation.booking import capacity, proceed
from calendar_sync.conversation.cancelling import ask_cancel, cancel
from calendar_sync.conversation.existing import confirm
from calendar_sync.conversation.holding import settle
from calendar_sync.conversation.paging import message
from calendar_sync.conversation.replying import (
    about,
    facts,
    forgotten,
    freed,
    noted,
    refused,
    reply,
    tongue,
)
from calendar_sync.conversation.search import begin
from calendar_sync.conversation.standing import find
from calendar_sync.conversation.taps import Verb
from calendar_sync.conversation.values import Goal, State, Step, Topic, View
from calendar_sync.conversation.windows import at_clock
from calendar_sync.outcomes import OutcomeKind
from calendar_sync.requests import Book, Grain, When, Wish


def agree(state: State, view: View) -> Step | None:
    """Yes to what was asked; None where nothing was that can be answered so."""
    match state.topic:
        case Topic.CONFIRM if state.chosen is not None:
            return settle(replace(state, agreed=True), view, state.chosen)
        case Topic.CANCEL:
            booking = find(view, state.target)
            return refused(state, view, "gone") if booking is None else cancel(booking, state, view)
        case Topic.REMINDER:
            booking = find(view, state.reminded)
            return None if booking is None else confirm(booking, forgotten(state))
        case Topic.PARTY:
            return _fewer(state, view)
        case _:
            return None


def _fewer(state: State, view: View) -> Step | None:
    """As many as one booking can bring, rather than more."""
    service = view.shop.service(state.service)
    most = capacity(view.shop, service) if service else None
    if most is None or most < 1 or (state.party or 0) <= most:
        return None
    return proceed(replace(state, party=most), view)


def decline(state: State, view: View) -> Step:
    """No: what was held is given back, what stands stays."""
    if state.topic is Topic.REMINDER:
        return _what_then(state, view)
    kept = find(view, state.target)
    state = replace(state, todo=())
    words = tongue(view)
    if kept is not None and state.goal in (Goal.MOVE, Goal.CANCEL):
        return _nothing_done(state, view, words.say("done.kept", summary=words.booking(kept)))
    if view.bookings:
        line = words.line(view.bookings[0].slot)
        return _nothing_done(state, view, words.say("done.declined_keeps", line=line))
    return _nothing_done(state, view, words.say("done.declined"))


def _nothing_done(state: State, view: View, body: str) -> Step:
    return reply(forgotten(state), view, OutcomeKind.NOTHING, body)


def _what_then(state: State, view: View) -> Step:
    """No to a reminder says that they will not come then, not whether they want another time."""
    booking = find(view, state.reminded)
    if booking is None:
        return refused(state, view, "gone")
    words = tongue(view)
    ways = (about(view, Verb.MOVE, booking, "move"), about(view, Verb.CANCEL, booking, "cancel"))
    content = message(words.say("ask.reminder_no", summary=words.booking(booking)), buttons=ways)
    return reply(state, view, OutcomeKind.ASKED, content, topic=Topic.REMINDER)


def unsure_cancel(state: State, view: View) -> Step:
    """A word that may mean "yes, cancel" as well as "no": asked again, to be tapped."""
    booking = find(view, state.target)
    if booking is None:
        return refused(state, view, "gone")
    return ask_cancel(state, view, booking, "cancel_unclear")


def other_time(state: State, view: View) -> Step:
    """Not that one: the other times of its day, or near it."""
    slot = state.hold.slot if state.hold else state.chosen
    state = freed(state)
    if slot is None:
        return proceed(state, view, told=True)
    day = clocks.local_day(slot.start, view.shop.timezone)
    whens = (When(grain=Grain.DAY, start=day),)
    return begin(replace(state, whens=whens, hour=None, offer=None), view, told=True, but=slot.start)


def taken(state: State, view: View) -> Step:
    """Somebody else was faster: say so, and show what is near."""
    slot = state.hold.slot if state.hold else state.chosen
    state = replace(freed(state), offer=None)
    if slot is not None:
        state = replace(state, whens=(When(grain=Grain.MINUTE, start=slot.start),))
    state = noted(state, tongue(view).say("why.taken_now"))
    return proceed(state, view, told=True)


def on_booked(booking: Booking, state: State, view: View) -> Step:
    words = tongue(view)
    state = replace(state, last=booking.id, hold=None)
    todo = tuple(_after(wish, booking.slot.end, view) for wish in state.todo)
    body = words.say("done.booked", summary=words.booking(booking))
    state = forgotten(replace(state, todo=todo))
    return reply(state, view, OutcomeKind.BOOKED, body, facts=facts(booking, view))


def _after(wish: Wish, end: datetime, view: View) -> Wish:
    """What is booked next without a time of its own is looked for right after."""
    if not isinstance(wish, Book) or wish.details.when:
        return wish
    day = clocks.local_day(end, view.shop.timezone)
    last = at_clock(day, datetime.max.time().replace(microsecond=0), view.shop.timezone)
    if last <= end:
        return wish
    following = When(grain=Grain.RANGE, start=end, end=last)
    return Book(replace(wish.details, when=(following,)))
