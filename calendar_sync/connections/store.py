"""Reading and writing a connection's rows, inside the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, SQLModel, select

from calendar_sync.connections.models import ConnectionRow, LinkedRow, TokenRow
from calendar_sync.connections.states import ConnectionState
from calendar_sync.connections.vault import ACCESS, REFRESH, Vault
from calendar_sync.google.scopes import Choice, Grant
from calendar_sync.google.tokens import Tokens
from kernel.ids import MerchantId


def connection_of(session: Session, merchant: MerchantId, *, lock: bool = False) -> ConnectionRow | None:
    return session.get(ConnectionRow, merchant, with_for_update=lock, populate_existing=True)


def state_for(grant: Grant, choice: Choice) -> ConnectionState:
    return ConnectionState.INCOMPLETE if grant.missing(choice) else ConnectionState.LINKED


def save_tokens(session: Session, vault: Vault, tokens: Tokens, now: datetime) -> None:
    """Replace what is stored; a refresh answer without a new refresh token leaves the old one."""
    values: dict[str, Any] = {
        "access": vault.seal(tokens.access, ACCESS),
        "access_ends_at": now + tokens.lifetime,
    }
    if tokens.refresh is not None:
        values["refresh"] = vault.seal(tokens.refresh, REFRESH)
    row = session.get(TokenRow, vault.merchant)
    if row is None:
        session.add(TokenRow(merchant_id=vault.merchant, **values))
    else:
        row.sqlmodel_update(values)
    session.flush()


def put_row(session: Session, row: SQLModel, key: Sequence[str]) -> None:
    """Insert a row or replace the one with its key."""
    values = row.model_dump()
    statement = insert(type(row)).values(values)
    rest = {name: value for name, value in values.items() if name not in key}
    session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=rest))
    session.expire_all()


def is_shared(session: Session, merchant: MerchantId, account: bytes) -> bool:
    """Whether another merchant is linked to the same Google account."""
    others = select(LinkedRow).where(LinkedRow.account_digest == account, LinkedRow.merchant_id != merchant)
    return session.exec(others.limit(1)).first() is not None


def is_in_use(session: Session, account: bytes) -> bool:
    """Whether any merchant is linked to this Google account."""
    users = select(LinkedRow).where(LinkedRow.account_digest == account)
    return session.exec(users.limit(1)).first() is not None
