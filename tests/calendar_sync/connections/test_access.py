import threading
from contextlib import suppress
from datetime import timedelta

from calendar_sync.connections.access import StoredAccess
from calendar_sync.connections.agendas import agenda_for
from calendar_sync.google.agenda import Busy, Refused, Unknown, WhyRefused, WhyUnknown, Window
from calendar_sync.google.scopes import CHOICES
from calendar_sync.google.troubles import Failed, Trouble
from calendar_sync.outcomes import ReportKind
from kernel.ledger import lines
from tests.calendar_sync.connections.offices import Desk
from tests.calendar_sync.google.agendas import draft
from tests.calendar_sync.google.little_google import error


def day(desk: Desk) -> Window:
    return Window(desk.clock.now(), desk.clock.now() + timedelta(days=1))


def refreshes(desk: Desk) -> int:
    return desk.google.asked.count("POST /token")


def linked(desk: Desk) -> StoredAccess:
    desk.link()
    desk.google.asked.clear()
    return StoredAccess(desk.office, desk.merchant)


def test_a_token_is_used_as_long_as_it_lasts(desk: Desk) -> None:
    access = linked(desk)
    assert access.current() == access.current()
    assert refreshes(desk) == 0


def test_a_token_close_to_its_end_is_refreshed(desk: Desk) -> None:
    access = linked(desk)
    before = access.current()
    desk.clock.advance(timedelta(seconds=3599 - 30))
    after = access.current()
    assert isinstance(after, str)
    assert after != before
    assert (access.current(), refreshes(desk)) == (after, 1)


def test_a_token_that_google_refuses_is_refreshed_once(desk: Desk) -> None:
    linked(desk)
    desk.google.oauth.access.clear()
    assert agenda_for(desk.office, desk.merchant).busy(day(desk)) == Busy()
    assert refreshes(desk) == 1


def test_a_token_that_is_refused_even_when_new_is_not_refreshed_again(desk: Desk) -> None:
    linked(desk)
    desk.google.fail("/calendar/v3", error(401, "authError"), times=9)
    assert agenda_for(desk.office, desk.merchant).busy(day(desk)) == Unknown(WhyUnknown.RECONNECT)
    assert refreshes(desk) == 1


def test_many_that_find_a_stale_token_refresh_it_once(desk: Desk) -> None:
    access = linked(desk)
    stale = access.current()
    assert isinstance(stale, str)
    found: list[str | Failed] = []
    meeting = threading.Barrier(2)
    answer = desk.google.oauth._token

    def together(form: dict[str, str]) -> tuple[int, object]:
        # Two that refresh at once would meet here; one alone goes on after a moment.
        with suppress(threading.BrokenBarrierError):
            meeting.wait(timeout=1.0)
        return answer(form)

    desk.google.oauth._token = together  # type: ignore[method-assign]

    def renew() -> None:
        found.append(access.renewed(stale))
        desk.office.google.wires.close()

    threads = [threading.Thread(target=renew) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refreshes(desk) == 1
    assert len(set(found)) == 1
    assert stale not in found


def test_a_revoked_permission_ends_slots_at_once_and_the_owner_is_told_once(desk: Desk) -> None:
    linked(desk)
    desk.google.oauth.refresh.clear()
    desk.google.oauth.access.clear()
    agenda = agenda_for(desk.office, desk.merchant)
    assert agenda.busy(day(desk)) == Unknown(WhyUnknown.RECONNECT)
    assert agenda.put(draft()) == Refused(WhyRefused.RECONNECT)
    assert agenda_for(desk.office, desk.merchant).busy(day(desk)) == Unknown(WhyUnknown.RECONNECT)
    connection = desk.connection()
    assert connection
    assert (connection.state, connection.lapse) == ("reconnect", "invalid_grant")
    assert desk.token() is None
    told = desk.news()
    assert [(report.kind, report.facts) for report in told] == [
        (ReportKind.CONNECTION_LOST, {"reason": "reconnect"})
    ]
    assert refreshes(desk) == 1
    with desk.read() as session:
        assert [line.action for line in lines(session, desk.merchant)] == ["calendar.linked", "calendar.lost"]


def test_a_lost_connection_works_again_once_it_is_linked_again(desk: Desk) -> None:
    linked(desk)
    desk.google.oauth.refresh.clear()
    desk.google.oauth.access.clear()
    assert isinstance(agenda_for(desk.office, desk.merchant).busy(day(desk)), Unknown)
    desk.link()
    assert agenda_for(desk.office, desk.merchant).busy(day(desk)) == Busy()


def test_a_token_endpoint_that_is_down_loses_nothing(desk: Desk) -> None:
    access = linked(desk)
    desk.clock.advance(timedelta(hours=2))
    desk.google.fail("/token", error(503, "backendError"))
    failed = access.current()
    assert isinstance(failed, Failed)
    assert failed.trouble is Trouble.BACKEND
    connection = desk.connection()
    assert connection
    assert connection.state == "linked"
    assert isinstance(access.current(), str)


def test_a_client_that_google_does_not_know_is_our_trouble_and_not_the_owners(desk: Desk) -> None:
    access = linked(desk)
    desk.clock.advance(timedelta(hours=2))
    fault = error(401, "x")
    fault.body = {"error": "invalid_client"}
    desk.google.fail("/token", fault)
    assert access.current() == Failed(Trouble.SETUP, "invalid_client")
    connection = desk.connection()
    assert connection
    assert connection.state == "linked"
    assert desk.news() == []


def test_a_refresh_that_brings_fewer_scopes_ends_slots_and_tells_the_owner(desk: Desk) -> None:
    access = linked(desk)
    (token,) = desk.google.oauth.refresh
    desk.google.oauth.refresh[token] = CHOICES["a"][3]
    desk.clock.advance(timedelta(hours=2))
    assert isinstance(access.current(), str)
    assert agenda_for(desk.office, desk.merchant).busy(day(desk)) == Unknown(WhyUnknown.SCOPES)
    assert [report.facts for report in desk.news()] == [{"reason": "scopes"}]


def test_who_is_not_linked_has_no_slots(desk: Desk) -> None:
    assert agenda_for(desk.office, desk.merchant).busy(day(desk)) == Unknown(WhyUnknown.NOT_LINKED)
    failed = StoredAccess(desk.office, desk.merchant).current()
    assert isinstance(failed, Failed)
    assert failed.trouble is Trouble.NO_ACCESS


def test_marks_of_bookings_that_are_not_on_record_block_like_anybodys_event(desk: Desk) -> None:
    """Another shop that shares the calendar, or bookings that were erased."""
    linked(desk)
    foreign = draft(desk.clock.now() + timedelta(hours=2))
    agenda = agenda_for(desk.office, desk.merchant)
    agenda.put(foreign)
    assert agenda.busy(day(desk)) == Busy((Window(foreign.start, foreign.end),))
