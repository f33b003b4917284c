"""One suite over the real agenda and the fake: what a booking may rely on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from calendar_sync.google.agenda import (
    Busy,
    Refused,
    TakenId,
    Unclear,
    Unknown,
    WhyRefused,
    WhyUnknown,
    Window,
    Written,
)
from tests.calendar_sync.google.agendas import FakeWorld, LittleWorld, World, draft
from tests.calendar_sync.google.sandboxes import SandboxWorld, sandboxed

TEN = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = Window(TEN - 8 * HOUR, TEN + 8 * HOUR)


@pytest.fixture(params=["fake", "little", "sandbox"])
def world(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    if request.param == "fake":
        yield FakeWorld()
    elif request.param == "little":
        yield LittleWorld()
    else:
        monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
        with sandboxed() as sandbox:
            opened = SandboxWorld.in_(sandbox)
            yield opened
            opened.door.wires.close()


def test_an_empty_calendar_is_not_busy(world: World) -> None:
    assert world.agenda.busy(DAY) == Busy()


def test_the_owners_events_are_busy(world: World) -> None:
    world.owner_blocks(Window(TEN, TEN + HOUR))
    world.owner_blocks(Window(TEN + HOUR, TEN + 2 * HOUR))
    assert world.agenda.busy(DAY) == Busy((Window(TEN, TEN + 2 * HOUR),))


def test_busy_times_are_cut_to_the_window(world: World) -> None:
    world.owner_blocks(Window(TEN - HOUR, TEN + HOUR))
    assert world.agenda.busy(Window(TEN, TEN + 3 * HOUR)) == Busy((Window(TEN, TEN + HOUR),))


def test_bookings_of_ours_are_not_busy(world: World) -> None:
    world.agenda.put(draft())
    assert world.agenda.busy(DAY) == Busy()


def test_a_calendar_that_cannot_be_read_is_unknown_and_not_free(world: World) -> None:
    world.calendar_vanishes()
    assert world.agenda.busy(DAY) == Unknown(WhyUnknown.CALENDAR)


def test_an_event_is_written(world: World) -> None:
    event = draft()
    assert isinstance(world.agenda.put(event), Written)
    assert world.times_of(event.id) == Window(TEN, TEN + HOUR)


def test_an_event_written_twice_is_there_once(world: World) -> None:
    event = draft()
    assert isinstance(world.agenda.put(event), Written)
    assert isinstance(world.agenda.put(event), Written)
    assert world.count() == 1


def test_a_write_without_answer_is_unclear_and_its_repetition_finds_it_done(world: World) -> None:
    event = draft()
    world.next_write_is_unanswered()
    assert isinstance(world.agenda.put(event), Unclear)
    assert isinstance(world.agenda.put(event), Written)
    assert world.count() == 1


def test_an_id_that_somebody_else_took_is_said_to_be_taken(world: World) -> None:
    event = draft()
    world.owner_makes(event.id, Window(TEN, TEN + HOUR))
    assert world.agenda.put(event) == TakenId()


def test_an_event_that_was_deleted_is_written_again(world: World) -> None:
    event = draft()
    world.agenda.put(event)
    world.owner_deletes(event.id)
    assert isinstance(world.agenda.put(event), Written)
    assert world.times_of(event.id) == Window(TEN, TEN + HOUR)


def test_an_event_is_moved(world: World) -> None:
    event = draft()
    world.agenda.put(event)
    later = replace(event, start=TEN + 2 * HOUR, end=TEN + 3 * HOUR)
    assert isinstance(world.agenda.change(event.id, later), Written)
    assert world.times_of(event.id) == Window(TEN + 2 * HOUR, TEN + 3 * HOUR)


def test_an_event_that_the_owner_moved_can_still_be_moved(world: World) -> None:
    event = draft()
    world.agenda.put(event)
    world.owner_moves(event.id, HOUR)
    assert isinstance(world.agenda.change(event.id, event), Written)
    assert world.times_of(event.id) == Window(TEN, TEN + HOUR)


@pytest.mark.parametrize("made", [True, False])
def test_an_event_that_is_gone_is_not_moved(world: World, *, made: bool) -> None:
    event = draft()
    if made:
        world.agenda.put(event)
        world.owner_deletes(event.id)
    assert world.agenda.change(event.id, event) == Refused(WhyRefused.GONE)


def test_nobody_elses_event_is_moved_or_removed(world: World) -> None:
    event = draft()
    world.owner_makes(event.id, Window(TEN, TEN + HOUR))
    assert world.agenda.change(event.id, event) == Refused(WhyRefused.NOT_OURS)
    assert world.agenda.remove(event.id) == Refused(WhyRefused.NOT_OURS)
    assert world.count() == 1


def test_an_event_is_removed_and_removed_again(world: World) -> None:
    event = draft()
    world.agenda.put(event)
    assert isinstance(world.agenda.remove(event.id), Written)
    assert isinstance(world.agenda.remove(event.id), Written)
    assert world.count() == 0


def test_removing_what_never_was_is_a_success(world: World) -> None:
    assert isinstance(world.agenda.remove(draft().id), Written)


def test_a_removal_without_answer_is_unclear_and_its_repetition_finds_it_done(world: World) -> None:
    event = draft()
    world.agenda.put(event)
    world.next_write_is_unanswered()
    assert isinstance(world.agenda.remove(event.id), Unclear)
    assert isinstance(world.agenda.remove(event.id), Written)
    assert world.count() == 0


def test_no_write_reaches_a_calendar_that_is_gone(world: World) -> None:
    world.calendar_vanishes()
    assert world.agenda.put(draft()) == Refused(WhyRefused.NO_CALENDAR)
