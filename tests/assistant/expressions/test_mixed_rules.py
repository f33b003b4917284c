"""Numbers that only their neighbours tell apart."""

import pytest

from tests.assistant.expressions.scenes import BARBER, DENTIST, NEW_YORK, readings


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        ("es", "el 14-12 a las 9:00", "minute 2026-12-14 09:00"),
        ("es", "14.12 a las 9", "minute 2026-12-14 09:00"),
        ("pt", "10.12 às 15h", "minute 2026-12-10 15:00"),
        ("pt", "dia 10-12, às 15h", "minute 2026-12-10 15:00"),
        ("en", "10.12 at 3pm", "minute 2026-12-10 15:00"),
        ("es", "de 9.30 a las 10.30", "range 2026-11-18 09:30…2026-11-18 10:30"),
        ("es", "mañana 9.30", "minute 2026-11-19 09:30"),
    ],
)
def test_day_and_month_before_an_hour_are_a_date(language, text, meant):
    assert readings(text, language=language) == [meant]


def test_the_month_comes_first_where_the_shop_writes_it_so():
    assert readings("12.14 at 3pm", clock=NEW_YORK, language="en") == ["minute 2026-12-14 15:00"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "viernes 15 horas"),
        ("es", "15 horas del viernes"),
        ("pt", "sexta 15 horas"),
        ("pt", "15 horas de sexta"),
        ("en", "friday 1500 hours"),
    ],
)
def test_so_many_hours_beside_a_day_are_an_hour_of_its_clock(language, text):
    assert readings(text, language=language) == ["minute 2026-11-20 15:00"]


@pytest.mark.parametrize("text", ["el viernes 3 horas de clase", "viernes 2 horas"])
def test_a_few_hours_are_a_length(text):
    assert readings(text) == ["day 2026-11-20"]


@pytest.mark.parametrize(
    ("language", "text"), [("es", "1630 el viernes"), ("pt", "sexta 1630"), ("en", "1630 on friday")]
)
def test_four_digits_beside_a_day_are_an_hour(language, text):
    assert readings(text, language=language) == ["minute 2026-11-20 16:30"]


@pytest.mark.parametrize("text", ["1500 el viernes", "1630 pesos el viernes"])
def test_a_round_number_is_an_amount(text):
    assert readings(text) == ["day 2026-11-20"]


@pytest.mark.parametrize(("language", "text"), [("es", "viernes 7"), ("pt", "sexta 7"), ("en", "friday 7")])
def test_a_number_after_a_weekday_is_an_hour_where_no_such_date_is_near(language, text):
    assert readings(text, clock=BARBER, language=language) == ["minute 2026-11-20 19:00"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("viernes 4", "day 2026-12-04"),
        ("el viernes 4 a las 10", "minute 2026-12-04 10:00"),
        ("viernes 20", "day 2026-11-20"),
        ("viernes 5", "day 2027-02-05"),  # closed at five
    ],
)
def test_a_date_stays_one(text, meant):
    assert readings(text) == [meant]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "mañana de 9 y media al mediodía"),
        ("pt", "amanhã das 9:30 ao meio-dia"),
        ("en", "tomorrow from 9:30 to noon"),
    ],
)
def test_a_span_may_end_at_noon(language, text):
    assert readings(text, language=language) == ["range 2026-11-19 09:30…2026-11-19 12:00"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("mañana a las 12 al mediodía", "minute 2026-11-19 12:00"),
        ("mañana desde las 12 al mediodía", "after 2026-11-19 12:00"),
        ("mañana desde las 9 en la mañana", "after 2026-11-19 09:00"),
    ],
)
def test_the_part_of_the_day_of_an_hour_ends_no_span(text, meant):
    assert readings(text, clock=DENTIST) == [meant]
