from datetime import date, datetime, time
from decimal import Decimal

import pytest

from assistant.speech import DayNames, Voice
from assistant.turns import Language


@pytest.mark.parametrize(
    ("locale", "currency", "amount", "said"),
    [
        ("es-CO", "COP", "45000", "$45.000"),
        ("es-MX", "MXN", "1590", "$1,590"),
        ("pt-BR", "BRL", "139.90", "R$ 139,90"),
        ("es-AR", "ARS", "2500", "$2.500"),
    ],
)
def test_money_is_written_as_the_merchants_country_writes_it(locale, currency, amount, said):
    assert Voice(Language.ES, locale, currency).money(Decimal(amount)) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(40, "40 min"), (60, "1 hora"), (75, "75 min"), (150, "2 h 30 min"), (180, "3 horas")],
)
def test_durations_are_said_in_hours_where_they_are_long(minutes, said):
    assert Voice(Language.ES, "es-CO", "COP").duration(minutes) == said


def test_one_o_clock_is_singular_in_spanish():
    assert Voice(Language.ES, "es-CO", "COP").at(time(13)) == "a la 1:00 p. m."
    assert Voice(Language.ES, "es-AR", "ARS").at(time(13)) == "a las 13:00"


def test_near_days_have_names():
    names = DayNames(Voice(Language.ES, "es-CO", "COP"), datetime(2026, 10, 14))  # noqa: DTZ001 - local time
    assert names.on(date(2026, 10, 15)) == "mañana jueves"
    assert names.on(date(2026, 11, 2)) == "el lunes 2 de noviembre"
    assert names.plain((0, 1, 2, 3, 4)) == "lunes a viernes"
