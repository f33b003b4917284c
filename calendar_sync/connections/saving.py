"""Keeping what a good code brought: connection, tokens, calendars, in one transaction with the ledger's line."""

from datetime import timedelta

from sqlmodel import Session

from calendar_sync.connections.access import choice_of
from calendar_sync.connections.attempts import Before, Linked
from calendar_sync.connections.choices import by_default, save_calendars, with_new_list, written_to
from calendar_sync.connections.models import ConnectionRow, LinkedRow
from calendar_sync.connections.office import Office
from calendar_sync.connections.sealed import seal_json
from calendar_sync.connections.severing import sever
from calendar_sync.connections.shown import ACCOUNT, MADE, chosen_calendars
from calendar_sync.connections.states import Reason
from calendar_sync.connections.store import connection_of, put_row, save_tokens, state_for
from calendar_sync.connections.vault import Vault, account_digest
from kernel import ledger
from kernel.ids import MerchantId
from kernel.sealing import Sealer


def save_link(
    session: Session, office: Office, merchant: MerchantId, linked: Linked, actor: str
) -> dict[str, str]:
    """Keep it, and say what it means for the merchant."""
    account = account_digest(office.google.app.client_id, linked.account)
    before = connection_of(session, merchant, lock=True)
    if before is not None and before.account_digest != account:
        # Another Google account: what was read from the first goes, and its permission is taken back.
        sever(session, office, merchant, Reason.OTHER_ACCOUNT, actor)
    put_row(session, _connection(office, merchant, linked, account), ["merchant_id"])
    save_tokens(session, Vault(office.diary.own, merchant), linked.tokens, office.diary.clock.now())
    _save_choice(session, office, merchant, linked)
    due = LinkedRow(merchant_id=merchant, account_digest=account, due_at=office.diary.clock.now())
    put_row(session, due, ["merchant_id"])
    missing = " ".join(linked.grant.missing(linked.choice))
    detail = {"scopes": str(linked.grant), "choice": linked.choice, "missing": missing}
    ledger.append(session, office.diary.clock, merchant, actor=actor, action="calendar.linked", detail=detail)
    return {"account": linked.account.email, "missing": missing}


def _connection(office: Office, merchant: MerchantId, linked: Linked, account: bytes) -> ConnectionRow:
    now = office.diary.clock.now()
    ends = linked.tokens.refresh_lifetime
    issued = linked.account.issued_at
    shown = {"sub": linked.account.sub, "email": linked.account.email}
    return ConnectionRow(
        merchant_id=merchant,
        state=state_for(linked.grant, linked.choice),
        choice=linked.choice,
        granted=str(linked.grant),
        account_digest=account,
        account=seal_json(office.diary.tray, merchant, ACCOUNT, shown),
        lapse="",
        linked_at=now,
        refresh_ends_at=now + ends if ends else None,
        skew_seconds=round((issued - now) / timedelta(seconds=1)) if issued else None,
    )


def _save_choice(session: Session, office: Office, merchant: MerchantId, linked: Linked) -> None:
    """The merchant's own choice where one was made, else the first; a calendar that we made is there to be used."""
    chosen = with_new_list(chosen_calendars(session, office.diary.tray, merchant), linked.calendars)
    made = next((each.seen for each in chosen if each.seen.role == MADE), None)
    if not any(each.writes for each in chosen):
        chosen = by_default(chosen)
    elif linked.choice == "b" and made is not None:
        chosen = written_to(chosen, made)
    save_calendars(session, office.diary.tray, merchant, chosen)


def made_before(session: Session, tray: Sealer, merchant: MerchantId) -> Before | None:
    """The calendar that an earlier link made, to be used again with the same account."""
    connection = connection_of(session, merchant)
    if connection is None or choice_of(connection) != "b":
        return None
    made = (each.seen for each in chosen_calendars(session, tray, merchant) if each.seen.role == MADE)
    found = next(made, None)
    return Before(connection.account_digest, found) if found else None
