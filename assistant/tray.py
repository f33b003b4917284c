"""Both sides of the mind's trays: what the edge may do with them, and what the mind does.

Loads no model: the edge imports this file.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, delete, select

from assistant.models import ReadingRow, TurnContextRow, TurnRow
from kernel.ids import MerchantId
from kernel.jobs import Job, defer
from kernel.sealing import Place, Sealer

READ_TASK = "assistant:read"
QUEUE = "mind"


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnIn:
    """What the edge hands to the mind. `context`: (origin, text) of earlier lines, oldest first."""

    turn_id: UUID
    merchant: MerchantId
    conversation_id: UUID
    text: str
    asked_at: datetime
    language: str | None = None
    awaiting: str | None = None
    context: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOut:
    """What the mind hands back: a reply in the customer's language and what it rests on."""

    turn_id: UUID
    conversation_id: UUID
    text: str
    language: str
    kind: str
    abstained: bool
    handoff: bool
    confidence: float
    knowledge_version: int
    sources: Sequence[Mapping[str, str]] = ()
    intents: Sequence[Mapping[str, Any]] = ()
    """What is wanted, in the form of `intents_codec`; empty where only an answer is."""


def put_turn(session: Session, sealer: Sealer, turn: TurnIn) -> None:
    """Edge: lay a turn in the in-tray and wake the mind, in one transaction. Laying it twice is harmless."""
    place = Place(turn.merchant, "assistant.turn", "text")
    row = {
        "id": turn.turn_id,
        "merchant_id": turn.merchant,
        "conversation_id": turn.conversation_id,
        "asked_at": turn.asked_at,
        "language": turn.language,
        "awaiting": turn.awaiting,
        "text": sealer.seal(turn.text.encode(), place),
    }
    session.execute(insert(TurnRow).values(row).on_conflict_do_nothing())
    for position, (origin, text) in enumerate(turn.context):
        _put_context(session, sealer, turn, position, origin, text)
    defer(session, _read_job(turn))


def _put_context(
    session: Session, sealer: Sealer, turn: TurnIn, position: int, origin: str, text: str
) -> None:
    place = Place(turn.merchant, "assistant.turn_context", "text")
    row = {
        "turn_id": turn.turn_id,
        "position": position,
        "merchant_id": turn.merchant,
        "origin": origin,
        "text": sealer.seal(text.encode(), place),
    }
    session.execute(insert(TurnContextRow).values(row).on_conflict_do_nothing())


def _read_job(turn: TurnIn) -> Job:
    return Job(
        task=READ_TASK,
        queue=QUEUE,
        args={"merchant": str(turn.merchant), "turn": str(turn.turn_id)},
        lock=f"mind|{turn.conversation_id}",
    )


def take_turn(session: Session, sealer: Sealer, merchant: MerchantId, turn_id: UUID) -> TurnIn | None:
    """Mind: take a turn out of the in-tray, or None when it has been read already.

    Who takes it first has it: a second reader waits for the first one's transaction and then finds nothing.
    """
    context = _context_of(session, sealer, merchant, turn_id)
    taken = delete(TurnRow).where(col(TurnRow.id) == turn_id).returning(TurnRow)
    row = session.scalars(taken).one_or_none()
    if row is None:
        return None
    return TurnIn(
        turn_id=row.id,
        merchant=merchant,
        conversation_id=row.conversation_id,
        text=sealer.open(row.text, Place(merchant, "assistant.turn", "text")).decode(),
        asked_at=row.asked_at,
        language=row.language,
        awaiting=row.awaiting,
        context=context,
    )


def _context_of(
    session: Session, sealer: Sealer, merchant: MerchantId, turn_id: UUID
) -> tuple[tuple[str, str], ...]:
    lines = session.exec(
        select(TurnContextRow).where(TurnContextRow.turn_id == turn_id).order_by(col(TurnContextRow.position))
    )
    place = Place(merchant, "assistant.turn_context", "text")
    return tuple((line.origin, sealer.open(line.text, place).decode()) for line in lines)


def put_reading(
    session: Session, sealer: Sealer, merchant: MerchantId, reading: ReadingOut, read_at: datetime
) -> None:
    """Mind: lay the reading in the out-tray, in the transaction in which its turn was taken."""
    body = {key: value for key, value in asdict(reading).items() if key not in {"turn_id", "conversation_id"}}
    session.add(
        ReadingRow(
            turn_id=reading.turn_id,
            merchant_id=merchant,
            conversation_id=reading.conversation_id,
            read_at=read_at,
            knowledge_version=reading.knowledge_version,
            body=sealer.seal(json.dumps(body).encode(), Place(merchant, "assistant.reading", "body")),
        )
    )


def take_reading(session: Session, sealer: Sealer, merchant: MerchantId, turn_id: UUID) -> ReadingOut | None:
    """Edge: take a reading out of the tray, or None when it has been taken already."""
    row = session.get(ReadingRow, turn_id)
    if row is None:
        return None
    body: dict[str, Any] = json.loads(sealer.open(row.body, Place(merchant, "assistant.reading", "body")))
    session.delete(row)
    session.flush()
    return ReadingOut(turn_id=row.turn_id, conversation_id=row.conversation_id, **body)
