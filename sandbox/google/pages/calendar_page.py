"""``/calendar``: the week of a calendar as its owner sees and changes it, and the workbench beside it."""

import asyncio
import json
from collections.abc import AsyncGenerator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse, StreamingResponse

from sandbox.google.access import Board
from sandbox.google.bell import Bell
from sandbox.google.faults import REASONS, FaultKind
from sandbox.google.method_table import method_table
from sandbox.google.models import Calendar, CalendarId
from sandbox.google.pages.rendering import render
from sandbox.google.pages.week import MOST_LANES, monday_of, week_of
from sandbox.google.switchboard import Google

router = APIRouter(prefix="/calendar")
_HEARTBEAT = 15.0
_SHOWN = 40
_TIMED = {FaultKind.HANG_BEFORE, FaultKind.HANG_AFTER, FaultKind.PUSH_LATE, FaultKind.TOKEN_HANG}
_GROUPS = {
    "answers": ("error_before", "error_after", "hang_before", "hang_after", "cut_before", "cut_after"),
    "reading": ("free_busy_error", "empty_page"),
    "pushes": ("push_lost", "push_twice", "push_late"),
    "linking": ("token_error", "token_hang", "revoke_error", "partial_consent", "consent_denied"),
}


@router.get("")
async def page(google: Board, request: Request, calendar: str = "", day: str = "") -> Response:
    chosen = _chosen(google, calendar)
    return render(request, "calendar.html", **_week(google, chosen, day), **_bench(google))


@router.get("/week")
async def week(google: Board, request: Request, calendar: str, day: str) -> Response:
    return render(request, "week.html", **_week(google, _chosen(google, calendar), day))


@router.get("/workbench")
async def workbench(google: Board, request: Request) -> Response:
    return render(request, "workbench.html", **_bench(google))


@router.get("/changes")
async def changes(google: Board) -> StreamingResponse:
    return StreamingResponse(
        _rings(google.bell), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
    )


@router.get("/grid.css")
async def grid() -> Response:
    """Where a block stands, as classes: the page allows no style that is written into it."""
    rows = [
        f".from-{n} {{ grid-row-start: {n + 1}; }} .for-{n + 1} {{ grid-row-end: span {n + 1}; }}"
        for n in range(96)
    ]
    lanes = [
        f".lane-{one}-of-{all_} {{ margin-left: {100 * (one - 1) / all_:.2f}%; width: {100 / all_:.2f}%; }}"
        for all_ in range(1, MOST_LANES + 1)
        for one in range(1, all_ + 1)
    ]
    return PlainTextResponse("\n".join(rows + lanes), media_type="text/css")


async def _rings(bell: Bell) -> AsyncGenerator[str]:
    with bell.listening() as rung:
        yield "retry: 1000\n\n"
        while True:
            try:
                async with asyncio.timeout(_HEARTBEAT):
                    await rung.wait()
            except TimeoutError:
                yield ": still here\n\n"
                continue
            rung.clear()
            yield "event: changed\ndata: {}\n\n"


def _chosen(google: Google, asked: str) -> Calendar:
    found = google.store.calendars.get(CalendarId(asked))
    return found or next(iter(google.store.calendars.values()))


def _week(google: Google, calendar: Calendar, asked: str) -> dict[str, Any]:
    zone = ZoneInfo(calendar.zone)
    now = google.clock.now().astimezone(zone)
    monday = monday_of(_asked_day(asked) or now.date())
    return {
        "calendar": calendar,
        "owner": google.store.accounts[calendar.owner],
        "groups": _by_owner(google),
        "tones": {each: place % 6 for place, each in enumerate(google.store.calendars)},
        "days": week_of(google.store.events(calendar.calendar_id), zone, monday),
        "monday": monday,
        "earlier": monday - timedelta(days=7),
        "later": monday + timedelta(days=7),
        "now": now,
        "hours": range(24),
        "date_text": format_date,
        "time_text": format_time,
        "hour_at": lambda hour: datetime(2026, 1, 1, hour).time(),  # noqa: DTZ001 - only its hour is shown
    }


def _asked_day(asked: str) -> date | None:
    try:
        return date.fromisoformat(asked)
    except ValueError:
        return None


def _by_owner(google: Google) -> list[tuple[Any, list[Calendar]]]:
    every = google.store.calendars.values()
    return [
        (account, [each for each in every if each.owner == subject])
        for subject, account in google.store.accounts.items()
    ]


def _bench(google: Google) -> dict[str, Any]:
    return {
        "fault_groups": {
            name: [(kind, REASONS.get(FaultKind(kind), ()), FaultKind(kind) in _TIMED) for kind in kinds]
            for name, kinds in _GROUPS.items()
        },
        "armed": google.faults.armed(),
        "methods": list(method_table()),
        "exchanges": list(reversed(google.journal.exchanges))[:_SHOWN],
        "pretty": lambda value: json.dumps(value, ensure_ascii=False, indent=2),
        "grants": [
            (google.store.accounts[each.subject], each.scopes) for each in google.vault.grants.values()
        ],
        "clock_now": google.clock.now(),
        "clock_stands": google.clock.standing,
    }


home = APIRouter()


@home.get("/")
async def to_calendar(request: Request) -> RedirectResponse:
    return RedirectResponse(f"{request.scope.get('root_path', '')}/calendar")
