"""A turn in words: what each wish means after what was asked last."""

from dataclasses import replace

from calendar_sync.conversation.answering import NO_DETAILS, answer
from calendar_sync.conversation.cancelling import start_cancel
from calendar_sync.conversation.choices import bookings_meant, choose, means
from calendar_sync.conversation.deciding import agree, decline, unsure_cancel
from calendar_sync.conversation.existing import list_bookings, start_confirm
from calendar_sync.conversation.moving import start_move
from calendar_sync.conversation.naming import service_meant
from calendar_sync.conversation.picking import pick
from calendar_sync.conversation.refining import at_the_same_hour
from calendar_sync.conversation.repeating import ask_again, more
from calendar_sync.conversation.replying import forgotten, noted, tongue
from calendar_sync.conversation.values import ChoiceKind, Goal, State, Step, Topic, View
from calendar_sync.requests import (
    Book,
    Cancel,
    ConfirmReminder,
    Decline,
    Details,
    FreeTimes,
    ListBookings,
    Move,
    Wish,
)

_DRAFTS = frozenset({Goal.BOOK, Goal.MOVE})
_ASKED_OF_A_DRAFT = frozenset(
    {Topic.SERVICE, Topic.STAFF, Topic.SLOT, Topic.NAME, Topic.PARTY, Topic.CONFIRM, Topic.PHONE}
)
_STANDING = frozenset({Topic.BOOKING, Topic.CANCEL, Topic.REMINDER})
"""What is asked about a booking that stands."""
_ORDER = (ConfirmReminder, Decline, Cancel, ListBookings, Move, Book, FreeTimes)


def in_order(wishes: tuple[Wish, ...]) -> tuple[Wish, ...]:
    """First what is done at once, then what has to be talked about."""
    return tuple(sorted(wishes, key=lambda wish: _ORDER.index(type(wish))))


def heard(wish: Wish, state: State, view: View) -> Step:
    match wish:
        case Book(details):
            told = at_the_same_hour(details, state, view)
            return _on_book(told, replace(state, asked_free=False), view, asks=False)
        case FreeTimes(details):
            return _on_free_times(details, state, view)
        case Move():
            return _on_move(wish, state, view)
        case Cancel():
            return _on_cancel(wish, state, view)
        case _:
            return _heard_more(wish, state, view)


def _heard_more(wish: ListBookings | ConfirmReminder | Decline, state: State, view: View) -> Step:
    match wish:
        case ListBookings(details):
            return list_bookings(details, state, view)
        case ConfirmReminder():
            return _on_confirm(state, view)
        case Decline():
            return decline(state, view)


def _on_confirm(state: State, view: View) -> Step:
    """An "sí, confirmo" is a yes to whatever was asked, but it cancels nothing."""
    if state.topic is Topic.CANCEL:
        return unsure_cancel(state, view)
    return agree(state, view) or start_confirm(state, view)


def _on_cancel(wish: Cancel, state: State, view: View) -> Step:
    """A no while something is being booked; else a booking is given up."""
    if state.topic is Topic.BOOKING:
        return _choose_booking(wish.details, state, view) or start_cancel(wish, state, view)
    if state.topic is Topic.CANCEL and wish.details == NO_DETAILS:
        return unsure_cancel(state, view)
    if state.goal in _DRAFTS:
        if not _means_a_booking(wish.details, state, view):
            return decline(state, view)
        state = replace(state, todo=())
    return start_cancel(wish, state, view)


def _means_a_booking(details: Details, state: State, view: View) -> bool:
    """Whether the words fit a booking that stands, and not what is in progress: of the two, that is given up first."""
    told = details.when or details.from_when or details.service or details.staff
    if not told or not bookings_meant(view.bookings, details, view):
        return False
    if details.when and state.chosen is not None:
        return not means(details.when, state.chosen.start, view)
    return bool(details.when or details.from_when) or _is_for_another(details, state, view)


def _on_move(wish: Move, state: State, view: View) -> Step:
    """Until it is booked, a change is a correction."""
    if state.topic is Topic.BOOKING:
        chosen = _choose_booking(wish.details, state, view)
        if chosen is not None:
            return chosen
    if state.lost is not None and not view.bookings:
        return _on_book(wish.details, state, view, asks=True)
    if state.goal in _DRAFTS and state.topic in _ASKED_OF_A_DRAFT and not wish.details.from_when:
        return _on_book(wish.details, state, view, asks=True)
    return start_move(wish, state, view)


def _on_free_times(details: Details, state: State, view: View) -> Step:
    if state.topic is Topic.SLOT and details == NO_DETAILS:
        return more(state, view)
    if state.goal not in (Goal.BOOK, Goal.MOVE):
        state = replace(state, asked_free=True)
    return _on_book(details, state, view, asks=True)


def _on_book(details: Details, state: State, view: View, *, asks: bool) -> Step:
    """A piece of a booking: a choice, a yes, a name, a time; or the beginning of one."""
    if state.topic in _STANDING:
        known = _about_standing(details, state, view, asks=asks)
        if known is not None:
            return known
        state = started(state, details)
    if state.goal is not Goal.BOOK and (state.goal is not Goal.MOVE or _is_for_another(details, state, view)):
        state = started(state, details)
    return answer(details, state, view, asks=asks)


def started(state: State, details: Details) -> State:
    """A new booking; of what was cancelled just before, where nothing else is named."""
    fresh = replace(forgotten(state), goal=Goal.BOOK, asked_free=state.asked_free)
    if state.lost is None or details.service:
        return fresh
    return replace(fresh, service=state.lost.service, staff=state.lost.staff)


def _is_for_another(details: Details, state: State, view: View) -> bool:
    """While one booking is being moved, another service is named: that is a new booking."""
    meant = [service_meant(one, view.shop).keys for one in details.service]
    return bool(meant) and not any(state.service in keys for keys in meant)


def _about_standing(details: Details, state: State, view: View, *, asks: bool) -> Step | None:
    if state.topic is Topic.BOOKING:
        return _choose_booking(details, state, view)
    return agree(state, view) if details == NO_DETAILS and not asks else None


def _choose_booking(details: Details, state: State, view: View) -> Step | None:
    """Which of the bookings that were listed; None where the words are about something else."""
    offer = state.offer
    if offer is None or offer.kind is not ChoiceKind.BOOKINGS:
        return None
    chosen = choose(offer, details, view)
    if chosen.index is not None:
        return pick(state, view, offer, chosen.index)
    if details != NO_DETAILS and not chosen.outside and not chosen.indices:
        return None
    note = "offer.out_of_range" if chosen.outside else "offer.ambiguous"
    return ask_again(noted(state, tongue(view).say(note)), view)
