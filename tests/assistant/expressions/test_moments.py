"""Frozen clocks: around midnight, at the ends of months, on leap days, where daylight saving begins and ends."""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest

from assistant.expressions.shop import ShopClock
from tests.assistant.expressions.scenes import BAR, DENTIST, day, mentions, readings

OPEN = (day("08:00-20:00"),) * 7


def shop(zone: str) -> ShopClock:
    return ShopClock(zone=ZoneInfo(zone), weekly=OPEN)


SANTIAGO, SAO_PAULO, MEXICO, MADRID = map(
    shop, ["America/Santiago", "America/Sao_Paulo", "America/Mexico_City", "Europe/Madrid"]
)


@pytest.mark.parametrize(
    ("now", "text", "meant"),
    [
        ("2026-11-18 23:59", "mañana a las 9", "minute 2026-11-19 09:00"),
        ("2026-11-19 00:01", "mañana a las 9", "minute 2026-11-20 09:00"),
        ("2026-11-19 00:01", "hoy a las 9", "minute 2026-11-19 09:00"),
        ("2026-11-18 23:50", "en 20 minutos", "minute 2026-11-19 00:10"),
        ("2026-11-18 23:50", "hoy", "day 2026-11-18"),
        ("2026-11-18 23:59", "esta noche", "part 2026-11-18 19:00…2026-11-18 23:00"),
        ("2026-11-22 23:59", "esta semana", "week 2026-11-22…2026-11-22"),
        ("2026-11-23 00:00", "esta semana", "week 2026-11-23…2026-11-29"),
        ("2026-11-22 12:00", "la próxima semana", "week 2026-11-23…2026-11-29"),
        ("2026-11-19 08:00", "el jueves", "day 2026-11-26"),
        ("2026-11-22 12:00", "el otro jueves", "day 2026-11-26"),
        ("2026-11-21 09:00", "el finde", "days 2026-11-21…2026-11-22"),
        ("2026-11-21 09:00", "el próximo fin de semana", "days 2026-11-28…2026-11-29"),
        ("2026-11-22 09:00", "el finde", "days 2026-11-22…2026-11-22"),
    ],
)
def test_around_midnight_and_the_ends_of_weeks(now, text, meant):
    assert readings(text, now) == [meant]


@pytest.mark.parametrize(
    ("now", "text", "meant"),
    [
        ("2026-11-30 10:00", "mañana", "day 2026-12-01"),
        ("2026-12-31 10:00", "mañana", "day 2027-01-01"),
        ("2026-12-31 10:00", "el mes que viene", "month 2027-01-01…2027-01-31"),
        ("2026-01-31 10:00", "en un mes", "day 2026-02-28"),
        ("2028-01-31 10:00", "en un mes", "day 2028-02-29"),
        ("2026-11-30 10:00", "a fin de mes", "days 2026-11-21…2026-11-30"),
        ("2026-11-20 10:00", "a principios de mes", "days 2026-12-01…2026-12-10"),
        ("2026-11-30 10:00", "el 31", "day 2026-12-31"),
        ("2026-02-10 10:00", "el 30", "day 2026-03-30"),
        ("2026-11-18 10:00", "el 18", "day 2026-11-18"),
        ("2026-12-20 10:00", "el 3 de enero", "day 2027-01-03"),
        ("2026-12-20 10:00", "15/1", "day 2027-01-15"),
        ("2026-12-28 10:00", "del 30 de diciembre al 2 de enero", "days 2026-12-30…2027-01-02"),
        ("2026-11-29 10:00", "del 28 al 2", "days 2026-12-28…2027-01-02"),
    ],
)
def test_the_ends_of_months_and_years(now, text, meant):
    assert readings(text, now) == [meant]


@pytest.mark.parametrize(
    ("now", "text", "meant"),
    [
        ("2028-02-28 10:00", "mañana", ["day 2028-02-29"]),
        ("2028-02-29 10:00", "mañana", ["day 2028-03-01"]),
        ("2027-02-28 10:00", "mañana", ["day 2027-03-01"]),
        ("2027-02-20 10:00", "el 29", ["day 2027-03-29"]),
        ("2028-02-20 10:00", "el 29", ["day 2028-02-29"]),
        ("2027-06-01 10:00", "el 29 de febrero", ["day 2028-02-29"]),
        ("2025-01-01 10:00", "el 29 de febrero", []),
        ("2026-11-18 10:00", "el 31 de junio", []),
        ("2026-11-18 10:00", "29/2/2027", []),
    ],
)
def test_leap_days_and_days_that_do_not_exist(now, text, meant):
    assert readings(text, now) == meant


def test_a_span_holds_a_leap_day():
    assert readings("del 27 al 29 de febrero", "2028-02-01 10:00") == ["days 2028-02-27…2028-02-29"]


def test_santiago_sets_its_clocks_forward_at_midnight():
    # On 6 September 2026 the clocks go from 00:00 to 01:00.
    (found,) = mentions("mañana a las 12 de la noche", "2026-09-04 18:00", SANTIAGO)
    assert found.when.start.isoformat() == "2026-09-06T01:00:00-03:00"
    assert readings("en dos horas", "2026-09-05 23:00", SANTIAGO) == ["minute 2026-09-06 02:00"]


def test_santiago_sets_its_clocks_back_at_midnight():
    # On 5 April 2026 at 00:00 it is 23:00 of the 4th again.
    (found,) = mentions("en dos horas", "2026-04-04 22:30", SANTIAGO)
    assert found.when.start.isoformat() == "2026-04-04T23:30:00-04:00"
    (tomorrow,) = mentions("mañana a las 9", "2026-04-04 22:30", SANTIAGO)
    assert tomorrow.when.start.utcoffset() == timedelta(hours=-4)


def test_madrid_in_both_directions():
    (spring,) = mentions("mañana a las 2:30 de la mañana", "2026-03-28 10:00", MADRID)
    assert spring.when.start.isoformat() == "2026-03-29T03:30:00+02:00"
    (autumn,) = mentions("mañana a las 2:30 de la mañana", "2026-10-24 10:00", MADRID)
    assert autumn.when.start.isoformat() == "2026-10-25T02:30:00+02:00"
    (later,) = mentions("en 24 horas", "2026-10-24 10:00", MADRID)
    assert later.when.start.isoformat() == "2026-10-25T09:00:00+01:00"


@pytest.mark.parametrize(("clock", "hours"), [(SAO_PAULO, -3), (MEXICO, -6)])
def test_where_daylight_saving_was_given_up_summer_and_winter_are_alike(clock, hours):
    for now in ("2026-01-15 10:00", "2026-07-15 10:00", "2026-10-31 10:00", "2026-11-01 10:00"):
        (found,) = mentions("mañana a las 9", now, clock)
        assert found.when.start.utcoffset() == timedelta(hours=hours)


def test_the_day_is_that_of_the_shop_and_not_of_utc():
    (found,) = mentions("mañana a las 9", "2026-11-18 22:00", DENTIST)
    assert found.when.start.astimezone(UTC).isoformat() == "2026-11-19T14:00:00+00:00"


def test_past_midnight_in_a_bar_tonight_is_the_evening_to_come():
    assert readings("hoy a las 9", "2026-11-19 00:30", BAR) == ["minute 2026-11-19 21:00"]
