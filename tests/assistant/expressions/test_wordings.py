"""Wordings of people, the same in three languages: what one of them says otherwise must not be read otherwise."""

import pytest

from tests.assistant.expressions.scenes import readings

ALIKE = {
    "a part of the day that is ruled out does not pick the half": (
        "approx 2026-11-20 16:00",
        "el viernes, pero no por la mañana, tipo 4",
        "na sexta, mas não de manhã, lá pelas 4",
        "friday but not in the morning, around 4",
    ),
    "an hour and a bit": (
        "approx 2026-11-20 08:00",
        "el viernes a las 8 y pico",
        "na sexta às 8 e pouco",
        "friday at 8 and a bit",
    ),
    "half of the day in letters": (
        "part 2026-11-20 06:00…2026-11-20 12:00",
        "el viernes en la a.m.",
        "sexta am",
        "friday in the a.m.",
    ),
    "earlier than nothing": (
        "part 2026-11-21 08:00…2026-11-21 10:00",
        "más temprano el sábado",
        "sábado mais cedo",
        "saturday earlier",
    ),
    "the clock before the day of the month": (
        "minute 2026-12-04 10:00",
        "a las 10 del día 4",
        "às 10h do dia 4",
        "at 10 on the 4th",
    ),
    "a month beats the clock": (
        "before …2026-12-10",
        "hasta 10 de diciembre",
        "até 10 de dezembro",
        "until 10 december",
    ),
    "half a month": (
        "days 2026-12-01…2026-12-15",
        "la primera quincena de diciembre",
        "na primeira quinzena de dezembro",
        "the first half of december",
    ),
    "a weekday of the week that was counted": (
        "day 2026-12-04",
        "en 15 días, un viernes",
        "daqui 15 dias, numa sexta",
        "in two weeks, on a friday",
    ),
    "the last hour of the day": (
        "part 2026-11-20 16:00…2026-11-20 17:00",
        "la última cita del día el viernes",
        "o último horário do dia na sexta",
        "last appointment on friday",
    ),
    "what was lost is past": (
        "past day 2026-11-13",
        "perdí la tarjeta el viernes",
        "perdi meu cartão na sexta",
        "i lost my card on friday",
    ),
    "what was paid is past": (
        "past day 2026-11-13",
        "pague el viernes",
        "paguei na sexta",
        "i paid on friday",
    ),
}
IN_TWO = {
    "so many or so many": (
        ["day 2026-12-09", "day 2026-12-16"],
        "en 3 o 4 semanas",
        "daqui a 3 ou 4 semanas",
        "in 3 or 4 weeks",
    ),
    "hours ahead": (
        ["minute 2026-11-18 12:00", "minute 2026-11-18 13:00"],
        "en 2 o 3 horas",
        "daqui a 2 ou 3 horas",
        "in 2 or 3 hours",
    ),
    "about one, then another": (
        ["approx 2026-11-19 09:00", "approx 2026-11-19 09:30"],
        "tipo nueve nueve y media mañana",
        "umas nove, nove e meia amanhã",
        "around 9, 9:30 tomorrow",
    ),
    "one hour or another of a day": (
        ["minute 2026-11-20 14:00", "minute 2026-11-20 15:00"],
        "2 o 3 el viernes",
        "2 ou 3 na sexta",
        "2 or 3 on friday",
    ),
    "one at and one at": (
        ["minute 2026-11-20 14:00", "minute 2026-11-20 15:00"],
        "el viernes, una a las 2 y otra a las 3",
        "na sexta, uma às 2 e outra às 3",
        "friday, one at 2 one at 3",
    ),
    "tomorrow or the day after": (
        ["day 2026-11-19", "day 2026-11-20"],
        "mañana o después de mañana",
        "amanhã ou depois de amanhã",
        "tomorrow or the day after tomorrow",
    ),
    "what does not suit": (
        ["excluded day 2026-11-19", "day 2026-11-20"],
        "mañana les quedo mal. ¿El viernes?",
        "amanhã fica difícil. Sexta?",
        "tomorrow doesn't fit. friday?",
    ),
    "where one was to come": (
        ["old minute 2026-11-18 16:00", "minute 2026-11-19 16:00"],
        "quedé de pasar hoy a las 4, mejor mañana a las 4",
        "fiquei de passar hoje às 4, melhor amanhã às 4",
        "i was supposed to come today at 4, better tomorrow at 4",
    ),
    "a move with hours on both sides": (
        ["old minute 2026-11-19 10:00", "minute 2026-11-20 15:00"],
        "cámbiame la cita del jueves 10h para el viernes 15h",
        "mudar meu corte de quinta 10h pra sexta 15h",
        "move my cut from thursday 10am to friday 3pm",
    ),
    "a move between days of the month": (
        ["old minute 2026-11-20 15:00", "minute 2026-11-21 12:00"],
        "cambiarla desde el 20 a las 3 para el 21 a las 12",
        "mudar do dia 20 às 3 pro dia 21 às 12",
        "change my booking from the 20th at 3 to the 21st at 12",
    ),
    "what was meant": (
        ["day 2026-11-21", "excluded day 2026-11-20"],
        "quise decir sábado no viernes",
        "quis dizer sábado não sexta",
        "i meant saturday not friday",
    ),
}
NOTHING = {
    "es": ["bajé 5 kilos en 3 meses", "más tarde", "en 6 cuotas", "me hice 4 sesiones en 2 semanas"],
    "pt": ["emagreci 4 quilos em 3 meses", "mais tarde", "parcelam em até 6x?", "fiz 3 sessões em 2 semanas"],
    "en": [
        "i lost 5 pounds in 3 months",
        "later",
        "do you split it in up to 6x?",
        "grew 2 inches in 3 months",
    ],
}
CASES = {
    name: (row[0] if isinstance(row[0], list) else [row[0]], row[1:])
    for name, row in (ALIKE | IN_TWO).items()
}


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        (language, text, meant)
        for meant, texts in CASES.values()
        for language, text in zip(("es", "pt", "en"), texts, strict=True)
    ],
)
def test_the_same_is_read_alike_in_every_language(language, text, meant):
    assert readings(text, language=language) == meant


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, texts in NOTHING.items() for text in texts]
)
def test_there_is_no_time_in_it(language, text):
    assert readings(text, language=language) == []


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        ("es", "el viernes, ¿por qué no en la tarde?", ["part 2026-11-20 12:00…2026-11-20 19:00"]),
        ("en", "friday 4-ish", ["approx 2026-11-20 16:00"]),
        ("en", "friday 4:30ish", ["approx 2026-11-20 16:30"]),
        ("en", "friday week at 10", ["minute 2026-11-27 10:00"]),
        ("pt", "5a às 10", ["minute 2026-11-19 10:00"]),
        ("pt", "6ª de manhã", ["part 2026-11-20 06:00…2026-11-20 12:00"]),
        ("pt", "de 3a 5 amanhã", ["range 2026-11-19 15:00…2026-11-19 17:00"]),
        ("es", "el viernes en 3 semanas", ["day 2026-12-11"]),
        ("es", "somos 2 o 3 el viernes", ["day 2026-11-20"]),
        ("es", "tenía hora el lunes y la quiero pasar al martes", ["old day 2026-11-23", "day 2026-11-24"]),
        ("es", "el café es el viernes", ["day 2026-11-20"]),
        ("es", "llegaré el viernes", ["day 2026-11-20"]),
        ("es", "pensé en el viernes a las 3", ["minute 2026-11-20 15:00"]),
        ("pt", "pensei na sexta às 3", ["minute 2026-11-20 15:00"]),
        ("pt", "conversei na sexta com a moça", ["past day 2026-11-13"]),
        ("es", "retoqué el color el viernes", ["past day 2026-11-13"]),
    ],
)
def test_what_one_language_has_alone(language, text, meant):
    assert readings(text, language=language) == meant
