import pytest

from assistant.understanding.values import Awaiting, Slot
from tests.assistant.understanding.shops import said


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("somos 4", 4),
        ("mesa para seis", 6),
        ("vamos mi esposa, yo y el bebé", 3),
        ("vamos mi mujer, mi suegra, el niño y yo", 4),
        ("dos adultos y una niña", 3),
        ("seis contando al bebé", 6),
        ("voy con mi esposa", 2),
        ("party of 5", 5),
        ("my wife, my two kids and me", 4),
        ("eu e minha namorada", 2),
        ("somos 8 en vez de 6", 8),
    ],
)
def test_everybody_who_comes_is_counted(text, size):
    assert [value for _, value in said(text, Slot.SIZE)] == [size]


def test_a_bare_number_counts_where_one_was_asked_for():
    assert [value for _, value in said("7", Slot.SIZE, Awaiting.PARTY_SIZE)] == [7]
    assert said("7", Slot.SIZE) == []


@pytest.mark.parametrize(
    "text", ["una mesa", "tengo dos perros", "hace 3 semanas", "cuesta 20 mil", "un corte para mi hijo"]
)
def test_other_numbers_are_no_party(text):
    assert said(text, Slot.SIZE) == []
