"""A Google that fits in a test: Calendar v3 as far as it is called, behind httplib2's one method. No network.

The sandbox is the full stand-in; this one is for tests that need a fault at an exact call.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import httplib2
from pydantic import SecretStr

from calendar_sync.google.app import GoogleApp
from calendar_sync.google.door import GoogleDoor
from calendar_sync.google.wires import Wires
from tests.calendar_sync.google.little_oauth import LittleOAuth

BASE = "https://google.test"
Event = dict[str, Any]


def app_at(base: str = BASE, **changes: Any) -> GoogleApp:
    """An OAuth client of a Google at `base`."""
    values: dict[str, Any] = {
        "client_id": "client",
        "client_secret": SecretStr("secret"),
        "api": f"{base}/calendar/v3/",
        "authorise": f"{base}/auth",
        "token": f"{base}/token",
        "revoke": f"{base}/revoke",
        "userinfo": f"{base}/userinfo",
        "certs": f"{base}/certs",
        "push": "https://shop.test/google/push",
    }
    return GoogleApp(**(values | changes))


@dataclass
class Fault:
    """Strikes the calls whose name contains `call`."""

    call: str
    status: int = 0
    body: Mapping[str, Any] = field(default_factory=dict)
    raises: Exception | None = None
    takes_effect: bool = False
    times: int = 1
    skip: int = 0
    """Calls that are spared first."""


def error(status: int, reason: str) -> Fault:
    body = {
        "error": {
            "code": status,
            "message": reason,
            "errors": [{"domain": "x", "reason": reason, "message": reason}],
        }
    }
    return Fault("", status, body)


@dataclass
class Calendar:
    id: str
    role: str = "owner"
    primary: bool = False
    zone: str = "America/Bogota"
    events: dict[str, Event] = field(default_factory=dict)
    gone: bool = False


class LittleGoogle:
    """Implements `Wire`; hand `make` to `Wires`."""

    def __init__(self) -> None:
        self.calendars = {"owner@shop.test": Calendar("owner@shop.test", primary=True)}
        self.oauth = LittleOAuth(self)
        self.faults: list[Fault] = []
        self.asked: list[str] = []
        self.channels: dict[str, dict[str, Any]] = {}
        self.before_write: Callable[[], None] = lambda: None
        self.date = ""
        self.page_size = 100
        self.read_from: list[str] = []
        """The sync token of each listing; empty for a whole one."""
        self.lowest_token = 0
        self._version = 0

    def make(self, _app: GoogleApp) -> "LittleGoogle":
        return self

    def close(self) -> None: ...

    def door(self) -> GoogleDoor:
        app = app_at()
        return GoogleDoor(app, Wires(app, self.make))

    def fail(self, call: str, fault: Fault, *, times: int = 1, takes_effect: bool = False) -> None:
        fault.call, fault.times, fault.takes_effect = call, times, takes_effect
        self.faults.append(fault)

    def request(
        self, uri: str, method: str = "GET", body: Any = None, headers: Any = None
    ) -> tuple[Any, bytes]:
        parts = urlsplit(uri)
        name = f"{method} {unquote(parts.path)}"
        self.asked.append(name)
        fault = next((fault for fault in self.faults if fault.call in name and fault.times), None)
        if fault is not None and fault.skip:
            fault.skip -= 1
            fault = None
        if fault is None or fault.takes_effect:
            status, answer = self._serve(method, parts, body, dict(headers or {}))
        if fault is not None:
            fault.times -= 1
            if fault.raises:
                raise fault.raises
            status, answer = fault.status, fault.body
        content = b"" if answer is None else json.dumps(answer).encode()
        head = {"status": str(status), "content-type": "application/json", "date": self.date}
        return httplib2.Response(head), content

    def _serve(self, method: str, parts: Any, body: Any, headers: dict[str, str]) -> tuple[int, Any]:
        query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        headers = {key.lower(): value for key, value in headers.items()}
        if not parts.path.startswith("/calendar/v3/"):
            return self.oauth.serve(parts.path, parse_qs(body or ""), headers)
        if not self.oauth.knows(headers.get("authorization", "").removeprefix("Bearer ")):
            return _error(401, "authError")
        if headers.get("x-http-method-override") == "GET":
            method, query, body = "GET", {key: values[-1] for key, values in parse_qs(body).items()}, None
        path = [unquote(part) for part in parts.path.removeprefix("/calendar/v3/").split("/")]
        return self._calendar_api(method, path, query, json.loads(body) if body else {}, headers)

    def _calendar_api(
        self, method: str, path: list[str], query: dict[str, str], body: Any, headers: dict[str, str]
    ) -> tuple[int, Any]:
        if path == ["freeBusy"]:
            return 200, {"calendars": {item["id"]: self._busy(item["id"], body) for item in body["items"]}}
        if path == ["users", "me", "calendarList"]:
            return 200, {
                "items": [
                    {
                        "id": c.id,
                        "summary": f"Agenda {c.id}",
                        "accessRole": c.role,
                        "primary": c.primary,
                        "timeZone": c.zone,
                    }
                    for c in self.calendars.values()
                ]
            }
        if path == ["channels", "stop"]:
            return (204, None) if self.channels.pop(body["id"], None) else _error(404, "notFound")
        if path == ["calendars"]:
            made = Calendar(f"made{len(self.calendars)}@group.test", zone="UTC")
            self.calendars[made.id] = made
            return 200, {"id": made.id, "summary": body["summary"], "timeZone": made.zone}
        calendar = self.find(path[1])
        if calendar is None or calendar.gone:
            return _error(404, "notFound")
        return self._events_api(method, calendar, path[3:], query, body, headers)

    def _events_api(  # noqa: PLR0911 - one for each of the calls
        self,
        method: str,
        calendar: Calendar,
        rest: list[str],
        query: dict[str, str],
        body: Any,
        headers: dict[str, str],
    ) -> tuple[int, Any]:
        if method == "GET" and not rest:
            return self._list(calendar, query)
        if method == "POST" and rest == ["watch"]:
            self.channels[body["id"]] = body | {"calendar": calendar.id}
            return 200, {
                "id": body["id"],
                "resourceId": f"resource-{calendar.id}",
                "expiration": str(2_000_000_000_000),
            }
        self.before_write()
        if method == "POST":
            if body["id"] in calendar.events:
                return _error(409, "duplicate")
            return 200, self.store(calendar, body)
        found = calendar.events.get(rest[0])
        if found is None:
            return _error(404, "notFound")
        if method == "GET":
            return 200, found
        if headers.get("if-match", found["etag"]) != found["etag"]:
            return _error(412, "conditionNotMet")
        if method == "PUT":
            return 200, self.store(calendar, body)
        if found["status"] == "cancelled":
            return _error(410, "deleted")
        self.store(calendar, found | {"status": "cancelled"})
        return 204, None

    def find(self, calendar: str) -> Calendar | None:
        if calendar == "primary":
            return next(each for each in self.calendars.values() if each.primary)
        return self.calendars.get(calendar)

    def store(self, calendar: Calendar, event: Event) -> Event:
        """What any write does, the owner's own included."""
        self._version += 1
        calendar.events[event["id"]] = {
            "status": "confirmed",
            **event,
            "etag": f'"{self._version}"',
            "version": self._version,
        }
        return calendar.events[event["id"]]

    def _list(self, calendar: Calendar, query: dict[str, str]) -> tuple[int, Any]:
        if "syncToken" in query and int(query["syncToken"]) < self.lowest_token:
            return _error(410, "fullSyncRequired")
        self.read_from.append(query.get("syncToken", ""))
        since = int(query.get("syncToken", 0))
        events = [e for e in calendar.events.values() if e["version"] > since and _within(e, query)]
        if "syncToken" not in query and query.get("showDeleted") != "true":
            events = [e for e in events if e["status"] != "cancelled"]
        first = int(query.get("pageToken", 0))
        page = events[first : first + self.page_size]
        answer: dict[str, Any] = {"kind": "calendar#events", "items": page, "timeZone": calendar.zone}
        if first + self.page_size < len(events):
            return 200, answer | {"nextPageToken": str(first + self.page_size)}
        return 200, answer | {"nextSyncToken": str(self._version)}

    def _busy(self, name: str, body: Any) -> dict[str, Any]:
        calendar = self.find(name)
        if calendar is None or calendar.gone:
            return {"errors": [{"domain": "global", "reason": "notFound"}], "busy": []}
        window = {"timeMin": body["timeMin"], "timeMax": body["timeMax"]}
        events = [
            e
            for e in calendar.events.values()
            if e["status"] != "cancelled" and e.get("transparency") != "transparent" and _within(e, window)
        ]
        return {"busy": [{"start": e["start"]["dateTime"], "end": e["end"]["dateTime"]} for e in events]}


def _within(event: Event, query: dict[str, str]) -> bool:
    start, end = (
        datetime.fromisoformat(event[side].get("dateTime") or f"{event[side]['date']}T00:00:00+00:00")
        for side in ("start", "end")
    )
    after = "timeMin" not in query or end > datetime.fromisoformat(query["timeMin"])
    return after and ("timeMax" not in query or start < datetime.fromisoformat(query["timeMax"]))


def _error(status: int, reason: str) -> tuple[int, Any]:
    return status, error(status, reason).body
