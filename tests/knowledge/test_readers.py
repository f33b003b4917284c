from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.readers import (
    clean,
    read_amount,
    read_date,
    read_duration,
    read_flag,
    read_price,
    read_time,
    read_weekday,
    says_closed,
    storable,
)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("45000", "45000"),
        ("45.000", "45000"),
        ("45,000", "45000"),
        ("45 000", "45000"),
        ("$45.000 COP", "45000"),
        ("R$ 45,50", "45.50"),
        ("1.250,50", "1250.50"),
        ("1,250.50", "1250.50"),
        ("1.250.000", "1250000"),
        ("$ 1'200.000", "1200000"),
        ("45 mil", "45000"),
        ("45k", "45000"),
        ("12.5", "12.5"),
        ("0.500", "0.500"),
        ("-5", "-5"),
        ("gratis", "0"),
        ("S/ 20", "20"),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, amount: str) -> None:
    assert read_amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text", ["", "abc", "a convenir", "1.25.00", "1,2,3", "12.", "--5", "9" * 40, "5-10"]
)
def test_what_is_no_amount_is_none(text: str) -> None:
    assert read_amount(text) is None


@pytest.mark.parametrize("text", ["desde $30.000", "a partir de R$ 30.000", "from 30,000"])
def test_a_price_may_only_begin_there(text: str) -> None:
    assert read_price(text) == (Decimal(30000), True)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("7:30", time(7, 30)),
        ("07:30:00", time(7, 30)),
        ("7", time(7)),
        ("7 pm", time(19)),
        ("12 a. m.", time(0)),
        ("12:15 p.m.", time(12, 15)),
        ("19h30", time(19, 30)),
        ("24:00", time(0)),
    ],
)
def test_an_hour_is_read_as_people_write_it(text: str, hour: time) -> None:
    assert read_time(text) == hour


@pytest.mark.parametrize("text", ["25:00", "7:75", "24:01", "13 pm", "0 am", "mediodía", "", "730"])
def test_what_is_no_hour_is_none(text: str) -> None:
    assert read_time(text) is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("45", 45),
        ("45 min", 45),
        ("1 h", 60),
        ("1 h 30", 90),
        ("1h30min", 90),
        ("1,5 horas", 90),
        ("1:30", 90),
    ],
)
def test_a_duration_is_read_in_minutes(text: str, minutes: int) -> None:
    assert read_duration(text) == minutes


@pytest.mark.parametrize("text", ["", "siempre", "-5", "1,33 horas", "9" * 5000])
def test_what_is_no_duration_is_none(text: str) -> None:
    assert read_duration(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-02", date(2026, 11, 2)),
        ("02/11/2026", date(2026, 11, 2)),
        ("2026-11-02 00:00", date(2026, 11, 2)),
    ],
)
def test_a_date_is_iso_or_day_first(text: str, day: date) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize("text", ["31/2/2026", "2026-13-01", "mañana", "", "2026"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize("text", ["mié", "Miércoles", "wed", "WEDNESDAY", "qua", "quarta-feira"])
def test_a_weekday_is_read_in_three_languages(text: str) -> None:
    assert read_weekday(text) == 2


def test_yes_no_and_closed_are_read_in_three_languages() -> None:
    assert [read_flag(word) for word in ("Sí", "sim", "YES", "No", "não", "quizás")] == [
        True,
        True,
        True,
        False,
        False,
        None,
    ]
    assert all(map(says_closed, ("cerrado", "Fechado", "closed", "no")))


def test_text_is_cleaned_of_what_nobody_sees() -> None:
    assert clean("\ufeff a\0b\r\nc\x07\ud800 ") == "ab\nc"


def test_json_is_freed_of_what_the_database_cannot_hold() -> None:
    assert storable({"a": ["x\0y", 1, None], "b": {"c": "\udcff."}}) == {
        "a": ["xy", 1, None],
        "b": {"c": "."},
    }


@given(st.text(max_size=60))
def test_no_text_makes_a_reader_raise(text: str) -> None:
    for reader in (
        read_amount,
        read_price,
        read_time,
        read_duration,
        read_date,
        read_weekday,
        read_flag,
        clean,
    ):
        reader(text)
