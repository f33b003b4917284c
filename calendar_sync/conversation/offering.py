"""Offers of times: what is free as wanted, what is near where it is not, and what to say when there is nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time

from calendar_sync.availability import clocks
from calendar_sync.availability.values import Refusal, Slot
from calendar_sync.conversation.paging import message, turned_to
from calendar_sync.conversation.replying import button, human, next_serial, noted, offered, reply, tongue
from calendar_sync.conversation.selecting import Selection, nearest, ordered, spread
from calendar_sync.conversation.taps import Verb
from calendar_sync.conversation.values import ChoiceKind, Goal, Offer, State, Step, Topic, View
from calendar_sync.conversation.why import why
from calendar_sync.conversation.windows import Place, Plan, middle_of
from calendar_sync.outcomes import Button, OutcomeKind


def free_times(state: State, view: View, plan: Plan, slots: Sequence[Slot]) -> Step:
    """Times as they were wanted."""
    hour = _hour(state, plan, view)
    if plan.aim is not None and hour is not None:
        return _offer(state, view, _near(slots, plan, hour, view), _lead(state, view))
    return _offer(state, view, spread(slots, view.shop.timezone), _lead(state, view))


def _near(slots: Sequence[Slot], plan: Plan, hour: time | None, view: View) -> Selection:
    zone = view.shop.timezone
    day = clocks.local_day(plan.aim or view.now, zone)
    return nearest(slots, day, hour, zone, stay=bool(plan.exact))


def _hour(state: State, plan: Plan, view: View) -> time | None:
    """The time of day that is wanted, where one is."""
    if not plan.exact:
        return state.hour
    return plan.exact[0].astimezone(clocks.zone(view.shop.timezone)).time()


def alternatives(
    state: State,
    view: View,
    plan: Plan,
    refusal: Refusal | None,
    slots: Sequence[Slot],
    others: Sequence[Slot] = (),
) -> Step:
    """Why the wanted time cannot be had, and what is nearest to it."""
    words = tongue(view)
    hour = _hour(state, plan, view) or middle_of(state.whens, view.shop.timezone)
    near = _near(slots, plan, hour, view)
    if state.whens and state.turn.search is not None and not state.turn.search.told:
        state = noted(state, why(state, view, plan, refusal))
    lead = words.say("offer.nearest") if state.turn.said else _lead(state, view)
    whole = replace(near, slots=ordered((*others[:1], *near.slots)))
    return _offer(state, view, whole, lead)


def shown_again(state: State, view: View, offer: Offer, note: str = "") -> Step:
    """The same offer once more, or some of it."""
    lead = tongue(view).say(note) if note else _lead(state, view)
    return offered(state, view, offer, lead, topic=Topic.SLOT)


def _offer(state: State, view: View, selection: Selection, lead: str) -> Step:
    state = next_serial(state)
    slots = selection.slots
    people = {one.staff for one in slots}
    names = len(people) > 1 or (state.staff is not None and people != {state.staff})
    whole = Offer(
        serial=state.serial, kind=ChoiceKind.SLOTS, slots=slots, head=selection.head, names_staff=names
    )
    offer = turned_to(whole, 0)
    return offered(state, view, offer, lead, topic=Topic.SLOT)


def _lead(state: State, view: View) -> str:
    words = tongue(view)
    fields = {"service": words.service(state.service), "staff": words.staff(state.staff)}
    if state.goal is Goal.MOVE:
        return words.say("offer.lead_move", **fields)
    return words.say("offer.lead_staff" if fields["staff"] else "offer.lead", **fields)


def nothing_free(state: State, view: View, plan: Plan, refusal: Refusal | None, until: datetime) -> Step:
    """There is no time at all: say how far was looked, and offer another way."""
    words = tongue(view)
    if state.whens and refusal is not None:
        state = noted(state, why(state, view, plan, refusal))
    service = view.shop.service(state.service)
    if service is not None:
        until = min(until, Place.of(view.shop, service, view.now).until)
    state = next_serial(replace(state, offer=None))
    key = "offer.none_staff" if state.staff else "offer.none"
    fields = {"service": words.service(state.service), "staff": words.staff(state.staff)}
    content = message(words.say(key, until=words.last_day(until), **fields), buttons=_ways(state, view))
    return reply(state, view, OutcomeKind.OFFERED, content, topic=Topic.SLOT)


def _ways(state: State, view: View) -> tuple[Button, ...]:
    anyone = (button(view, Verb.ANYONE, state.serial, "anyone"),) if state.staff else ()
    return (*anyone, human(view))


def unreadable(state: State, view: View) -> Step:
    """The calendar cannot be read: nothing is offered; what was said is kept for another try."""
    state = replace(state, agreed=False, offer=None)
    content = message(tongue(view).say("refused.busy_unknown"), buttons=(human(view),))
    return reply(state, view, OutcomeKind.BLOCKED, content)
