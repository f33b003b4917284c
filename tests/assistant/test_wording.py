import pytest

from assistant.wording import fold, read_words, spell_out, tidy


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Holaaa q hora cierran hoy?", "hola que hora cierran hoy"),
        ("kiero saber si tmb asen envios xfa", "quiero saber si tambien hacen envios por favor"),
        ("qto custa a limpeza pra criança", "quanto custa a limpeza para crianca"),
        ("what's ur address", "what is ur address"),
    ],
)
def test_chat_spelling_is_spelt_out(typed, meant):
    assert spell_out(typed) == meant


def test_a_letter_after_a_number_is_a_unit_and_no_short_form():
    assert spell_out("pesa 38k") == "pesa 38 k"


def test_folding_drops_accents_marks_and_invisible_characters():
    assert fold("*Ñandú*\u200f  \u00a0Ok") == "nandu ok"


def test_words_know_where_they_stood():
    text = "¿Cuánto vale?"
    assert [text[word.start : word.end] for word in read_words(text)] == ["Cuánto", "vale"]


def test_right_to_left_marks_and_blank_lines_are_tidied_away():
    assert tidy("\u202bhola\u202c  \n\n  mundo") == "hola\nmundo"
