"""Turns: the waiting lines of a conversation are closed into one, and laid in the mind's tray.

A tap on one of the diary's choices is a turn of its own, and goes to the diary. One turn at a time: what comes in
while the mind reads or the diary books waits, and makes the next one.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile

from sqlmodel import Session

from kernel.ids import MerchantId
from kernel.jobs import Job, defer
from webhooks import bookings, outbox, transcript
from webhooks.bursts import Arrival, due_at
from webhooks.conversation import is_taken_over, want_person
from webhooks.gate import Origin
from webhooks.ids import ConversationId, TurnId, new_id
from webhooks.messages import text
from webhooks.models import ConversationRow, LineRow, TurnRow
from webhooks.outbox import QUEUE, Letter
from webhooks.phrases import phrase
from webhooks.room import Edge
from webhooks.speaking import spoken_language
from webhooks.states import TurnState
from webhooks.transcript import LineState
from webhooks.trays import TurnIn
from webhooks.treatments import WELCOME

CLOSE_TASK = "webhooks:close"


def close(session: Session, edge: Edge, conversation: ConversationRow) -> TurnRow | None:
    """Make a turn of the waiting lines if their burst is over; else come back when it should be.

    The conversation is held by the caller. Returns the turn that was laid in the mind's tray, if one was.
    """
    now = edge.clock.now()
    if _is_busy(session, edge, conversation, now) or is_taken_over(conversation, now):
        return None
    lines = _next(transcript.waiting(session, conversation.id))
    if not lines:
        return None
    if _is_tap(lines[0]) and edge.diary is not None:
        turn = _write(session, conversation, lines, TurnState.BOOKING, now, None)
        bookings.tapped(session, edge, conversation, turn, lines[0])
        return None
    texts = {line.id: transcript.text_of(session, edge, line) for line in lines}
    arrivals = sorted((_arrival(line, texts[line.id]) for line in lines), key=lambda arrival: arrival.at)
    due = due_at(arrivals, edge.bursts)
    if due > now:
        _come_back(session, edge, conversation, due, now)
        return None
    conversation.closing_at = None
    asked = [texts[line.id] for line in lines if line.notice is None and texts[line.id]]
    if not asked:
        _notice(session, edge, conversation, lines, now)
        return None
    return _ask(session, edge, conversation, lines, asked, now)


def _next(waiting: Sequence[LineRow]) -> Sequence[LineRow]:
    """The lines of the next turn: one tap by itself, or everything up to the next tap."""
    if waiting and _is_tap(waiting[0]):
        return waiting[:1]
    return list(takewhile(lambda line: not _is_tap(line), waiting))


def _is_tap(line: LineRow) -> bool:
    return line.tap is not None


def _arrival(line: LineRow, words: str) -> Arrival:
    # A picture or a voice note stands for itself: more words about it are likely to follow.
    return Arrival(line.received_at, words, tapped=line.kind == "tap")


def _is_busy(session: Session, edge: Edge, conversation: ConversationRow, now: datetime) -> bool:
    """Whether the mind still reads or the diary still books; what takes too long is given up."""
    if conversation.open_turn_id is None:
        return False
    turn = session.get(TurnRow, conversation.open_turn_id)
    if turn is not None and turn.state in {TurnState.ASKED, TurnState.BOOKING}:
        if now - turn.asked_at < edge.turn_limit:
            return True
        _give_up(session, edge, conversation, turn)
    conversation.open_turn_id = None
    return False


def _give_up(session: Session, edge: Edge, conversation: ConversationRow, turn: TurnRow) -> None:
    """Nothing came: better an apology and a person than silence.

    A late reading will be dropped; a late outcome will be told, since it may have booked.
    """
    ready = bookings.held_part(session, edge, turn)
    turn.state, turn.held = TurnState.ABANDONED.value, None
    want_person(session, edge, conversation, actor="assistant")
    apology = phrase("apology", spoken_language(session, edge, conversation))
    words = "\n\n".join(filter(None, (ready, apology)))
    letter = Letter(message=text(words), words=words, origin=Origin.SYSTEM, turn_id=turn.id, fence=turn.fence)
    outbox.enqueue(session, edge, conversation, letter)


def _come_back(
    session: Session, edge: Edge, conversation: ConversationRow, due: datetime, now: datetime
) -> None:
    """One job per burst is enough: when it comes too early it finds the burst longer and comes back again."""
    if conversation.closing_at is not None and conversation.closing_at > now:
        return
    conversation.closing_at = due
    defer(session, close_job(conversation, at=due))
    edge.ring(QUEUE, (due - now).total_seconds())


def close_job(conversation: ConversationRow, at: datetime | None = None) -> Job:
    args = {"merchant": str(conversation.merchant_id), "conversation": str(conversation.id)}
    return Job(task=CLOSE_TASK, queue=QUEUE, args=args, at=at)


def _ask(
    session: Session,
    edge: Edge,
    conversation: ConversationRow,
    lines: Sequence[LineRow],
    asked: Sequence[str],
    now: datetime,
) -> TurnRow:
    context = transcript.earlier(session, edge, conversation.id)
    notices = (line.notice for line in lines if line.notice not in {None, WELCOME})
    turn = _write(session, conversation, lines, TurnState.ASKED, now, next(notices, None))
    conversation.open_turn_id = turn.id
    session.flush()
    edge.trays.put_turn(
        session,
        TurnIn(
            turn_id=TurnId(turn.id),
            merchant_id=MerchantId(conversation.merchant_id),
            conversation_id=ConversationId(conversation.id),
            lines=tuple(asked),
            context=tuple(context),
            language_hint=conversation.language,
            awaiting=conversation.awaiting,
            asked_at=now,
        ),
    )
    return turn


def _notice(
    session: Session, edge: Edge, conversation: ConversationRow, lines: Sequence[LineRow], now: datetime
) -> None:
    """Nothing to read in it: say so, once for the whole turn."""
    key = next((line.notice for line in lines if line.notice), None)
    turn = _write(session, conversation, lines, TurnState.NOTICED, now, key)
    if key is not None:
        words = phrase(key, spoken_language(session, edge, conversation))
        letter = Letter(message=text(words), words=words, origin=Origin.SYSTEM, turn_id=turn.id)
        outbox.enqueue(session, edge, conversation, letter)


def _write(
    session: Session,
    conversation: ConversationRow,
    lines: Sequence[LineRow],
    state: TurnState,
    now: datetime,
    notice: str | None,
) -> TurnRow:
    turn = TurnRow(
        id=new_id(now),
        merchant_id=conversation.merchant_id,
        conversation_id=conversation.id,
        state=state.value,
        fence=conversation.fence,
        asked_at=now,
        notice=notice,
    )
    session.add(turn)
    for line in lines:
        line.turn_id, line.state = turn.id, LineState.TURNED.value
    return turn
