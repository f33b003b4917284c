"""The edge's side of bookings: a request is laid in the diary's tray, and what it answers leaves as one message.

Nothing here knows what a wish or an outcome means: `routing` makes the one, the diary writes the other.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import Session

from kernel.ids import MerchantId
from kernel.sealing import Place
from webhooks import customers, outbox, transcript
from webhooks.controls import NUMBER_SHARED
from webhooks.conversation import held, want_person
from webhooks.gate import Origin, Purpose
from webhooks.ids import ConversationId
from webhooks.letters import letters_of
from webhooks.messages import text
from webhooks.models import ConversationRow, CustomerRow, LineRow, TurnRow
from webhooks.outbox import Letter
from webhooks.phrases import phrase
from webhooks.room import Edge
from webhooks.speaking import spoken_language
from webhooks.states import TurnState
from webhooks.trays import OutcomeOut, RequestIn

TURN = "webhooks.turn"
HANDOFF = "handoff"


def ask(
    session: Session,
    edge: Edge,
    conversation: ConversationRow,
    turn: TurnRow,
    *,
    wishes: Sequence[Mapping[str, Any]] = (),
    tap: str | None = None,
    ready: str = "",
) -> None:
    """Lay the turn's wishes in the diary's tray; what is `ready` of the reply waits for its answer."""
    writer = session.get_one(CustomerRow, conversation.customer_id)
    sealer = customers.person_sealer(edge, writer)
    if edge.diary is None or sealer is None:
        # Nobody to ask, or the person was erased meanwhile.
        turn.state = TurnState.ANSWERED.value
        return
    merchant = MerchantId(conversation.merchant_id)
    turn.state = TurnState.BOOKING.value
    turn.held = sealer.seal(ready.encode(), Place(merchant, TURN, "held")) if ready else None
    conversation.open_turn_id = turn.id
    session.flush()
    edge.diary.put_request(session, _request(session, edge, conversation, turn, wishes, tap))


def _request(
    session: Session,
    edge: Edge,
    conversation: ConversationRow,
    turn: TurnRow,
    wishes: Sequence[Mapping[str, Any]],
    tap: str | None,
) -> RequestIn:
    customer = customers.survivor(session, session.get_one(CustomerRow, conversation.customer_id))
    wa_id = customers.address_of(session, edge, customer).wa_id
    return RequestIn(
        request_id=turn.id,
        merchant_id=MerchantId(conversation.merchant_id),
        conversation_id=ConversationId(conversation.id),
        customer_id=customer.id,
        phone=f"+{wa_id.lstrip('+')}" if wa_id else None,
        name=customers.name_of(edge, customer),
        asked_at=turn.asked_at,
        language=spoken_language(session, edge, conversation),
        wishes=wishes,
        tap=tap,
        reminders_allowed=_may_remind(session, edge, customer),
    )


def _may_remind(session: Session, edge: Edge, customer: CustomerRow) -> bool:
    if customer.opted_out_at is not None:
        return False
    return edge.rights.has_consented(session, customer.id, Purpose.REMINDER.value) is not False


def tapped(session: Session, edge: Edge, conversation: ConversationRow, turn: TurnRow, line: LineRow) -> None:
    """A tap on one of the diary's choices: it goes there unread, and not by way of the mind.

    A number that was shared says nothing of its own: the request that carries it does.
    """
    tap = transcript.tap_of(session, edge, line)
    ask(session, edge, conversation, turn, tap=None if tap == NUMBER_SHARED else tap)


def deliver(
    session: Session, edge: Edge, merchant: MerchantId, outcome_id: UUID
) -> tuple[ConversationRow, bool] | None:
    """Send what the diary answered or brought; whether it closed the turn that was open. None: nothing to do."""
    if edge.diary is None:
        return None
    outcome = edge.diary.take_outcome(session, merchant, outcome_id)
    conversation = held(session, outcome.conversation_id) if outcome else None
    if outcome is None or conversation is None:
        return None
    turn = _turn_of(session, outcome)
    _note(session, edge, conversation, outcome)
    _send(session, edge, conversation, outcome, turn)
    if turn is None:
        return conversation, False
    turn.state, turn.answered_at, turn.held = TurnState.ANSWERED.value, edge.clock.now(), None
    if conversation.open_turn_id == turn.id:
        conversation.open_turn_id = None
    session.flush()
    return conversation, True


def held_part(session: Session, edge: Edge, turn: TurnRow) -> str:
    """What was ready of the reply while the diary was asked."""
    if turn.held is None:
        return ""
    conversation = session.get_one(ConversationRow, turn.conversation_id)
    sealer = customers.person_sealer(edge, session.get_one(CustomerRow, conversation.customer_id))
    if sealer is None:
        return ""
    return sealer.open(turn.held, Place(MerchantId(turn.merchant_id), TURN, "held")).decode()


def _turn_of(session: Session, outcome: OutcomeOut) -> TurnRow | None:
    """The turn that still waits for this outcome. One that was given up is not answered twice, but it is told."""
    turn = session.get(TurnRow, outcome.request_id) if outcome.request_id else None
    if turn is not None:
        session.refresh(turn)
    return turn if turn is not None and turn.state == TurnState.BOOKING else None


def _note(session: Session, edge: Edge, conversation: ConversationRow, outcome: OutcomeOut) -> None:
    # News that asks for nothing leaves standing what the conversation waits for.
    if outcome.request_id is not None or outcome.awaiting is not None:
        conversation.awaiting = outcome.awaiting
    if outcome.kind == HANDOFF:
        want_person(session, edge, conversation, actor="diary")


def _send(
    session: Session,
    edge: Edge,
    conversation: ConversationRow,
    outcome: OutcomeOut,
    turn: TurnRow | None,
) -> None:
    ready = held_part(session, edge, turn) if turn else ""
    letters = letters_of(outcome, conversation.window_closes_at, edge.clock.now(), ready=ready, turn=turn)
    if not letters and turn is not None:
        words = ready or phrase("unclear", spoken_language(session, edge, conversation))
        origin = Origin.ANSWER if ready else Origin.SYSTEM
        letters = [Letter(message=text(words), words=words, origin=origin, turn_id=turn.id, fence=turn.fence)]
    for letter in letters:
        outbox.enqueue(session, edge, conversation, letter)
