"""Details in the light of what was asked last: a choice from the offer, a yes, a name; or something new."""

from dataclasses import replace

from calendar_sync.conversation.booking import proceed
from calendar_sync.conversation.choices import Chosen, choose, means
from calendar_sync.conversation.deciding import agree, other_time
from calendar_sync.conversation.holding import ask_name, person
from calendar_sync.conversation.naming import service_meant, staff_meant
from calendar_sync.conversation.picking import pick
from calendar_sync.conversation.repeating import ask_again, narrowed, page_again
from calendar_sync.conversation.understanding import merged
from calendar_sync.conversation.values import ChoiceKind, Offer, State, Step, Topic, View
from calendar_sync.requests import Details, Grain, When

NO_DETAILS = Details()
_CHOOSING = {
    ChoiceKind.SLOTS: frozenset({Topic.SLOT, Topic.CONFIRM, Topic.NAME}),
    ChoiceKind.SERVICES: frozenset({Topic.SERVICE}),
    ChoiceKind.STAFF: frozenset({Topic.STAFF}),
}
_POINTS = frozenset({Grain.MINUTE, Grain.APPROX})


def answer(details: Details, state: State, view: View, *, asks: bool) -> Step:
    """`asks`: the message asked what is free, or for a change, so it is no yes."""
    if details == NO_DETAILS:
        return _something_else(state, view) if asks else _bare(state, view)
    if state.topic is Topic.CONFIRM and not asks and _says_the_same(details, state, view):
        agreed = agree(state, view)
        if agreed is not None:
            return agreed
    return _chosen(details, state, view, asks=asks) or _taken_over(details, state, view)


def _something_else(state: State, view: View) -> Step:
    if state.chosen is not None:
        return other_time(state, view)
    return page_again(state, view) or proceed(state, view)


def _bare(state: State, view: View) -> Step:
    """Nothing but yes, or words that the mind could not tell apart."""
    offer = state.offer
    if state.topic is Topic.NAME and state.chosen is not None:
        return ask_name(state, view, state.chosen)
    if state.topic is Topic.SLOT and offer is not None:
        return pick(state, view, offer, 0) if offer.size == 1 else ask_again(state, view)
    return agree(state, view) or page_again(state, view) or proceed(state, view)


def _says_the_same(details: Details, state: State, view: View) -> bool:
    """Whether words such as "sí, a las 4" name what is held and change nothing."""
    slot = state.chosen
    if slot is None or (details.when and not means(details.when, slot.start, view)):
        return False
    shop, name = view.shop, person(state, view).name
    return (
        all(slot.service in service_meant(one, shop).keys for one in details.service)
        and all(slot.staff in staff_meant(one, shop.staff).keys for one in details.staff)
        and details.party_size in (None, slot.party_size)
        and details.person_name in (None, name)
        and details.ordinal is None
    )


def _chosen(details: Details, state: State, view: View, *, asks: bool) -> Step | None:
    offer = state.offer
    if offer is None or state.topic not in _CHOOSING.get(offer.kind, ()):
        return page_again(state, view, "offer.out_of_range") if details.ordinal is not None else None
    chosen = choose(offer, details, view)
    if chosen.outside:
        return page_again(state, view, "offer.out_of_range")
    if chosen.index is not None and not (asks and _only_days(details.when)):
        return _with_rest(details, offer, chosen.index, state, view)
    if len(chosen.indices) > 1 and _narrows(chosen, offer, details):
        return narrowed(state, view, offer, chosen.indices)
    return None


def _with_rest(details: Details, offer: Offer, place: int, state: State, view: View) -> Step:
    """The choice, with what else the message said."""
    said = {ChoiceKind.SLOTS: "when", ChoiceKind.SERVICES: "service", ChoiceKind.STAFF: "staff"}[offer.kind]
    rest = replace(details, ordinal=None, **{said: ()})  # type: ignore[arg-type]
    if rest == NO_DETAILS:
        return pick(state, view, offer, place)
    told = merged(state, rest, view)
    if isinstance(told, Step):
        return told
    if offer.kind is ChoiceKind.SLOTS and told.offer is None:
        start = When(grain=Grain.MINUTE, start=offer.slots[place].start)
        return proceed(replace(told, whens=(start,)), view)
    return pick(told, view, offer, place)


def _only_days(whens: tuple[When, ...]) -> bool:
    return bool(whens) and all(one.grain not in _POINTS for one in whens)


def _narrows(chosen: Chosen, offer: Offer, details: Details) -> bool:
    """A day or part of one is looked up anew: more may be free in it than was shown."""
    return len(chosen.indices) < offer.size and not (offer.slots and _only_days(details.when))


def _taken_over(details: Details, state: State, view: View) -> Step:
    told = merged(state, details, view)
    return told if isinstance(told, Step) else proceed(told, view)
