"""Access tokens from the vault: refreshed by one at a time, and the connection marked lost when Google says so."""

from datetime import timedelta

import structlog
from sqlmodel import Session

from calendar_sync.connections.answering import tell
from calendar_sync.connections.models import ConnectionRow, TokenRow
from calendar_sync.connections.office import Office
from calendar_sync.connections.states import ConnectionState
from calendar_sync.connections.store import connection_of, save_tokens, state_for
from calendar_sync.connections.vault import ACCESS, REFRESH, Vault
from calendar_sync.google.scopes import Choice
from calendar_sync.google.tokens import Lapse, Lapsed, Tokens, refresh
from calendar_sync.google.troubles import Failed, Trouble
from calendar_sync.outcomes import ReportKind
from kernel import ledger
from kernel.ids import MerchantId

ACTOR = "diary"
_MARGIN = timedelta(seconds=60)
"""A token this close to its end is not used: the call would come too late."""
_NOT_LINKED = Failed(Trouble.NO_ACCESS, "not linked")
_LOST = Failed(Trouble.NO_ACCESS, "reconnect")
_log = structlog.get_logger()


class StoredAccess:
    """Implements `Access` for one merchant."""

    def __init__(self, office: Office, merchant: MerchantId) -> None:
        self._office = office
        self._merchant = merchant
        self._vault = Vault(office.diary.own, merchant)

    def current(self) -> str | Failed:
        with self._office.diary.database.transaction(self._merchant) as session:
            row = session.get(TokenRow, self._merchant)
            if row is None:
                return _NOT_LINKED
            held = self._held(row)
        return held or self.renewed("")

    def renewed(self, stale: str) -> str | Failed:
        """Refresh under the connection's lock; who waited for another's refresh takes that one's token."""
        with self._office.diary.database.transaction(self._merchant) as session:
            row = session.get(TokenRow, self._merchant, with_for_update=True, populate_existing=True)
            if row is None:
                return _LOST if connection_of(session, self._merchant) else _NOT_LINKED
            held = self._held(row)
            if held and held != stale:
                return held
            google = self._office.google
            answer = refresh(google.app, google.wires, self._vault.open(row.refresh, REFRESH))
            return self._keep(session, answer)

    def _held(self, row: TokenRow) -> str:
        """The stored access token, if it lasts for a call."""
        if row.access_ends_at - _MARGIN <= self._office.diary.clock.now():
            return ""
        return self._vault.open(row.access, ACCESS).get_secret_value()

    def _keep(self, session: Session, answer: Tokens | Lapsed | Failed) -> str | Failed:
        if isinstance(answer, Failed):
            return answer
        if isinstance(answer, Tokens):
            save_tokens(session, self._vault, answer, self._office.diary.clock.now())
            self._note_grant(session, answer)
            return answer.access.get_secret_value()
        if answer.lapse is Lapse.GRANT:
            lose(session, self._office, self._merchant, answer.error)
            return _LOST
        _log.error("google refused our client", error=answer.error)
        return Failed(Trouble.SETUP, answer.error)

    def _note_grant(self, session: Session, tokens: Tokens) -> None:
        """A refresh may bring fewer permissions than before."""
        connection = connection_of(session, self._merchant, lock=True)
        if connection is None or tokens.grant is None:
            return
        before = ConnectionState(connection.state)
        connection.granted = str(tokens.grant)
        connection.state = state_for(tokens.grant, choice_of(connection))
        if before is ConnectionState.LINKED and connection.state == ConnectionState.INCOMPLETE:
            facts = {"reason": "scopes"}
            tell(session, self._office.diary, self._merchant, ReportKind.CONNECTION_LOST, facts)


def choice_of(connection: ConnectionRow) -> Choice:
    return "b" if connection.choice == "b" else "a"


def lose(session: Session, office: Office, merchant: MerchantId, error: str) -> None:
    """The permission is gone: no slot from now on, bookings kept, tokens deleted, the owner told once."""
    connection = connection_of(session, merchant, lock=True)
    if connection is None or connection.state == ConnectionState.RECONNECT:
        return
    now = office.diary.clock.now()
    connection.state = ConnectionState.RECONNECT
    connection.lost_at, connection.lapse = now, error[:64]
    row = session.get(TokenRow, merchant)
    if row is not None:
        session.delete(row)
    detail = {"reason": error[:64]}
    ledger.append(session, office.diary.clock, merchant, actor=ACTOR, action="calendar.lost", detail=detail)
    tell(session, office.diary, merchant, ReportKind.CONNECTION_LOST, {"reason": "reconnect"})
    _log.warning("connection lost", merchant=str(merchant), reason=error[:64])
