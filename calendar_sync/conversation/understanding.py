"""Taking over what a message said about a booking: whose, what, with whom, for how many, when."""

from collections.abc import Sequence
from dataclasses import replace

from calendar_sync.conversation.naming import Meant, keys_of, service_meant, staff_meant
from calendar_sync.conversation.paging import turned_to
from calendar_sync.conversation.refining import refined
from calendar_sync.conversation.replying import freed, next_serial, noted, offered, refused, tongue
from calendar_sync.conversation.tongue import clip
from calendar_sync.conversation.values import ChoiceKind, Offer, State, Step, Topic, View
from calendar_sync.ids import ServiceId, StaffId
from calendar_sync.requests import Book, Details, Named

_TOPICS = {ChoiceKind.SERVICES: Topic.SERVICE, ChoiceKind.STAFF: Topic.STAFF}
_SAID = 40


def merged(state: State, details: Details, view: View) -> State | Step:
    """The state with the details in it, or a question about one that is not clear."""
    if details.person_name:
        state = replace(state, person=clip(details.person_name, 80))
    if details.party_size is not None and details.party_size > 0:
        state = _with_party(state, details.party_size)
    if details.when:
        state = _with_time(state, details, view)
    for take in (_with_service, _with_staff):
        found = take(state, details, view)
        if isinstance(found, Step):
            return found
        state = found
    return state


def _with_party(state: State, party: int) -> State:
    return state if party == (state.party or 1) else replace(_open_again(state), party=party)


def _with_time(state: State, details: Details, view: View) -> State:
    told = refined(state, details.when, view)
    return state if told is state else _open_again(told)


def _open_again(state: State) -> State:
    """What was offered or held no longer fits."""
    return replace(freed(state), offer=None)


def _with_service(state: State, details: Details, view: View) -> State | Step:
    if not details.service:
        return state
    meant = [_not_the_known(service_meant(one, view.shop), state) for one in details.service]
    clear = keys_of(meant)
    if clear:
        return _first_of(state, clear, meant, view)
    doubtful = next((one for one in meant if one.keys), None)
    if doubtful is not None:
        return ask_service(state, view, "service_which", doubtful.keys, said=clip(doubtful.said, _SAID))
    if len(view.shop.services) == 1:
        return state
    return ask_service(state, view, "service_unknown", said=clip(meant[0].said, _SAID))


def _not_the_known(meant: Meant, state: State) -> Meant:
    """What is being booked, said again ("mi corte"), is the same one."""
    return Meant(meant.said, (state.service,)) if state.service in meant.keys else meant


def _first_of(state: State, clear: Sequence[str], meant: Sequence[Meant], view: View) -> State:
    """One service now; what else was named waits for its turn."""
    words = tongue(view)
    first = ServiceId(clear[0])
    others = [Named(words.service(key), key) for key in clear[1:]]
    others += [Named(one.said) for one in meant if len(one.keys) > 1]
    for one in meant:
        if not one.keys:
            state = noted(state, words.say("why.not_offered", said=clip(one.said, _SAID)))
    if others:
        rest = words.listed([clip(one.said, _SAID) for one in others])
        state = noted(state, words.say("why.two_services", first=words.service(first), rest=rest))
        waiting = tuple(Book(Details(service=(one,), person_name=state.person)) for one in others)
        state = replace(state, todo=(*state.todo, *waiting))
    return state if first == state.service else replace(_open_again(state), service=first)


def ask_service(state: State, view: View, key: str, keys: Sequence[str] = (), said: str = "") -> Step:
    """Which service; all of them where nothing narrows it down."""
    every = tuple(keys) or tuple(one.id for one in view.shop.services)
    if not every:
        return refused(state, view, "no_bookings_here")
    return ask_key(state, view, ChoiceKind.SERVICES, every, tongue(view).say(f"ask.{key}", said=said))


def ask_key(state: State, view: View, kind: ChoiceKind, keys: tuple[str, ...], lead: str) -> Step:
    state = next_serial(state)
    offer = turned_to(Offer(serial=state.serial, kind=kind, keys=keys), 0)
    return offered(state, view, offer, lead, topic=_TOPICS[kind])


def _with_staff(state: State, details: Details, view: View) -> State | Step:
    """Several people named means that any of them will do."""
    if not details.staff:
        return state
    if len(details.staff) > 1:
        return state if state.staff is None else replace(_open_again(state), staff=None)
    meant = staff_meant(details.staff[0], view.shop.staff)
    if meant.only is not None:
        staff = StaffId(meant.only)
        return state if staff == state.staff else replace(_open_again(state), staff=staff)
    if not view.shop.staff:
        return state
    return _ask_staff(state, view, meant)


def _ask_staff(state: State, view: View, meant: Meant) -> Step:
    words = tongue(view)
    service = view.shop.service(state.service)
    able = view.shop.staff if service is None else view.shop.staff_of(service)
    keys = meant.keys or tuple(one.id for one in able)
    key = "staff_which" if meant.keys else "staff_unknown"
    lead = words.say(f"ask.{key}", said=clip(meant.said, _SAID))
    return ask_key(state, view, ChoiceKind.STAFF, keys, lead)
