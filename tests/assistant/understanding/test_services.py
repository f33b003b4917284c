import pytest

from assistant.understanding.values import Slot
from tests.assistant.understanding.shops import said


@pytest.mark.parametrize(
    ("text", "words", "ident"),
    [
        ("quiero una limpieza facial profunda mañana", "limpieza facial profunda", "c2"),
        ("una limpiesa fasial profunda", "limpiesa fasial profunda", "c2"),
        ("me haces corte y barba?", "corte y barba", "c4"),
        ("dos masages relajantes", "masages relajantes", "c6"),
        ("la higiene por favor", "higiene", "c1"),
        ("quiero la clase de prueba", "clase de prueba", "c5"),
    ],
)
def test_a_service_is_found_as_said_with_the_merchants_id(text, words, ident):
    assert said(text, Slot.SERVICE) == [(words, ident)]


def test_a_name_that_two_services_share_has_no_id():
    assert said("quiero una limpieza facial", Slot.SERVICE) == [("limpieza facial", None)]


def test_services_that_stand_apart_are_two():
    assert [words for words, _ in said("una limpieza facial y un masaje", Slot.SERVICE)] == [
        "limpieza facial",
        "masaje",
    ]


@pytest.mark.parametrize(
    "text", ["quiero una clase", "mesa para dos", "me corre la cita", "una cita por favor", "mi parte"]
)
def test_what_is_no_service_is_none(text):
    assert said(text, Slot.SERVICE) == []


def test_what_a_booking_is_for_is_kept_where_the_shop_has_no_such_name():
    assert said("necesito una cita para una ecografía", Slot.SERVICE) == [("ecografía", None)]
