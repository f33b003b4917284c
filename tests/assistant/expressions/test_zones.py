import pytest

from assistant.expressions.zone_words import zone_phrases
from tests.assistant.expressions.scenes import BARBER, DENTIST, GYM, readings


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        ("es", "mañana a las 10 am hora de México", "minute 2026-11-19 11:00"),
        ("es", "mañana a las 3 pm (hora de Chile)", "minute 2026-11-19 13:00"),
        ("pt", "amanhã às 14h, horário de Brasília", "minute 2026-11-19 12:00"),
        ("en", "tomorrow 9am central time", "minute 2026-11-19 10:00"),
        ("en", "tomorrow from 9am to 11am CT", "range 2026-11-19 10:00…2026-11-19 12:00"),
        ("es", "mañana después de las 4 pm hora de Chile", "after 2026-11-19 14:00"),
        ("es", "mañana a las 9 hora de Colombia", "minute 2026-11-19 09:00"),
    ],
)
def test_an_hour_of_another_place_is_given_in_the_shops_zone(language, text, meant):
    assert readings(text, clock=DENTIST, language=language) == [meant]


def test_the_half_of_the_day_is_that_in_which_the_shop_is_open():
    assert readings("mañana a las 8 hora de Colombia", clock=BARBER) == ["minute 2026-11-19 19:00"]


def test_the_day_is_that_of_the_other_place():
    assert readings("mañana a las 23h hora de México", clock=GYM) == ["minute 2026-11-20 02:00"]


def test_a_zone_without_an_hour_is_no_time():
    assert readings("qué hora de México manejan?") == []


def test_every_phrase_of_the_shared_table_is_understood():
    for phrase, _zone in zone_phrases():
        (found,) = readings(f"mañana 11am {phrase}")
        assert found.startswith("minute")
