"""Cancelling a booking: at once where it is clear which, else it is asked."""

from dataclasses import replace

from calendar_sync.availability.rules import cancel_notice
from calendar_sync.bookings.values import Booking
from calendar_sync.conversation import effects
from calendar_sync.conversation.choices import bookings_meant
from calendar_sync.conversation.paging import message
from calendar_sync.conversation.replying import (
    ask_for,
    button,
    facts,
    forgotten,
    next_serial,
    reply,
    tongue,
)
from calendar_sync.conversation.standing import is_late, none_there, reminded_of, too_late, which_one
from calendar_sync.conversation.taps import Verb
from calendar_sync.conversation.values import Goal, State, Step, Topic, View
from calendar_sync.outcomes import OutcomeKind
from calendar_sync.requests import Cancel, Details


def start_cancel(wish: Cancel, state: State, view: View) -> Step:
    """The only booking that is meant is cancelled; where it is not clear which, it is asked."""
    live, reminded = view.bookings, reminded_of(state, view)
    state = replace(forgotten(state), goal=Goal.CANCEL, wish=wish)
    if not live:
        return none_there(state, view, "nothing_to_cancel")
    if reminded is not None and wish.details == Details():
        return cancel(reminded, state, view)
    found = bookings_meant(live, wish.details, view)
    if len(found) == 1:
        return cancel(found[0], state, view)
    if not found and len(live) == 1:
        return _is_it_this(live[0], state, view)
    return which_one(found or live, state, view, "which_cancel")


def _is_it_this(booking: Booking, state: State, view: View) -> Step:
    return ask_cancel(replace(state, target=booking.id), view, booking, "cancel_sure")


def ask_cancel(state: State, view: View, booking: Booking, key: str) -> Step:
    """A typed no reads like a wish to cancel, so nothing but a clear yes may cancel here."""
    state = next_serial(state)
    buttons = tuple(
        button(view, verb, state.serial, title)
        for verb, title in ((Verb.YES, "yes_cancel"), (Verb.NO, "keep"))
    )
    words = tongue(view)
    content = message(words.say(f"ask.{key}", summary=words.booking(booking)), buttons=buttons)
    return reply(state, view, OutcomeKind.ASKED, content, topic=Topic.CANCEL)


def cancel(booking: Booking, state: State, view: View) -> Step:
    service = view.shop.service(booking.slot.service)
    minutes = view.shop.rules.notice_cancel if service is None else cancel_notice(view.shop.rules, service)
    if is_late(booking, minutes, view):
        return too_late(booking, state, view, "late_cancel", minutes)
    state = replace(state, goal=Goal.CANCEL, target=booking.id)
    return ask_for(state, effects.CancelBooking(booking.id))


def on_cancelled(booking: Booking, state: State, view: View) -> Step:
    words = tongue(view)
    body = words.say(
        "done.cancelled",
        service=words.service(booking.slot.service),
        place=words.speech.place(),
        **words.instant(booking.slot.start),
    )
    state = replace(forgotten(state), lost=booking.slot)
    return reply(state, view, OutcomeKind.CANCELLED, body, facts=facts(booking, view))
