"""Routing: what the mind made of a turn goes out as one message; what a person must do is told to the merchant.

The only file of the edge with a rule that may know both the mind's and the diary's words.
"""

import json
from dataclasses import asdict
from uuid import UUID

from sqlmodel import Session, select

from kernel.ids import MerchantId
from kernel.jobs import Job
from kernel.sealing import Place
from webhooks import outbox
from webhooks.conversation import held, want_person
from webhooks.customers import person_sealer
from webhooks.errors import NotYet
from webhooks.gate import Origin
from webhooks.ids import TurnId
from webhooks.messages import text
from webhooks.models import ConversationRow, CustomerRow, TurnRow
from webhooks.outbox import QUEUE, Letter
from webhooks.phrases import LANGUAGES, phrase
from webhooks.room import Edge
from webhooks.trays import ReadingOut
from webhooks.turns import TurnState, close

ROUTE_TASK = "webhooks:route"
TURN = "webhooks.turn"


def route_job(merchant: MerchantId, turn_id: UUID) -> Job:
    """What the mind defers in the transaction in which it lays a reading in its out-tray."""
    return Job(task=ROUTE_TASK, queue=QUEUE, args={"merchant": str(merchant), "turn": str(turn_id)})


def route(session: Session, edge: Edge, merchant: MerchantId, turn_id: UUID) -> TurnRow | None:
    """Answer a turn once; afterwards the lines that came meanwhile may make the next one."""
    turn = session.get(TurnRow, turn_id)
    conversation = held(session, turn.conversation_id) if turn else None
    if turn is None or conversation is None:
        return None
    session.refresh(turn)
    reading = edge.trays.take_reading(session, merchant, TurnId(turn_id))
    if turn.state != TurnState.ASKED:
        # Answered before, or given up: a late reading is taken out of the tray and dropped.
        return None
    if reading is None:
        raise NotYet("the turn has no reading yet")
    _answer(session, edge, conversation, turn, reading)
    conversation.open_turn_id = None
    session.flush()
    return close(session, edge, conversation)


def _answer(
    session: Session, edge: Edge, conversation: ConversationRow, turn: TurnRow, reading: ReadingOut
) -> None:
    if reading.language in LANGUAGES:
        conversation.language = reading.language
    words = _words(turn, reading)
    turn.state, turn.answered_at = TurnState.ANSWERED.value, edge.clock.now()
    turn.reading = _sealed(session, edge, conversation, reading)
    if reading.handoff or not reading.text.strip():
        want_person(session, edge, conversation, actor="assistant")
    letter = Letter(message=text(words), words=words, origin=Origin.ANSWER, turn_id=turn.id, fence=turn.fence)
    outbox.enqueue(session, edge, conversation, letter)


def _words(turn: TurnRow, reading: ReadingOut) -> str:
    """One message for the whole turn, with what could not be read said at its end."""
    answer = reading.text.strip() or phrase("apology", reading.language)
    return answer if turn.notice is None else f"{answer}\n\n{phrase(turn.notice, reading.language)}"


def _sealed(session: Session, edge: Edge, conversation: ConversationRow, reading: ReadingOut) -> bytes | None:
    """What the answer rests on, under the person's key like their words."""
    sealer = person_sealer(edge, session.get_one(CustomerRow, conversation.customer_id))
    if sealer is None:
        return None
    grounds = {key: value for key, value in asdict(reading).items() if key not in {"turn_id", "text"}}
    place = Place(MerchantId(conversation.merchant_id), TURN, "reading")
    return sealer.seal(json.dumps(grounds).encode(), place)


def grounds_of(session: Session, edge: Edge, turn_id: UUID) -> dict[str, object] | None:
    """Sources, confidence and version behind an answer, for the merchant's and the auditor's eyes."""
    turn = session.exec(select(TurnRow).where(TurnRow.id == turn_id)).first()
    if turn is None or turn.reading is None:
        return None
    conversation = session.get_one(ConversationRow, turn.conversation_id)
    sealer = person_sealer(edge, session.get_one(CustomerRow, conversation.customer_id))
    if sealer is None:
        return None
    place = Place(MerchantId(turn.merchant_id), TURN, "reading")
    found: dict[str, object] = json.loads(sealer.open(turn.reading, place))
    return found
