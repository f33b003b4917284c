"""A call of the Calendar API after its caller was recognised, and what that caller may reach."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sandbox.google.models import RANK, Account, Calendar, ClientId, Json, Role
from sandbox.google.refusals import NOT_FOUND, ROLE_LACKING, Refusal
from sandbox.google.store import Store

_OWNED_ONLY = {"calendar.events.owned", "calendar.events.owned.readonly"}
_MADE_ONLY = {"calendar.app.created"}
_BUSY_ONLY = {"calendar.events.freebusy"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """``scopes`` are those of the token that open this method, by their short names."""

    method: str
    account: Account
    client_id: ClientId
    scopes: frozenset[str]
    path: Mapping[str, str]
    query: Mapping[str, list[str]]
    body: Json
    if_match: str | None
    now: datetime

    def first(self, name: str) -> str | None:
        return next(iter(self.query.get(name, ())), None)

    def flag(self, name: str) -> bool:
        return self.first(name) == "true"


@dataclass(frozen=True, slots=True)
class Opened:
    """A calendar, and as what the caller is in it."""

    calendar: Calendar
    role: Role


def opened(store: Store, call: Call, needed: Role) -> Opened | Refusal:
    calendar = store.visible(call.account.subject, call.path["calendarId"])
    if calendar is None:
        return NOT_FOUND
    role = _role(call, calendar)
    if isinstance(role, Refusal):
        return role
    return Opened(calendar, role) if RANK[role] >= RANK[needed] else ROLE_LACKING


def _role(call: Call, calendar: Calendar) -> Role | Refusal:
    """As what the account is in the calendar, as far as the scopes let this program act for it."""
    role = calendar.role_of(call.account.subject)
    if role is None:
        return NOT_FOUND
    if call.scopes - _OWNED_ONLY - _MADE_ONLY - _BUSY_ONLY:
        return role
    if call.scopes & _OWNED_ONLY and role is Role.OWNER:
        return role
    if call.scopes & _MADE_ONLY and calendar.made_by == call.client_id:
        return role
    if call.scopes & _BUSY_ONLY:
        return Role.FREE_BUSY_READER
    return ROLE_LACKING if call.scopes & _OWNED_ONLY else NOT_FOUND
