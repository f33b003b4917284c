import pytest

from assistant.understanding.values import Awaiting, Slot
from tests.assistant.understanding.shops import said


@pytest.mark.parametrize(
    ("text", "words", "ident"),
    [
        ("cita con Wilmar", "Wilmar", "s2"),
        ("con la doctora amparo", "doctora amparo", "s1"),
        ("con la doctora porfa", "doctora", "s1"),
        ("que me atienda el barbero", "barbero", "s2"),
        ("con rosio duarte", "rosio duarte", "s3"),
        ("con Rocio Duarte el lunes", "Rocio Duarte", "s3"),
    ],
)
def test_people_are_found_by_name_title_or_role(text, words, ident):
    assert said(text, Slot.STAFF) == [(words, ident)]


def test_who_is_only_spoken_to_is_not_asked_for():
    assert said("doctora, me duele mucho", Slot.STAFF) == []
    assert said("buenas tardes doctora", Slot.STAFF) == []


def test_a_bare_role_counts_where_a_person_is_awaited():
    assert said("barbero", Slot.STAFF, Awaiting.STAFF) == [("barbero", "s2")]


def test_the_person_given_up_is_not_wanted():
    assert said("con Wilmar en vez de Rocío", Slot.STAFF) == [("Wilmar", "s2")]
    assert said("switch me from Wilmar to Rocío", Slot.STAFF) == [("Rocío", "s3")]
