from datetime import timedelta

import pytest

from calendar_sync.connections.models import ConnectionRow, LinkedRow
from calendar_sync.google.errors import GoogleUnready
from calendar_sync.mirror.models import ChannelRow
from calendar_sync.mirror.rounds import make_rounds, sync_now, tend
from calendar_sync.mirror.syncing import Mirror
from tests.calendar_sync.connections.offices import Desk, jobs
from tests.calendar_sync.google.little_google import error
from tests.calendar_sync.mirror.shops import HOUR, MAIN, Shop


def tended(desk: Desk) -> int:
    with desk.read() as session:
        return [name for name, _ in jobs(session)].count("mirror:tend")


def due_in(desk: Desk) -> timedelta:
    (row,) = desk.rows(LinkedRow)
    due: timedelta = row.due_at - desk.clock.now()
    return due


def test_a_new_connection_is_looked_at_at_once_and_then_every_few_hours(desk: Desk) -> None:
    assert make_rounds(desk.office) == 1
    assert make_rounds(desk.office) == 0
    assert tended(desk) == 1
    assert timedelta(hours=2) < due_in(desk) < timedelta(hours=4)
    desk.clock.advance(timedelta(hours=4))
    assert make_rounds(desk.office) == 1


def test_without_pushes_it_is_looked_at_every_few_minutes(desk: Desk) -> None:
    from dataclasses import replace

    from calendar_sync.google.door import GoogleDoor

    desk.office = replace(desk.office, google=GoogleDoor(replace(desk.office.google.app, push="")))
    make_rounds(desk.office)
    assert timedelta(minutes=3) < due_in(desk) < timedelta(minutes=7)


def test_a_lost_push_is_made_good_by_the_rounds(desk: Desk) -> None:
    shop = Shop(desk)
    booking = shop.book()
    tend(shop.mirror, desk.merchant)
    moved = shop.owner_moves(booking, HOUR)
    tend(shop.mirror, desk.merchant)
    assert shop.find(booking).slot.window == moved
    assert len(shop.told) == 1


def test_the_rounds_open_the_channel_and_examine(desk: Desk) -> None:
    tend(Mirror(office=desk.office, apply=lambda *_: None), desk.merchant)
    assert len(desk.rows(ChannelRow)) == 1
    (row,) = desk.rows(ConnectionRow)
    assert row.examined_at == desk.clock.now()


def test_a_passing_trouble_is_raised_for_the_job_to_be_repeated(desk: Desk) -> None:
    desk.google.fail(f"GET /calendar/v3/calendars/{MAIN}/events", error(503, "backendError"))
    with pytest.raises(GoogleUnready):
        sync_now(Mirror(office=desk.office, apply=lambda *_: None), desk.merchant)


def test_a_calendar_at_its_limit_is_left_alone_for_an_hour(desk: Desk) -> None:
    from sqlalchemy import text

    desk.google.fail(f"GET /calendar/v3/calendars/{MAIN}/events", error(403, "quotaExceeded"))
    sync_now(Mirror(office=desk.office, apply=lambda *_: None), desk.merchant)
    with desk.read() as session:
        (at,) = session.execute(
            text("select scheduled_at from jobs.procrastinate_jobs where task_name = 'mirror:sync'")
        ).scalars()
    assert timedelta(minutes=45) <= at - desk.clock.now() <= timedelta(minutes=75)


def test_a_lasting_trouble_is_left_to_the_doctor(desk: Desk) -> None:
    desk.google.fail(f"GET /calendar/v3/calendars/{MAIN}/events", error(403, "insufficientPermissions"))
    sync_now(Mirror(office=desk.office, apply=lambda *_: None), desk.merchant)


def test_a_lost_connection_is_left_alone(desk: Desk) -> None:
    from calendar_sync.connections.access import lose

    with desk.read() as session:
        lose(session, desk.office, desk.merchant, "invalid_grant")
    desk.google.asked.clear()
    tend(Mirror(office=desk.office, apply=lambda *_: None), desk.merchant)
    assert desk.google.asked == []
