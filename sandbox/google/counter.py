"""Where every call of the Calendar API is served: faults, credentials, scopes, parameters, then the method."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from sandbox.google.broken import NoAnswer
from sandbox.google.calls import Call
from sandbox.google.faults import FaultKind
from sandbox.google.fields import masked
from sandbox.google.method_table import Method
from sandbox.google.methods import OPERATIONS
from sandbox.google.models import Json
from sandbox.google.refusals import (
    BAD_CREDENTIALS,
    BAD_REQUEST,
    CATALOGUE,
    NO_CREDENTIALS,
    SCOPE_LACKING,
    Refusal,
)
from sandbox.google.scopes import shorts
from sandbox.google.switchboard import Google

_BEFORE = (FaultKind.ERROR_BEFORE, FaultKind.HANG_BEFORE, FaultKind.CUT_BEFORE)
_AFTER = (FaultKind.ERROR_AFTER, FaultKind.HANG_AFTER, FaultKind.CUT_AFTER)
Result = Json | Refusal | None


@dataclass(frozen=True, slots=True)
class Silence:
    """The connection ends without an answer."""


_SILENCE = Silence()


async def serve(google: Google, method: Method, request: Request) -> Response:
    raw = await request.body()
    body = _parsed(raw)
    result: Result | Silence = await _struck(google, _BEFORE, method, request.path_params)
    if result is None:
        result = _carried_out(google, method, request, body)
        if not isinstance(result, Refusal):
            result = await _struck(google, _AFTER, method, request.path_params) or result
    _note(google, method, request, body, result)
    return _response(result)


async def _struck(
    google: Google, kinds: tuple[FaultKind, ...], method: Method, path: Mapping[str, str]
) -> Refusal | Silence | None:
    for kind in kinds:
        if fault := google.faults.strike(kind, method.name, path.get("calendarId", "")):
            if kind in {FaultKind.ERROR_BEFORE, FaultKind.ERROR_AFTER}:
                return CATALOGUE[fault.why]
            if kind in {FaultKind.HANG_BEFORE, FaultKind.HANG_AFTER}:
                await google.clock.sleep(fault.seconds)
            return _SILENCE
    return None


def _carried_out(google: Google, method: Method, request: Request, body: Json | None) -> Result:
    call = _recognised(google, method, request, body)
    if isinstance(call, Refusal):
        return call
    result, wanted = OPERATIONS[method.name](google, call), call.first("fields")
    return masked(result, wanted) if isinstance(result, dict) and wanted else result


def _recognised(google: Google, method: Method, request: Request, body: Json | None) -> Call | Refusal:
    scheme, _, text = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not text:
        return NO_CREDENTIALS
    token = google.vault.live_access(text)
    if token is None:
        return BAD_CREDENTIALS
    scopes = shorts(token.scopes) & method.scopes
    query = parse_qs(request.url.query, keep_blank_values=True)
    wrong = None if scopes else SCOPE_LACKING
    if refusal := wrong or method.objection(query) or (BAD_REQUEST if body is None else None):
        return refusal
    return Call(
        method=method.name,
        account=google.store.accounts[token.subject],
        client_id=token.client_id,
        scopes=scopes,
        path={name: str(value) for name, value in request.path_params.items()},
        query=query,
        body=body or {},
        if_match=request.headers.get("if-match"),
        now=google.clock.now(),
    )


def _parsed(raw: bytes) -> Json | None:
    if not raw:
        return {}
    try:
        found = json.loads(raw)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _response(result: Result | Silence) -> Response:
    if isinstance(result, Silence):
        return NoAnswer()
    if isinstance(result, Refusal):
        return JSONResponse(result.as_answer(), status_code=result.status)
    if result is None:
        return Response(status_code=204)
    etag = {"ETag": result["etag"]} if "etag" in result else {}
    return JSONResponse(result, headers=etag)


def _note(
    google: Google, method: Method, request: Request, body: Json | None, result: Result | Silence
) -> None:
    status, answer = _outcome(result)
    query = f"?{request.url.query}" if request.url.query else ""
    google.journal.write(
        at=google.clock.now().isoformat(),
        method=method.name,
        verb=method.verb,
        target=_target(request) + query,
        body=body or None,
        status=status,
        answer=answer,
    )


def _target(request: Request) -> str:
    """The path as it was sent, without the place where the stand-in is mounted."""
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    return raw.decode("ascii", "replace").partition("?")[0].removeprefix(request.scope.get("root_path", ""))


def _outcome(result: Result | Silence) -> tuple[int, Json | None]:
    if isinstance(result, Silence):
        return 0, None
    if isinstance(result, Refusal):
        return result.status, result.as_answer()
    return (204, None) if result is None else (200, result)
