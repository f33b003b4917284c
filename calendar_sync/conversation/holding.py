"""From a time that was chosen to a booking: held, named, confirmed, committed. Nothing is booked without a yes."""

from dataclasses import replace

from calendar_sync.availability.values import Slot
from calendar_sync.bookings.values import Booking, Person
from calendar_sync.conversation import effects
from calendar_sync.conversation.events import Held
from calendar_sync.conversation.paging import message
from calendar_sync.conversation.replying import (
    ask_for,
    button,
    forgotten,
    freed,
    next_serial,
    reply,
    tongue,
)
from calendar_sync.conversation.taps import Verb
from calendar_sync.conversation.values import Goal, Kept, State, Step, Topic, View
from calendar_sync.outcomes import OutcomeKind


def take(state: State, view: View, slot: Slot) -> Step:
    """Hold a time that was chosen; a booking that is already there stays where it is."""
    target = target_of(state, view)
    if target is not None and _is_same(target.slot, slot):
        body = tongue(view).say("done.kept", summary=tongue(view).booking(target))
        return reply(forgotten(state), view, OutcomeKind.NOTHING, body)
    if state.hold is not None and state.hold.slot == slot:
        return settle(state, view, slot)
    return _hold(replace(freed(state), chosen=slot), view, slot)


def _is_same(one: Slot, other: Slot) -> bool:
    return (one.service, one.start, one.staff, one.party_size) == (
        other.service,
        other.start,
        other.staff,
        other.party_size,
    )


def _hold(state: State, view: View, slot: Slot) -> Step:
    service = view.shop.service(slot.service)
    if service is not None and service.members_only and state.member_at != slot.start:
        return ask_for(state, effects.CheckMember(service.id, slot.start))
    effect = effects.Hold(slot=slot, person=person(state, view), moving=state.target)
    return ask_for(state, effect)


def on_held(event: Held, state: State, view: View) -> Step:
    state = replace(state, chosen=event.slot, hold=Kept(id=event.hold, slot=event.slot, until=event.until))
    return settle(state, view, event.slot)


def settle(state: State, view: View, slot: Slot) -> Step:
    """What is still needed of a time that was chosen: the hold, a yes, a name; then it is booked."""
    hold = state.hold
    if hold is None or hold.until <= view.now:
        return _hold(replace(freed(state), agreed=state.agreed, chosen=slot), view, slot)
    if state.asked_free and not state.agreed:
        return ask_confirm(state, view, slot)
    if state.goal is Goal.BOOK and person(state, view).name is None:
        return ask_name(state, view, slot)
    return _commit(state, view, hold) if state.agreed else ask_confirm(state, view, slot)


def _commit(state: State, view: View, hold: Kept) -> Step:
    whose = person(state, view)
    if state.goal is Goal.MOVE and state.target is not None:
        return ask_for(
            state,
            effects.MoveBooking(booking=state.target, hold=hold.id, slot=hold.slot, person=whose),
        )
    return ask_for(state, effects.Commit(hold=hold.id, slot=hold.slot, person=whose))


def ask_name(state: State, view: View, slot: Slot) -> Step:
    words = tongue(view)
    again = state.topic is Topic.NAME
    body = words.say("ask.name_again" if again else "ask.name", summary=words.summary(slot))
    return reply(state, view, OutcomeKind.ASKED, body, topic=Topic.NAME)


def ask_confirm(state: State, view: View, slot: Slot) -> Step:
    """The time in full, to be confirmed by a tap or a word."""
    state = next_serial(state)
    words = tongue(view)
    summary = words.summary(slot, person(state, view).name)
    target = target_of(state, view)
    before = words.line(target.slot) if target else ""
    yes = "yes_move" if target else "yes_book"
    choices = ((Verb.YES, yes), (Verb.OTHER, "other_time"), (Verb.NO, "decline"))
    content = message(
        words.say(f"ask.{_question(state)}", summary=summary, before=before),
        buttons=tuple(button(view, verb, state.serial, key) for verb, key in choices),
    )
    kind = OutcomeKind.OFFERED if state.asked_free else OutcomeKind.HELD
    return reply(state, view, kind, content, topic=Topic.CONFIRM)


def _question(state: State) -> str:
    if state.goal is Goal.MOVE:
        return "confirm_move"
    return "confirm_free" if state.asked_free else "confirm"


def person(state: State, view: View) -> Person:
    """For whom it is: the name that was given, the booking's own, or the customer's."""
    target = target_of(state, view)
    own = target.person.name if target else None
    return Person(name=state.person or own or view.customer.name, phone=view.customer.phone)


def target_of(state: State, view: View) -> Booking | None:
    """The booking that is being moved."""
    if state.goal is not Goal.MOVE:
        return None
    return next((one for one in view.bookings if one.id == state.target), None)
