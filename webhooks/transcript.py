"""The transcript: lines with their origin, sealed under the person's key, in WhatsApp's order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session, col, select

from kernel.ids import MerchantId
from kernel.sealing import PersonSealer, Place
from webhooks.customers import person_sealer
from webhooks.gate import Origin
from webhooks.ids import new_id
from webhooks.models import ConversationRow, CustomerRow, LineRow, OutboxRow
from webhooks.room import Edge
from webhooks.statuses import OutboxState

LINE = "webhooks.line"


class LineState(StrEnum):
    WAITING = "waiting"
    """Will be part of the next turn."""
    TURNED = "turned"
    CONTROL = "control"
    """Acted upon in code."""
    PERSON = "person"
    """Came while a person had the conversation."""
    SILENT = "silent"
    SAID = "said"
    """Ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A line to be written down."""

    origin: Origin
    kind: str
    state: LineState
    text: str
    at: datetime
    received_at: datetime
    notice: str | None = None
    raw: bytes | None = None
    wamid: str | None = None
    turn_id: UUID | None = None
    outbox_id: UUID | None = None
    tap: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line as it is read: by the merchant in the console, or as a turn's context."""

    id: UUID
    origin: Origin
    kind: str
    state: LineState
    text: str
    at: datetime
    turn_id: UUID | None
    delivery: OutboxState | None
    """What became of a line of ours."""


def write(session: Session, edge: Edge, conversation: ConversationRow, draft: Draft) -> LineRow:
    customer = session.get_one(CustomerRow, conversation.customer_id)
    merchant = MerchantId(conversation.merchant_id)
    sealer = person_sealer(edge, customer)
    row = LineRow(
        id=new_id(edge.clock.now()),
        merchant_id=merchant,
        conversation_id=conversation.id,
        customer_id=customer.id,
        origin=draft.origin.value,
        kind=draft.kind,
        state=draft.state.value,
        notice=draft.notice,
        body=_sealed(sealer, merchant, "body", draft.text.encode()),
        raw=_sealed(sealer, merchant, "raw", draft.raw or b""),
        at=draft.at,
        received_at=draft.received_at,
        wamid=_sealed(sealer, merchant, "wamid", (draft.wamid or "").encode()),
        wamid_digest=wamid_digest(edge, conversation, draft.wamid) if draft.wamid else None,
        turn_id=draft.turn_id,
        outbox_id=draft.outbox_id,
        tap=_sealed(sealer, merchant, "tap", (draft.tap or "").encode()),
    )
    session.add(row)
    return row


def rewrite(session: Session, edge: Edge, row: LineRow, text: str) -> None:
    """The customer edited a line; the words before are not kept."""
    sealer = person_sealer(edge, session.get_one(CustomerRow, row.customer_id))
    row.body = _sealed(sealer, MerchantId(row.merchant_id), "body", text.encode())
    row.raw = None


def blank(row: LineRow) -> None:
    """The customer deleted a line for everyone: that it was there stays, its words do not."""
    row.body = None
    row.raw = None
    row.state = LineState.SILENT.value


def find(session: Session, edge: Edge, conversation: ConversationRow, wamid: str) -> LineRow | None:
    digest = wamid_digest(edge, conversation, wamid)
    return session.exec(select(LineRow).where(LineRow.wamid_digest == digest)).first()


def wamid_digest(edge: Edge, conversation: ConversationRow, wamid: str) -> bytes:
    return message_digest(edge, MerchantId(conversation.merchant_id), conversation.phone_number_id, wamid)


def message_digest(edge: Edge, merchant: MerchantId, phone_number_id: str, wamid: str) -> bytes:
    """What a message is found by without keeping its id in clear."""
    return edge.blind_index.of(f"{phone_number_id}|{wamid}", Place(merchant, LINE, "wamid"))


def name(session: Session, edge: Edge, conversation: ConversationRow, outbox_id: UUID, wamid: str) -> None:
    """Give a line of ours the id that WhatsApp knows it by."""
    row = session.exec(select(LineRow).where(LineRow.outbox_id == outbox_id)).first()
    if row is None:
        return
    sealer = person_sealer(edge, session.get_one(CustomerRow, row.customer_id))
    row.wamid = _sealed(sealer, MerchantId(row.merchant_id), "wamid", wamid.encode())
    row.wamid_digest = wamid_digest(edge, conversation, wamid)


def waiting(session: Session, conversation_id: UUID) -> Sequence[LineRow]:
    """The lines of the next turn, in WhatsApp's order (by the second) and then ours."""
    query = select(LineRow).where(
        LineRow.conversation_id == conversation_id, LineRow.state == LineState.WAITING.value
    )
    return session.exec(query.order_by(col(LineRow.at), col(LineRow.received_at), col(LineRow.id))).all()


def text_of(session: Session, edge: Edge, row: LineRow) -> str:
    """The words of a line; empty once the person was erased."""
    return _opened(edge, session.get_one(CustomerRow, row.customer_id), row, "body", row.body)


def tap_of(session: Session, edge: Edge, row: LineRow) -> str | None:
    """The booking button or row that the line tapped."""
    return _opened(edge, session.get_one(CustomerRow, row.customer_id), row, "tap", row.tap) or None


def last_wamid(session: Session, edge: Edge, turn_id: UUID) -> str:
    """WhatsApp's id of the turn's last message; empty where there is none."""
    query = select(LineRow).where(LineRow.turn_id == turn_id, LineRow.origin == Origin.CUSTOMER.value)
    row = session.exec(query.order_by(col(LineRow.at).desc(), col(LineRow.received_at).desc())).first()
    if row is None:
        return ""
    return _opened(edge, session.get_one(CustomerRow, row.customer_id), row, "wamid", row.wamid)


def earlier(session: Session, edge: Edge, conversation_id: UUID) -> list[tuple[str, str]]:
    """The last lines that a turn may take along: the customer's own and the mind's answers, no other origin."""
    lines = _latest(session, edge, conversation_id, edge.context_lines, CONTEXT_ORIGINS)
    return [(line.origin.value, line.text) for line in lines if line.text]


def read(session: Session, edge: Edge, conversation_id: UUID, limit: int = 200) -> list[Line]:
    """The last lines of all origins, oldest first, for the merchant's eyes."""
    return _latest(session, edge, conversation_id, limit, tuple(Origin))


CONTEXT_ORIGINS = (Origin.CUSTOMER, Origin.ANSWER)
_NEVER_SENT = (OutboxState.DISCARDED.value, OutboxState.FAILED.value)


def _latest(
    session: Session, edge: Edge, conversation_id: UUID, limit: int, origins: Sequence[Origin]
) -> list[Line]:
    query = (
        select(LineRow, OutboxRow.state)
        .outerjoin(OutboxRow, col(OutboxRow.id) == LineRow.outbox_id)
        .where(LineRow.conversation_id == conversation_id, LineRow.state != LineState.WAITING.value)
        .where(col(LineRow.origin).in_([origin.value for origin in origins]))
        .order_by(col(LineRow.at).desc(), col(LineRow.received_at).desc(), col(LineRow.id).desc())
        .limit(limit)
    )
    if tuple(origins) == CONTEXT_ORIGINS:
        # The title of a tapped choice is the diary's wording, not the customer's.
        query = query.where(col(LineRow.tap).is_(None))
        query = query.where(col(OutboxRow.state).is_(None) | col(OutboxRow.state).not_in(_NEVER_SENT))
    found = session.exec(query).all()
    return [_line(session, edge, row, state) for row, state in reversed(found)]


def _line(session: Session, edge: Edge, row: LineRow, state: str | None) -> Line:
    return Line(
        id=row.id,
        origin=Origin(row.origin),
        kind=row.kind,
        state=LineState(row.state),
        text=text_of(session, edge, row),
        at=row.at,
        turn_id=row.turn_id,
        delivery=OutboxState(state) if state else None,
    )


def _sealed(sealer: PersonSealer | None, merchant: MerchantId, column: str, plain: bytes) -> bytes | None:
    if sealer is None or not plain:
        return None
    return sealer.seal(plain, Place(merchant, LINE, column))


def _opened(edge: Edge, customer: CustomerRow, row: LineRow, column: str, value: bytes | None) -> str:
    sealer = person_sealer(edge, customer)
    if sealer is None or value is None:
        return ""
    return sealer.open(value, Place(MerchantId(row.merchant_id), LINE, column)).decode()
