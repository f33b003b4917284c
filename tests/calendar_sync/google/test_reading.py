from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from calendar_sync.google.agenda import Busy, Unknown, WhyUnknown, Window, merged
from calendar_sync.google.calendars import Calendars
from calendar_sync.google.reading import pieces
from calendar_sync.google.troubles import Failed, Trouble
from calendar_sync.ids import StaffId
from tests.calendar_sync.google.agendas import LittleWorld
from tests.calendar_sync.google.little_google import Calendar, Fault, error

TEN = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = Window(TEN - 8 * HOUR, TEN + 8 * HOUR)
MAIN, TEAM, ANA = "owner@shop.test", "team@group.test", "ana@group.test"


@pytest.fixture
def world() -> LittleWorld:
    opened = LittleWorld()
    for name in (TEAM, ANA):
        opened.google.calendars[name] = Calendar(name, role="reader")
    opened.calendars = Calendars(writing=MAIN, blocking=(MAIN, TEAM), of_staff=((StaffId("ana"), ANA),))
    return opened


def add(world: LittleWorld, calendar: str, at: datetime = TEN, **values: Any) -> None:
    held = world.google.calendars[calendar]
    sides = {"start": {"dateTime": at.isoformat()}, "end": {"dateTime": (at + HOUR).isoformat()}}
    world.google.store(held, {"id": f"e{len(held.events)}", **sides, **values})


def test_calendars_that_only_block_are_asked_without_their_events(world: LittleWorld) -> None:
    add(world, TEAM)
    assert world.agenda.busy(DAY) == Busy((Window(TEN, TEN + HOUR),), ((StaffId("ana"), ()),))
    assert world.google.asked == ["POST /calendar/v3/freeBusy", f"GET /calendar/v3/calendars/{MAIN}/events"]


def test_a_persons_own_calendar_blocks_that_person_only(world: LittleWorld) -> None:
    add(world, ANA)
    add(world, TEAM, TEN + HOUR)
    busy = world.agenda.busy(DAY)
    assert isinstance(busy, Busy)
    assert busy.ranges == (Window(TEN + HOUR, TEN + 2 * HOUR),)
    assert busy.of(StaffId("ana")) == (Window(TEN, TEN + 2 * HOUR),)
    assert busy.of(StaffId("luis")) == busy.ranges


def test_an_error_for_one_calendar_inside_a_good_answer_is_unknown(world: LittleWorld) -> None:
    world.google.calendars[TEAM].gone = True
    assert world.agenda.busy(DAY) == Unknown(WhyUnknown.CALENDAR)


def test_a_calendar_that_the_answer_forgets_is_unknown(world: LittleWorld) -> None:
    world.google.fail("freeBusy", Fault("", 200, {"calendars": {ANA: {"busy": []}}}))
    assert world.agenda.busy(DAY) == Unknown(WhyUnknown.CALENDAR)


def test_a_body_that_is_no_list_of_events_is_no_empty_list(world: LittleWorld) -> None:
    world.google.fail(f"{MAIN}/events", Fault("", 200, {"timeZone": "UTC"}))
    assert world.agenda.busy(DAY) == Unknown(WhyUnknown.CALENDAR)


def test_times_that_cannot_be_read_are_unknown(world: LittleWorld) -> None:
    rubbish = {"busy": [{"start": "soon", "end": "later"}]}
    world.google.fail("freeBusy", Fault("", 200, {"calendars": {TEAM: rubbish, ANA: {"busy": []}}}))
    assert world.agenda.busy(DAY) == Unknown(WhyUnknown.CALENDAR)


@pytest.mark.parametrize(
    ("status", "reason", "why"),
    [
        (403, "insufficientPermissions", WhyUnknown.SCOPES),
        (403, "rateLimitExceeded", WhyUnknown.RATE),
        (403, "quotaExceeded", WhyUnknown.QUOTA),
        (403, "accessNotConfigured", WhyUnknown.MISCONFIGURED),
        (404, "notFound", WhyUnknown.CALENDAR),
        (503, "backendError", WhyUnknown.UNREACHABLE),
    ],
)
@pytest.mark.parametrize("call", ["freeBusy", f"{MAIN}/events"])
def test_whatever_goes_wrong_nothing_is_free(
    world: LittleWorld, call: str, status: int, reason: str, why: WhyUnknown
) -> None:
    world.google.fail(call, error(status, reason), times=9)
    assert world.agenda.busy(DAY) == Unknown(why)


def test_a_reading_that_fails_in_passing_is_tried_once_more(world: LittleWorld) -> None:
    world.google.fail("freeBusy", error(503, "backendError"))
    assert isinstance(world.agenda.busy(DAY), Busy)


def test_a_permission_that_is_gone_is_unknown(world: LittleWorld) -> None:
    world.access.token = Failed(Trouble.NO_ACCESS, "reconnect")
    assert world.agenda.busy(DAY) == Unknown(WhyUnknown.RECONNECT)


@pytest.mark.parametrize(
    "values",
    [
        {"transparency": "transparent"},
        {"status": "cancelled"},
        {"attendees": [{"self": True, "responseStatus": "declined"}]},
    ],
)
def test_events_that_take_no_time_do_not_block(world: LittleWorld, values: dict[str, Any]) -> None:
    add(world, MAIN, **values)
    busy = world.agenda.busy(DAY)
    assert isinstance(busy, Busy)
    assert busy.ranges == ()


def test_an_invitation_that_was_not_answered_blocks(world: LittleWorld) -> None:
    add(world, MAIN, attendees=[{"self": True, "responseStatus": "needsAction"}])
    busy = world.agenda.busy(DAY)
    assert isinstance(busy, Busy)
    assert busy.ranges == (Window(TEN, TEN + HOUR),)


def test_a_whole_day_is_the_calendars_own_day(world: LittleWorld) -> None:
    bogota = ZoneInfo("America/Bogota")
    add(world, MAIN, start={"date": "2026-11-25"}, end={"date": "2026-11-26"})
    busy = world.agenda.busy(Window(TEN, TEN + timedelta(days=3)))
    assert isinstance(busy, Busy)
    midnight = datetime(2026, 11, 25, tzinfo=bogota)
    assert busy.ranges == (Window(midnight, midnight + timedelta(days=1)),)


def test_all_pages_are_read(world: LittleWorld) -> None:
    world.google.page_size = 1
    for hour in (0, 2, 4):
        add(world, MAIN, TEN + hour * HOUR)
    busy = world.agenda.busy(DAY)
    assert isinstance(busy, Busy)
    assert len(busy.ranges) == 3


def test_long_times_are_asked_for_in_pieces_of_sixty_days(world: LittleWorld) -> None:
    world.agenda.busy(Window(TEN, TEN + timedelta(days=130)))
    assert world.google.asked.count("POST /calendar/v3/freeBusy") == 3
    spans = list(pieces(Window(TEN, TEN + timedelta(days=130))))
    assert [span.end - span.start for span in spans] == [
        timedelta(days=60),
        timedelta(days=60),
        timedelta(days=10),
    ]
    assert merged(spans) == (Window(TEN, TEN + timedelta(days=130)),)


def test_more_calendars_than_one_question_holds_are_asked_for_in_several(world: LittleWorld) -> None:
    many = tuple(f"c{number}@group.test" for number in range(120))
    for name in many:
        world.google.calendars[name] = Calendar(name)
    add(world, many[-1])
    world.calendars = Calendars(writing=MAIN, blocking=many)
    busy = world.agenda.busy(DAY)
    assert isinstance(busy, Busy)
    assert busy.ranges == (Window(TEN, TEN + HOUR),)
    assert world.google.asked == ["POST /calendar/v3/freeBusy"] * 3
