"""Times of something else than the wish: another person's, an event's, the opening's."""

import pytest

from tests.assistant.expressions.scenes import mentions, readings

SOMEBODY_ELSE = {
    "es": "mi vecina viene el viernes a las 9, pero yo quiero el viernes a las 10",
    "pt": "meu pai vai na sexta às 9, eu quero sexta às 10",
    "en": "my aunt is coming on friday at 9, i'd like friday at 10",
}
AN_EVENT = {
    "es": "la fiesta es el sábado, quisiera el viernes a las 10",
    "pt": "meu aniversário é no sábado, então sexta às 10",
    "en": "my interview is on saturday so friday at 10",
}
THE_OPENING = {
    "es": "¿trabajan hasta las 11? podría pasar el viernes a las 10",
    "pt": "vocês funcionam até as 11? eu iria na sexta às 10",
    "en": "do you close at 11? i could come on friday at 10",
}
FOR_BOTH = {
    "es": "una cita para mi mamá el viernes a las 9 y quiero otra el viernes a las 10",
    "pt": "um horário para minha mãe na sexta às 9 e quero outro na sexta às 10",
    "en": "a slot for my mom on friday at 9 and i'd like one on friday at 10",
}


@pytest.mark.parametrize(
    ("language", "text"), [*SOMEBODY_ELSE.items(), *AN_EVENT.items(), *THE_OPENING.items()]
)
def test_what_only_leads_up_to_the_wish_is_set_aside(language, text):
    first, second = readings(text, language=language)
    assert first.startswith("aside ")
    assert second == "minute 2026-11-20 10:00"


@pytest.mark.parametrize(("language", "text"), FOR_BOTH.items())
def test_a_time_for_another_person_is_wished_as_well(language, text):
    assert readings(text, language=language) == ["minute 2026-11-20 09:00", "minute 2026-11-20 10:00"]


def test_a_time_that_somebody_else_wants_is_wished_as_well():
    assert readings("mi hermana quiere el viernes a las 9 y yo quiero el viernes a las 10") == [
        "minute 2026-11-20 09:00",
        "minute 2026-11-20 10:00",
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "mi boda es el viernes"),
        ("pt", "minha irmã vai na sexta"),
        ("en", "are you open on friday"),
    ],
)
def test_without_another_time_nothing_is_set_aside(language, text):
    assert readings(text, language=language) == ["day 2026-11-20"]


def test_the_hour_after_one_set_aside_is_of_the_same_day():
    found = mentions("la cita de mi hija es el viernes a las 9, la mía la quiero a las 10")
    assert [f"{one.when.start:%d %H}" for one in found] == ["20 09", "20 10"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "mi hija tiene cita el viernes a las 3, quiero cambiarla para el lunes"),
        ("pt", "minha filha tem sexta às 3, quero mudar pra segunda"),
        ("en", "my son has friday at 3, i'd like to move it to monday"),
    ],
)
def test_another_persons_time_that_is_to_be_moved_is_the_old_one(language, text):
    assert readings(text, language=language) == ["old minute 2026-11-20 15:00", "day 2026-11-23"]


def test_two_hours_that_are_asked_about_are_both_wished():
    assert readings("¿atienden el viernes a las 4? ¿o el sábado a las 10?") == [
        "minute 2026-11-20 16:00",
        "minute 2026-11-21 10:00",
    ]
