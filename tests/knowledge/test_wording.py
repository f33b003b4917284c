from dataclasses import replace
from decimal import Decimal

import pytest

from knowledge.entries import EntryKey, Profile, Record
from knowledge.wording import Wording
from tests.knowledge.shops import PROFILE

BRAZIL = replace(PROFILE, languages=("pt",), locale="pt-BR", currency="BRL")
MEXICO = replace(PROFILE, locale="es-MX", currency="MXN")


@pytest.mark.parametrize(
    ("profile", "amount", "shown"),
    [
        (PROFILE, "95000", "$95.000"),
        (PROFILE, "0", "$0 (gratis, sin costo)"),
        (MEXICO, "1250.5", "$1,250.50"),
        (BRAZIL, "45.9", "R$ 45,90"),
        (replace(PROFILE, currency=""), "25000", "25.000"),
        (replace(PROFILE, locale="xx-nonsense"), "25000", "COP 25.000"),
    ],
)
def test_a_price_is_written_as_the_merchant_s_country_writes_it(
    profile: Profile, amount: str, shown: str
) -> None:
    assert Wording(profile).price(Decimal(amount)) == shown


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [(40, "40 minutos"), (60, "1 hora"), (120, "2 horas"), (75, "1 hora y 15 minutos (75 minutos)")],
)
def test_a_duration_is_told_in_hours_and_minutes(minutes: int, shown: str) -> None:
    assert Wording(PROFILE).duration(minutes) == shown


@pytest.mark.parametrize(
    ("heading", "text", "shown"),
    [
        ("price", "25000", "precio: $25.000"),
        ("precio_niños", "desde 10", "precio niños: desde 10"),
        ("duration_min", "45", "duración: 45 minutos"),
        ("days", "mon, wed", "días: lunes, miércoles"),
        ("sessions", "day: mon, time: 07:00; day: sat, time: 9:00", "horarios: lunes 07:00; sábado 9:00"),
        ("notes", "the sun room", "notas: the sun room"),
        ("bookable", "true", "se reserva: sí"),
        ("", "suelto", "suelto"),
    ],
)
def test_a_column_is_read_as_people_read_it(heading: str, text: str, shown: str) -> None:
    assert Wording(PROFILE).field(heading, text) == shown


def test_ids_of_the_staff_in_a_column_become_names() -> None:
    record = Record(key=EntryKey("k"), section="classes", name="Yoga", fields=(("teacher", "s1, s2"),))
    assert Wording(PROFILE).record(record, {"s1": "Ana", "s2": "Luz"}) == "clase Yoga. profesor: Ana, Luz."
