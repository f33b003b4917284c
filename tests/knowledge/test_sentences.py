from hypothesis import given
from hypothesis import strategies as st

from knowledge.sentences import sentences


def test_a_sentence_ends_at_its_full_stop() -> None:
    assert sentences("Abrimos hoy. ¿Viene? ¡Claro! Sí.") == ["Abrimos hoy.", "¿Viene?", "¡Claro!", "Sí."]


def test_abbreviations_hours_and_amounts_do_not_end_a_sentence() -> None:
    text = "La Dra. Pardo atiende de 9:00 a. m. a 7 p.m. ET por $ 1.200.000 al mes. Llame antes."
    assert sentences(text) == [text.removesuffix(" Llame antes."), "Llame antes."]


def test_a_line_end_ends_a_sentence() -> None:
    assert sentences("Traiga:\n- cédula\n\n- dinero") == ["Traiga:", "- cédula", "- dinero"]


@given(st.text())
def test_no_word_is_lost(text: str) -> None:
    assert " ".join(sentences(text)).split() == text.split()
