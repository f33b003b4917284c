"""Google's two doors at the edge: where a merchant's browser comes back to, and where a calendar's changes are told.

Both are only forwarded: the edge keeps no code and no verifier, and believes nothing of what it is told.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from kernel.database import Database
from kernel.ids import MerchantId
from kernel.models import MerchantRow
from webhooks.phrases import DEFAULT, LANGUAGES, phrase

REDIRECT_PATH = "/google/redirect"
PUSH_PATH = "/google/push"
LONGEST = 2048
"""Characters of anything that is forwarded: Google's own are far shorter."""
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """What came back from the consent page: a code, or an error."""

    state: str
    code: str = ""
    scope: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """The headers of a notification."""

    channel_id: str
    resource_id: str
    token: str
    state: str
    number: int


class GoogleTrays(Protocol):
    """The diary's in-tray for what comes from Google; each finds whose it is by the prefix that the diary wrote."""

    def merchant_of_state(self, state: str) -> MerchantId | None: ...

    def merchant_of_channel(self, channel: str) -> MerchantId | None: ...

    def put_redirect(self, session: Session, merchant: MerchantId, redirect: Redirect) -> None: ...

    def put_push(self, session: Session, merchant: MerchantId, push: Push) -> None: ...


def google_doors(database: Database, trays: GoogleTrays) -> APIRouter:
    """Both doors, to be mounted by the wiring."""
    router = APIRouter()

    @router.get(REDIRECT_PATH)
    async def redirected(request: Request) -> HTMLResponse:
        language = _language(request)
        redirect = read_redirect(request.query_params)
        merchant = trays.merchant_of_state(redirect.state) if redirect else None
        if redirect is None or merchant is None:
            return _page("link_unknown", language, 400)
        known = await asyncio.to_thread(_forward_redirect, database, trays, merchant, redirect)
        return _page("link_back", language, 200) if known else _page("link_unknown", language, 400)

    @router.post(PUSH_PATH)
    async def pushed(request: Request) -> Response:
        push = read_push(request.headers)
        merchant = trays.merchant_of_channel(push.channel_id) if push else None
        if push is None or merchant is None:
            _log.warning("push without a channel of ours")
        else:
            await asyncio.to_thread(_forward_push, database, trays, merchant, push)
        return Response(status_code=200)

    return router


def read_redirect(given: Mapping[str, str]) -> Redirect | None:
    """The parameters that matter; None where they are not an answer of Google's consent page."""
    found = {name: given.get(name, "") for name in ("state", "code", "scope", "error")}
    if not found["state"] or any(len(value) > LONGEST for value in found.values()):
        return None
    return Redirect(**found) if found["code"] or found["error"] else None


def read_push(headers: Mapping[str, str]) -> Push | None:
    names = ("channel-id", "resource-id", "channel-token", "resource-state", "message-number")
    channel, resource, token, state, number = (headers.get(f"x-goog-{name}", "") for name in names)
    whole = channel and resource and state and number.isdecimal() and len(number) < 19
    if not whole or any(len(value) > LONGEST for value in (channel, resource, token, state)):
        return None
    return Push(channel_id=channel, resource_id=resource, token=token, state=state, number=int(number))


def _forward_redirect(
    database: Database, trays: GoogleTrays, merchant: MerchantId, redirect: Redirect
) -> bool:
    with database.transaction(merchant) as session:
        if session.get(MerchantRow, merchant) is None:
            return False
        trays.put_redirect(session, merchant, redirect)
    return True


def _forward_push(database: Database, trays: GoogleTrays, merchant: MerchantId, push: Push) -> None:
    with database.transaction(merchant) as session:
        if session.get(MerchantRow, merchant) is not None:
            trays.put_push(session, merchant, push)


def _language(request: Request) -> str:
    wanted = request.headers.get("accept-language", "")[:2].lower()
    return wanted if wanted in LANGUAGES else DEFAULT


def _page(key: str, language: str, status: int) -> HTMLResponse:
    body = f"<!doctype html><html lang='{language}'><meta charset='utf-8'><title>Mostrador</title><p>{phrase(key, language)}</p>"
    return HTMLResponse(body, status)
