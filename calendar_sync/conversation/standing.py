"""Bookings that stand: which one is meant, that there is none, that it is too late to change it."""

from datetime import timedelta

from calendar_sync.bookings.values import Booking
from calendar_sync.conversation.paging import message, turned_to
from calendar_sync.conversation.replying import (
    button,
    forgotten,
    human,
    next_serial,
    offered,
    refused,
    reply,
    tongue,
)
from calendar_sync.conversation.taps import Verb
from calendar_sync.conversation.values import ChoiceKind, Offer, State, Step, Topic, View
from calendar_sync.outcomes import Button, OutcomeKind


def find(view: View, key: object) -> Booking | None:
    return next((one for one in view.bookings if one.id == key), None)


def reminded_of(state: State, view: View) -> Booking | None:
    """The booking that the last message reminded of."""
    return find(view, state.reminded) if state.topic is Topic.REMINDER else None


def none_there(state: State, view: View, key: str) -> Step:
    words = tongue(view)
    state = forgotten(state)
    content = message(words.say(f"refused.{key}"), buttons=(book_button(view), human(view)))
    return reply(state, view, OutcomeKind.NOTHING, content)


def book_button(view: View) -> Button:
    return button(view, Verb.BOOK, 0, "book")


def which_one(bookings: tuple[Booking, ...], state: State, view: View, key: str) -> Step:
    state = next_serial(state)
    keys = tuple(str(one.id) for one in bookings)
    offer = turned_to(Offer(serial=state.serial, kind=ChoiceKind.BOOKINGS, keys=keys), 0)
    return offered(state, view, offer, tongue(view).say(f"ask.{key}"), topic=Topic.BOOKING)


def is_late(booking: Booking, minutes: int, view: View) -> bool:
    return booking.slot.start - view.now < timedelta(minutes=minutes)


def too_late(booking: Booking, state: State, view: View, key: str, minutes: int) -> Step:
    words = tongue(view)
    when = words.instant(booking.slot.start)
    return refused(
        state,
        view,
        key,
        service=words.service(booking.slot.service),
        notice=words.length(minutes),
        when=when["when"],
        at=when["at"],
    )
