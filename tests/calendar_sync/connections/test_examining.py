from datetime import timedelta

import pytest

from calendar_sync.connections.doctor import FindingKind as Kind
from calendar_sync.connections.examining import examine_merchant
from calendar_sync.connections.models import ConnectionRow
from calendar_sync.connections.viewing import view
from calendar_sync.google.scopes import CHOICES
from calendar_sync.mirror.channels import keep_open
from tests.calendar_sync.connections.offices import Desk
from tests.calendar_sync.google.little_google import Fault, error

MAIN = "owner@shop.test"


def kinds(desk: Desk) -> list[Kind]:
    return [finding.kind for finding in examine_merchant(desk.office, desk.merchant)]


def test_a_fresh_link_is_healthy(desk: Desk) -> None:
    desk.link()
    desk.google.date = "Mon, 23 Nov 2026 15:00:05 GMT"
    assert kinds(desk) == [Kind.HEALTHY]


def test_who_is_not_linked_is_told_so(desk: Desk) -> None:
    assert kinds(desk) == [Kind.NOT_LINKED]


def test_a_revoked_permission_is_found_by_asking(desk: Desk) -> None:
    desk.link()
    desk.google.oauth.refresh.clear()
    desk.google.oauth.access.clear()
    assert kinds(desk) == [Kind.REVOKED]


def test_testing_mode_is_named_from_the_first_day(desk: Desk) -> None:
    desk.google.oauth.extra = {"refresh_token_expires_in": 604799}
    desk.link()
    assert Kind.TESTING in kinds(desk)


def test_a_missing_scope_is_named(desk: Desk) -> None:
    desk.link(" ".join(("openid", CHOICES["a"][3])))
    assert {Kind.MISSING_FREE_BUSY, Kind.MISSING_PICK} <= set(kinds(desk))


def test_a_calendar_that_was_taken_away_is_named(desk: Desk) -> None:
    desk.link()
    desk.google.calendars[MAIN].role = "reader"
    assert Kind.UNWRITABLE in kinds(desk)


def test_a_calendar_that_cannot_be_read_is_named(desk: Desk) -> None:
    desk.link()
    desk.google.calendars[MAIN].gone = True
    findings = examine_merchant(desk.office, desk.merchant)
    assert [(each.kind, each.facts) for each in findings] == [
        (Kind.UNREADABLE, {"calendar": "Agenda owner@shop.test"})
    ]


def test_a_clock_that_is_off_is_named(desk: Desk) -> None:
    desk.link()
    desk.google.date = "Mon, 23 Nov 2026 15:05:00 GMT"
    assert Kind.CLOCK in kinds(desk)


def test_a_channel_that_was_never_heard_of_is_named(desk: Desk) -> None:
    desk.link()
    desk.google.date = "Mon, 23 Nov 2026 15:30:00 GMT"
    keep_open(desk.office, desk.merchant, MAIN)
    desk.clock.advance(timedelta(minutes=30))
    assert kinds(desk) == [Kind.PUSH_SILENT]


@pytest.mark.parametrize(
    ("call", "fault", "kind"),
    [
        ("/freeBusy", error(403, "accessNotConfigured"), Kind.API_OFF),
        ("/freeBusy", Fault("", raises=TimeoutError()), Kind.UNREACHABLE),
        ("/freeBusy", error(503, "backendError"), Kind.UNREACHABLE),
        ("/token", Fault("", 401, {"error": "deleted_client"}), Kind.CLIENT_REFUSED),
    ],
)
def test_what_stands_in_the_way_is_named(desk: Desk, call: str, fault: Fault, kind: Kind) -> None:
    desk.link()
    desk.clock.advance(timedelta(hours=2))
    desk.google.fail(call, fault, times=4)
    assert kinds(desk) == [kind]


def test_findings_are_stored_sealed_and_shown_to_the_console(desk: Desk) -> None:
    desk.link()
    desk.google.calendars[MAIN].gone = True
    examine_merchant(desk.office, desk.merchant)
    (row,) = desk.rows(ConnectionRow)
    assert b"Agenda" not in row.findings
    with desk.edge.transaction(desk.merchant) as session:
        shown = view(session, desk.diary.tray, desk.merchant)
    assert shown
    assert shown.examined_at == desk.clock.now()
    assert [each.kind for each in shown.findings] == [Kind.UNREADABLE]
