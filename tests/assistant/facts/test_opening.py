from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.facts.opening import OpeningDesk
from assistant.facts.opening_ask import Ask
from assistant.facts.timetable import Timetable
from assistant.facts.when import read_when
from assistant.speech import Voice
from assistant.turns import Language
from assistant.wording import read_words
from tests.assistant.shelves import hours

ZONE = ZoneInfo("America/Bogota")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def answer(text, now, language=Language.ES):
    moment = at(now)
    desk = OpeningDesk(Timetable(hours()), Voice(language, "es-CO", "COP"), moment)
    words = tuple(word.text for word in read_words(text, language.value))
    return desk.answer(Ask(words, read_when(words, moment, language.value), moment))


@pytest.mark.parametrize(
    ("text", "now", "said"),
    [
        ("ya estan atendiendo?", "2026-10-14T13:05", "En este momento estamos cerrados. Abrimos hoy miércoles a las 2:00 p. m."),
        ("estan abiertos?", "2026-10-14T15:00", "Sí, estamos abiertos hasta las 7:00 p. m."),
        ("siguen abiertos?", "2026-10-17T01:00", "Sí, estamos abiertos hasta las 2:00 a. m."),
        ("hasta que hora hoy", "2026-10-14T16:00", "Hoy miércoles cerramos a las 7:00 p. m."),
        ("a que hora cierran", "2026-10-14T20:00", "Hoy ya cerramos. Abrimos mañana jueves a las 8:00 a. m."),
        ("abren mañana?", "2026-10-16T10:00", "Sí, mañana sábado abrimos de 9:00 a. m. a 1:00 p. m."),
        ("abren el domingo", "2026-10-14T10:00", "No, el domingo 18 de octubre no abrimos."),
        ("los domingos abren?", "2026-10-14T10:00", "No, los domingos no abrimos."),
        ("a que hora abren mañana", "2026-10-14T21:00", "Mañana jueves abrimos a las 8:00 a. m."),
        ("abren el sabado en la tarde", "2026-10-14T10:00", "No, el sábado 17 de octubre solo abrimos de 9:00 a. m. a 1:00 p. m."),
        ("llego en 20 minutos alcanzo?", "2026-10-14T18:30", "Sí, alcanza el tiempo: hoy miércoles cerramos a las 7:00 p. m."),
        ("puedo ir el sabado a las 3", "2026-10-14T10:00", "No, el sábado 17 de octubre a esa hora no estamos abiertos. Abrimos de 9:00 a. m. a 1:00 p. m."),
    ],
)  # fmt: skip
def test_only_what_was_asked_is_answered(text, now, said):
    assert answer(text, now).text == said


def test_a_special_day_replaces_the_week_and_is_cited():
    found = answer("el lunes 16 de noviembre abren?", "2026-11-12T10:00")
    assert found.text == "No, el lunes 16 de noviembre no abrimos (Festivo, Independencia de Cartagena)."
    assert found.citations == ("special:2026-11-16",)


def test_the_whole_week_is_told_only_when_it_is_asked_for():
    lines = answer("cual es el horario?", "2026-10-14T10:00").text.splitlines()
    assert lines[1].startswith("Lunes a jueves: de 8:00")
    assert lines[-1] == "Domingo: cerrado"


def test_the_answer_is_in_the_customers_language():
    assert (
        answer("are you open now?", "2026-10-14T15:00", Language.EN).text
        == "Yes, we are open until 7:00 p.m."
    )
    assert (
        answer("abre sábado?", "2026-10-14T15:00", Language.PT).text
        == "Sim, sábado, 17 de outubro, abrimos das 9h às 13h."
    )
