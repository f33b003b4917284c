"""A Google on this machine for each test, its clock standing still, spoken to by Google's own client.

Whatever is asked and answered on the way is held against Google's description of its API.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from google.oauth2.credentials import Credentials
from google_auth_oauthlib.flow import Flow
from googleapiclient.discovery import build

from sandbox.google.addresses import Addresses
from sandbox.google.application import create_google
from sandbox.google.cast import ANA, CLIENT_ID, CLIENT_SECRET, sample_google
from sandbox.google.driver import Owner
from sandbox.google.models import Account
from sandbox.google.settings import GoogleSettings
from sandbox.google.switchboard import Google
from tests.sandbox.google.contract import exchange_problems
from tests.sandbox.servers import free_port, serving

REDIRECT = "http://127.0.0.1:9/oauth/google"
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
SCOPES = ("calendar.events.owned", "calendar.freebusy", "calendar.calendarlist.readonly")
SIGN_IN = (
    "openid",
    "https://www.googleapis.com/auth/userinfo.email",
    "https://www.googleapis.com/auth/userinfo.profile",
)


def full(name: str) -> str:
    return f"https://www.googleapis.com/auth/{name}"


@dataclass
class Desk:
    """The stand-in, and what a program and an owner do with it."""

    base: str
    google: Google
    http: httpx.Client
    stack: ExitStack

    @property
    def doors(self) -> Addresses:
        return Addresses(self.base)

    def owner(self, account: Account = ANA) -> Owner:
        return Owner(self.http, self.base, account.email)

    def flow(self, scopes: tuple[str, ...] = SCOPES, **more: Any) -> Flow:
        web = {
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "auth_uri": self.doors.authorize,
            "token_uri": self.doors.token,
        }
        asked = [*SIGN_IN, *(full(each) for each in scopes)]
        flow = Flow.from_client_config({"web": web}, scopes=asked, redirect_uri=REDIRECT, **more)
        self.stack.callback(flow.oauth2session.close)
        return flow

    def link(
        self,
        account: Account = ANA,
        scopes: tuple[str, ...] = SCOPES,
        ticked: tuple[str, ...] | None = None,
        **asked: str,
    ) -> Credentials:
        flow = self.flow(scopes)
        address, _ = flow.authorization_url(**{"prompt": "consent", "include_granted_scopes": "true"} | asked)
        back = self.owner(account).consent(address, scopes=ticked)
        flow.fetch_token(code=httpx.URL(back).params["code"])
        return flow.credentials

    def calendar(self, credentials: Credentials | None = None) -> Any:
        chosen = credentials or self.link()
        options = {"api_endpoint": self.doors.calendar}
        service = build("calendar", "v3", credentials=chosen, client_options=options, static_discovery=True)
        self.stack.callback(service.close)
        return service


Opener = Callable[..., Desk]


@pytest.fixture(autouse=True)
def oauth_over_http(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library refuses plain http and fewer scopes than asked for, unless it is told that both are meant."""
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    monkeypatch.setenv("OAUTHLIB_RELAX_TOKEN_SCOPE", "1")


@dataclass
class Host:
    """One server for all tests; each stand-in is mounted at a place of its own."""

    url: str
    root: FastAPI
    standing: list[FastAPI] = field(default_factory=list)

    def put_up(self, google: FastAPI) -> str:
        self.standing.append(google)
        place = f"/{len(self.standing)}/google"
        self.root.mount(place, google)
        return self.url + place


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    standing: list[FastAPI] = []

    @asynccontextmanager
    async def closing(_root: FastAPI) -> AsyncIterator[None]:
        yield
        for google in standing:
            await google.state.google.close()

    root = FastAPI(lifespan=closing)
    with serving(root, free_port()) as url:
        yield Host(url, root, standing)


@pytest.fixture
def opened(host: Host) -> Iterator[Opener]:
    """Opens stand-ins with settings of their own; all exchanges are checked when they close."""
    desks: list[Desk] = []
    with ExitStack() as stack:

        def open_one(settings: GoogleSettings | None = None) -> Desk:
            google = create_google(settings or sample_google(REDIRECT, seed="tests"))
            google.state.google.clock.freeze(NOW)
            http = stack.enter_context(httpx.Client())
            desks.append(Desk(host.put_up(google), google.state.google, http, stack))
            return desks[-1]

        yield open_one
    for desk in desks:
        for exchange in desk.google.journal.exchanges:
            found = exchange_problems({key: getattr(exchange, key) for key in exchange.__slots__})
            assert not found, (exchange.verb, exchange.target, found)


@pytest.fixture
def desk(opened: Opener) -> Desk:
    return opened()


def timed(start: str, end: str, **more: Any) -> dict[str, Any]:
    zone = "America/Bogota"
    return {
        "start": {"dateTime": f"2026-11-{start}:00", "timeZone": zone},
        "end": {"dateTime": f"2026-11-{end}:00", "timeZone": zone},
        **more,
    }
