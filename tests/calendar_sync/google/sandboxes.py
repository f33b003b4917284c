"""The real agenda over the sandbox: Google's own client over a socket, every exchange held against Google's document."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
from fastapi import FastAPI
from pydantic import SecretStr

from calendar_sync.google.access import Caller
from calendar_sync.google.agenda import Window
from calendar_sync.google.app import GoogleApp
from calendar_sync.google.calendars import Calendars
from calendar_sync.google.consent import consent_address, new_secrets, redeem
from calendar_sync.google.door import GoogleDoor
from calendar_sync.google.events import window_of
from calendar_sync.google.google_agenda import GoogleAgenda
from calendar_sync.google.scopes import Choice
from calendar_sync.google.tokens import Tokens
from calendar_sync.ids import EventId
from sandbox.google.addresses import Addresses
from sandbox.google.application import create_google
from sandbox.google.cast import ANA, CLIENT_ID, CLIENT_SECRET, sample_google
from sandbox.google.driver import Owner
from tests.calendar_sync.google.agendas import GivenAccess
from tests.sandbox.google.contract import exchange_problems
from tests.sandbox.servers import free_port, serving

REDIRECT = "http://127.0.0.1:9/google/redirect"
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def app_of(base: str, **changes: Any) -> GoogleApp:
    """What the settings say when they point at a sandbox."""
    doors = Addresses(base)
    values: dict[str, Any] = {
        "client_id": CLIENT_ID,
        "client_secret": SecretStr(CLIENT_SECRET),
        "api": doors.calendar,
        "authorise": doors.authorize,
        "token": doors.token,
        "revoke": doors.revoke,
        "userinfo": doors.user_info,
        "certs": doors.keys,
        "issuer": "https://accounts.google.com",
        "push": "",
    }
    return GoogleApp(**(values | changes))


@dataclass
class Sandbox:
    base: str
    google: Any
    http: httpx.Client

    @property
    def owner(self) -> Owner:
        return Owner(self.http, self.base, ANA.email)

    def linked(
        self, app: GoogleApp, choice: Choice = "a", scopes: tuple[str, ...] | None = None
    ) -> tuple[Tokens, str]:
        """Through the consent page to tokens; and the nonce that was asked with."""
        secrets = new_secrets("shop")
        back = self.owner.consent(consent_address(app, choice, REDIRECT, secrets), scopes=scopes)
        query = parse_qs(urlsplit(back).query)
        assert query["state"] == [secrets.state]
        tokens = redeem(app, SecretStr(query["code"][0]), secrets.verifier, REDIRECT)
        assert isinstance(tokens, Tokens), tokens
        return tokens, secrets.nonce


@contextmanager
def sandboxed() -> Iterator[Sandbox]:
    """A Google on this machine until the block ends; then what was said on the way is checked."""
    google = create_google(sample_google(REDIRECT, seed="agenda"))
    google.state.google.clock.freeze(NOW)
    root = FastAPI()
    root.mount("/google", google)
    with serving(root, free_port()) as url, httpx.Client() as http:
        opened = Sandbox(f"{url}/google", google.state.google, http)
        yield opened
        for exchange in opened.google.journal.exchanges:
            found = exchange_problems({key: getattr(exchange, key) for key in exchange.__slots__})
            assert not found, (exchange.verb, exchange.target, found)


@dataclass
class SandboxWorld:
    """`World` over the sandbox."""

    sandbox: Sandbox
    door: GoogleDoor
    access: GivenAccess
    calendars: Calendars = field(default_factory=lambda: Calendars(writing=ANA.email, blocking=(ANA.email,)))

    @classmethod
    def in_(cls, sandbox: Sandbox) -> "SandboxWorld":
        app = app_of(sandbox.base, seconds=5.0)
        tokens, _nonce = sandbox.linked(app)
        return cls(sandbox, GoogleDoor(app), GivenAccess(tokens.access.get_secret_value()))

    @property
    def agenda(self) -> GoogleAgenda:
        return GoogleAgenda(Caller(self.door, self.access), self.calendars, lambda asked: asked)

    def owner_blocks(self, window: Window) -> None:
        self.owner_makes(EventId(uuid4().hex), window)

    def owner_deletes(self, event: EventId) -> None:
        self.sandbox.owner.delete(event)

    def owner_moves(self, event: EventId, by: timedelta) -> None:
        times = self.times_of(event)
        assert times
        self.sandbox.owner.move(event, times.start + by, times.end + by)

    def owner_makes(self, event: EventId, window: Window) -> None:
        sides = {side: {"dateTime": getattr(window, side).isoformat()} for side in ("start", "end")}
        self.sandbox.owner.add({"id": event, "summary": "Dentista", **sides})

    def calendar_vanishes(self) -> None:
        gone = "nobody@group.calendar.google.com"
        self.calendars = Calendars(writing=gone, blocking=(gone,))

    def next_write_is_unanswered(self) -> None:
        for method in ("insert", "update", "delete"):
            self.sandbox.owner.arm("cut_after", method=f"calendar.events.{method}", count=1)

    def times_of(self, event: EventId) -> Window | None:
        found = next((each for each in self.sandbox.owner.events() if each["id"] == event), None)
        return window_of(found, "UTC") if found else None

    def count(self) -> int:
        return len(self.sandbox.owner.events())
