from assistant.kinds import Kind
from assistant.signs import agreement


def test_a_text_with_a_price_agrees_with_a_question_for_one():
    assert agreement(frozenset({Kind.PRICE}), "Cuesta $8.000.") == 1
    assert agreement(frozenset({Kind.PRICE}), "Desde los 6 meses cumplidos.") == -1


def test_a_question_that_asks_for_no_sign_agrees_with_nothing():
    assert agreement(frozenset({Kind.OFFER}), "Sí.") == 0


def test_half_of_what_is_asked_is_neither():
    assert agreement(frozenset({Kind.PRICE, Kind.DURATION}), "Cuesta $8.000.") == 0
