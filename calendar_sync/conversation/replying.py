"""Ending a turn: one message, what it was, and what has to be done besides."""

from dataclasses import replace

from calendar_sync.bookings.values import Booking
from calendar_sync.conversation import taps
from calendar_sync.conversation.effects import AskHuman, Effect, Question, Release
from calendar_sync.conversation.notices import facts_of
from calendar_sync.conversation.paging import message, page
from calendar_sync.conversation.taps import Verb
from calendar_sync.conversation.tongue import Tongue
from calendar_sync.conversation.values import ChoiceKind, Offer, Reply, State, Step, Topic, Turn, View
from calendar_sync.outcomes import Awaiting, BookingFacts, Button, Message, OutcomeKind

_AWAITING = {
    Topic.SERVICE: Awaiting.SERVICE,
    Topic.STAFF: Awaiting.STAFF,
    Topic.SLOT: Awaiting.OFFER,
    Topic.NAME: Awaiting.NAME,
    Topic.PARTY: Awaiting.PARTY_SIZE,
    Topic.CONFIRM: Awaiting.CONFIRM,
    Topic.PHONE: Awaiting.PHONE,
    Topic.BOOKING: Awaiting.OFFER,
    Topic.CANCEL: Awaiting.CONFIRM,
    Topic.REMINDER: Awaiting.REMINDER,
}


def tongue(view: View) -> Tongue:
    return Tongue.of(view.shop, view.language)


def ask_for(state: State, effect: Question) -> Step:
    """Have something done and go on with its result; what was given up is free before that."""
    released = tuple(Release(one) for one in state.turn.freed)
    turn = replace(state.turn, effects=state.turn.effects + 1, freed=())
    return Step(state=replace(state, turn=turn), effects=(*released, effect))


def reply(
    state: State,
    view: View,
    kind: OutcomeKind,
    content: Message | str,
    *,
    topic: Topic | None = None,
    facts: BookingFacts | None = None,
) -> Step:
    """The message of this turn, after what has been said in it already."""
    turn = state.turn
    said = content if isinstance(content, Message) else message(content)
    body = "\n\n".join([*turn.said, said.body])
    whole = message(
        body,
        buttons=said.buttons,
        rows=said.rows,
        list_title=said.list_title,
        ask_contact=said.ask_contact,
    )
    done = Reply(
        kind=turn.kind or kind,
        message=whole,
        awaiting=None if topic is None else _AWAITING[topic],
        booking=turn.facts or facts,
    )
    effects: list[Effect] = [Release(one) for one in turn.freed]
    if turn.human:
        effects.append(AskHuman())
    state = replace(state, topic=topic, turn=Turn(), touched=view.now)
    return Step(state=state, effects=tuple(effects), reply=done)


def noted(state: State, sentence: str) -> State:
    """Something that is said before the reply, once."""
    if sentence in state.turn.said:
        return state
    return replace(state, turn=replace(state.turn, said=(*state.turn.said, sentence)))


def offered(state: State, view: View, offer: Offer, lead: str, *, topic: Topic) -> Step:
    """Show a page of an offer and wait for a choice."""
    tail = tail_of(offer, view)
    content = page(offer, view, lead, tail)
    kind = OutcomeKind.OFFERED if offer.kind is ChoiceKind.SLOTS else OutcomeKind.ASKED
    return reply(replace(state, offer=offer), view, kind, content, topic=topic)


def tail_of(offer: Offer, view: View) -> str:
    words = tongue(view)
    key = "offer.tail" if offer.kind is ChoiceKind.SLOTS else "offer.tail_choice"
    return words.say(key, place=words.speech.place())


def next_serial(state: State) -> State:
    """Whatever was shown before is stale from now on."""
    return replace(state, serial=state.serial + 1)


def freed(state: State) -> State:
    """Give the held slot back, with the next effects or at the end of the turn."""
    if state.hold is None:
        return replace(state, chosen=None, agreed=False)
    turn = replace(state.turn, freed=(*state.turn.freed, state.hold.id))
    return replace(state, hold=None, chosen=None, agreed=False, turn=turn)


def forgotten(state: State) -> State:
    """The dialogue is over: what is left is the count of messages, and wishes that wait."""
    state = freed(state)
    return State(
        serial=state.serial,
        reminded=state.reminded,
        last=state.last,
        todo=state.todo,
        turn=state.turn,
        touched=state.touched,
    )


def human(view: View) -> Button:
    return Button(taps.of(Verb.HUMAN, 0), tongue(view).button("human"))


def button(view: View, verb: Verb, serial: int, key: str, **fields: object) -> Button:
    return Button(taps.of(verb, serial), tongue(view).button(key, **fields))


def about(view: View, verb: Verb, booking: Booking, key: str) -> Button:
    return Button(taps.about(verb, booking.id), tongue(view).button(key))


def refused(
    state: State, view: View, key: str, kind: OutcomeKind = OutcomeKind.BLOCKED, **fields: object
) -> Step:
    """No, and the way to a person."""
    content = message(tongue(view).say(f"refused.{key}", **fields), buttons=(human(view),))
    return reply(forgotten(state), view, kind, content)


def facts(booking: Booking, view: View) -> BookingFacts:
    return facts_of(booking, view.shop)
