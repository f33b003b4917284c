"""Gathering: stored items of one customer become lines of their transcript, each kind in its own small way."""

import json
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import singledispatch
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from kernel.ids import MerchantId
from webhooks import customers, rights, transcript
from webhooks.contents import Contacts, Content, Edit, Revoke, System, SystemKind
from webhooks.controls import NUMBER_SHARED, Control, ControlKind, booking_tap, read_control
from webhooks.conversation import heard_from, is_taken_over, opened, take_over
from webhooks.error_classes import ErrorClass, verdict_of
from webhooks.gate import Origin
from webhooks.items import Echo, Entrance, InboundMessage
from webhooks.models import ConversationRow, LineRow, OutboxRow
from webhooks.people import Person
from webhooks.receipt_models import InboundRow
from webhooks.room import Edge
from webhooks.transcript import Draft, LineState
from webhooks.treatments import RESEND, Role, Treatment, treat

KINDS = ("message", "echo")
PHONE = "phone"
"""What a conversation awaits whose hidden number was asked for."""
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Hearing:
    """One message being taken in."""

    edge: Edge
    merchant: MerchantId
    conversation: ConversationRow
    message: InboundMessage
    received_at: datetime


def take_in(session: Session, edge: Edge, merchant: MerchantId, inbound_id: UUID) -> ConversationRow | None:
    """Write down everything that waits from the customer of this item; the conversation stays held."""
    first = session.get(InboundRow, inbound_id)
    if first is None:
        return None
    conversation: ConversationRow | None = None
    for row in _waiting(session, first):
        conversation = _take_one(session, edge, merchant, row) or conversation
    return conversation


def _waiting(session: Session, first: InboundRow) -> Sequence[InboundRow]:
    query = select(InboundRow).where(
        InboundRow.party == first.party, col(InboundRow.kind).in_(KINDS), col(InboundRow.taken_at).is_(None)
    )
    ordered = query.order_by(col(InboundRow.sent_at), col(InboundRow.received_at), col(InboundRow.id))
    return session.exec(ordered.with_for_update()).all()


def _take_one(session: Session, edge: Edge, merchant: MerchantId, row: InboundRow) -> ConversationRow | None:
    """One item; if it cannot be digested it is set aside, so that it never blocks the customer's next words."""
    conversation = None
    try:
        with session.begin_nested():
            conversation = _hear(session, edge, merchant, row)
            session.flush()
    except SQLAlchemyError:
        raise
    except Exception as exc:  # noqa: BLE001 - whatever is wrong with one item is that item's affair
        # Not the traceback: its values may be the customer's words.
        where = traceback.extract_tb(exc.__traceback__)[-1]
        _log.error(
            "item set aside", inbound=str(row.id), error=type(exc).__name__, at=f"{where.name}:{where.lineno}"
        )
        row.reason = type(exc).__name__[:64]
    else:
        row.raw = None
    row.taken_at = edge.clock.now()
    return conversation


def _hear(session: Session, edge: Edge, merchant: MerchantId, row: InboundRow) -> ConversationRow | None:
    item = edge.desk.reopen(merchant, row.kind, Entrance(row.waba_id, row.phone_number_id), row.raw or b"")
    match item:
        case InboundMessage():
            return _hear_message(session, edge, merchant, item, row.received_at)
        case Echo():
            return _hear_echo(session, edge, merchant, item, row.received_at)
        case _:
            return None


def _hear_message(
    session: Session, edge: Edge, merchant: MerchantId, message: InboundMessage, received_at: datetime
) -> ConversationRow:
    customer = customers.resolve(session, edge, merchant, message.sender)
    conversation = opened(session, edge, customer, message.entrance.phone_number_id or "")
    if message.group_id is None and not isinstance(message.content, System | Edit | Revoke):
        heard_from(conversation, message.at)
    hear_content(message.content, session, Hearing(edge, merchant, conversation, message, received_at))
    return conversation


@singledispatch
def hear_content(_content: Content, session: Session, hearing: Hearing) -> None:
    """Anything that is a line of its own."""
    treatment = _treated(hearing.message)
    control = _control(hearing, treatment)
    state = LineState.CONTROL if control else _state(hearing, treatment)
    line = transcript.write(session, hearing.edge, hearing.conversation, _draft(hearing, treatment, state))
    if control:
        session.flush()
        rights.use(session, hearing.edge, hearing.conversation, control, line)


@hear_content.register
def _(content: Contacts, session: Session, hearing: Hearing) -> None:
    """A shared card; when it answers our own request it tells the customer's hidden number.

    Where the diary waits for that number it is told that it is there, like a tap.
    """
    treatment = treat(content)
    asked_for = content.requested and hearing.conversation.awaiting == PHONE
    state = _state(hearing, replace(treatment, role=Role.ASKS) if asked_for else treatment)
    draft = replace(_draft(hearing, treatment, state), tap=NUMBER_SHARED if asked_for else None)
    transcript.write(session, hearing.edge, hearing.conversation, draft)
    if content.requested:
        customer = customers.resolve(session, hearing.edge, hearing.merchant, hearing.message.sender)
        for wa_id in (wa_id for card in content.cards for wa_id in card.wa_ids):
            customers.learn_number(session, hearing.edge, hearing.merchant, customer, wa_id)


@hear_content.register
def _(content: Edit, session: Session, hearing: Hearing) -> None:
    """An edited line that still waits is read in its new wording; one that was read is only corrected."""
    line = transcript.find(session, hearing.edge, hearing.conversation, content.original_id)
    if line is not None and line.origin == Origin.CUSTOMER:
        transcript.rewrite(session, hearing.edge, line, treat(content.content).text)


@hear_content.register
def _(content: Revoke, session: Session, hearing: Hearing) -> None:
    line = transcript.find(session, hearing.edge, hearing.conversation, content.original_id)
    if line is not None and line.origin == Origin.CUSTOMER:
        transcript.blank(line)


@hear_content.register
def _(content: System, session: Session, hearing: Hearing) -> None:
    """WhatsApp says that the customer has another number or user id."""
    if content.kind in {SystemKind.NUMBER_CHANGED, SystemKind.USER_ID_CHANGED}:
        new = Person(wa_id=content.wa_id, user_id=content.user_id)
        customers.rename(session, hearing.edge, hearing.merchant, hearing.message.sender, new)
    draft = _draft(hearing, treat(content), LineState.SILENT, origin=Origin.SYSTEM)
    transcript.write(session, hearing.edge, hearing.conversation, draft)


def _control(hearing: Hearing, treatment: Treatment) -> Control | None:
    if treatment.role is not Role.ASKS:
        return None
    control = read_control(hearing.message.content)
    served = is_taken_over(hearing.conversation, hearing.edge.clock.now())
    # Who asks for a person while one has the word needs no "a person will come".
    return None if control == Control(ControlKind.PERSON) and served else control


def _treated(message: InboundMessage) -> Treatment:
    if message.group_id is not None:
        return Treatment(kind="group", role=Role.SILENT, text=treat(message.content).text)
    treatment = treat(message.content)
    lost = any(verdict_of(error.code).error_class is ErrorClass.MEDIA_IN for error in message.errors)
    return Treatment(kind=treatment.kind, role=Role.CANNOT, notice=RESEND) if lost else treatment


def _state(hearing: Hearing, treatment: Treatment) -> LineState:
    if treatment.role is Role.SILENT:
        return LineState.SILENT
    if is_taken_over(hearing.conversation, hearing.edge.clock.now()):
        return LineState.PERSON
    return LineState.WAITING


def _draft(
    hearing: Hearing, treatment: Treatment, state: LineState, origin: Origin = Origin.CUSTOMER
) -> Draft:
    return Draft(
        origin=origin,
        kind=treatment.kind,
        state=state,
        notice=treatment.notice,
        text=treatment.text,
        raw=json.dumps(hearing.message.raw, separators=(",", ":")).encode(),
        at=hearing.message.at,
        received_at=hearing.received_at,
        wamid=hearing.message.id,
        tap=booking_tap(hearing.message.content),
    )


def _hear_echo(
    session: Session, edge: Edge, merchant: MerchantId, echo: Echo, received_at: datetime
) -> ConversationRow | None:
    """The owner typed on their own phone: that is a takeover. An echo of what we sent ourselves is not."""
    customer = customers.resolve(session, edge, merchant, echo.recipient)
    conversation = opened(session, edge, customer, echo.entrance.phone_number_id or "")
    if _is_ours(session, edge, conversation, echo.id):
        return conversation
    if isinstance(echo.content, Edit | Revoke):
        _amend_echo(session, edge, conversation, echo.content)
        return conversation
    treatment = treat(echo.content)
    draft = Draft(
        origin=Origin.AGENT,
        kind=treatment.kind,
        state=LineState.SAID,
        text=treatment.text,
        at=echo.at,
        received_at=received_at,
        wamid=echo.id,
    )
    transcript.write(session, edge, conversation, draft)
    session.flush()
    take_over(session, edge, conversation, actor="owner's phone", since=echo.at)
    return conversation


def _amend_echo(session: Session, edge: Edge, conversation: ConversationRow, content: Edit | Revoke) -> None:
    line = transcript.find(session, edge, conversation, content.original_id)
    if line is None or line.origin != Origin.AGENT:
        return
    if isinstance(content, Edit):
        transcript.rewrite(session, edge, line, treat(content.content).text)
    else:
        transcript.blank(line)


def _is_ours(session: Session, edge: Edge, conversation: ConversationRow, wamid: str) -> bool:
    digest = transcript.wamid_digest(edge, conversation, wamid)
    query = select(OutboxRow.id).where(OutboxRow.wamid_digest == digest)
    known = select(LineRow.id).where(LineRow.wamid_digest == digest)
    return session.exec(query).first() is not None or session.exec(known).first() is not None
