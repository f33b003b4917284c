"""The drawn week: days, lanes, and nights that belong to two days."""

from datetime import date
from zoneinfo import ZoneInfo

from sandbox.google.models import CalendarId, Json, StoredEvent
from sandbox.google.pages.week import Block, monday_of, week_of
from tests.sandbox.google.conftest import timed

BOGOTA = ZoneInfo("America/Bogota")
MONDAY = date(2026, 11, 23)


def stored(event_id: str, body: Json) -> StoredEvent:
    sides = {
        side: {**body[side], "dateTime": f"{body[side]['dateTime']}-05:00"}
        if "dateTime" in body[side]
        else body[side]
        for side in ("start", "end")
    }
    return StoredEvent(
        calendar_id=CalendarId("c"), body={"id": event_id, "status": "confirmed"} | body | sides, change=1
    )


def drawn(*events: StoredEvent) -> dict[str, tuple[Block, ...]]:
    return {f"{day.date:%d}": day.blocks for day in week_of(events, BOGOTA, MONDAY) if day.blocks}


def test_the_week_begins_on_monday() -> None:
    assert {monday_of(date(2026, 11, day)) for day in range(23, 30)} == {MONDAY}


def test_quarters_are_rounded_outwards_and_never_nothing() -> None:
    blocks = drawn(stored("a", timed("24T10:10", "24T10:20")), stored("b", timed("24T12:00", "24T12:00")))[
        "24"
    ]
    assert [(each.first, each.length) for each in blocks] == [(40, 2), (48, 1)]


def test_what_overlaps_shares_the_width_and_what_only_touches_does_not() -> None:
    blocks = drawn(
        stored("a", timed("24T09:00", "24T10:00")),
        stored("b", timed("24T09:30", "24T11:00")),
        stored("c", timed("24T10:00", "24T11:00")),
        stored("d", timed("24T11:00", "24T12:00")),
    )["24"]
    assert {each.event_id: (each.lane, each.lanes) for each in blocks} == {
        "a": (1, 2),
        "b": (2, 2),
        "c": (1, 2),
        "d": (1, 1),
    }


def test_a_night_is_drawn_on_both_days_and_knows_its_whole_length() -> None:
    found = drawn(stored("a", timed("24T22:00", "25T02:00")))
    assert [(day, blocks[0].first, blocks[0].length) for day, blocks in found.items()] == [
        ("24", 88, 8),
        ("25", 0, 8),
    ]
    assert {str(blocks[0].start) for blocks in found.values()} == {"2026-11-24 22:00:00"}
    until_midnight = drawn(stored("a", timed("24T22:00", "25T00:00")))
    assert list(until_midnight) == ["24"]
    assert until_midnight["24"][0].length == 8


def test_whole_days_stand_on_each_of_their_days() -> None:
    fair = stored("a", {"start": {"date": "2026-11-28"}, "end": {"date": "2026-11-30"}})
    days = [day.date.day for day in week_of([fair], BOGOTA, MONDAY) if day.whole]
    assert days == [28, 29]
