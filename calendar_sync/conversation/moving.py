"""Changing a booking: its time, and with it or alone the person, the service, the party, the name."""

from dataclasses import replace

from calendar_sync.availability.rules import notice
from calendar_sync.availability.values import Purpose
from calendar_sync.bookings.values import Booking
from calendar_sync.conversation import effects
from calendar_sync.conversation.booking import proceed
from calendar_sync.conversation.choices import bookings_meant
from calendar_sync.conversation.naming import service_meant, staff_meant
from calendar_sync.conversation.replying import (
    ask_for,
    facts,
    forgotten,
    reply,
    tongue,
)
from calendar_sync.conversation.standing import is_late, none_there, reminded_of, too_late, which_one
from calendar_sync.conversation.understanding import merged
from calendar_sync.conversation.values import Goal, State, Step, View
from calendar_sync.outcomes import OutcomeKind
from calendar_sync.requests import Details, Grain, Move, When


def start_move(wish: Move, state: State, view: View) -> Step:
    reminded = reminded_of(state, view)
    state = replace(forgotten(state), goal=Goal.MOVE, wish=wish)
    if not view.bookings:
        return none_there(state, view, "nothing_to_move")
    found = _moved_one(wish.details, reminded, view)
    return (
        move(found[0], wish.details, state, view)
        if len(found) == 1
        else which_one(found, state, view, "which_move")
    )


def _moved_one(details: Details, reminded: Booking | None, view: View) -> tuple[Booking, ...]:
    """The booking that is to be moved: by its old time, by what it is, by whom it is with."""
    live = view.bookings
    if len(live) == 1 or (reminded is not None and not details.from_when):
        return (reminded or live[0],)
    found = live
    for part in (
        Details(from_when=details.from_when),
        Details(service=details.service),
        Details(staff=details.staff),
    ):
        if len(found) > 1 and part != Details():
            found = bookings_meant(found, part, view) or found
    return found


def move(booking: Booking, details: Details, state: State, view: View) -> Step:
    """Look for the new time; what is not said to change stays."""
    service = view.shop.service(booking.slot.service)
    rules = view.shop.rules
    minutes = rules.notice_move if service is None else notice(rules, service, Purpose.MOVE)
    if is_late(booking, minutes, view):
        return too_late(booking, state, view, "late_move", minutes)
    slot = booking.slot
    state = replace(
        state,
        goal=Goal.MOVE,
        target=booking.id,
        service=slot.service,
        staff=None if slot.group else slot.staff,
        party=slot.party_size if slot.party_size > 1 else None,
        wish=None,
    )
    told = merged(state, _changes(details, booking, view), view)
    return told if isinstance(told, Step) else _moved(booking, state, told, view)


def _moved(booking: Booking, before: State, state: State, view: View) -> Step:
    changed = (before.service, before.staff, before.party) != (state.service, state.staff, state.party)
    if state.whens:
        return proceed(state, view)
    if changed:
        return proceed(replace(state, whens=(When(grain=Grain.MINUTE, start=booking.slot.start),)), view)
    if state.person is not None:
        person = replace(booking.person, name=state.person)
        return ask_for(state, effects.RenameBooking(booking=booking.id, person=person))
    return proceed(state, view)


def _changes(details: Details, booking: Booking, view: View) -> Details:
    """Without the words that only say which booking is meant."""
    slot = booking.slot
    services = tuple(one for one in details.service if slot.service not in service_meant(one, view.shop).keys)
    staff = tuple(one for one in details.staff if slot.staff not in staff_meant(one, view.shop.staff).keys)
    return replace(details, service=services, staff=staff)


def on_moved(booking: Booking, state: State, view: View) -> Step:
    words = tongue(view)
    key = "done.renamed" if state.chosen is None else "done.moved"
    body = words.say(key, summary=words.booking(booking))
    state = forgotten(replace(state, last=booking.id, hold=None))
    return reply(state, view, OutcomeKind.RESCHEDULED, body, facts=facts(booking, view))
