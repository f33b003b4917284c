"""Routing: what the mind made of a turn goes out as one message, or on to the diary; what a person must do is told.

The one-way door: the only file of the edge with a rule that knows both the mind's and the diary's words. Intents go
in, wishes come out; what the diary answers never comes back this way.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import Session

from kernel.ids import MerchantId
from kernel.jobs import Job
from webhooks import bookings
from webhooks.controls import ControlKind
from webhooks.conversation import held
from webhooks.errors import NotYet
from webhooks.ids import TurnId
from webhooks.models import TurnRow
from webhooks.outbox import QUEUE
from webhooks.replies import COMPLAINT, Wanted, act
from webhooks.room import Edge
from webhooks.states import TurnState
from webhooks.turns import close

ROUTE_TASK = "webhooks:route"
OUTCOME_TASK = "webhooks:outcome"
CONSENT = "consent"

WISHES: Mapping[str, str] = {
    "book": "book",
    "availability": "free_times",
    "reschedule": "move",
    "cancel": "cancel",
    "my_bookings": "list_bookings",
    "reminder_confirm": "confirm_reminder",
}
"""The mind's intents that are the diary's affair, and what they are called there."""
PLAIN_WISHES = frozenset({"confirm_reminder"})
"""Wishes that carry no details."""
CONTROLS: Mapping[str, ControlKind] = {
    "opt_out": ControlKind.OPT_OUT,
    "opt_in_yes": ControlKind.OPT_IN,
    "delete_data": ControlKind.ERASE,
    "export_data": ControlKind.EXPORT,
}
"""Rights that were put into words which no fixed phrase covers."""
DIARY_AWAITS = frozenset(
    {"offer", "slot", "name", "service", "staff", "party_size", "confirm", "reminder", "phone"}
)
"""What only the diary asks for: words that nothing was made of are then its to ask about again."""
PERSON = frozenset({"human", COMPLAINT})
DETAILS = frozenset({"service", "staff", "person_name", "party_size", "ordinal", "when", "from_when"})
"""What may pass through the door; a score, or whatever else the mind may one day say, stays behind."""


def wanted_of(intents: Sequence[Mapping[str, Any]], awaiting: str | None) -> Wanted:
    """What is to be done besides answering."""
    kinds = [str(intent["kind"]) for intent in intents]
    wishes = tuple(_wish(intent) for intent in intents if intent["kind"] in WISHES)
    scores = (intent.get("slots", {}).get("rating") for intent in intents if intent["kind"] == "rate")
    return Wanted(
        wishes=wishes,
        controls=tuple(_control(kind, awaiting) for kind in kinds if kind in CONTROLS),
        person=next((kind for kind in kinds if kind in PERSON), None),
        score=next((score for score in scores if isinstance(score, int)), None),
        unclear=awaiting in DIARY_AWAITS and kinds == ["unsure"],
    )


def _wish(intent: Mapping[str, Any]) -> Mapping[str, Any]:
    kind = WISHES[str(intent["kind"])]
    if kind in PLAIN_WISHES:
        return {"kind": kind}
    details = {key: value for key, value in intent.get("slots", {}).items() if key in DETAILS}
    return {"kind": kind, "details": details}


def _control(kind: str, awaiting: str | None) -> ControlKind:
    if kind == "opt_in_yes" and awaiting == CONSENT:
        return ControlKind.CONSENT_GIVEN
    return CONTROLS[kind]


def route_job(merchant: MerchantId, turn_id: UUID) -> Job:
    """What the mind defers in the transaction in which it lays a reading in its out-tray."""
    return Job(task=ROUTE_TASK, queue=QUEUE, args={"merchant": str(merchant), "turn": str(turn_id)})


def outcome_job(merchant: MerchantId, outcome_id: UUID) -> Job:
    """What the diary defers in the transaction in which it lays an outcome in its out-tray."""
    return Job(task=OUTCOME_TASK, queue=QUEUE, args={"merchant": str(merchant), "outcome": str(outcome_id)})


def route(session: Session, edge: Edge, merchant: MerchantId, turn_id: UUID) -> TurnRow | None:
    """Answer a turn once, or send its wishes on; afterwards the lines that came meanwhile may make the next one."""
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
    act(session, edge, conversation, turn, reading, wanted_of(reading.intents, conversation.awaiting))
    if turn.state == TurnState.BOOKING:
        return None
    conversation.open_turn_id = None
    session.flush()
    return close(session, edge, conversation)


def settle(session: Session, edge: Edge, merchant: MerchantId, outcome_id: UUID) -> TurnRow | None:
    """Send what the diary answered; afterwards the lines that came meanwhile may make the next turn."""
    told = bookings.deliver(session, edge, merchant, outcome_id)
    if told is None:
        return None
    conversation, closed = told
    return close(session, edge, conversation) if closed else None
