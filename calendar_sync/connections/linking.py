"""Linking an account: the address to open, the code that comes back, and what becomes of it.

The code is redeemed outside any transaction. A state is used once: the attempt is marked with the request that brought
the code before Google is asked, so that a killed job may go on and nobody else can.
"""

import hmac
from dataclasses import dataclass
from datetime import timedelta

from pydantic import SecretStr
from sqlmodel import Session, col, delete, select

from calendar_sync.connections.answering import answer, close
from calendar_sync.connections.attempts import Failure, Tried, fetch
from calendar_sync.connections.models import LinkRow
from calendar_sync.connections.office import Office
from calendar_sync.connections.prefixes import state_prefix
from calendar_sync.connections.saving import made_before, save_link
from calendar_sync.connections.sealed import digest
from calendar_sync.connections.states import LinkFailure
from calendar_sync.connections.vault import VERIFIER, Vault
from calendar_sync.google.consent import Secrets, consent_address, new_secrets
from calendar_sync.google.errors import GoogleNotSetUp
from calendar_sync.google.scopes import Choice
from calendar_sync.outcomes import ReportKind
from calendar_sync.requests import LinkCode, LinkDenied, LinkStart
from kernel.ids import MerchantId

_LIFE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """An attempt whose code came back."""

    merchant: MerchantId
    choice: Choice
    redirect_uri: str
    actor: str
    nonce: str
    verifier: SecretStr


def start(office: Office, request: LinkStart) -> None:
    """Make an attempt and answer with the address to open."""
    with office.diary.database.transaction(request.merchant) as session:
        if not close(session, request):
            return
        try:
            address = _begin(session, office, request)
        except GoogleNotSetUp:
            _fail(session, office, request, LinkFailure.NOT_SET_UP)
            return
        answer(session, office.diary, request, ReportKind.LINK_ADDRESS, {"address": address})


def _begin(session: Session, office: Office, request: LinkStart) -> str:
    now = office.diary.clock.now()
    secrets = new_secrets(state_prefix(request.merchant))
    address = consent_address(office.google.app, request.scopes, request.redirect_uri, secrets)
    gone = (col(LinkRow.ends_at) <= now) | (col(LinkRow.id) == request.id)
    session.execute(delete(LinkRow).where(gone))
    session.add(
        LinkRow(
            id=request.id,
            merchant_id=request.merchant,
            state_digest=_digest(secrets.state),
            verifier=Vault(office.diary.own, request.merchant).seal(secrets.verifier, VERIFIER),
            nonce=secrets.nonce,
            choice=request.scopes,
            redirect_uri=request.redirect_uri,
            actor=request.actor,
            ends_at=now + _LIFE,
        )
    )
    session.flush()
    return address


def finish(office: Office, request: LinkCode) -> None:
    """Redeem the code and keep what it brings; whatever happens, the merchant's page gets an answer."""
    claimed = _claim(office, request)
    tried: Tried = claimed if isinstance(claimed, Failure) else _fetch(office, claimed, request)
    with office.diary.database.transaction(request.merchant) as session:
        if not close(session, request):
            return
        if isinstance(tried, Failure):
            _fail(session, office, request, tried.reason)
            return
        assert isinstance(claimed, Attempt)  # noqa: S101 - nothing is fetched without one
        facts = save_link(session, office, request.merchant, tried, claimed.actor)
        session.execute(delete(LinkRow).where(col(LinkRow.used_by) == request.id))
        answer(session, office.diary, request, ReportKind.LINKED, facts)


def deny(office: Office, request: LinkDenied) -> None:
    """Google's page said no. An attempt that this ends is over; a forged state ends none."""
    with office.diary.database.transaction(request.merchant) as session:
        if not close(session, request):
            return
        row = _find(session, request.state)
        known = row is not None and row.used_by is None
        if row is not None and known:
            session.delete(row)
        _fail(session, office, request, LinkFailure.DENIED if known else LinkFailure.FORGED)


def _fetch(office: Office, attempt: Attempt, request: LinkCode) -> Tried:
    with office.diary.database.transaction(request.merchant) as session:
        before = made_before(session, office.diary.tray, request.merchant)
    return fetch(
        office.google,
        attempt.choice,
        SecretStr(request.code),
        Secrets(state="", verifier=attempt.verifier, nonce=attempt.nonce),
        attempt.redirect_uri,
        before,
    )


def _claim(office: Office, request: LinkCode) -> Attempt | Failure:
    """The attempt that this state belongs to, now this request's own."""
    with office.diary.database.transaction(request.merchant) as session:
        row = _find(session, request.state)
        if row is None:
            return Failure(LinkFailure.FORGED)
        if row.used_by not in {None, request.id}:
            return Failure(LinkFailure.REPLAYED)
        if row.ends_at <= office.diary.clock.now():
            return Failure(LinkFailure.EXPIRED)
        row.used_by = request.id
        return Attempt(
            merchant=request.merchant,
            choice="b" if row.choice == "b" else "a",
            redirect_uri=row.redirect_uri,
            actor=row.actor,
            nonce=row.nonce,
            verifier=Vault(office.diary.own, request.merchant).open(row.verifier, VERIFIER),
        )


def _find(session: Session, state: str) -> LinkRow | None:
    """Row-level security leaves this merchant's attempts only: another's state is as good as forged."""
    wanted = _digest(state)
    rows = session.exec(select(LinkRow).where(LinkRow.state_digest == wanted).with_for_update())
    return next((row for row in rows if hmac.compare_digest(row.state_digest, wanted)), None)


def _fail(
    session: Session, office: Office, request: LinkStart | LinkCode | LinkDenied, reason: LinkFailure
) -> None:
    answer(session, office.diary, request, ReportKind.LINK_FAILED, {"reason": reason})


def _digest(state: str) -> bytes:
    return digest("state", state)
