"""Confirming and listing bookings, and going on once it is known which one was meant."""

from dataclasses import replace

from calendar_sync.bookings.values import Booking
from calendar_sync.conversation import effects
from calendar_sync.conversation.cancelling import cancel, start_cancel
from calendar_sync.conversation.choices import is_at
from calendar_sync.conversation.moving import move, start_move
from calendar_sync.conversation.paging import message
from calendar_sync.conversation.replying import (
    about,
    ask_for,
    facts,
    forgotten,
    reply,
    tongue,
)
from calendar_sync.conversation.standing import book_button, find, none_there
from calendar_sync.conversation.taps import Verb
from calendar_sync.conversation.values import Goal, State, Step, View
from calendar_sync.outcomes import Button, OutcomeKind
from calendar_sync.requests import Cancel, ConfirmReminder, Details, Move, Wish

_LISTED = 9


def start_again(wish: Wish, state: State, view: View) -> Step:
    """The wish once more, over the bookings that there are now."""
    match wish:
        case Move():
            return start_move(wish, state, view)
        case Cancel():
            return start_cancel(wish, state, view)
        case _:
            return start_confirm(state, view)


def with_booking(booking: Booking, state: State, view: View) -> Step:
    """Go on with the wish that waited to know which booking it is about."""
    match state.wish:
        case Move(details):
            return move(booking, details, state, view)
        case ConfirmReminder():
            return confirm(booking, state)
        case _:
            return cancel(booking, state, view)


def start_confirm(state: State, view: View) -> Step:
    """Yes to a reminder: the booking that was reminded of, else the next one."""
    if not view.bookings:
        return none_there(state, view, "nothing_to_confirm")
    booking = find(view, state.reminded) or view.bookings[0]
    return confirm(booking, forgotten(state))


def confirm(booking: Booking, state: State) -> Step:
    return ask_for(replace(state, goal=Goal.CONFIRM, target=booking.id), effects.ConfirmBooking(booking.id))


def on_confirmed(booking: Booking, state: State, view: View) -> Step:
    words = tongue(view)
    body = words.say("done.confirmed", summary=words.booking(booking))
    return reply(forgotten(state), view, OutcomeKind.CONFIRMED, body, facts=facts(booking, view))


def list_bookings(details: Details, state: State, view: View) -> Step:
    """What the customer has; a dialogue that is under way goes on after it."""
    words, live = tongue(view), view.bookings
    if not live:
        content = message(words.say("list.none"), buttons=(book_button(view),))
        return reply(state, view, OutcomeKind.LIST_BOOKINGS, content, topic=state.topic)
    whens = details.when or details.from_when
    found = tuple(one for one in live if is_at(one, whens, view)) if whens else live
    lead = "" if found else words.say("list.none_then") + "\n\n"
    shown = found or live
    if len(shown) == 1:
        content = message(
            lead + words.say("list.one", summary=words.booking(shown[0])), buttons=_ways(shown[0], view)
        )
    else:
        content = message(lead + _lines(shown, view))
    return reply(state, view, OutcomeKind.LIST_BOOKINGS, content, topic=state.topic)


def _ways(booking: Booking, view: View) -> tuple[Button, ...]:
    return (about(view, Verb.MOVE, booking, "move"), about(view, Verb.CANCEL, booking, "cancel"))


def _lines(bookings: tuple[Booking, ...], view: View) -> str:
    words = tongue(view)
    lines = [f"• {words.line(one.slot)}" for one in bookings[:_LISTED]]
    return "\n".join([words.say("list.many"), *lines, "", words.say("list.tail", place=words.speech.place())])
