"""Settlement: statuses find their message and raise its state; they come late, twice and in any order."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from kernel.errors import MostradorError
from kernel.ids import MerchantId
from webhooks import sending, transcript
from webhooks.delivery import after_refusal
from webhooks.error_classes import verdict_of
from webhooks.items import Entrance, Status
from webhooks.models import OutboxRow, StatusRow
from webhooks.receipt_models import InboundRow
from webhooks.room import Edge
from webhooks.sending import OPAQUE
from webhooks.statuses import OutboxState, StatusKind, is_settled, raised

BATCH = 200


def settle(session: Session, edge: Edge, merchant: MerchantId) -> bool:
    """Settle what waits, up to a batch; True when there may be more."""
    rows = _waiting(session)
    statuses = [(row, status) for row in rows if (status := _reopened(edge, merchant, row)) is not None]
    messages = _messages(session, edge, merchant, [status for _, status in statuses])
    for row, status in statuses:
        message = messages.get(_key(edge, merchant, status))
        _write_down(session, merchant, row, status, message)
        if message is not None:
            _raise(session, edge, message, status)
    for row in rows:
        row.taken_at = edge.clock.now()
        row.raw = row.raw if row.reason else None
    return len(rows) == BATCH


def _waiting(session: Session) -> Sequence[InboundRow]:
    query = select(InboundRow).where(InboundRow.kind == "status", col(InboundRow.taken_at).is_(None))
    ordered = query.order_by(col(InboundRow.sent_at), col(InboundRow.id)).limit(BATCH)
    return session.exec(ordered.with_for_update(skip_locked=True)).all()


def _reopened(edge: Edge, merchant: MerchantId, row: InboundRow) -> Status | None:
    entrance = Entrance(row.waba_id, row.phone_number_id)
    try:
        item = edge.desk.reopen(merchant, row.kind, entrance, row.raw or b"")
    except MostradorError as exc:
        # One status that does not open must not stop the lane.
        row.reason = type(exc).__name__
        return None
    return item if isinstance(item, Status) else None


Key = UUID | bytes


def _key(edge: Edge, merchant: MerchantId, status: Status) -> Key:
    """Our own id where the status carries it, else WhatsApp's."""
    ours = _outbox_id(status.opaque)
    number = status.entrance.phone_number_id or ""
    return ours or transcript.message_digest(edge, merchant, number, status.id)


def _outbox_id(opaque: str | None) -> UUID | None:
    if opaque is None or not opaque.startswith(OPAQUE):
        return None
    try:
        return UUID(opaque.removeprefix(OPAQUE))
    except ValueError:
        return None


def _messages(
    session: Session, edge: Edge, merchant: MerchantId, statuses: Sequence[Status]
) -> Mapping[Key, OutboxRow]:
    """The messages of these statuses, held in one order so that two jobs never wait for each other."""
    keys = {_key(edge, merchant, status) for status in statuses}
    ids = [key for key in keys if isinstance(key, UUID)]
    digests = [key for key in keys if isinstance(key, bytes)]
    wanted = col(OutboxRow.id).in_(ids) | col(OutboxRow.wamid_digest).in_(digests)
    rows = session.exec(select(OutboxRow).where(wanted).order_by(col(OutboxRow.id)).with_for_update()).all()
    return {row.id: row for row in rows} | {row.wamid_digest: row for row in rows if row.wamid_digest}


def _write_down(
    session: Session, merchant: MerchantId, row: InboundRow, status: Status, message: OutboxRow | None
) -> None:
    pricing = status.pricing
    values = {
        "id": row.id,
        "merchant_id": merchant,
        "outbox_id": message.id if message else None,
        "kind": status.kind.value,
        "at": status.at,
        "error_code": status.errors[0].code if status.errors else None,
        "pricing_category": pricing.category and pricing.category[:48] if pricing else None,
        "pricing_type": pricing.type and pricing.type[:48] if pricing else None,
    }
    session.execute(insert(StatusRow).values(values).on_conflict_do_nothing())


def _raise(session: Session, edge: Edge, message: OutboxRow, status: Status) -> None:
    digest = transcript.message_digest(
        edge, MerchantId(message.merchant_id), status.entrance.phone_number_id or "", status.id
    )
    if message.wamid_digest is None:
        sending.name_message(session, edge, message, status.id)
    elif status.kind is StatusKind.FAILED and message.wamid_digest != digest:
        # An earlier attempt failed after a later one was taken in.
        return
    before = OutboxState(message.state)
    after = raised(before, status.kind)
    if after is before:
        return
    if status.kind is StatusKind.FAILED:
        _fail(session, edge, message, status)
        return
    message.state, message.reason = after.value, ""
    if is_settled(after) and message.settled_at is None:
        message.settled_at = edge.clock.now()


def _fail(session: Session, edge: Edge, message: OutboxRow, status: Status) -> None:
    """Nothing was delivered, so what may get better is tried again, and what will not is told to the merchant."""
    code = status.errors[0].code if status.errors else None
    error_class = verdict_of(code).error_class
    now = edge.clock.now()
    decision = after_refusal(code, error_class, message.attempts, now, edge.jitter())
    sending.apply(session, edge, message, decision)
