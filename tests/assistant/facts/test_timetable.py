from datetime import date, datetime
from zoneinfo import ZoneInfo

from assistant.facts.timetable import Timetable
from tests.assistant.shelves import hours

ZONE = ZoneInfo("America/Bogota")
TABLE = Timetable(hours())


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_a_range_past_midnight_belongs_to_the_day_it_began():
    opening = TABLE.open_at(at("2026-10-17T01:59"))
    assert opening.opens == at("2026-10-16T18:00")
    assert TABLE.open_at(at("2026-10-17T02:00")) is None


def test_the_pause_between_two_shifts_is_closed():
    assert TABLE.open_at(at("2026-10-14T13:00")) is None
    assert TABLE.next_opening(at("2026-10-14T13:00")).opens == at("2026-10-14T14:00")


def test_a_special_day_replaces_the_weekly_ranges_completely():
    assert TABLE.day(date(2026, 11, 16)).is_closed
    assert [span.opens.hour for span in TABLE.day(date(2026, 12, 24)).ranges] == [9]


def test_the_next_opening_skips_closed_days():
    assert TABLE.next_opening(at("2026-10-17T14:00")).opens == at("2026-10-19T08:00")
