"""``/sandbox``: act as the person whose calendars these are, and look behind the counter."""

from dataclasses import asdict
from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from sandbox.google.access import Board
from sandbox.google.models import Account, Calendar, CalendarId, Json, StoredEvent
from sandbox.google.refusals import NOT_FOUND, Refusal
from sandbox.google.scopes import long
from sandbox.google.switchboard import Google
from sandbox.google.views import entry_view

router = APIRouter(prefix="/sandbox")


class Ending(BaseModel):
    """How something that was issued to a program comes to its end."""

    account: str
    how: Literal["revoke", "expire_access", "expire_refresh", "shrink"]
    scope: str = Field(default="", description="for shrink: the short name of the right that is taken back")


@router.get("/state")
async def state(google: Board) -> Json:
    return {
        "accounts": [_account(google, each) for each in google.store.accounts.values()],
        "channels": [
            asdict(each) | {"expires": each.expires.isoformat()} for each in google.channels.every()
        ],
        "testing": google.vault.testing,
    }


@router.get("/calendars/{calendar_id}/events")
async def events(google: Board, calendar_id: str, deleted: bool = False) -> Json:
    """Everything that is kept of a calendar, as it is kept."""
    found = (
        google.store.events(CalendarId(calendar_id))
        if CalendarId(calendar_id) in google.store.calendars
        else []
    )
    return {"items": [each.body for each in found if deleted or not each.cancelled]}


@router.post("/calendars/{calendar_id}/events", status_code=201)
async def add(google: Board, request: Request, calendar_id: str) -> Response:
    calendar = google.store.calendars.get(CalendarId(calendar_id))
    if calendar is None:
        return _answered(NOT_FOUND)
    body: Json = await request.json()
    done = google.writer.insert(calendar, _owner(google, calendar), body)
    if isinstance(done, StoredEvent) and body.get("organizer"):
        done = google.store.put(calendar.calendar_id, done.body | {"organizer": body["organizer"]})
    return _answered(done, 201)


@router.patch("/calendars/{calendar_id}/events/{event_id}")
async def change(google: Board, request: Request, calendar_id: str, event_id: str) -> Response:
    calendar = google.store.calendars.get(CalendarId(calendar_id))
    if calendar is None:
        return _answered(NOT_FOUND)
    return _answered(google.writer.patch(calendar, event_id, await request.json()))


@router.delete("/calendars/{calendar_id}/events/{event_id}")
async def remove(google: Board, calendar_id: str, event_id: str) -> Response:
    calendar = google.store.calendars.get(CalendarId(calendar_id))
    return _answered(google.writer.delete(calendar, event_id) if calendar else NOT_FOUND)


@router.post("/endings")
async def end(google: Board, ending: Ending) -> Response:
    account = google.store.account_of(ending.account)
    if account is None:
        return _answered(NOT_FOUND)
    match ending.how:
        case "revoke":
            google.vault.end_grant(account.subject)
        case "expire_access":
            google.vault.expire_access(account.subject)
        case "expire_refresh":
            google.vault.expire_refresh(account.subject)
        case "shrink":
            google.vault.shrink(account.subject, long(ending.scope))
    google.bell.ring()
    return _answered(None)


@router.post("/sync-tokens/invalidate", status_code=204)
async def invalidate(google: Board) -> None:
    """Every sync token given so far is answered with 410 from now on."""
    google.store.sync_epoch += 1


@router.delete("/channels/{channel_id}")
async def forget_channel(google: Board, channel_id: str) -> Response:
    return _answered(None if google.channels.drop(channel_id) else NOT_FOUND)


@router.get("/exchanges")
async def exchanges(google: Board, after: int = 0) -> Json:
    return {"exchanges": [asdict(each) for each in google.journal.since(after)]}


@router.get("/pushes")
async def pushes(google: Board) -> Json:
    return {"pushes": [asdict(each) for each in google.pushes.sent]}


def _owner(google: Google, calendar: Calendar) -> Account:
    return google.store.accounts[calendar.owner]


def _account(google: Google, account: Account) -> Json:
    calendars = google.store.calendars_of(account.subject)
    return {
        "email": account.email,
        "name": account.name,
        "subject": account.subject,
        "calendars": [entry_view(each, _owner(google, each), account.subject) for each in calendars],
        "grants": [
            {"client_id": each.client_id, "scopes": list(each.scopes)}
            for each in google.vault.grants.values()
            if each.subject == account.subject
        ],
    }


def _answered(done: StoredEvent | Refusal | None, status: int = 200) -> Response:
    if isinstance(done, Refusal):
        return JSONResponse(done.as_answer(), status_code=done.status)
    body: dict[str, Any] | None = done.body if done else None
    return JSONResponse(body, status_code=status) if body else Response(status_code=204)
