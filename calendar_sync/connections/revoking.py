"""Taking a permission back at Google: a job that is repeated until Google has answered, for a day at most."""

import random
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import structlog
from pydantic import SecretStr
from sqlmodel import Session

from calendar_sync.connections.access import ACTOR
from calendar_sync.connections.answering import tell
from calendar_sync.connections.models import ReceiptRow, RevocationRow
from calendar_sync.connections.office import Office
from calendar_sync.connections.sealed import open_json
from calendar_sync.connections.severing import revoke_job
from calendar_sync.connections.states import Revocation
from calendar_sync.connections.store import is_in_use
from calendar_sync.connections.vault import TICKET
from calendar_sync.google import calls
from calendar_sync.google.backoff import pause
from calendar_sync.google.tokens import Lapse, Lapsed, Revoked, Tokens, refresh, revoke
from calendar_sync.google.troubles import Failed, Trouble
from calendar_sync.outcomes import ReportKind
from kernel import ledger
from kernel.ids import MerchantId
from kernel.jobs import defer

_LATER = timedelta(minutes=10)
"""Between attempts, once the first few have failed."""
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Ticket:
    account: bytes
    token: SecretStr
    channels: tuple[tuple[str, str], ...]


def revoke_at_google(office: Office, merchant: MerchantId, which: UUID) -> None:
    """One attempt to stop the channels and take the permission back; what fails is deferred again."""
    ticket = _open(office, merchant, which)
    if ticket is None:
        return
    outcome = revoke(office.google.app, office.google.wires, ticket.token) if _ready(office, ticket) else None
    with office.diary.database.transaction(merchant) as session:
        row = session.get(RevocationRow, which, with_for_update=True)
        if row is not None:
            _record(session, office, row, outcome)


def _open(office: Office, merchant: MerchantId, which: UUID) -> Ticket | None:
    with office.diary.database.transaction(merchant) as session:
        row = session.get(RevocationRow, which)
        body = open_json(office.diary.own, merchant, TICKET, row.ticket) if row else None
    if body is None:
        return None
    channels = tuple((channel, resource) for channel, resource in body["channels"])
    return Ticket(bytes.fromhex(body["account"]), SecretStr(body["refresh"]), channels)


def _ready(office: Office, ticket: Ticket) -> bool:
    """Stop the channels. False: the account was linked again meanwhile, and revoking would cut that link off too."""
    with office.diary.database.transaction() as session:
        linked_again = is_in_use(session, ticket.account)
    _stop_channels(office, ticket)
    return not linked_again


def _stop_channels(office: Office, ticket: Ticket) -> None:
    """As well as can be: a channel that is not stopped lapses within days, and nobody listens to it."""
    if not ticket.channels:
        return
    tokens = refresh(office.google.app, office.google.wires, ticket.token)
    if isinstance(tokens, Lapsed) and tokens.lapse is not Lapse.GRANT:
        _log.error("google refused our client", error=tokens.error)
    if isinstance(tokens, Tokens):
        for channel, resource in ticket.channels:
            office.google.call(tokens.access.get_secret_value(), calls.stop(channel, resource))


def _record(session: Session, office: Office, row: RevocationRow, outcome: Revoked | Failed | None) -> None:
    """What the attempt came to; None = it was not to be made."""
    now = office.diary.clock.now()
    row.attempts += 1
    if outcome is None:
        _close(session, office, row, Revocation.SHARED)
    elif isinstance(outcome, Revoked):
        _close(session, office, row, Revocation.DONE)
    elif now >= row.ends_at or outcome.trouble is Trouble.BUG:
        _close(session, office, row, Revocation.GAVE_UP)
    else:
        _again(session, office, row)


def _again(session: Session, office: Office, row: RevocationRow) -> None:
    receipt = session.get(ReceiptRow, row.id)
    if receipt is not None:
        receipt.attempts = row.attempts
    after = pause(Trouble.UNCLEAR, row.attempts, random.random()) or _LATER  # noqa: S311 - a spread, no secret
    defer(session, revoke_job(MerchantId(row.merchant_id), row.id, office.diary.clock.now() + after))


def _close(session: Session, office: Office, row: RevocationRow, state: Revocation) -> None:
    """The ticket goes; receipt and ledger say how it ended; the owner is told what is left to them."""
    merchant, receipt = MerchantId(row.merchant_id), session.get(ReceiptRow, row.id)
    if receipt is not None:
        receipt.revocation, receipt.attempts = state, row.attempts
        receipt.revoked_at = office.diary.clock.now() if state is Revocation.DONE else None
    detail: dict[str, str | int] = {"receipt": str(row.id), "attempts": row.attempts, "revocation": state}
    session.delete(row)
    action = "calendar.revoked" if state is Revocation.DONE else "calendar.not_revoked"
    ledger.append(session, office.diary.clock, merchant, actor=ACTOR, action=action, detail=detail)
    if state is Revocation.GAVE_UP:
        facts = {"reason": "not_revoked", "receipt": str(row.id)}
        tell(session, office.diary, merchant, ReportKind.CONNECTION_LOST, facts)
