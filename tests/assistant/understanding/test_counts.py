import pytest

from assistant.understanding.values import Awaiting, Slot
from tests.assistant.understanding.shops import read, said


@pytest.mark.parametrize(
    ("text", "ordinal"),
    [
        ("la segunda", 2),
        ("el primero porfa", 1),
        ("la última", -1),
        ("opción 3", 3),
        ("la 2", 2),
        ("4", 4),
        ("the second one", 2),
    ],
)
def test_the_offer_that_is_chosen(text, ordinal):
    assert [value for _, value in said(text, Slot.ORDINAL, Awaiting.OFFER)] == [ordinal]


@pytest.mark.parametrize("text", ["es la primera vez que voy", "a primera hora", "la segunda semana"])
def test_an_ordinal_that_counts_something_else_is_no_choice(text):
    assert said(text, Slot.ORDINAL, Awaiting.OFFER) == []


def test_without_an_offer_nothing_is_chosen():
    assert said("la segunda", Slot.ORDINAL) == []


@pytest.mark.parametrize(
    ("text", "score"), [("5", 5), ("un 4, tardaron", 4), ("les doy un 3", 3), ("⭐⭐⭐⭐", 4), ("cinco", 5)]
)
def test_a_score_where_one_was_asked_for(text, score):
    assert read(text, Awaiting.RATING).rating == score


def test_a_score_that_nobody_asked_for_needs_its_word():
    assert read("5 estrellas").rating == 5
    assert read("somos 5").rating is None
