"""Asking again: the page that was shown, another page of it, or the question that is open."""

from collections.abc import Sequence
from dataclasses import replace

from calendar_sync.conversation.booking import proceed
from calendar_sync.conversation.cancelling import ask_cancel
from calendar_sync.conversation.existing import start_again
from calendar_sync.conversation.offering import shown_again
from calendar_sync.conversation.paging import shows_all, turned_to
from calendar_sync.conversation.replying import next_serial, offered, reply, tongue
from calendar_sync.conversation.standing import find
from calendar_sync.conversation.values import ChoiceKind, Goal, Offer, State, Step, Topic, View
from calendar_sync.outcomes import OutcomeKind

_TOPICS = {ChoiceKind.SERVICES: Topic.SERVICE, ChoiceKind.STAFF: Topic.STAFF}


def ask_again(state: State, view: View) -> Step:
    """The open question once more."""
    if state.topic is Topic.BOOKING and state.wish is not None:
        return start_again(state.wish, state, view)
    if state.topic is Topic.CANCEL:
        booking = find(view, state.target)
        if booking is not None:
            return ask_cancel(state, view, booking, "cancel_unclear")
    if state.goal not in (Goal.BOOK, Goal.MOVE):
        return nothing_pending(state, view)
    return page_again(state, view) or proceed(state, view, told=True)


def page_again(state: State, view: View, note: str = "offer.ambiguous") -> Step | None:
    offer = state.offer
    if offer is None or offer.kind is ChoiceKind.BOOKINGS or state.topic in (Topic.CONFIRM, Topic.NAME):
        return None
    return _shown(state, view, offer, note)


def _shown(state: State, view: View, offer: Offer, note: str) -> Step:
    if offer.kind is ChoiceKind.SLOTS:
        return shown_again(state, view, offer, note)
    lead = tongue(view).say(note)
    return offered(state, view, offer, lead, topic=_TOPICS[offer.kind])


def narrowed(state: State, view: View, offer: Offer, places: Sequence[int]) -> Step:
    """Only those that may be meant."""
    state = next_serial(state)
    few = replace(
        offer,
        serial=state.serial,
        slots=tuple(offer.slots[place] for place in places) if offer.slots else (),
        keys=tuple(offer.keys[place] for place in places) if offer.keys else (),
    )
    return _shown(state, view, turned_to(few, 0), "offer.ambiguous")


def more(state: State, view: View) -> Step:
    """The next page; after the last one, that there is no more."""
    offer = state.offer
    if offer is None:
        return ask_again(state, view)
    if shows_all(offer):
        return _shown(state, view, offer, "offer.last")
    return _shown(state, view, turned_to(offer, offer.first + offer.shown), "offer.more")


def nothing_pending(state: State, view: View) -> Step:
    return reply(next_serial(state), view, OutcomeKind.NOTHING, tongue(view).say("refused.nothing_pending"))
