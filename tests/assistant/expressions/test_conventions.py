"""Every row of the table of shop conventions, read at a shop. A row without a line here fails."""

from collections.abc import Iterator

import pytest

from assistant.expressions.parts import bound_of, part_bounds
from assistant.expressions.scene import Scene
from assistant.expressions.table_files import LANGUAGES, conventions
from assistant.expressions.values import Grain, When
from tests.assistant.expressions.scenes import (
    BAR,
    BARBER,
    DENTIST,
    GYM,
    NEW_YORK,
    NOW,
    UNKNOWN,
    mentions,
    moment,
    readings,
)

HELD = {
    "parts.morning": [("mañana por la mañana", "es", DENTIST, "part 2026-11-19 06:00…2026-11-19 12:00")],
    "parts.midday": [("sábado al mediodía", "es", DENTIST, "part 2026-11-21 12:00…2026-11-21 14:00")],
    "parts.afternoon": [("quinta à tarde", "pt", GYM, "part 2026-11-19 12:00…2026-11-19 19:00")],
    "parts.evening": [("tonight", "en", BARBER, "part 2026-11-18 19:00…2026-11-18 23:00")],
    "parts.small_hours": [("el viernes de madrugada", "es", BAR, "part 2026-11-20 00:00…2026-11-20 06:00")],
    "parts.late_afternoon": [("hoje no fim da tarde", "pt", GYM, "part 2026-11-18 17:00…2026-11-18 19:00")],
    "parts.mid_morning": [("mañana a media mañana", "es", DENTIST, "part 2026-11-19 09:00…2026-11-19 11:00")],
    "parts.mid_afternoon": [("friday mid-afternoon", "en", BARBER, "part 2026-11-20 15:00…2026-11-20 17:00")],
    "parts.first_hour": [
        ("el viernes a primera hora", "es", DENTIST, "part 2026-11-20 07:30…2026-11-20 08:30"),
        ("el sábado a primera hora", "es", DENTIST, "part 2026-11-21 08:00…2026-11-21 09:00"),
    ],
    "parts.early": [("el sábado tempranito", "es", DENTIST, "part 2026-11-21 08:00…2026-11-21 10:00")],
    "parts.last_hour": [
        ("el viernes a última hora", "es", DENTIST, "part 2026-11-20 16:00…2026-11-20 17:00"),
        ("hoy antes de cerrar", "es", DENTIST, "part 2026-11-18 17:30…2026-11-18 18:30"),
    ],
    "parts.first_afternoon_hour": [
        ("mañana a primera hora de la tarde", "es", DENTIST, "part 2026-11-19 14:00…2026-11-19 15:00"),
        ("mañana a primera hora de la tarde", "es", BARBER, "part 2026-11-19 16:00…2026-11-19 17:00"),
    ],
    "parts.after_lunch": [
        ("mañana después del almuerzo", "es", DENTIST, "part 2026-11-19 14:00…2026-11-19 19:00"),
        ("mañana después de comer", "es", BARBER, "part 2026-11-19 16:00…2026-11-19 19:00"),
        ("amanhã depois do almoço", "pt", GYM, "part 2026-11-19 14:00…2026-11-19 19:00"),
    ],
    "parts.before_lunch": [
        ("tomorrow before lunch", "en", DENTIST, "part 2026-11-19 07:30…2026-11-19 12:30")
    ],
    "bounds.after_work": [("mañana saliendo del trabajo", "es", GYM, "after 2026-11-19 18:00")],
    "bounds.before_noon": [("amanhã antes do meio-dia", "pt", GYM, "before …2026-11-19 12:00")],
    "bounds.after_noon": [("mañana después del mediodía", "es", GYM, "after 2026-11-19 12:00")],
    "spoken_weeks.8": [
        ("de hoy en ocho", "es", DENTIST, "day 2026-11-25"),
        ("mañana en ocho", "es", DENTIST, "day 2026-11-26"),
        ("en ocho días", "es", DENTIST, "day 2026-11-25"),
        ("in 8 days", "en", DENTIST, "day 2026-11-26"),
    ],
    "spoken_weeks.15": [
        ("en quince", "es", DENTIST, "day 2026-12-02"),
        ("daqui a 15 dias", "pt", GYM, "day 2026-12-02"),
    ],
    "month_phases.beginning": [("a principios de diciembre", "es", DENTIST, "days 2026-12-01…2026-12-10")],
    "month_phases.middle": [("em meados de dezembro", "pt", GYM, "days 2026-12-11…2026-12-20")],
    "month_phases.end": [("a fin de mes", "es", DENTIST, "days 2026-11-21…2026-11-30")],
    "month_phases.first_half": [
        ("primera quincena de diciembre", "es", DENTIST, "days 2026-12-01…2026-12-15")
    ],
    "month_phases.second_half": [
        ("na segunda quinzena de dezembro", "pt", GYM, "days 2026-12-16…2026-12-31")
    ],
    "month_phases.first_week": [
        ("la primera semana de diciembre", "es", DENTIST, "days 2026-12-01…2026-12-07")
    ],
    "month_phases.last_week": [("la última semana de febrero", "es", DENTIST, "days 2027-02-22…2027-02-28")],
    "week_phases.beginning": [
        ("a principios de la próxima semana", "es", DENTIST, "days 2026-11-23…2026-11-24")
    ],
    "week_phases.middle": [("a mediados de la otra semana", "es", DENTIST, "days 2026-11-25…2026-11-25")],
    "week_phases.end": [("a finales de la semana", "es", DENTIST, "days 2026-11-19…2026-11-20")],
    "weekdays.plain": [
        ("el jueves", "es", DENTIST, "day 2026-11-19"),
        ("este jueves", "es", DENTIST, "day 2026-11-19"),
        ("el jueves que viene", "es", DENTIST, "day 2026-11-19"),
        ("el próximo jueves", "es", DENTIST, "day 2026-11-19"),
        ("el miércoles", "es", DENTIST, "day 2026-11-25"),
    ],
    "weekdays.other": [
        ("el otro jueves", "es", DENTIST, "day 2026-11-26"),
        ("el jueves de la otra semana", "es", DENTIST, "day 2026-11-26"),
        ("quinta da semana que vem", "pt", GYM, "day 2026-11-26"),
    ],
    "days.weekend": [("el finde", "es", DENTIST, "days 2026-11-21…2026-11-22")],
    "days.workdays": [("entre semana", "es", DENTIST, "any without 2026-11-21 2026-11-22")],
    "days.any_with_hour": [
        (
            "cualquier día después de las 5 menos el lunes ni el martes",
            "es",
            DENTIST,
            *(f"after 2026-11-{day} 17:00" for day in (19, 25)),
        )
    ],
    "days.long_weekend": [
        ("el puente", "es", DENTIST, "days 2026-12-05…2026-12-08"),
        ("el finde largo", "es", BAR, "days 2026-11-21…2026-11-23"),
    ],
    "days.payday": [("en la quincena", "es", DENTIST, "day 2026-11-30")],
    "clock.now": [("ahorita", "es", DENTIST, "approx 2026-11-18 10:00")],
    "clock.soon": [("al rato", "es", DENTIST, "after 2026-11-18 10:00")],
    "clock.without_day": [("a las 4", "es", DENTIST, "minute 2026-11-18 16:00")],
    "clock.bare_hour": [
        ("mañana a las 8", "es", DENTIST, "minute 2026-11-19 08:00"),
        ("mañana a las 8", "es", BARBER, "minute 2026-11-19 20:00"),
        ("amanhã às 7", "pt", GYM, "minute 2026-11-19 07:00"),
        ("na terça às 6", "pt", GYM, "minute 2026-11-24 18:00"),
        ("el sábado a la 1", "es", BAR, "minute 2026-11-22 01:00"),
    ],
    "clock.bare_hour_unknown": [
        ("mañana a las 6", "es", UNKNOWN, "minute 2026-11-19 18:00"),
        ("mañana a las 7", "es", UNKNOWN, "minute 2026-11-19 07:00"),
    ],
    "clock.opening_unknown": [
        ("mañana a primera hora", "es", UNKNOWN, "part 2026-11-19 08:00…2026-11-19 09:00"),
        ("mañana a última hora", "es", UNKNOWN, "part 2026-11-19 17:00…2026-11-19 18:00"),
    ],
    "clock.reopening_unknown": [
        ("mañana después de almuerzo", "es", UNKNOWN, "part 2026-11-19 14:00…2026-11-19 19:00")
    ],
    "clock.midday_break": [
        ("mañana después de comer", "es", BARBER, "part 2026-11-19 16:00…2026-11-19 19:00")
    ],
}
ASSUMED = {
    "today": ("a las 4", "es", DENTIST),
    "half_of_day": ("na sexta às 9", "pt", GYM),
    "outside_hours": ("mañana a las 7", "es", DENTIST),
    "weekday_differs": ("mañana martes", "es", DENTIST),
    "month_first": ("11/30", "en", NEW_YORK),
    "next_year": ("el 3 de abril", "es", DENTIST),
    "same_day": ("el jueves a las 3 o las 4", "es", DENTIST),
    "same_time": ("martes o jueves a las 5", "es", DENTIST),
}


def rows() -> Iterator[str]:
    for section, held in conventions().items():
        if section != "assumed":
            yield from (f"{section}.{name}" for name in held)


def phrases() -> Iterator[tuple[str, str, str]]:
    for section in ("parts", "bounds"):
        for name, row in conventions()[section].items():
            for language in LANGUAGES:
                said = row.get(language, {})
                lists = said.values() if isinstance(said, dict) else [said]
                yield from ((name, language, phrase) for one in lists for phrase in one)


def test_every_row_is_tested_here():
    assert set(rows()) == set(HELD)


def test_every_assumption_is_tested_here():
    assert set(conventions()["assumed"]) == set(ASSUMED)


@pytest.mark.parametrize(
    ("text", "language", "shop", "meant"),
    [(*example[:3], list(example[3:])) for examples in HELD.values() for example in examples],
)
def test_a_row_says_what_the_words_mean(text, language, shop, meant):
    assert readings(text, clock=shop, language=language) == meant


@pytest.mark.parametrize("code", ASSUMED)
def test_what_was_assumed_is_said(code):
    text, language, shop = ASSUMED[code]
    assert code in {
        one for mention in mentions(text, clock=shop, language=language) for one in mention.assumed
    }


def test_nothing_else_is_ever_assumed():
    known = set(conventions()["assumed"])
    texts = [example[0] for examples in HELD.values() for example in examples]
    assert {code for text in texts for mention in mentions(text) for code in mention.assumed} <= known


@pytest.mark.parametrize(("name", "language", "phrase"), list(phrases()))
def test_every_phrase_of_a_row_is_understood(name, language, phrase):
    day = moment(NOW, DENTIST).date()
    scene = Scene(moment(NOW, DENTIST), DENTIST, language)
    if name in conventions()["bounds"]:
        minute, after = bound_of(name)
        at = DENTIST.at(day, minute)
        wanted = When(grain=Grain.AFTER, start=at) if after else When(grain=Grain.BEFORE, end=at)
    else:
        start, end = (DENTIST.at(day, minute) for minute in part_bounds(name, day, scene))
        wanted = When(grain=Grain.PART, start=start, end=end)
    today = {"es": "hoy", "pt": "hoje", "en": "today"}[language]
    found = mentions(f"{today} {phrase}", language=language)
    assert [one.when for one in found if one.when.grain is not Grain.DAY][-1:] == [wanted]
