from datetime import date, datetime, time

import pytest

from assistant.facts.calendar_words import easter
from assistant.facts.when import read_when
from assistant.wording import read_words

WEDNESDAY = datetime(2026, 10, 14, 13, 5)  # noqa: DTZ001 - the reader takes the merchant's local time


def when_in(text, language="es"):
    return read_when(tuple(word.text for word in read_words(text, language)), WEDNESDAY, language)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hasta q horas hoy", date(2026, 10, 14)),
        ("y mañana que es jueves abren", date(2026, 10, 15)),
        ("pasado mañana trabajan?", date(2026, 10, 16)),
        ("el viernes abren", date(2026, 10, 16)),
        ("el miércoles abren", date(2026, 10, 21)),
        ("el lunes 16 de noviembre", date(2026, 11, 16)),
        ("dia 15 de novembro abre?", date(2026, 11, 15)),
        ("december 24th", date(2026, 12, 24)),
        ("24/12 abrem?", date(2026, 12, 24)),
        ("abren el 16", date(2026, 10, 16)),
        ("en nochebuena atienden", date(2026, 12, 24)),
        ("el viernes santo", date(2027, 3, 26)),
        ("el 9 de enero", date(2027, 1, 9)),
    ],
)
def test_a_day_is_read_as_the_next_such_date(text, day):
    assert when_in(text, "pt" if "abre?" in text else "es").days == (day,)


def test_every_week_is_not_a_date():
    assert when_in("los domingos abren").weekdays == (6,)
    assert when_in("abren de lunes a viernes").weekdays == (0, 1, 2, 3, 4)
    assert when_in("open on sundays?", "en").weekdays == (6,)


def test_ordinals_are_days_only_in_portuguese():
    assert when_in("amanha segunda abre que horas", "pt").days == (date(2026, 10, 15),)
    assert not when_in("la segunda vez que voy").says_a_day


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("a las 6 y media de la tarde", 18, 30),
        ("llego a las 8 pm", 20, 0),
        ("as 14h30", 14, 30),
        ("at 9 in the morning", 9, 0),
        ("8 de la noche", 20, 0),
    ],
)
def test_a_time_with_its_half_of_the_day_is_certain(text, hour, minute):
    assert when_in(text).clock.readings() == (time(hour, minute),)


def test_a_bare_hour_has_two_readings():
    assert when_in("puedo ir a las 5").clock.readings() == (time(5), time(17))


def test_minutes_ahead_are_not_a_time_of_day():
    found = when_in("llego en 20 minutos, alcanzo?")
    assert found.minutes_ahead == 20
    assert found.clock is None


def test_morning_and_tomorrow_are_told_apart():
    assert when_in("abren por la mañana").part == "morning"
    assert when_in("abren mañana por la mañana").days == (date(2026, 10, 15),)


def test_a_long_run_of_day_words_is_read_in_bounded_time():
    assert when_in("lunes 3 de mayo a las 5 " * 150).says_a_day


@pytest.mark.parametrize(
    ("year", "day"), [(2025, date(2025, 4, 20)), (2026, date(2026, 4, 5)), (2027, date(2027, 3, 28))]
)
def test_easter_is_computed(year, day):
    assert easter(year) == day
