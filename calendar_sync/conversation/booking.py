"""What a booking still needs, in order: a service, somebody who does it, room for all, leave to book it, a time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from calendar_sync.conversation.effects import CheckMember
from calendar_sync.conversation.holding import settle
from calendar_sync.conversation.paging import message
from calendar_sync.conversation.replying import (
    ask_for,
    button,
    human,
    next_serial,
    noted,
    refused,
    reply,
    tongue,
)
from calendar_sync.conversation.search import begin
from calendar_sync.conversation.taps import Verb
from calendar_sync.conversation.understanding import ask_key, ask_service
from calendar_sync.conversation.values import ChoiceKind, State, Step, Topic, View
from calendar_sync.outcomes import OutcomeKind
from calendar_sync.shop.values import Service, ServiceKind, Shop

_Need = Callable[[State, View, Service], "State | Step"]


def proceed(state: State, view: View, *, told: bool = False) -> Step:
    """Ask for the first thing that is missing, or go on to find or settle the time."""
    known = _service(state, view)
    if isinstance(known, Step):
        return known
    state, service = known
    needs: tuple[_Need, ...] = (_staff, _party, _membership)
    for need in needs:
        found = need(state, view, service)
        if isinstance(found, Step):
            return found
        state = found
    return begin(state, view, told=told) if state.chosen is None else settle(state, view, state.chosen)


def _service(state: State, view: View) -> tuple[State, Service] | Step:
    services = view.shop.services
    if state.service is None and len(services) == 1:
        state = replace(state, service=services[0].id)
    service = view.shop.service(state.service)
    return ask_service(replace(state, service=None), view, "service") if service is None else (state, service)


def _staff(state: State, view: View, service: Service) -> State | Step:
    """Who was asked for must be one who does it; where only one other does, that one is taken and named."""
    able = [one.id for one in view.shop.staff_of(service)]
    if state.staff is None or state.staff in able:
        return state
    words = tongue(view)
    who = {"staff": words.staff(state.staff), "service": words.service(service.id)}
    if len(able) == 1 and who["staff"]:
        only = words.say("why.staff_only", only=words.staff(able[0]), **who)
        return noted(replace(state, staff=able[0]), only)
    state = replace(state, staff=None)
    if len(able) < 2 or not who["staff"]:
        return state
    return ask_key(state, view, ChoiceKind.STAFF, tuple(able), words.say("ask.staff_cannot", **who))


def _party(state: State, view: View, service: Service) -> State | Step:
    words = tongue(view)
    if service.kind is ServiceKind.TABLE and state.party is None:
        return reply(state, view, OutcomeKind.ASKED, words.say("ask.party"), topic=Topic.PARTY)
    party, most = state.party or 1, capacity(view.shop, service)
    if most is None:
        return (
            noted(state, words.say("why.one_each", service=words.service(service.id))) if party > 1 else state
        )
    return state if party <= most else _too_many(state, view, service, most)


def capacity(shop: Shop, service: Service) -> int | None:
    """How many one booking can bring; None where the service does not count heads."""
    if service.kind is ServiceKind.GROUP:
        return max((one.seats for one in shop.classes if one.service == service.id), default=0)
    if service.kind is ServiceKind.TABLE:
        return max((one.seats for one in shop.tables), default=0)
    return None


def _too_many(state: State, view: View, service: Service, most: int) -> Step:
    words = tongue(view)
    if most < 1:
        return refused(state, view, "no_bookings_here")
    state = next_serial(state)
    fewer = button(view, Verb.YES, state.serial, "for_party", capacity=most)
    content = message(
        words.say("ask.capacity", service=words.service(service.id), capacity=most),
        buttons=(fewer, human(view)),
    )
    return reply(state, view, OutcomeKind.OFFERED, content, topic=Topic.PARTY)


def _membership(state: State, view: View, service: Service) -> State | Step:
    """A service for members: the list is asked before a time is shown; a hidden number is asked for first."""
    if not service.members_only or state.member_of == service.id:
        return state
    words = tongue(view)
    if view.customer.phone is None:
        content = message(words.say("ask.phone", service=words.service(service.id)), ask_contact=True)
        return reply(state, view, OutcomeKind.ASKED, content, topic=Topic.PHONE)
    named = (one.start for one in state.whens if isinstance(one.start, datetime))
    return ask_for(state, CheckMember(service.id, next((start for start in named if start > view.now), None)))


def on_member(state: State, view: View) -> Step:
    """Allowed: in general before times are shown, and for the very time before it is held."""
    at = None if state.chosen is None else state.chosen.start
    return proceed(replace(state, member_of=state.service, member_at=at), view)


def on_stranger(state: State, view: View) -> Step:
    """The refusal says nothing about who is on the list."""
    service = tongue(view).service(state.service)
    return refused(state, view, "not_member", OutcomeKind.NOT_MEMBER, service=service)
