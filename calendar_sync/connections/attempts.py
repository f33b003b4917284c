"""What a code brings from Google: tokens, whose account it is, and the calendars to pick from. No database here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import SecretStr

from calendar_sync.connections.shown import ALIAS, MADE, SeenCalendar
from calendar_sync.connections.states import LinkFailure
from calendar_sync.connections.vault import account_digest
from calendar_sync.google import calls
from calendar_sync.google.consent import Secrets, redeem
from calendar_sync.google.door import Answer, Ask, GoogleDoor
from calendar_sync.google.identity import Account, Untrusted, whose
from calendar_sync.google.scopes import Ability, Choice, Grant
from calendar_sync.google.tokens import Lapse, Lapsed, Tokens
from calendar_sync.google.troubles import Failed

CallGoogle = Callable[[Ask], Answer]
_NAME = "Mostrador"
PRIMARY = SeenCalendar(id=ALIAS, name="", role="owner", is_primary=True)
"""All that is known where the permission to list calendars was not given."""


@dataclass(frozen=True, slots=True)
class Failure:
    reason: LinkFailure


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Everything that a good code brought."""

    choice: Choice
    tokens: Tokens
    grant: Grant
    account: Account
    calendars: tuple[SeenCalendar, ...]


Tried = Linked | Failure


@dataclass(frozen=True, slots=True)
class Before:
    """The calendar that we had made in an account, from an earlier link."""

    account_digest: bytes
    made: SeenCalendar


def fetch(
    google: GoogleDoor,
    choice: Choice,
    code: SecretStr,
    secrets: Secrets,
    redirect_uri: str,
    before: Before | None = None,
) -> Tried:
    """Redeem the code and look around with what it brings."""
    tokens = redeem(google.app, code, secrets.verifier, redirect_uri)
    if not isinstance(tokens, Tokens):
        return Failure(_why(tokens))
    if tokens.refresh is None:
        return Failure(LinkFailure.NO_REFRESH)
    account = whose(google.app, google.wires, tokens, secrets.nonce)
    if isinstance(account, Untrusted):
        return Failure(LinkFailure.IDENTITY)
    if isinstance(account, Failed):
        return Failure(LinkFailure.UNREACHABLE)
    grant = tokens.grant or Grant(frozenset())
    token = tokens.access.get_secret_value()
    seen = visible_calendars(lambda ask: google.call(token, ask), grant)
    if choice == "b" and grant.can(Ability.WRITE):
        same = before is not None and before.account_digest == account_digest(google.app.client_id, account)
        seen += (before.made,) if before and same else _made(google, token)
    return Linked(choice=choice, tokens=tokens, grant=grant, account=account, calendars=seen)


def _why(failed: Lapsed | Failed) -> LinkFailure:
    if isinstance(failed, Failed):
        return LinkFailure.UNREACHABLE
    return LinkFailure.CLIENT if failed.lapse is Lapse.CLIENT else LinkFailure.CODE


def _made(google: GoogleDoor, token: str) -> tuple[SeenCalendar, ...]:
    """A calendar of our own; none where Google did not say that it made one."""
    answer = google.call(token, calls.create_calendar(_NAME))
    if isinstance(answer, Failed):
        return ()
    return (SeenCalendar(id=str(answer.body["id"]), name=_NAME, role=MADE),)


def visible_calendars(call: CallGoogle, grant: Grant) -> tuple[SeenCalendar, ...]:
    """The account's calendars; the main one alone where they may not or cannot be listed."""
    listed = list_calendars(call) if grant.can(Ability.PICK) else (PRIMARY,)
    return (PRIMARY,) if isinstance(listed, Failed) else listed


def list_calendars(call: CallGoogle) -> tuple[SeenCalendar, ...] | Failed:
    """Every calendar that the account sees."""
    seen: list[SeenCalendar] = []
    page: str | None = None
    while True:
        answer = call(calls.calendars(page))
        if isinstance(answer, Failed):
            return answer
        seen += [_seen(entry) for entry in answer.body.get("items", ()) if not entry.get("deleted")]
        page = answer.body.get("nextPageToken")
        if not page:
            return tuple(seen)


def _seen(entry: Mapping[str, Any]) -> SeenCalendar:
    return SeenCalendar(
        id=str(entry["id"]),
        name=str(entry.get("summaryOverride") or entry.get("summary") or ""),
        role=str(entry.get("accessRole") or "none"),
        is_primary=bool(entry.get("primary")),
    )
