import pytest

from assistant.understanding.values import Awaiting, Slot
from tests.assistant.understanding.shops import said


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a nombre de Juan Camilo de la Cruz por favor", "Juan Camilo de la Cruz"),
        ("me llamo maria fernanda", "maria fernanda"),
        ("es para mi hijo Matías", "Matías"),
        ("reserva para dos, soy Óscar Niño", "Óscar Niño"),
        ("book it under Robinson please", "Robinson"),
    ],
)
def test_a_name_that_is_introduced_is_found(text, name):
    assert said(text, Slot.NAME) == [(name, None)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("juan perez", "juan perez"),
        ("claro, Luz Dary Henao", "Luz Dary Henao"),
        ("a nombre de mi esposo, Jairo", "Jairo"),
    ],
)
def test_where_a_name_is_awaited_any_words_may_be_one(text, name):
    assert said(text, Slot.NAME, Awaiting.NAME)[-1] == (name, None)


@pytest.mark.parametrize(
    "text", ["soy cliente nuevo", "es para mi hijo", "una cita para mañana", "soy alérgica", "con Wilmar"]
)
def test_what_is_no_name_is_none(text):
    assert said(text, Slot.NAME) == []
