"""Days, hours and zones in words."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from calendar_sync.conversation.speech import Speech

MEXICO = ZoneInfo("America/Mexico_City")


def speech(language: str, country: str = "MX") -> Speech:
    return Speech(language, MEXICO, country)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", "jueves 26 de noviembre, a las 4:05 p. m."),
        ("pt", "quinta-feira, 26 de novembro, às 16h05"),
        ("en", "Thursday, November 26, at 4:05 p.m."),
    ],
)
def test_a_moment_names_weekday_date_and_hour(language: str, said: str) -> None:
    words = speech(language)
    moment = datetime(2026, 11, 26, 16, 5, tzinfo=MEXICO)
    assert f"{words.day(moment)}, {words.at(moment)}" == said


@pytest.mark.parametrize(
    ("language", "said"), [("es", "Ciudad de México"), ("pt", "Cidade do México"), ("en", "Mexico City")]
)
def test_the_zone_is_named_by_its_city(language: str, said: str) -> None:
    assert speech(language).place() == said


def test_a_moment_of_another_zone_is_told_in_the_shops() -> None:
    tokyo = datetime(2026, 11, 27, 7, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert speech("es").day(tokyo) == "jueves 26 de noviembre"
    assert speech("es").at(tokyo) == "a las 4:00 p. m."


@pytest.mark.parametrize(
    ("hour", "said"),
    [(0, "a las 12:00 a. m."), (1, "a la 1:00 a. m."), (12, "a las 12:00 p. m."), (13, "a la 1:00 p. m.")],
)
def test_one_o_clock_is_singular_in_spanish(hour: int, said: str) -> None:
    assert speech("es").at(datetime(2026, 11, 26, hour, tzinfo=MEXICO)) == said


def test_countries_that_count_to_24_are_told_so() -> None:
    assert speech("es", "CL").at(datetime(2026, 11, 26, 13, tzinfo=MEXICO)) == "a las 13:00"


@pytest.mark.parametrize("language", ["es", "pt", "en"])
@pytest.mark.parametrize("country", ["MX", "AR"])
def test_a_short_moment_fits_on_a_button_whatever_the_date(language: str, country: str) -> None:
    start = datetime(2026, 1, 1, 22, 45, tzinfo=MEXICO)
    longest = max(
        (speech(language, country).short(start + timedelta(days=count)) for count in range(366)), key=len
    )
    assert len(longest) <= 20, longest


def test_on_a_day_takes_the_right_article_in_portuguese() -> None:
    words = speech("pt")
    assert words.on(datetime(2026, 11, 28, 9, tzinfo=MEXICO)).startswith("no sábado")
    assert words.on(datetime(2026, 11, 27, 9, tzinfo=MEXICO)).startswith("na sexta")


def test_ranges_and_lengths() -> None:
    words = speech("es")
    assert (
        words.ranges([(time(9), time(13)), (time(15), time(19))], "y")
        == "9:00 a. m. a 1:00 p. m. y 3:00 p. m. a 7:00 p. m."
    )
    assert [words.duration(timedelta(minutes=one)) for one in (0, 45, 60, 90)] == [
        "0 min",
        "45 min",
        "1 h",
        "1 h 30 min",
    ]
    assert words.listed(["a", "b", "c"], "y") == "a, b y c"
    assert words.listed([], "y") == ""
