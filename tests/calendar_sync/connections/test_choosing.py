import pytest

from calendar_sync.connections.agendas import agenda_for
from calendar_sync.connections.choices import calendars_for
from calendar_sync.connections.shown import chosen_calendars
from calendar_sync.google.agenda import Unknown, WhyUnknown, Window
from calendar_sync.google.calendars import Calendars
from calendar_sync.ids import StaffId
from calendar_sync.outcomes import Report, ReportKind
from calendar_sync.requests import ChooseCalendars
from tests.calendar_sync.connections.offices import Desk, request_id
from tests.calendar_sync.google.little_google import Calendar

MAIN, SECOND, SHARED = "owner@shop.test", "second@group.test", "shared@group.test"


@pytest.fixture(autouse=True)
def calendars(desk: Desk) -> None:
    desk.google.calendars[SECOND] = Calendar(SECOND)
    desk.google.calendars[SHARED] = Calendar(SHARED, role="reader")


def choose(desk: Desk, blocking: tuple[str, ...], writing: str, **values: object) -> Report:
    report = desk.ask(
        ChooseCalendars(
            id=request_id(),
            merchant=desk.merchant,
            blocking=blocking,
            writing=writing,
            actor="owner",
            **values,  # type: ignore[arg-type]
        )
    )
    assert report
    return report


def chosen(desk: Desk) -> Calendars | None:
    with desk.read() as session:
        return calendars_for(chosen_calendars(session, desk.diary.tray, desk.merchant))


def test_calendars_are_chosen(desk: Desk) -> None:
    desk.link()
    staff = ((StaffId("ana"), SHARED),)
    assert choose(desk, (MAIN, SHARED), MAIN, of_staff=staff).kind is ReportKind.CALENDARS_CHOSEN
    now = chosen(desk)
    assert now
    assert (now.writing, set(now.blocking), now.of_staff) == (MAIN, {MAIN, SHARED}, staff)


def test_a_calendar_that_was_written_to_before_is_remembered(desk: Desk) -> None:
    desk.link()
    choose(desk, (SECOND,), SECOND)
    now = chosen(desk)
    assert now
    assert (now.writing, now.earlier) == (SECOND, (MAIN,))


@pytest.mark.parametrize(
    ("blocking", "writing", "reason"),
    [
        (("strangers@group.test",), MAIN, "unknown_calendar"),
        ((MAIN,), "strangers@group.test", "unknown_calendar"),
        ((MAIN,), SHARED, "unwritable"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(
    desk: Desk, blocking: tuple[str, ...], writing: str, reason: str
) -> None:
    desk.link()
    before = chosen(desk)
    report = choose(desk, blocking, writing)
    assert (report.kind, report.facts["reason"]) == (ReportKind.REFUSED, reason)
    assert chosen(desk) == before


def test_without_a_connection_nothing_is_chosen(desk: Desk) -> None:
    assert choose(desk, (MAIN,), MAIN).facts["reason"] == "not_linked"


def test_a_calendar_that_vanished_keeps_blocking_until_it_is_taken_off(desk: Desk) -> None:
    desk.link()
    choose(desk, (MAIN, SECOND), MAIN)
    del desk.google.calendars[SECOND]
    desk.link()
    now = chosen(desk)
    assert now
    assert set(now.blocking) == {MAIN, SECOND}
    window = Window(desk.clock.now(), desk.clock.now().replace(hour=23))
    assert agenda_for(desk.office, desk.merchant).busy(window) == Unknown(WhyUnknown.CALENDAR)
