"""The mind's jobs. Each is one transaction and safe to run again after a crash at any point."""

from uuid import UUID

import procrastinate

from assistant.consulting import Consultant, Heard
from assistant.intents_codec import to_json
from assistant.room import Mind
from assistant.tray import QUEUE, ReadingOut, TurnIn, put_reading, take_turn
from assistant.turns import AnswerKind, EarlierLine, Language, Origin, Turn
from assistant.understanding.values import awaited
from kernel.ids import MerchantId
from kernel.jobs import RETRY, defer, room_of
from knowledge.library import empty_shelf
from knowledge.store import record_gap

blueprint = procrastinate.Blueprint()


@blueprint.task(name="read", queue=QUEUE, pass_context=True, retry=RETRY)
def read(context: procrastinate.JobContext, *, merchant: str, turn: str) -> None:
    """Read one turn: take it from the in-tray, answer it, lay the reading in the out-tray, wake the edge."""
    read_turn(room_of(context), MerchantId(UUID(merchant)), UUID(turn))


def read_turn(mind: Mind, merchant: MerchantId, turn_id: UUID) -> None:
    """The job's work; a turn that has been read already is left alone."""
    with mind.database.transaction(merchant) as session:
        turn = take_turn(session, mind.tray, merchant, turn_id)
        if turn is None:
            return
        shelf = mind.library.shelf(session, merchant) or empty_shelf()
        heard = Consultant(mind.counter, mind.understander).hear(as_turn(turn), awaited(turn.awaiting), shelf)
        answer = heard.answer
        for gap in answer.gaps:
            record_gap(session, merchant, gap, language=answer.language.value, at=mind.clock.now())
        reading = as_reading(turn, heard, shelf.version)
        put_reading(session, mind.tray, merchant, reading, mind.clock.now())
        defer(session, mind.reply_job(merchant, reading))


def as_turn(turn: TurnIn) -> Turn:
    return Turn(
        text=turn.text,
        asked_at=turn.asked_at,
        language=Language(turn.language) if turn.language else None,
        earlier=tuple(EarlierLine(Origin(origin), text) for origin, text in turn.context),
    )


def as_reading(turn: TurnIn, heard: Heard, version: int) -> ReadingOut:
    answer = heard.answer
    return ReadingOut(
        turn_id=turn.turn_id,
        conversation_id=turn.conversation_id,
        text=answer.text,
        language=answer.language.value,
        kind=answer.kind.value,
        abstained=answer.abstained,
        handoff=answer.kind is AnswerKind.HANDOFF,
        confidence=answer.confidence,
        knowledge_version=version,
        sources=tuple({"citation": source.citation, "title": source.title} for source in answer.sources),
        intents=to_json(heard.intents),
    )
