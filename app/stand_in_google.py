"""The stand-in's Google for merchants that are tried out: an owner with calendars for each, linked as a merchant would.

The link takes the real way: a request to the diary, the consent page, the code that comes back, the choice of calendars.
"""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import httpx

from calendar_sync.ids import RequestId, StaffId
from calendar_sync.requests import AnyRequest, ChooseCalendars, LinkCode, LinkStart
from calendar_sync.shop.values import Shop
from calendar_sync.tray import put_request
from kernel.clock import Clock
from kernel.database import Database
from kernel.errors import MostradorError
from kernel.ids import MerchantId
from kernel.sealing import Sealer
from sandbox.google.cast import CLIENT_ID, CLIENT_SECRET, primary_of
from sandbox.google.driver import Owner
from sandbox.google.models import Account, Calendar, CalendarId, OAuthClient, Subject
from sandbox.google.settings import GoogleSettings
from webhooks.models import ReportRow
from webhooks.reports import report_of

ACTOR = "operator"
REDIRECT = "http://127.0.0.1/google/redirect"
"""Where the browser would be sent back to; the code is read off the address."""
_PATIENCE = 30.0
_LOOK = 0.05
_COLORS = ("#2f6f62", "#b0562f", "#33648f", "#7a5b8c", "#95702a", "#a04b63")


class LinkRefused(MostradorError):
    """A merchant's stand-in calendar could not be linked."""


@dataclass(frozen=True, slots=True)
class Proprietor:
    """A merchant's owner in the stand-in: an account, and the calendars that it holds."""

    slug: str
    zone: str
    staff: tuple[tuple[str, str], ...] = ()
    """Ids and names of those who have a calendar of their own."""

    @classmethod
    def of(cls, slug: str, shop: Shop) -> "Proprietor":
        return cls(slug, shop.timezone, tuple((str(one.id), one.name) for one in shop.staff))

    @property
    def email(self) -> str:
        return f"{self.slug}@negocio.example".lower().replace("_", "-")

    @property
    def bookings(self) -> CalendarId:
        """Where appointments are written."""
        return CalendarId(f"citas.{self.email}")

    def calendar_of(self, staff: str) -> CalendarId:
        return CalendarId(f"{staff}.{self.email}")


def world_of(proprietors: Sequence[Proprietor]) -> GoogleSettings:
    """Everybody's accounts and calendars, and the one program that may ask for them."""
    client = OAuthClient(client_id=CLIENT_ID, client_secret=CLIENT_SECRET, redirect_uris=(REDIRECT,))
    accounts = [_account(place, one) for place, one in enumerate(proprietors, start=1)]
    calendars = [
        calendar
        for account, one in zip(accounts, proprietors, strict=True)
        for calendar in _calendars(account, one)
    ]
    return GoogleSettings(clients=(client,), accounts=tuple(accounts), calendars=tuple(calendars))


def google_rows(world: GoogleSettings) -> dict[str, Any]:
    """The world as the sandbox's cast file wants it."""
    return {
        "clients": [
            {
                "client_id": str(one.client_id),
                "client_secret": one.client_secret,
                "redirect_uris": list(one.redirect_uris),
            }
            for one in world.clients
        ],
        "accounts": [
            {"subject": str(one.subject), "email": one.email, "name": one.name} for one in world.accounts
        ],
        "calendars": [
            {
                "calendar_id": str(one.calendar_id),
                "summary": one.summary,
                "zone": one.zone,
                "owner": str(one.owner),
                "color": one.color,
            }
            for one in world.calendars
        ],
    }


def _account(place: int, one: Proprietor) -> Account:
    return Account(subject=Subject(f"2000000000000000{place:05d}"), email=one.email, name=one.slug)


def _calendars(account: Account, one: Proprietor) -> Iterable[Calendar]:
    yield primary_of(account, one.zone)
    named = [(one.bookings, "Citas"), *((one.calendar_of(key), name) for key, name in one.staff)]
    for place, (calendar_id, name) in enumerate(named):
        yield Calendar(
            calendar_id=calendar_id,
            summary=name,
            zone=one.zone,
            owner=account.subject,
            color=_COLORS[place % len(_COLORS)],
        )


@dataclass(frozen=True, slots=True)
class Linker:
    """Links merchants as the edge would: it lays requests and reads what was reported."""

    edge: Database
    tray: Sealer
    clock: Clock
    google_url: str

    def link(self, merchant: MerchantId, one: Proprietor) -> None:
        """Link the owner's account and choose its calendars; raises `LinkRefused`."""
        start = LinkStart(id=_request(), merchant=merchant, redirect_uri=REDIRECT, actor=ACTOR)
        address = self._asked(start, "link_address").facts["address"]
        with httpx.Client(timeout=_PATIENCE) as client:
            back = Owner(client, self.google_url, one.email).consent(address)
        answer = parse_qs(urlsplit(back).query)
        code = LinkCode(
            id=_request(),
            merchant=merchant,
            state=answer["state"][0],
            code=answer["code"][0],
            scope=answer.get("scope", [""])[0],
        )
        self._asked(code, "linked")
        choice = ChooseCalendars(
            id=_request(),
            merchant=merchant,
            actor=ACTOR,
            blocking=(one.email, one.bookings),
            writing=one.bookings,
            of_staff=tuple((StaffId(key), one.calendar_of(key)) for key, _name in one.staff),
        )
        self._asked(choice, "calendars_chosen")

    def _asked(self, request: AnyRequest, expected: str) -> ReportRow:
        """Lay a request and wait for its report."""
        merchant = MerchantId(request.merchant)
        with self.edge.transaction(merchant) as session:
            put_request(session, self.tray, request, self.clock.now())
        report = self._reported(merchant, request.id)
        if report is None or report.kind != expected:
            told = "nothing" if report is None else f"{report.kind} {report.facts}"
            raise LinkRefused(f"the diary answered {told} where {expected} was due")
        return report

    def _reported(self, merchant: MerchantId, request_id: UUID) -> ReportRow | None:
        waiting = threading.Event()
        for _ in range(int(_PATIENCE / _LOOK)):
            with self.edge.transaction(merchant) as session:
                report = report_of(session, request_id)
                if report is not None:
                    return report
            waiting.wait(_LOOK)
        return None


def _request() -> RequestId:
    return RequestId(uuid4())
