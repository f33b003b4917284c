import pytest

from assistant.expressions.values import Role
from tests.assistant.expressions.scenes import mentions, readings

OLD_AND_NEW = {
    "la del martes pásala al jueves": ["old day 2026-11-24", "day 2026-11-19"],
    "cambiar la cita del martes al jueves": ["old day 2026-11-24", "day 2026-11-19"],
    "quiero pasar mi cita del viernes para el lunes a las 2": [
        "old day 2026-11-20",
        "minute 2026-11-23 14:00",
    ],
    "tengo cita el martes a las 3, la puedo pasar al viernes?": [
        "old minute 2026-11-24 15:00",
        "day 2026-11-20",
    ],
    "mueve la de las 3 del martes para las 5": ["old minute 2026-11-24 15:00", "minute 2026-11-24 17:00"],
    "cámbiame de las 3 a las 5": ["old minute 2026-11-18 15:00", "minute 2026-11-18 17:00"],
    "pásame del sábado 21 a las 10 al lunes 23 a las 2": [
        "old minute 2026-11-21 10:00",
        "minute 2026-11-23 14:00",
    ],
    "mover mi cita del lunes a las 10 para el miércoles a la misma hora": [
        "old minute 2026-11-23 10:00",
        "minute 2026-11-25 10:00",
    ],
    "ya no puedo ir el martes, puede ser el jueves a las 4?": [
        "old day 2026-11-24",
        "minute 2026-11-19 16:00",
    ],
    "tengo mañana a las 11, puedes pasarme a las 3?": [
        "old minute 2026-11-19 11:00",
        "minute 2026-11-19 15:00",
    ],
}
TAKEN_BACK = {
    "el martes, no, mejor el jueves": ["corrected day 2026-11-24", "day 2026-11-19"],
    "mañana a las 4, perdón, a las 5": ["corrected minute 2026-11-19 16:00", "minute 2026-11-19 17:00"],
    "el jueves a las 4, mejor el viernes": ["corrected minute 2026-11-19 16:00", "minute 2026-11-20 16:00"],
    "el martes, no, el jueves": ["corrected day 2026-11-24", "day 2026-11-19"],
}
NOT_SUITING = {
    "el martes no puedo, el miércoles sí": ["excluded day 2026-11-24", "day 2026-11-25"],
    "no puedo el lunes pero el martes sí": ["excluded day 2026-11-23", "day 2026-11-24"],
    "lunes y martes no, el jueves sí": [
        "excluded day 2026-11-23",
        "excluded day 2026-11-24",
        "day 2026-11-19",
    ],
    "el lunes cierran, así que el martes": ["excluded day 2026-11-23", "day 2026-11-24"],
    "el lunes cierran?": ["day 2026-11-23"],
    "ni el lunes ni el martes": ["excluded day 2026-11-23", "excluded day 2026-11-24"],
    "martes no, jueves": ["excluded day 2026-11-24", "day 2026-11-19"],
    "digo el jueves, no el miércoles": ["day 2026-11-19", "excluded day 2026-11-25"],
    "en vez del martes, el jueves": ["excluded day 2026-11-24", "day 2026-11-19"],
    "esta semana no puedo, la próxima sí": [
        "excluded week 2026-11-18…2026-11-22",
        "week 2026-11-23…2026-11-29",
    ],
    "este sábado no, el otro": ["excluded day 2026-11-21", "day 2026-11-28"],
    "mañana no puedo ir": ["excluded day 2026-11-19"],
    "cualquier día, el lunes no puedo": ["any without 2026-11-23", "excluded day 2026-11-23"],
}
GONE = {
    "fui el martes pasado y quedé mal": ["past day 2026-11-17"],
    "fui el sábado y me atendieron mal": ["past day 2026-11-14"],
    "ayer no me contestaron": ["past day 2026-11-17"],
    "hace dos semanas me hice el tratamiento": ["past day 2026-11-04"],
    "el viernes se cayó la resina": ["day 2026-11-20"],
    "se me cayó la calza el viernes": ["past day 2026-11-13"],
    "fui el martes pasado y quiero volver el jueves a las 5": [
        "past day 2026-11-17",
        "minute 2026-11-19 17:00",
    ],
    "me sacaron la uña el martes": ["past day 2026-11-17"],
    "me duele desde ayer, tienen algo para hoy?": ["past after 2026-11-17", "day 2026-11-18"],
    "me hice el corte y el viernes quiero otro": ["day 2026-11-20"],
    "la semana pasada estuve allá": ["past week 2026-11-09…2026-11-15"],
}


@pytest.mark.parametrize(("text", "meant"), OLD_AND_NEW.items())
def test_what_is_moved_and_where_to(text, meant):
    assert readings(text) == meant


@pytest.mark.parametrize(("text", "meant"), TAKEN_BACK.items())
def test_what_was_taken_back(text, meant):
    assert readings(text) == meant


@pytest.mark.parametrize(("text", "meant"), NOT_SUITING.items())
def test_what_does_not_suit(text, meant):
    assert readings(text) == meant


@pytest.mark.parametrize(("text", "meant"), GONE.items())
def test_what_has_happened_is_no_wish(text, meant):
    assert readings(text) == meant


@pytest.mark.parametrize(
    ("text", "language", "meant"),
    [
        ("quero remarcar de terça pra quinta", "pt", ["old day 2026-11-24", "day 2026-11-19"]),
        ("sexta, não, sábado", "pt", ["corrected day 2026-11-20", "day 2026-11-21"]),
        (
            "amanhã não consigo, pode ser depois de amanhã?",
            "pt",
            ["excluded day 2026-11-19", "day 2026-11-20"],
        ),
        ("fui na sexta e gostei", "pt", ["past day 2026-11-13"]),
        ("can we move my thursday 3pm to friday?", "en", ["old minute 2026-11-19 15:00", "day 2026-11-20"]),
        ("swap sunday for tuesday at 1pm", "en", ["old day 2026-11-22", "minute 2026-11-24 13:00"]),
        ("saturday, sorry, sunday", "en", ["corrected day 2026-11-21", "day 2026-11-22"]),
        ("tomorrow no, saturday at 11", "en", ["excluded day 2026-11-19", "minute 2026-11-21 11:00"]),
        ("i went last friday", "en", ["past day 2026-11-13"]),
    ],
)
def test_the_same_in_portuguese_and_english(text, language, meant):
    assert readings(text, language=language) == meant


@pytest.mark.parametrize("text", ["quiero cancelar la cita del jueves", "mi cita del jueves a qué hora es?"])
def test_an_old_time_with_nothing_new_is_what_the_message_talks_about(text):
    assert readings(text) == ["day 2026-11-19"]


def test_an_old_time_to_be_moved_stays_one_though_no_new_one_is_said():
    assert [one.role for one in mentions("quiero mover la cita del jueves")] == [Role.OLD]
    assert [one.role for one in mentions("no puedo ir el martes, qué otro día tienen?")] == [Role.OLD]
