"""The whole life of a connection over the sandbox: its consent page, its tokens, its calendars, its owner."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from urllib.parse import parse_qs, urlsplit

import pytest

from calendar_sync.connections.agendas import agenda_for
from calendar_sync.connections.doctor import FindingKind
from calendar_sync.connections.examining import examine_merchant
from calendar_sync.connections.models import RevocationRow
from calendar_sync.connections.office import Office
from calendar_sync.connections.prefixes import merchant_of_channel
from calendar_sync.connections.revoking import revoke_at_google
from calendar_sync.connections.shown import chosen_calendars
from calendar_sync.google.agenda import Busy, Unknown, WhyUnknown, Window, Written
from calendar_sync.google.door import GoogleDoor
from calendar_sync.google.scopes import Choice
from calendar_sync.mirror.changes import OwnerCancelled, OwnerMoved
from calendar_sync.mirror.channels import keep_open
from calendar_sync.mirror.models import SyncRow
from calendar_sync.mirror.pushes import hear
from calendar_sync.mirror.syncing import sync
from calendar_sync.outcomes import Report, ReportKind
from calendar_sync.requests import ChooseCalendars, LinkDenied, LinkStart, Push, Unlink
from calendar_sync.room import Diary
from kernel.clock import SetClock
from kernel.database import Database
from kernel.sealing import Sealer, new_keyset
from kernel.settings import Room
from tests.calendar_sync.connections.offices import Desk, outcome_job, request_id
from tests.calendar_sync.google.little_google import LittleGoogle
from tests.calendar_sync.google.sandboxes import REDIRECT, Sandbox, app_of, sandboxed
from tests.calendar_sync.mirror.shops import HOUR, Shop, draft_of

ANA = "ana@salon.example"


@dataclass
class Street:
    """A shop's office and the sandbox that it talks to."""

    desk: Desk
    sandbox: Sandbox

    def address(self, choice: Choice = "a") -> str:
        start = LinkStart(
            id=request_id(),
            merchant=self.desk.merchant,
            redirect_uri=REDIRECT,
            actor="owner",
            scopes=choice,
        )
        report = self.desk.ask(start)
        assert report
        return report.facts["address"]

    def link(self, scopes: tuple[str, ...] | None = None, choice: Choice = "a") -> Report:
        back = self.sandbox.owner.consent(self.address(choice), scopes=scopes)
        query = {name: found[0] for name, found in parse_qs(urlsplit(back).query).items()}
        report = self.desk.ask(self.desk.code(query["state"], query["code"]))
        assert report
        return report

    def busy(self) -> Busy | Unknown:
        now = self.desk.clock.now()
        return agenda_for(self.desk.office, self.desk.merchant).busy(Window(now, now + timedelta(days=3)))


@pytest.fixture
def street(
    room_database: Callable[[Room], Database], clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Street]:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    with sandboxed() as sandbox:
        diary = Diary(
            database=room_database(Room.DIARY),
            clock=clock,
            tray=Sealer(new_keyset()),
            own=Sealer(new_keyset()),
            outcome_job=outcome_job,
        )
        office = Office(diary=diary, google=GoogleDoor(app_of(sandbox.base)))
        yield Street(Desk(LittleGoogle(), office, room_database(Room.EDGE), clock, sandbox.base), sandbox)
        office.google.wires.close()


def test_a_connection_from_consent_to_receipt(street: Street) -> None:
    desk, owner = street.desk, street.sandbox.owner
    assert street.link().facts == {"account": ANA, "missing": ""}
    shop = Shop(desk)
    moved, deleted = shop.book(), shop.book(hours=30)
    assert street.busy() == Busy()
    assert sync(shop.mirror, desk.merchant)
    assert shop.told == []

    owner.move(moved.event_id, moved.slot.start + HOUR, moved.slot.end + HOUR)
    owner.delete(deleted.event_id)
    sync(shop.mirror, desk.merchant)
    sync(shop.mirror, desk.merchant)
    assert {type(change) for change in shop.told} == {OwnerMoved, OwnerCancelled}
    assert len(shop.told) == 2

    report = desk.ask(Unlink(id=request_id(), merchant=desk.merchant, keep_bookings=True, actor="owner"))
    assert report
    (ticket,) = desk.rows(RevocationRow)
    revoke_at_google(desk.office, desk.merchant, ticket.id)
    assert desk.receipt().revocation == "done"
    assert street.busy() == Unknown(WhyUnknown.NOT_LINKED)


def test_consent_to_a_part_is_a_link_without_slots(street: Street) -> None:
    report = street.link(scopes=("calendar.freebusy", "openid", "userinfo.email"))
    assert report.facts["missing"] == "write"
    assert street.busy() == Unknown(WhyUnknown.SCOPES)


def test_a_no_on_googles_page_is_understood(street: Street) -> None:
    back = street.sandbox.owner.consent(street.address(), deny=True)
    query = {name: found[0] for name, found in parse_qs(urlsplit(back).query).items()}
    denied = LinkDenied(
        id=request_id(), merchant=street.desk.merchant, state=query["state"], error=query["error"]
    )
    report = street.desk.ask(denied)
    assert report
    assert (report.kind, report.facts["reason"]) == (ReportKind.LINK_FAILED, "denied")


def test_a_permission_that_the_owner_ends_at_google_ends_slots(street: Street) -> None:
    street.link()
    street.sandbox.owner.end("revoke")
    assert street.busy() == Unknown(WhyUnknown.RECONNECT)
    assert [report.kind for report in street.desk.news()] == [ReportKind.CONNECTION_LOST]
    street.link()
    assert street.busy() == Busy()


def test_an_access_token_that_ran_out_is_refreshed_unnoticed(street: Street) -> None:
    street.link()
    street.sandbox.owner.end("expire_access")
    assert street.busy() == Busy()


def test_a_calendar_of_our_own_holds_the_bookings(street: Street) -> None:
    assert street.link(choice="b").facts["missing"] == ""
    with street.desk.read() as session:
        chosen = chosen_calendars(session, street.desk.diary.tray, street.desk.merchant)
    (ours,) = [each.seen for each in chosen if each.writes]
    booking = Shop(street.desk).book()
    assert [event["id"] for event in street.sandbox.owner.events(ours.id)] == [booking.event_id]
    assert street.busy() == Busy()


def test_a_calendar_that_does_not_answer_is_no_free_day(street: Street) -> None:
    street.link()
    street.sandbox.owner.arm(
        "error_before", method="calendar.events.list", reason="503 backendError", count=2
    )
    assert street.busy() == Unknown(WhyUnknown.UNREACHABLE)


def test_free_busy_errors_inside_a_good_answer_are_no_free_day(street: Street) -> None:
    street.link()
    with street.desk.read() as session:
        chosen = chosen_calendars(session, street.desk.diary.tray, street.desk.merchant)
    (main, other) = (each.seen.id for each in chosen if each.seen.role == "owner")
    street.desk.ask(
        ChooseCalendars(
            id=request_id(),
            merchant=street.desk.merchant,
            blocking=(main, other),
            writing=main,
            actor="owner",
        )
    )
    assert street.busy() == Busy()
    street.sandbox.owner.arm("free_busy_error", reason="internalError", count=1)
    assert street.busy() == Unknown(WhyUnknown.CALENDAR)


def test_googles_push_leads_to_the_owners_change(street: Street) -> None:
    with listening() as (address, heard):
        app = app_of(street.sandbox.base, push=address)
        street.desk.office = Office(diary=street.desk.diary, google=GoogleDoor(app))
        street.link()
        shop = Shop(street.desk)
        booking = shop.book()
        sync(shop.mirror, street.desk.merchant)
        assert keep_open(street.desk.office, street.desk.merchant, ANA) is None
        forward(street, heard.get(timeout=20))
        street.sandbox.owner.move(booking.event_id, booking.slot.start + HOUR, booking.slot.end + HOUR)
        forward(street, heard.get(timeout=20))
        (row,) = street.desk.rows(SyncRow)
        assert row.wanted_at is not None
        sync(shop.mirror, street.desk.merchant)
        assert [type(change) for change in shop.told] == [OwnerMoved]
        street.desk.office.google.wires.close()


def forward(street: Street, headers: dict[str, str]) -> None:
    """What the edge does with a push."""
    channel = headers["x-goog-channel-id"]
    assert merchant_of_channel(channel) == street.desk.merchant
    push = Push(
        id=request_id(),
        merchant=street.desk.merchant,
        channel_id=channel,
        resource_id=headers["x-goog-resource-id"],
        token=headers["x-goog-channel-token"],
        state=headers["x-goog-resource-state"],
        number=int(headers["x-goog-message-number"]),
    )
    street.desk.lay(push)
    hear(street.desk.office, push)


@contextmanager
def listening() -> Iterator[tuple[str, Queue[dict[str, str]]]]:
    """An address that writes down the headers of what is posted to it."""
    heard: Queue[dict[str, str]] = Queue()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.put({name.lower(): value for name, value in self.headers.items()})
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/google/push", heard
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_the_doctor_finds_what_the_owner_left_out(street: Street) -> None:
    street.link(scopes=("calendar.events.owned", "calendar.freebusy", "openid"))
    kinds = {finding.kind for finding in examine_merchant(street.desk.office, street.desk.merchant)}
    assert FindingKind.MISSING_PICK in kinds
    assert not {FindingKind.UNREADABLE, FindingKind.UNREACHABLE, FindingKind.REVOKED} & kinds


def test_sync_tokens_that_google_forgets_are_made_good(street: Street) -> None:
    street.link()
    shop = Shop(street.desk)
    booking = shop.book()
    sync(shop.mirror, street.desk.merchant)
    street.sandbox.owner.delete(booking.event_id)
    street.sandbox.owner.invalidate_sync_tokens()
    sync(shop.mirror, street.desk.merchant)
    assert [type(change) for change in shop.told] == [OwnerCancelled]


def test_a_write_that_is_cut_off_is_there_once(street: Street) -> None:
    street.link()
    shop = Shop(street.desk)
    booking = shop.book(event=False)
    agenda = agenda_for(street.desk.office, street.desk.merchant)
    street.sandbox.owner.arm("cut_after", method="calendar.events.insert", count=1)
    agenda.put(draft_of(booking))
    assert isinstance(agenda.put(draft_of(booking)), Written)
    assert len(street.sandbox.owner.events()) == 1


def test_every_calendar_of_the_account_can_be_picked(street: Street) -> None:
    street.link()
    with street.desk.read() as session:
        chosen = chosen_calendars(session, street.desk.diary.tray, street.desk.merchant)
    assert {(each.seen.role, each.writes) for each in chosen} >= {("owner", True), ("reader", False)}
