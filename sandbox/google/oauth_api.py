"""The token endpoint and its neighbours: revoke, inspect, the person's card, the keys."""

import base64
from collections.abc import Mapping

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from sandbox.google import addresses
from sandbox.google.access import Board
from sandbox.google.broken import NoAnswer
from sandbox.google.faults import FaultKind
from sandbox.google.keys import ISSUER, person_claims
from sandbox.google.models import Json
from sandbox.google.refusals import BAD_CREDENTIALS, TOKEN_CATALOGUE, TOKEN_UNKNOWN, OAuthRefusal
from sandbox.google.scopes import shorts
from sandbox.google.switchboard import Google
from sandbox.google.vault import AccessToken

router = APIRouter()
_NO_STORE = {"Cache-Control": "no-store"}
_DOWN = TOKEN_CATALOGUE["503 backend_error"]


@router.post(addresses.TOKEN)
async def token(google: Board, request: Request) -> Response:
    form = await _form(request)
    if fault := google.faults.strike(FaultKind.TOKEN_HANG):
        await google.clock.sleep(fault.seconds)
        return NoAnswer()
    if fault := google.faults.strike(FaultKind.TOKEN_ERROR):
        result: Json | OAuthRefusal = TOKEN_CATALOGUE[fault.why]
    else:
        result = google.desk.answer(form)
    google.bell.ring()
    _note(google, "oauth.token", {"grant_type": form.get("grant_type", "")}, result)
    return _answered(result)


@router.post(addresses.REVOKE)
async def revoke(google: Board, request: Request) -> Response:
    form = dict(request.query_params) | await _form(request)
    result: Json | OAuthRefusal = {}
    if google.faults.strike(FaultKind.REVOKE_ERROR):
        result = _DOWN
    elif not google.vault.revoke(form.get("token", "")):
        result = TOKEN_UNKNOWN
    google.bell.ring()
    _note(google, "oauth.revoke", None, result)
    return _answered(result)


@router.api_route(addresses.TOKEN_INFO, methods=["GET", "POST"])
async def token_info(google: Board, request: Request) -> Response:
    form = dict(request.query_params) | (await _form(request) if request.method == "POST" else {})
    found = google.vault.live_access(form.get("access_token", ""))
    if found is None:
        return JSONResponse({"error_description": "Invalid Value"}, status_code=400)
    return JSONResponse(_inspected(google, found))


@router.get(addresses.USER_INFO)
@router.get("/oauth2/v3/userinfo")
@router.get("/oauth2/v2/userinfo")
async def user_info(google: Board, request: Request) -> Response:
    text = request.headers.get("authorization", "").removeprefix("Bearer ")
    found = google.vault.live_access(text)
    if found is None:
        return JSONResponse(BAD_CREDENTIALS.as_answer(), status_code=401)
    account = google.store.accounts[found.subject]
    person = {"sub": account.subject, "id": account.subject}
    return JSONResponse(person | person_claims(account, shorts(found.scopes)))


@router.get(addresses.KEYS)
async def keys(google: Board) -> JSONResponse:
    return JSONResponse(google.signer.jwks(), headers={"Cache-Control": "public, max-age=19800"})


@router.get(addresses.CERTIFICATES)
async def certificates(google: Board) -> JSONResponse:
    return JSONResponse(google.signer.certificates(), headers={"Cache-Control": "public, max-age=19800"})


@router.get(addresses.OPENID)
async def openid_configuration(request: Request) -> Json:
    doors = addresses.Addresses(str(request.url.replace(query="")).removesuffix(addresses.OPENID))
    return {
        "issuer": ISSUER,
        "authorization_endpoint": doors.authorize,
        "token_endpoint": doors.token,
        "userinfo_endpoint": doors.user_info,
        "revocation_endpoint": doors.revoke,
        "jwks_uri": doors.keys,
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": ["openid", "email", "profile"],
        "code_challenge_methods_supported": ["plain", "S256"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
    }


async def _form(request: Request) -> dict[str, str]:
    """Programs may name themselves in the form or in the header."""
    fields = {key: value for key, value in (await request.form()).items() if isinstance(value, str)}
    scheme, _, packed = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            name, _, secret = base64.b64decode(packed).decode().partition(":")
        except ValueError:
            return fields
        return {"client_id": name, "client_secret": secret} | fields
    return fields


def _inspected(google: Google, token: AccessToken) -> Json:
    left = token.expires - google.clock.now()
    account = google.store.accounts[token.subject]
    email = (
        {"email": account.email, "email_verified": "true"} if "userinfo.email" in shorts(token.scopes) else {}
    )
    return {
        "azp": token.client_id,
        "aud": token.client_id,
        "sub": account.subject,
        "scope": " ".join(token.scopes),
        "exp": str(int(token.expires.timestamp())),
        "expires_in": str(int(left.total_seconds())),
        "access_type": "offline",
    } | email


def _answered(result: Json | OAuthRefusal) -> JSONResponse:
    if isinstance(result, OAuthRefusal):
        return JSONResponse(result.as_answer(), status_code=result.status, headers=_NO_STORE)
    return JSONResponse(result, headers=_NO_STORE)


def _note(google: Google, method: str, body: Mapping[str, str] | None, result: Json | OAuthRefusal) -> None:
    """Of what was answered only errors are kept: the rest is secrets."""
    refused = isinstance(result, OAuthRefusal)
    google.journal.write(
        at=google.clock.now().isoformat(),
        method=method,
        verb="POST",
        target="/" + method.rpartition(".")[2],
        body=dict(body) if body else None,
        status=result.status if isinstance(result, OAuthRefusal) else 200,
        answer=result.as_answer() if isinstance(result, OAuthRefusal) and refused else None,
    )
