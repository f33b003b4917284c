"""Joins the edge's view of the mind's trays to the mind's own: the only place that knows both."""

from dataclasses import dataclass

from sqlmodel import Session

from assistant import tray
from kernel.ids import MerchantId
from kernel.jobs import Job
from kernel.sealing import Sealer
from webhooks.ids import TurnId
from webhooks.routing import route_job
from webhooks.trays import ReadingOut, TurnIn


@dataclass(frozen=True, slots=True)
class MindTrays:
    """What the edge is given to put turns in and take readings out."""

    sealer: Sealer

    def put_turn(self, session: Session, turn: TurnIn) -> None:
        given = tray.TurnIn(
            turn_id=turn.turn_id,
            merchant=turn.merchant_id,
            conversation_id=turn.conversation_id,
            text="\n".join(turn.lines),
            asked_at=turn.asked_at,
            language=turn.language_hint,
            awaiting=turn.awaiting,
            context=turn.context,
        )
        tray.put_turn(session, self.sealer, given)

    def take_reading(self, session: Session, merchant: MerchantId, turn_id: TurnId) -> ReadingOut | None:
        taken = tray.take_reading(session, self.sealer, merchant, turn_id)
        if taken is None:
            return None
        return ReadingOut(
            turn_id=turn_id,
            text=taken.text,
            language=taken.language,
            kind=taken.kind,
            abstained=taken.abstained,
            handoff=taken.handoff,
            confidence=taken.confidence,
            knowledge_version=taken.knowledge_version,
            sources=taken.sources,
            intents=taken.intents,
        )


def reply_job(merchant: MerchantId, reading: tray.ReadingOut) -> Job:
    """The edge's job that takes a reading from the tray."""
    return route_job(merchant, reading.turn_id)
