"""Noting: changes of the account, of user ids and of preferences, each acted upon in its own small way."""

from datetime import timedelta
from functools import singledispatch
from uuid import UUID

import structlog
from sqlmodel import Session, select

from kernel.ids import MerchantId
from webhooks import customers, numbers
from webhooks.error_classes import ErrorClass, verdict_of
from webhooks.fields import AccountUpdate, FieldValue, Preference, Preferences, UserIdChanges
from webhooks.items import AccountError, Entrance, OtherField
from webhooks.models import CustomerRow
from webhooks.people import Person
from webhooks.receipt_models import InboundRow
from webhooks.room import Edge

WITHDRAWN = frozenset({"PARTNER_APP_UNINSTALLED", "PARTNER_REMOVED", "ACCOUNT_DELETED"})
STOPPED = frozenset({"ACCOUNT_OFFBOARDED"})
RESTARTED = frozenset({"ACCOUNT_RECONNECTED"})
THROTTLE_PAUSE = timedelta(seconds=10)
_log = structlog.get_logger()


def note(session: Session, edge: Edge, merchant: MerchantId, inbound_id: UUID) -> None:
    """Act on a change once. What needs no act of ours is kept as it came, for the merchant's pages."""
    row = session.exec(select(InboundRow).where(InboundRow.id == inbound_id).with_for_update()).first()
    if row is None or row.taken_at is not None:
        return
    entrance = Entrance(row.waba_id, row.phone_number_id or None)
    match edge.desk.reopen(merchant, row.kind, entrance, row.raw or b""):
        case OtherField() as field:
            _log.info("change noted", merchant=str(merchant), field=field.name)
            act(field.value, session, edge, merchant, field)
        case AccountError() as error:
            _note_error(session, edge, error)
        case _:
            pass
    row.taken_at = edge.clock.now()


@singledispatch
def act(
    _value: FieldValue, _session: Session, _edge: Edge, _merchant: MerchantId, _field: OtherField
) -> None:
    """Most changes only have to be seen by a person."""


@act.register
def _(value: AccountUpdate, session: Session, edge: Edge, _merchant: MerchantId, field: OtherField) -> None:
    for number in numbers.numbers_of_account(session, value.waba_id or field.entrance.waba_id):
        if value.event in WITHDRAWN:
            numbers.stop_number(session, edge.clock, number.phone_number_id, value.event)
            numbers.withdraw_token(session, number.phone_number_id)
        elif value.event in STOPPED or value.ban_state == "DISABLE":
            numbers.stop_number(session, edge.clock, number.phone_number_id, value.event)
        elif value.event in RESTARTED or value.ban_state == "REINSTATE":
            numbers.restart_number(session, number.phone_number_id)


@act.register
def _(value: Preferences, session: Session, edge: Edge, merchant: MerchantId, _field: OtherField) -> None:
    for preference in value.preferences:
        _prefer(session, edge, merchant, preference)


def _prefer(session: Session, edge: Edge, merchant: MerchantId, preference: Preference) -> None:
    """WhatsApp's own switch for marketing; everything else the customer asked for is not touched."""
    person = Person(wa_id=preference.wa_id, user_id=preference.user_id)
    if preference.category != "marketing_messages" or not person.key:
        return
    customer = session.get_one(CustomerRow, customers.resolve(session, edge, merchant, person).id)
    stopped = preference.value == "stop"
    customer.marketing_stopped_at = (preference.at or edge.clock.now()) if stopped else None


@act.register
def _(value: UserIdChanges, session: Session, edge: Edge, merchant: MerchantId, _field: OtherField) -> None:
    for change in value.changes:
        old = Person(wa_id=change.wa_id, user_id=change.previous)
        new = Person(wa_id=change.wa_id, user_id=change.current)
        customers.rename(session, edge, merchant, old, new)


def _note_error(session: Session, edge: Edge, error: AccountError) -> None:
    verdict = verdict_of(error.error.code)
    number = error.entrance.phone_number_id
    _log.warning("account error", number=number, code=error.error.code)
    if number is not None and verdict.error_class in {
        ErrorClass.NUMBER_THROTTLE,
        ErrorClass.ACCOUNT_THROTTLE,
    }:
        numbers.pause_number(session, number, edge.clock.now() + (verdict.wait or THROTTLE_PAUSE))
