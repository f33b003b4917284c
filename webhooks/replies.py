"""What is done about a reading: the reply that the edge can give by itself, and the wishes that it sends on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from webhooks import bookings, outbox, rights
from webhooks.controls import Control, ControlKind
from webhooks.conversation import want_person
from webhooks.gate import Origin, Purpose
from webhooks.grounds import sealed_grounds
from webhooks.messages import text
from webhooks.models import ConversationRow, RatingRow, TurnRow
from webhooks.outbox import Letter
from webhooks.phrases import LANGUAGES, phrase
from webhooks.room import Edge
from webhooks.states import TurnState
from webhooks.trays import ReadingOut

COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reading asks the edge to do besides answering."""

    wishes: tuple[Mapping[str, Any], ...] = ()
    controls: tuple[ControlKind, ...] = ()
    person: str | None = None
    """The intent that asks for one."""
    score: int | None = None
    unclear: bool = False
    """The diary waits for words, and nothing was made of these."""

    def asks_diary(self, text: str) -> bool:
        return bool(self.wishes) or (self.unclear and not text.strip())


def act(
    session: Session,
    edge: Edge,
    conversation: ConversationRow,
    turn: TurnRow,
    reading: ReadingOut,
    wanted: Wanted,
) -> None:
    """Reply to a turn, or send its wishes on with what is ready of the reply."""
    if reading.language in LANGUAGES:
        conversation.language = reading.language
    turn.answered_at = edge.clock.now()
    turn.reading = sealed_grounds(session, edge, conversation, reading)
    ready = _ready(session, edge, conversation, turn, reading, wanted)
    if _needs_person(edge, reading, wanted):
        want_person(session, edge, conversation, actor="assistant")
    if wanted.asks_diary(reading.text) and edge.diary is not None:
        bookings.ask(session, edge, conversation, turn, wishes=wanted.wishes, ready=ready)
        return
    _reply(session, edge, conversation, turn, ready, wanted)


def _ready(
    session: Session,
    edge: Edge,
    conversation: ConversationRow,
    turn: TurnRow,
    reading: ReadingOut,
    wanted: Wanted,
) -> str:
    """What can be said without the diary: answer, rights that were used, what could not be read."""
    said = [_spoken(conversation, reading) or _instead(edge, wanted, reading.language)]
    said.extend(
        rights.exercise(session, edge, conversation, Control(kind), turn.id) for kind in wanted.controls
    )
    if wanted.score is not None:
        _rate(session, edge, conversation, turn, wanted.score)
    if turn.notice is not None:
        said.append(phrase(turn.notice, reading.language))
    return "\n\n".join(filter(None, said))


def _spoken(conversation: ConversationRow, reading: ReadingOut) -> str:
    """What the mind wrote; who only calls again while a person is awaited is told that one will come."""
    calls = bool(reading.intents) and all(one.get("kind") == "greeting" for one in reading.intents)
    if calls and conversation.person_wanted_at is not None:
        return phrase("person_waits", reading.language)
    return reading.text.strip()


def _instead(edge: Edge, wanted: Wanted, language: str) -> str:
    """What is said where the mind wrote nothing: usually because the rest of the reply is somebody else's."""
    if wanted.person is not None:
        return phrase("complaint" if wanted.person == COMPLAINT else "person", language)
    if wanted.score is not None:
        return phrase("rated", language)
    if wanted.controls or (wanted.asks_diary("") and edge.diary is not None):
        return ""
    return phrase("person" if wanted.wishes else "apology", language)


def _needs_person(edge: Edge, reading: ReadingOut, wanted: Wanted) -> bool:
    if reading.handoff or wanted.person is not None:
        return True
    if wanted.asks_diary(reading.text):
        return edge.diary is None
    return not (reading.text.strip() or wanted.controls or wanted.score is not None)


def _reply(
    session: Session,
    edge: Edge,
    conversation: ConversationRow,
    turn: TurnRow,
    ready: str,
    wanted: Wanted,
) -> None:
    turn.state = TurnState.ANSWERED.value
    purpose = Purpose.RECEIPT if wanted.controls or wanted.person else Purpose.REPLY
    letter = Letter(
        message=text(ready),
        words=ready,
        origin=Origin.ANSWER,
        purpose=purpose,
        turn_id=turn.id,
        fence=turn.fence,
    )
    outbox.enqueue(session, edge, conversation, letter)


def _rate(session: Session, edge: Edge, conversation: ConversationRow, turn: TurnRow, score: int) -> None:
    row = {
        "turn_id": turn.id,
        "merchant_id": conversation.merchant_id,
        "conversation_id": conversation.id,
        "score": max(-32768, min(score, 32767)),
        "given_at": edge.clock.now(),
    }
    session.execute(insert(RatingRow).values(row).on_conflict_do_nothing())
