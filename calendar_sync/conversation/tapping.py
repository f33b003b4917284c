"""A turn by tap: what a button or a row means, also when the message it was on is an old one."""

from dataclasses import replace

from calendar_sync.bookings.values import Booking
from calendar_sync.conversation.answering import answer
from calendar_sync.conversation.booking import proceed
from calendar_sync.conversation.cancelling import cancel
from calendar_sync.conversation.deciding import agree, decline, other_time
from calendar_sync.conversation.existing import confirm
from calendar_sync.conversation.moving import move
from calendar_sync.conversation.paging import message
from calendar_sync.conversation.picking import pick
from calendar_sync.conversation.repeating import ask_again, more
from calendar_sync.conversation.replying import about, facts, forgotten, noted, refused, reply, tongue
from calendar_sync.conversation.standing import find
from calendar_sync.conversation.taps import OF_A_BOOKING, TIMELESS, Tap, Verb, read
from calendar_sync.conversation.values import Goal, State, Step, View
from calendar_sync.ids import ServiceId
from calendar_sync.outcomes import OutcomeKind
from calendar_sync.requests import Details, Grain, When

_AFTERTHOUGHTS = frozenset({Verb.YES, Verb.NO, Verb.OTHER})
"""What may be tapped under a question that was answered already."""


def tapped(tap: str, state: State, view: View) -> Step:
    known = read(tap)
    if known is None:
        return _stale(None, state, view)
    if known.verb in OF_A_BOOKING:
        return _on_booking(known, state, view)
    if known.verb in TIMELESS:
        return _timeless(known, state, view)
    if known.verb in (Verb.PICK, Verb.MORE):
        return _on_offer(known, state, view)
    if known.serial != state.serial:
        return _stale(known, state, view)
    return _on_question(known, state, view) or _stale(known, state, view)


def _on_booking(tap: Tap, state: State, view: View) -> Step:
    booking = find(view, tap.booking)
    state = forgotten(state)
    if booking is None:
        return refused(state, view, "gone")
    if tap.verb is Verb.COMING:
        return confirm(booking, state)
    if tap.verb is Verb.CANCEL:
        return cancel(booking, state, view)
    return move(booking, Details(), state, view)


def _timeless(tap: Tap, state: State, view: View) -> Step:
    if tap.verb is Verb.BOOK:
        return answer(Details(), replace(forgotten(state), goal=Goal.BOOK), view, asks=False)
    state = forgotten(state)
    state = replace(state, todo=(), turn=replace(state.turn, human=True))
    return reply(state, view, OutcomeKind.HANDOFF, tongue(view).say("done.handoff"))


def _on_offer(tap: Tap, state: State, view: View) -> Step:
    """A row counts as long as its list is the last one, also under the question that followed it."""
    offer = state.offer
    if offer is None or tap.serial != offer.serial:
        return _stale(tap, state, view)
    if tap.verb is Verb.MORE:
        return more(state, view)
    if tap.index is None or tap.index >= offer.size:
        return _stale(tap, state, view)
    return pick(state, view, offer, tap.index)


def _on_question(tap: Tap, state: State, view: View) -> Step | None:
    if state.topic is None:
        return None
    match tap.verb:
        case Verb.YES:
            return agree(state, view)
        case Verb.NO:
            return decline(state, view)
        case Verb.OTHER:
            return other_time(state, view)
        case _:
            return proceed(replace(state, staff=None), view)


def _stale(tap: Tap | None, state: State, view: View) -> Step:
    """The message that was tapped is no longer the last word: say so, and go on from here."""
    last = find(view, state.last)
    if tap is not None and tap.verb in _AFTERTHOUGHTS and last is not None and state.topic is None:
        return _already(last, state, view)
    state = noted(state, tongue(view).say("why.stale"))
    if tap is not None and tap.start is not None and view.shop.service(tap.service) is not None:
        return _offered_anew(tap, state, view)
    return ask_again(state, view)


def _already(booking: Booking, state: State, view: View) -> Step:
    words = tongue(view)
    body = words.say("done.already", summary=words.booking(booking))
    ways = (about(view, Verb.MOVE, booking, "move"), about(view, Verb.CANCEL, booking, "cancel"))
    return reply(state, view, OutcomeKind.NOTHING, message(body, buttons=ways), facts=facts(booking, view))


def _offered_anew(tap: Tap, state: State, view: View) -> Step:
    """An old row was tapped: what is free near the time it stood for."""
    moving = state.goal is Goal.MOVE
    if not moving:
        state = replace(
            forgotten(state), goal=Goal.BOOK, person=state.person, service=ServiceId(tap.service or "")
        )
    wanted = When(grain=Grain.APPROX, start=tap.start)
    return proceed(replace(forgotten_time(state), whens=(wanted,)), view, told=True)


def forgotten_time(state: State) -> State:
    return replace(state, chosen=None, offer=None, hour=None)
