from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from calendar_sync.connections.agendas import agenda_for
from calendar_sync.connections.models import GoogleCalendarRow, LinkedRow, LinkRow, RevocationRow
from calendar_sync.connections.revoking import revoke_at_google
from calendar_sync.connections.unlinking import close_account
from calendar_sync.google.agenda import Unknown, WhyUnknown, Window
from calendar_sync.mirror.channels import keep_open
from calendar_sync.mirror.jobs import sync_job
from calendar_sync.mirror.models import ChannelRow, SyncRow
from calendar_sync.outcomes import Report, ReportKind
from calendar_sync.requests import Unlink
from kernel.ids import MerchantId
from kernel.jobs import Job, defer
from kernel.ledger import lines, verify
from tests.calendar_sync.connections.offices import Desk, jobs, request_id
from tests.calendar_sync.google.little_google import Fault, error

FROM_GOOGLE = (GoogleCalendarRow, LinkRow, ChannelRow, SyncRow)


def unlink(desk: Desk, *, keep: bool = True) -> Report:
    report = desk.ask(Unlink(id=request_id(), merchant=desk.merchant, keep_bookings=keep, actor="owner"))
    assert report
    assert report.kind is ReportKind.UNLINKED
    return report


def ticket(desk: Desk) -> UUID:
    (row,) = desk.rows(RevocationRow)
    return UUID(str(row.id))


def revoke(desk: Desk) -> None:
    revoke_at_google(desk.office, desk.merchant, ticket(desk))


def test_everything_that_came_from_google_goes_at_once(desk: Desk) -> None:
    desk.link()
    keep_open(desk.office, desk.merchant, "owner@shop.test")
    desk.start()
    unlink(desk)
    assert (desk.token(), desk.connection()) == (None, None)
    assert [desk.rows(table) for table in (*FROM_GOOGLE, LinkedRow)] == [[]] * 5
    asked = Window(desk.clock.now(), desk.clock.now() + timedelta(days=1))
    assert agenda_for(desk.office, desk.merchant).busy(asked) == Unknown(WhyUnknown.NOT_LINKED)


def test_tokens_go_at_once_even_when_google_is_silent(desk: Desk) -> None:
    desk.link()
    desk.google.fail("", Fault("", raises=TimeoutError()), times=99)
    desk.google.asked.clear()
    unlink(desk)
    assert desk.token() is None
    assert desk.google.asked == []


def test_the_permission_is_taken_back_at_google(desk: Desk) -> None:
    desk.link()
    (refresh,) = desk.google.oauth.refresh
    receipt = unlink(desk).facts["receipt"]
    assert desk.receipt().revocation == "pending"
    revoke(desk)
    assert desk.google.oauth.revoked == [refresh]
    assert desk.rows(RevocationRow) == []
    assert str(desk.receipt().id) == receipt
    assert (desk.receipt().revocation, desk.receipt().revoked_at) == ("done", desk.clock.now())


def test_taking_it_back_is_tried_again_until_google_answers(desk: Desk) -> None:
    desk.link()
    unlink(desk)
    desk.google.fail("/revoke", error(503, "backendError"), times=2)
    revoke(desk)
    revoke(desk)
    assert (desk.receipt().revocation, desk.receipt().attempts) == ("pending", 2)
    with desk.read() as session:
        assert [name for name, _ in jobs(session)].count("connections:revoke") == 3
    revoke(desk)
    assert (desk.receipt().revocation, desk.receipt().attempts) == ("done", 3)


def test_what_is_revoked_already_is_a_success(desk: Desk) -> None:
    desk.link()
    unlink(desk)
    desk.google.oauth.refresh.clear()
    desk.google.oauth.access.clear()
    revoke(desk)
    assert desk.receipt().revocation == "done"


def test_after_a_day_it_is_given_up_and_the_owner_is_told(desk: Desk) -> None:
    desk.link()
    unlink(desk)
    desk.clock.advance(timedelta(days=1))
    desk.google.fail("/revoke", Fault("", 503))
    revoke(desk)
    assert desk.rows(RevocationRow) == []
    assert desk.receipt().revocation == "gave_up"
    (told,) = desk.news()
    assert told.facts["reason"] == "not_revoked"


def test_a_revocation_that_runs_twice_is_done_once(desk: Desk) -> None:
    desk.link()
    unlink(desk)
    which = ticket(desk)
    revoke_at_google(desk.office, desk.merchant, which)
    revoke_at_google(desk.office, desk.merchant, which)
    assert len(desk.google.oauth.revoked) == 1


def test_channels_are_stopped_before_the_permission_goes(desk: Desk) -> None:
    desk.link()
    keep_open(desk.office, desk.merchant, "owner@shop.test")
    assert len(desk.google.channels) == 1
    unlink(desk)
    revoke(desk)
    assert desk.google.channels == {}
    assert desk.receipt().revocation == "done"


def test_linking_again_while_google_was_silent_is_not_cut_off(desk: Desk) -> None:
    desk.link()
    unlink(desk)
    which = ticket(desk)
    desk.link()
    revoke_at_google(desk.office, desk.merchant, which)
    assert desk.google.oauth.revoked == []
    assert desk.rows(RevocationRow) == []
    assert desk.receipt().revocation == "shared"


def test_jobs_about_the_connection_are_cancelled_and_no_others(desk: Desk) -> None:
    desk.link()
    other = Job(task="calendar_sync:remind", queue="diary", args={"merchant": str(desk.merchant)})
    with desk.read() as session:
        defer(session, sync_job(desk.merchant), sync_job(uuid4()), other)
    unlink(desk)
    with desk.read() as session:
        left = {(name, args["merchant"] == str(desk.merchant)) for name, args in jobs(session)}
    assert left - {("calendar_sync:serve", True)} == {
        ("mirror:sync", False),
        ("calendar_sync:remind", True),
        ("connections:revoke", True),
    }


def test_the_ledger_tells_the_story_and_holds(desk: Desk) -> None:
    desk.link()
    unlink(desk)
    revoke(desk)
    with desk.read() as session:
        chain = list(lines(session, desk.merchant))
    assert [line.action for line in chain] == ["calendar.linked", "calendar.unlinked", "calendar.revoked"]
    assert verify(chain) == 3


def test_two_shops_on_one_account_do_not_cut_each_other_off(desk: Desk) -> None:
    desk.link()
    first = desk.merchant
    desk.merchant = MerchantId(uuid4())
    desk.link()
    assert unlink(desk).facts["revocation"] == "shared"
    assert desk.rows(RevocationRow) == []
    assert desk.google.oauth.revoked == []
    desk.merchant = first
    assert unlink(desk).facts["revocation"] == "pending"


@pytest.mark.parametrize("keep", [True, False])
def test_bookings_stay_or_go_as_the_merchant_wants(desk: Desk, keep: bool) -> None:
    from calendar_sync.bookings.models import BookingRow
    from tests.calendar_sync.mirror.shops import Shop

    desk.link()
    shop = Shop(desk)
    marked = replace(shop.book(), etag='"5"')
    shop.save(marked)
    shop.book(hours=30)
    unlink(desk, keep=keep)
    assert [row.etag for row in desk.rows(BookingRow)] == (["", ""] if keep else [])
    assert desk.receipt().deleted.get("bookings") == (None if keep else 2)


def test_closing_the_account_does_the_same(desk: Desk) -> None:
    desk.link()
    with desk.read() as session:
        close_account(session, desk.office, desk.merchant, "owner")
    assert (desk.token(), desk.connection()) == (None, None)
    assert (desk.receipt().reason, desk.receipt().deleted["bookings"]) == ("closed", 0)


def test_unlinking_what_is_not_linked_is_answered(desk: Desk) -> None:
    assert unlink(desk).facts["revocation"] == "nothing"


def test_a_connection_that_google_had_ended_needs_no_revocation(desk: Desk) -> None:
    from calendar_sync.connections.access import lose

    desk.link()
    with desk.read() as session:
        lose(session, desk.office, desk.merchant, "invalid_grant")
    assert unlink(desk).facts["revocation"] == "nothing"


def test_the_console_reads_the_receipt(desk: Desk) -> None:
    from calendar_sync.connections.viewing import receipts

    desk.link()
    unlink(desk)
    with desk.edge.transaction(desk.merchant) as session:
        (receipt,) = receipts(session, desk.merchant)
    assert (receipt.deleted["tokens"], receipt.deleted["calendars"]) == (1, 1)
