"""A customer's turn, talked over with the conversation until there is a reply; done and told in one transaction.

Nothing is remembered between two effects but what the database has: a job that is killed and run again says the same
words to the same state, finds its own holds and bookings, and arrives at the one reply.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from calendar_sync.bookings.store import Bookings
from calendar_sync.bookings.values import Party, Person
from calendar_sync.codec import to_json
from calendar_sync.conversation.effects import AskHuman, Effect, Question, Release
from calendar_sync.conversation.events import Event, Said
from calendar_sync.conversation.machine import step
from calendar_sync.conversation.values import Reply, State, Step, View
from calendar_sync.deeds import Deeds
from calendar_sync.ids import outcome_id
from calendar_sync.intentions import Closing
from calendar_sync.outcomes import Outcome, OutcomeKind
from calendar_sync.premises import Premises
from calendar_sync.requests import Request
from calendar_sync.shop.store import read_shop
from calendar_sync.shop.values import Shop
from calendar_sync.states import save_state
from calendar_sync.talks import lay, remembered
from calendar_sync.tray import finish_request


def talk(premises: Premises, request: Request) -> None:
    """Answer a request. One that has been answered meanwhile is left alone."""
    with premises.diary.database.transaction(request.merchant) as session:
        shop = read_shop(session, request.merchant)
        state = remembered(session, premises, request.merchant, request.conversation_id)
        if shop is None:
            _hand_over(session, premises, request)
            return
    _Talk(premises, request, shop, premises.diary.clock.now()).through(state)


@dataclass(frozen=True, slots=True)
class _Talk:
    """One turn. Its clock stands still, so that a step that is taken again sees the same."""

    premises: Premises
    request: Request
    shop: Shop
    now: datetime

    def through(self, state: State) -> None:
        request = self.request
        agenda = self.premises.agenda(request.merchant, self.shop)
        deeds = Deeds(self.premises, request, self.shop, agenda, self.party())
        event = Said(wishes=request.wishes, tap=request.tap)
        closing: Closing | None = None
        while True:
            with self.premises.diary.database.transaction(request.merchant) as session:
                happened: Event = event if closing is None else closing(session)
                done = self._step(session, happened, state)
                if done.reply is not None:
                    self._answer(session, done, done.reply)
                    return
            state, closing = done.state, deeds.prepare(_question(done.effects))

    def party(self) -> Party:
        request = self.request
        return Party(
            customer_id=request.customer.id,
            conversation_id=request.conversation_id,
            person=Person(name=request.customer.name, phone=request.customer.phone),
            language=request.language,
            reminders_allowed=request.reminders_allowed,
        )

    def _step(self, session: Session, event: Event, state: State) -> Step:
        bookings = self._bookings(session)
        view = View(
            shop=self.shop,
            customer=self.request.customer,
            language=self.request.language,
            now=self.now,
            bookings=bookings.of_customer(self.request.customer.id),
        )
        done = step(event, state, view)
        for effect in done.effects:
            if isinstance(effect, Release):
                held = bookings.get(effect.hold)
                if held is not None:
                    bookings.release(held)
        return done

    def _answer(self, session: Session, done: Step, reply: Reply) -> None:
        """State, outcome and the end of the request: all of it is true together, or nothing."""
        request, diary = self.request, self.premises.diary
        if not finish_request(session, request.id):
            return
        body = to_json(State, done.state)
        save_state(session, diary.own, request.merchant, request.conversation_id, body, self.now)
        lay(
            session,
            self.premises,
            Outcome(
                id=outcome_id(request.id),
                merchant=request.merchant,
                kind=_kind(done, reply),
                conversation_id=request.conversation_id,
                request_id=request.id,
                messages=(reply.message,),
                awaiting=reply.awaiting,
                booking=reply.booking,
            ),
        )

    def _bookings(self, session: Session) -> Bookings:
        diary = self.premises.diary
        return Bookings(session, diary.tray, self.request.merchant, self.shop, diary.clock)


def _hand_over(session: Session, premises: Premises, request: Request) -> None:
    """The merchant has described nothing that can be booked: a person has to answer."""
    if finish_request(session, request.id):
        outcome = Outcome(
            id=outcome_id(request.id),
            merchant=request.merchant,
            kind=OutcomeKind.HANDOFF,
            conversation_id=request.conversation_id,
            request_id=request.id,
        )
        lay(session, premises, outcome)


def _kind(done: Step, reply: Reply) -> OutcomeKind:
    """A person who is called is what the edge must know of, unless something was done that it must know more."""
    is_human = any(isinstance(effect, AskHuman) for effect in done.effects)
    return OutcomeKind.HANDOFF if is_human and reply.booking is None else reply.kind


def _question(effects: Sequence[Effect]) -> Question:
    """The one effect of a step that has a result."""
    (question,) = (effect for effect in effects if not isinstance(effect, Release | AskHuman))
    return question
