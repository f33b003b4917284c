"""The edge's jobs: identifiers in, one transaction each, and safe to run again after a kill at any point.

A send is two transactions with the call between them.
"""

from uuid import UUID

import procrastinate
import structlog
from sqlalchemy import text

from kernel.ids import MerchantId
from kernel.jobs import RETRY, Job, defer, room_of
from webhooks import gathering, noting, routing, sending, settlement, transcript, turns
from webhooks.conversation import held
from webhooks.models import ConversationRow, NumberRow, TurnRow
from webhooks.numbers import token_of
from webhooks.outbox import QUEUE
from webhooks.room import Edge

STATUS_QUEUE = "edge_status"
blueprint = procrastinate.Blueprint()
_log = structlog.get_logger()


@blueprint.task(name="gather", queue=QUEUE, pass_context=True, retry=RETRY)
def gather(context: procrastinate.JobContext, *, merchant: str, inbound: str) -> None:
    """Take in what a customer sent, and make a turn of it when their burst is over."""
    gather_items(room_of(context), MerchantId(UUID(merchant)), UUID(inbound))


@blueprint.task(name="close", queue=QUEUE, pass_context=True, retry=RETRY)
def close(context: procrastinate.JobContext, *, merchant: str, conversation: str) -> None:
    """Come back to a burst when it should be over."""
    close_burst(room_of(context), MerchantId(UUID(merchant)), UUID(conversation))


@blueprint.task(name="route", queue=QUEUE, pass_context=True, retry=RETRY)
def route(context: procrastinate.JobContext, *, merchant: str, turn: str) -> None:
    """Take the mind's reading and write the reply down."""
    route_reading(room_of(context), MerchantId(UUID(merchant)), UUID(turn))


@blueprint.task(name="outcome", queue=QUEUE, pass_context=True, retry=RETRY)
def outcome(context: procrastinate.JobContext, *, merchant: str, outcome: str) -> None:
    """Take what the diary answered, or brought by itself, and write the message down."""
    settle_outcome(room_of(context), MerchantId(UUID(merchant)), UUID(outcome))


@blueprint.task(name="send", queue=QUEUE, pass_context=True, retry=RETRY)
def send(context: procrastinate.JobContext, *, merchant: str, outbox: str) -> None:
    """Send one message, if it may leave now."""
    send_message(room_of(context), MerchantId(UUID(merchant)), UUID(outbox))


@blueprint.task(name="settle", queue=STATUS_QUEUE, pass_context=True, retry=RETRY)
def settle(context: procrastinate.JobContext, *, merchant: str) -> None:
    """Bring what became of our messages home."""
    settle_statuses(room_of(context), MerchantId(UUID(merchant)))


@blueprint.task(name="note", queue=QUEUE, pass_context=True, retry=RETRY)
def note(context: procrastinate.JobContext, *, merchant: str, inbound: str) -> None:
    """Act on a change of the account, a user id or a preference."""
    note_change(room_of(context), MerchantId(UUID(merchant)), UUID(inbound))


@blueprint.periodic(cron="* * * * *")
@blueprint.task(name="watch", queue=QUEUE, pass_context=True)
def watch(context: procrastinate.JobContext, timestamp: int) -> None:
    """Every minute: what the mind never read, and what has lost its job."""
    _ = timestamp
    watch_overdue(room_of(context))


def gather_items(edge: Edge, merchant: MerchantId, inbound_id: UUID) -> None:
    with edge.database.transaction(merchant) as session:
        conversation = gathering.take_in(session, edge, merchant, inbound_id)
        session.flush()
        turn = turns.close(session, edge, conversation) if conversation else None
    show_typing(edge, merchant, turn)


def close_burst(edge: Edge, merchant: MerchantId, conversation_id: UUID) -> None:
    with edge.database.transaction(merchant) as session:
        conversation = held(session, conversation_id)
        turn = turns.close(session, edge, conversation) if conversation else None
    show_typing(edge, merchant, turn)


def route_reading(edge: Edge, merchant: MerchantId, turn_id: UUID) -> None:
    with edge.database.transaction(merchant) as session:
        turn = routing.route(session, edge, merchant, turn_id)
    show_typing(edge, merchant, turn)


def settle_outcome(edge: Edge, merchant: MerchantId, outcome_id: UUID) -> None:
    with edge.database.transaction(merchant) as session:
        turn = routing.settle(session, edge, merchant, outcome_id)
    show_typing(edge, merchant, turn)


def send_message(edge: Edge, merchant: MerchantId, outbox_id: UUID) -> None:
    with edge.database.transaction(merchant) as session:
        claim = sending.claim(session, edge, outbox_id)
    if claim is None:
        return
    outcome = edge.messenger.send(claim.phone_number_id, claim.token, claim.body)
    with edge.database.transaction(merchant) as session:
        sending.record(session, edge, claim.outbox_id, outcome)


def settle_statuses(edge: Edge, merchant: MerchantId) -> None:
    with edge.database.transaction(merchant) as session:
        if settlement.settle(session, edge, merchant):
            again = Job(task="webhooks:settle", queue=STATUS_QUEUE, args={"merchant": str(merchant)})
            defer(session, again)


def note_change(edge: Edge, merchant: MerchantId, inbound_id: UUID) -> None:
    with edge.database.transaction(merchant) as session:
        noting.note(session, edge, merchant, inbound_id)


def watch_overdue(edge: Edge) -> None:
    """Every task may run twice, so a new job for what only seemed lost does no harm."""
    now = edge.clock.now()
    limits = {"unread": now - edge.turn_limit, "stuck": now - edge.stuck_after}
    with edge.database.transaction() as session:
        found = session.execute(
            text("select merchant, kind, id from webhooks.overdue(:unread, :stuck)"), limits
        )
        jobs = [_overdue_job(merchant, kind, subject) for merchant, kind, subject in found]
        defer(session, *jobs)
    if jobs:
        _log.warning("overdue work deferred again", jobs=len(jobs))


def _overdue_job(merchant: UUID, kind: str, subject: UUID) -> Job:
    names = {"close": "conversation", "send": "outbox", "gather": "inbound", "note": "inbound"}
    named = {names[kind]: str(subject)} if kind in names else {}
    queue = STATUS_QUEUE if kind == "settle" else QUEUE
    return Job(task=f"webhooks:{kind}", queue=queue, args={"merchant": str(merchant), **named})


def show_typing(edge: Edge, merchant: MerchantId, turn: TurnRow | None) -> None:
    """Blue ticks and the typing sign while the mind reads: a courtesy after the commit, never repeated."""
    if turn is None:
        return
    with edge.database.transaction(merchant) as session:
        conversation = session.get_one(ConversationRow, turn.conversation_id)
        number = session.get(NumberRow, conversation.phone_number_id)
        token = token_of(edge.sealer, number) if number else None
        wamid = transcript.last_wamid(session, edge, turn.id)
    if token and wamid:
        edge.messenger.mark_read(conversation.phone_number_id, token, wamid, typing=True)
