"""The consent page: whose account, and which rights; or no."""

from collections.abc import Mapping
from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from sandbox.google import addresses
from sandbox.google.access import Board
from sandbox.google.consent import ConsentError, ConsentRequest, consent_request
from sandbox.google.faults import FaultKind
from sandbox.google.models import Account
from sandbox.google.pages.rendering import consent_page, trouble_page
from sandbox.google.scopes import SIGN_IN, long, to_tick
from sandbox.google.switchboard import Google
from sandbox.google.vault import Code

router = APIRouter()
_SOON = datetime.min.replace(tzinfo=UTC)


@router.get(addresses.AUTHORIZE)
async def ask(google: Board, request: Request) -> Response:
    asked = consent_request(google.store, request.query_params)
    if isinstance(asked, ConsentError):
        return trouble_page(request, asked)
    return consent_page(request, google, asked)


@router.post(addresses.AUTHORIZE)
async def decide(google: Board, request: Request) -> Response:
    """The form names an account, the ticked rights, and what was decided; the question is in the address."""
    asked = consent_request(google.store, request.query_params)
    if isinstance(asked, ConsentError):
        return trouble_page(request, asked)
    form = await request.form()
    ticked = tuple(str(each) for each in form.getlist("scope"))
    account = google.store.account_of(str(form.get("account", "")))
    denied = form.get("decision") != "allow" or google.faults.strike(FaultKind.CONSENT_DENIED)
    if denied or account is None:
        answer: Mapping[str, str] = {"error": "access_denied"}
    else:
        answer = _allowed(google, asked, account, ticked, time_limited=bool(form.get("time_limited")))
    google.bell.ring()
    return RedirectResponse(asked.redirect(answer), status_code=303)


def _allowed(
    google: Google, asked: ConsentRequest, account: Account, ticked: tuple[str, ...], *, time_limited: bool
) -> dict[str, str]:
    before = google.vault.granted(account.subject, asked.client.client_id)
    given = _given(google, asked, ticked)
    if not given:
        return {"error": "access_denied"}
    grant = google.vault.consent(account.subject, asked.client.client_id, given)
    scopes = grant.scopes if asked.includes_granted else given
    code = google.vault.issue_code(
        Code(
            code="",
            subject=account.subject,
            client_id=asked.client.client_id,
            redirect_uri=asked.redirect_uri,
            scopes=scopes,
            challenge=asked.challenge,
            challenge_method=asked.challenge_method,
            nonce=asked.nonce,
            # A second refresh token comes only where consent was asked for again.
            offline=asked.offline and (asked.asks_again or not before),
            time_limited=time_limited,
            expires=_SOON,
        )
    )
    return {"code": code, "scope": " ".join(scopes)} | ({"authuser": "0", "prompt": "consent"})


def _given(google: Google, asked: ConsentRequest, ticked: tuple[str, ...]) -> tuple[str, ...]:
    boxes = to_tick(asked.scopes)
    given = tuple(each for each in asked.scopes if each in SIGN_IN or each in ticked or each not in boxes)
    if fault := google.faults.strike(FaultKind.PARTIAL_CONSENT):
        given = tuple(each for each in given if each != long(fault.why))
    return given
