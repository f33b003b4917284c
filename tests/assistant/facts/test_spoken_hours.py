"""Hours that a merchant states in a sentence are read into a timetable, and nothing else is."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from assistant.facts.spoken_hours import read_spoken

WORKDAYS = range(5)


def on(days: range, *ranges: str) -> dict[int, list[str]]:
    return {day: list(ranges) for day in days}


def read(text: str) -> dict[int, list[str]] | None:
    found = read_spoken(text)
    if found is None:
        return None
    return {
        day: [f"{one.opens:%H:%M}-{one.closes:%H:%M}" for one in ranges]
        for day, ranges in sorted(found.days.items())
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Atendemos de lunes a viernes de 9 a.m. a 7 p.m.", on(WORKDAYS, "09:00-19:00")),
        ("Soporte entre semana de 9 a. m. a 6 p. m. ET", on(WORKDAYS, "09:00-18:00")),
        ("Taller: sábados de 2 a 6 p.m.", {5: ["14:00-18:00"]}),
        ("lun-vie 8–12 y 14–18:30", on(WORKDAYS, "08:00-12:00", "14:00-18:30")),
        ("De 9 a 18 de lunes a viernes", on(WORKDAYS, "09:00-18:00")),
        ("Funciona de segunda a sexta, das 17h às 21h.", on(WORKDAYS, "17:00-21:00")),
        ("We answer Monday to Friday from 9 to 17.", on(WORKDAYS, "09:00-17:00")),
        ("El soporte crítico es 24/7.", on(range(7), "00:00-00:00")),
    ],
)
def test_days_and_hours_are_read(text: str, expected: dict[int, list[str]]) -> None:
    assert read(text) == expected


def test_several_statements_make_one_timetable() -> None:
    text = (
        "Chat de lunes a viernes de 8:00 a 20:00 y los sábados de 9:00 a 13:00. Los domingos no hay soporte."
    )
    assert read(text) == {**on(WORKDAYS, "08:00-20:00"), 5: ["09:00-13:00"], 6: []}


@pytest.mark.parametrize(
    "text",
    [
        "El envío tarda de 3 a 6 días hábiles.",
        "Puedes pagar de 3 a 6 cuotas los lunes.",
        "La curación es a las 48 horas y la segunda a los 7 días.",
        "Puedes contestar hasta 24 horas después del último mensaje.",
        "Plan Pareja, de lunes a miércoles.",
        "",
    ],
)
def test_what_states_no_hours_is_left_alone(text: str) -> None:
    assert read(text) is None


def test_two_timetables_in_one_text_are_not_mixed() -> None:
    text = "A1: lunes de 18:00 a 19:30. A2: lunes de 19:40 a 21:10."
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("lunes de 9 a.m. a 7 p.m. ET", ZoneInfo("America/New_York")),
        ("lunes de 9:00 a 13:00, hora de Colombia", ZoneInfo("America/Bogota")),
        ("lunes de 9:00 a 13:00", None),
    ],
)
def test_the_zone_that_is_named_counts(text: str, zone: ZoneInfo | None) -> None:
    found = read_spoken(text)
    assert found is not None
    assert found.zone == zone


def test_an_offset_is_a_zone_too() -> None:
    found = read_spoken("lunes de 9:00 a 18:00 (UTC-6)")
    assert found is not None
    assert found.zone is not None
    assert found.zone.utcoffset(datetime(2026, 11, 24)) == timedelta(hours=-6)  # noqa: DTZ001 - a fixed offset asks for no zone
