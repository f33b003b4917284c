from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.expressions.reading import read
from assistant.expressions.values import Grain, Role
from tests.assistant.expressions.scenes import (
    BAR,
    BARBER,
    DENTIST,
    GYM,
    NEW_YORK,
    NOW,
    mentions,
    readings,
)

SPANISH = {
    # hours
    "mañana a las 5": "minute 2026-11-19 17:00",
    "manana a las cinco y media": "minute 2026-11-19 17:30",
    "mañana a las 3;30": "minute 2026-11-19 15:30",
    "mañana a las 3,30": "minute 2026-11-19 15:30",
    "mañana a las tres treinta": "minute 2026-11-19 15:30",
    "mañana a las 3 30": "minute 2026-11-19 15:30",
    "mañana 3-4": "range 2026-11-19 15:00…2026-11-19 16:00",
    "mañana alas 3": "minute 2026-11-19 15:00",
    "mañana 3 y cuarto": "minute 2026-11-19 15:15",
    "un cuarto para las 8": "minute 2026-11-18 07:45",
    "diez para las ocho": "minute 2026-11-18 07:50",
    "faltando 20 para las 4": "minute 2026-11-18 15:40",
    "a las 9 menos cuarto": "minute 2026-11-18 08:45",
    "el viernes 5pm": "minute 2026-11-20 17:00",
    "el viernes 5:30 p. m.": "minute 2026-11-20 17:30",
    "el viernes 5 p.m.": "minute 2026-11-20 17:00",
    "el viernes 16h30": "minute 2026-11-20 16:30",
    "el viernes 9.30": "minute 2026-11-20 09:30",
    "a las 1530": "minute 2026-11-18 15:30",
    "a las siete de la tarde del 15": "minute 2026-12-15 19:00",
    "27/11 a las 23": "minute 2026-11-27 23:00",
    "mañana a las 12": "minute 2026-11-19 12:00",
    "hoy a las 12 de la noche": "minute 2026-11-19 00:00",
    "mañana 11 del día": "minute 2026-11-19 11:00",
    "mañana tipo 9": "approx 2026-11-19 09:00",
    "mañana como a las 4": "approx 2026-11-19 16:00",
    "mañana a las 4 más o menos": "approx 2026-11-19 16:00",
    "mañana por ahí a las 10": "approx 2026-11-19 10:00",
    # spans of hours
    "mañana de 5 a 6 pm": "range 2026-11-19 17:00…2026-11-19 18:00",
    "mañana d 5 a 6": "range 2026-11-19 17:00…2026-11-19 18:00",
    "mañana de 10 a 2": "range 2026-11-19 10:00…2026-11-19 14:00",
    "mañana de 11 a 1 pm": "range 2026-11-19 11:00…2026-11-19 13:00",
    "mañana entre las 3 y las 5": "range 2026-11-19 15:00…2026-11-19 17:00",
    "mañana entre las 10 y 12": "range 2026-11-19 10:00…2026-11-19 12:00",
    "mañana 3-5pm": "range 2026-11-19 15:00…2026-11-19 17:00",
    "mañana después de las 3 pero antes de las 5": "range 2026-11-19 15:00…2026-11-19 17:00",
    "mañana después de las 4": "after 2026-11-19 16:00",
    "mañana de las 3 en adelante": "after 2026-11-19 15:00",
    "mañana antes de las 9": "before …2026-11-19 09:00",
    "mañana a más tardar a las 6": "before …2026-11-19 18:00",
    "no puedo antes de las 10 mañana": "after 2026-11-19 10:00",
    "mañana en la tarde después de las 3": "after 2026-11-19 15:00",
    # days
    "el día después de mañana": "day 2026-11-20",
    "pasado mañana": "day 2026-11-20",
    "el savado": "day 2026-11-21",
    "el miercole": "day 2026-11-25",
    "mañna": "day 2026-11-19",
    "cena para el 24": "day 2026-11-24",
    "el finde del 5": "days 2026-12-05…2026-12-06",
    "mañana 19": "day 2026-11-19",
    "de este viernes en ocho": "day 2026-11-27",
    "de mediodía a 3": "range 2026-11-18 12:00…2026-11-18 15:00",
    "cambiar mi cita para el viernes": "day 2026-11-20",
    "córrela 15 min": "shift +15",
    "pásala al día siguiente": "shift +1440",
    "aplazarla una semana": "shift +10080",
    "en tres semanas": "day 2026-12-09",
    "en un mes": "day 2026-12-18",
    "el viernes en ocho": "day 2026-11-27",
    "el 16": "day 2026-12-16",
    "el próximo 25": "day 2026-11-25",
    "25 del 11": "day 2026-11-25",
    "25.11.2026": "day 2026-11-25",
    "25/11/26": "day 2026-11-25",
    "sábado de la próxima": "day 2026-11-28",
    "para este sábado 21": "day 2026-11-21",
    "el 30 de este mes": "day 2026-11-30",
    "el 5 del mes que viene": "day 2026-12-05",
    "3 de diciembre": "day 2026-12-03",
    "primero de diciembre": "day 2026-12-01",
    "veinticuatro de diciembre": "day 2026-12-24",
    "diciembre 3": "day 2026-12-03",
    "el 3/12": "day 2026-12-03",
    "24-12-2026": "day 2026-12-24",
    "2026-12-24": "day 2026-12-24",
    "martes 24": "day 2026-11-24",
    "el lunes 7": "day 2026-12-07",
    "el lunes de puente": "day 2026-12-07",
    "el jueves festivo": "day 2027-03-25",
    "el primer lunes de diciembre": "day 2026-12-07",
    "el último viernes del mes": "day 2026-11-27",
    "navidad": "day 2026-12-25",
    "el día de la madre": "day 2027-05-09",
    # spans of days
    "del 12 al 16": "days 2026-12-12…2026-12-16",
    "entre 19 y 20 de noviembre": "days 2026-11-19…2026-11-20",
    "del 28 de noviembre al 2 de diciembre": "days 2026-11-28…2026-12-02",
    "de lunes a miércoles": "days 2026-11-23…2026-11-25",
    "después del 15": "after 2026-12-16",
    "a partir del 15": "after 2026-12-15",
    "antes de Navidad": "before …2026-12-24",
    "hasta el viernes": "before …2026-11-20",
    "esta semana": "week 2026-11-18…2026-11-22",
    "la próxima semana": "week 2026-11-23…2026-11-29",
    "la semana del 7": "week 2026-12-07…2026-12-13",
    "el mes que viene": "month 2026-12-01…2026-12-31",
    "en diciembre": "month 2026-12-01…2026-12-31",
    "semana santa": "days 2027-03-21…2027-03-28",
    # any day but
    "cualquier día menos el lunes": "any without 2026-11-23",
    "cualquier día que no sea lunes ni martes": "any without 2026-11-23 2026-11-24",
    "esta semana excepto el viernes": "week 2026-11-18…2026-11-22 without 2026-11-20",
    "cualquier día de la próxima semana": "week 2026-11-23…2026-11-29",
    # put together over other words
    "el jueves quiero un corte, a las 5": "minute 2026-11-19 17:00",
    "a las 5 el jueves": "minute 2026-11-19 17:00",
    "hoy por la tarde a las 4": "minute 2026-11-18 16:00",
    "la próxima semana, el martes": "day 2026-11-24",
    "una hora más tarde": "shift +60",
    "me la corre una hora": "shift +60",
    "adelánteme la cita media hora": "shift -30",
    "en media hora": "minute 2026-11-18 10:30",
    "en dos horas": "minute 2026-11-18 12:00",
    "ahora a las 5": "minute 2026-11-18 17:00",
}
PORTUGUESE = {
    "amanhã às 16h30": "minute 2026-11-19 16:30",
    "amnha as 15h": "minute 2026-11-19 15:00",
    "quinta-feira às 9 e meia": "minute 2026-11-19 09:30",
    "sexta 10h": "minute 2026-11-20 10:00",
    "15 pras 8": "minute 2026-11-18 07:45",
    "ao meio-dia e meia": "minute 2026-11-18 12:30",
    "meio-dia": "part 2026-11-18 12:00…2026-11-18 14:00",
    "lá pelas 16h": "approx 2026-11-18 16:00",
    "umas 15h": "approx 2026-11-18 15:00",
    "sexta das 14h às 16h": "range 2026-11-20 14:00…2026-11-20 16:00",
    "amanhã entre 14h e 16h": "range 2026-11-19 14:00…2026-11-19 16:00",
    "amanhã depois das 18h": "after 2026-11-19 18:00",
    "até as 17h": "before …2026-11-18 17:00",
    "dia 15 às 10h": "minute 2026-12-15 10:00",
    "dia 3 de dezembro": "day 2026-12-03",
    "semana que vem": "week 2026-11-23…2026-11-29",
    "terça da semana que vem": "day 2026-11-24",
    "na outra terça": "day 2026-11-24",
    "qualquer dia menos segunda e terça": "any without 2026-11-23 2026-11-24",
    "de terça a quinta da semana que vem": "days 2026-11-24…2026-11-26",
    "daqui a duas semanas": "day 2026-12-02",
    "depois de amanhã": "day 2026-11-20",
    "hj à noite": "part 2026-11-18 19:00…2026-11-18 23:00",
    "mês que vem": "month 2026-12-01…2026-12-31",
    "pode adiar uma hora?": "shift +60",
}
ENGLISH = {
    "tomorrow at 3": "minute 2026-11-19 15:00",
    "half past 3": "minute 2026-11-18 15:30",
    "quarter to 5": "minute 2026-11-18 16:45",
    "five to six on friday": "minute 2026-11-20 17:55",
    "thursday 3ish": "approx 2026-11-19 15:00",
    "around 4 tomorrow": "approx 2026-11-19 16:00",
    "from 3 to 5pm on friday": "range 2026-11-20 15:00…2026-11-20 17:00",
    "9-11am tomorrow": "range 2026-11-19 09:00…2026-11-19 11:00",
    "thursday between eight and ten in the morning": "range 2026-11-19 08:00…2026-11-19 10:00",
    "after 4 on friday": "after 2026-11-20 16:00",
    "by 6pm": "before …2026-11-18 18:00",
    "the 5th of december": "day 2026-12-05",
    "december 3rd": "day 2026-12-03",
    "tuesday the twenty-ninth": "day 2026-12-29",
    "day after tomorrow": "day 2026-11-20",
    "a week from friday": "day 2026-11-27",
    "a fortnight from now": "day 2026-12-02",
    "thursday next week": "day 2026-11-26",
    "any day except monday": "any without 2026-11-23",
    "early next week": "days 2026-11-23…2026-11-24",
    "christmas eve": "day 2026-12-24",
    "tomorrow morning": "part 2026-11-19 06:00…2026-11-19 12:00",
    "an hour later": "shift +60",
    "push it back an hour": "shift +60",
    "in an hour and a half": "minute 2026-11-18 11:30",
}
NO_TIMES = {
    "es": [
        "somos 2 personas",
        "mesa para 4",
        "cuesta 50 mil?",
        "vale $80.000",
        "mi cel es 300 555 0182",
        "tengo 35 años y dos hijos",
        "soy de la HSM 12",
        "quedan en la calle 67 # 9-34?",
        "son 2 horas de tratamiento?",
        "atienden 24/7?",
        "buenas tardes",
        "feliz noche",
        "quiero 3 tacos",
        "el año pasado",
        "la opción 2",
        "llego 15 minutos tarde",
        "me llamo Domingo Reyes",
        "a nombre de Julio Martes",
        "son las 8 y nadie contesta",
        "espejos de 1.40 m",
        "la segunda opción",
        "van seis días hábiles",
        "cable del 14",
        "cuánto es de los dos?",
        "hay descuento por black friday?",
    ],
    "pt": ["somos 4 pessoas", "boa tarde", "custa 50 reais?", "tenho 30 anos", "moro no 2 andar"],
    "en": ["a table for 4", "good evening", "is it 50 dollars?", "my son is 8 years old", "have a nice day"],
}


@pytest.mark.parametrize(("text", "meant"), SPANISH.items())
def test_spanish(text, meant):
    assert readings(text) == [meant]


@pytest.mark.parametrize(("text", "meant"), PORTUGUESE.items())
def test_portuguese(text, meant):
    assert readings(text, clock=DENTIST, language="pt") == [meant]


@pytest.mark.parametrize(("text", "meant"), ENGLISH.items())
def test_english(text, meant):
    assert readings(text, language="en") == [meant]


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, texts in NO_TIMES.items() for text in texts]
)
def test_numbers_that_are_no_times(language, text):
    assert readings(text, language=language) == []


@pytest.mark.parametrize(
    ("text", "language", "meant"),
    [
        ("quiero cita amanhã às 10", "es", ["minute 2026-11-19 10:00"]),
        ("el friday a las 10", "es", ["minute 2026-11-20 10:00"]),
        ("el friday at 10", "en", ["minute 2026-11-20 10:00"]),
    ],
)
def test_words_of_another_language_are_understood(text, language, meant):
    assert readings(text, language=language) == meant


def test_the_language_is_told_by_the_words_where_none_is_given():
    assert readings("quero marcar na segunda às 10", language=None) == ["minute 2026-11-23 10:00"]


def test_several_days_share_the_hour():
    assert readings("martes o jueves a las 5") == ["minute 2026-11-24 17:00", "minute 2026-11-19 17:00"]


def test_several_hours_share_the_day():
    assert readings("el jueves a las 3 o a las 4") == ["minute 2026-11-19 15:00", "minute 2026-11-19 16:00"]
    assert readings("a las 3 o a las 4 el jueves") == ["minute 2026-11-19 15:00", "minute 2026-11-19 16:00"]


def test_an_hour_said_before_several_days_holds_for_all():
    assert readings("a las 4 hoy o mañana") == ["minute 2026-11-18 16:00", "minute 2026-11-19 16:00"]


def test_a_week_said_with_the_last_of_several_days_holds_for_all():
    assert readings("el martes o el jueves de la otra semana") == ["day 2026-11-24", "day 2026-11-26"]
    assert readings("la otra semana, lunes o viernes") == ["day 2026-11-23", "day 2026-11-27"]


def test_a_list_of_numbers_shares_the_month():
    assert readings("el 12, 13 o 14 de diciembre") == [f"day 2026-12-{day}" for day in (12, 13, 14)]


def test_an_hour_in_a_short_span_of_days_is_one_mention_for_each_open_day():
    assert readings("el finde en la mañana") == ["part 2026-11-21 06:00…2026-11-21 12:00"]


def test_a_day_closed_for_certain_reads_a_bare_hour_by_its_weekday():
    assert readings("el 25 de diciembre a las 5") == ["minute 2026-12-25 17:00"]


def test_month_first_where_the_shop_writes_so():
    assert readings("12/3 at 2pm", clock=NEW_YORK, language="en") == ["minute 2026-12-03 14:00"]
    assert readings("30/11", clock=NEW_YORK, language="en") == ["day 2026-11-30"]


def test_a_shop_open_past_midnight():
    assert readings("hoy a las 8", clock=BAR) == ["minute 2026-11-18 20:00"]
    assert readings("hoy a la 1", clock=BAR) == ["minute 2026-11-19 01:00"]


def test_both_halves_open_is_a_question():
    (found,) = mentions("na sexta às 9", clock=GYM, language="pt")
    assert found.is_doubtful
    assert "half_of_day" in found.assumed
    assert [one.start.hour for one in (found.when, *found.alternatives)] == [9, 21]


def test_today_an_hour_that_has_passed_is_the_one_still_to_come():
    (found,) = mentions("hoje às 9", clock=GYM, language="pt")
    assert found.when.start.hour == 21
    assert not found.is_doubtful


def test_the_class_timetable_settles_a_bare_hour():
    assert readings("na segunda às 7", clock=GYM, language="pt") == ["minute 2026-11-23 07:00"]
    assert readings("na segunda às 7 e meia", clock=GYM, language="pt") == ["minute 2026-11-23 19:30"]


def test_a_weekday_that_contradicts_its_date_is_asked_about():
    (found,) = mentions("el viernes 16 de diciembre")
    assert (found.when.grain, str(found.when.start)) == (Grain.DAY, "2026-12-16")
    assert [str(one.start) for one in found.alternatives] == ["2026-12-18"]
    assert "weekday_differs" in found.assumed


def test_the_words_and_their_place():
    text = "buenas, tienen cupo mañana a las 5?"
    (found,) = mentions(text)
    assert found.words == "mañana a las 5"
    assert text[slice(*found.span)] == found.words


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        read("mañana", datetime.fromisoformat(NOW), DENTIST)


def test_now_in_another_zone_is_the_same_moment():
    late = datetime(2026, 11, 19, 3, 30, tzinfo=ZoneInfo("UTC"))  # still the 18th in Bogotá
    assert [str(one.when.start) for one in read("mañana", late, DENTIST, "es")] == ["2026-11-19"]


@pytest.mark.parametrize("clock", [DENTIST, BARBER, GYM])
def test_every_moment_carries_the_zone_of_the_shop(clock):
    (found,) = mentions("mañana entre las 3 y las 5", clock=clock)
    assert found.when.start.tzinfo is clock.zone
    assert found.when.end.tzinfo is clock.zone
    assert found.role is Role.WISH
