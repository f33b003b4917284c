"""The language of a turn."""

import pytest

from assistant.language import detect
from assistant.turns import Language

ES, PT, EN = Language.ES, Language.PT, Language.EN

LOOK_ALIKES = [
    ("quanto custa a limpeza", PT),
    ("cuanto cuesta la limpieza", ES),
    ("tem vaga amanhã", PT),
    ("tem vaga amanha", PT),
    ("tienen cupo mañana", ES),
    ("qual o endereço?", PT),
    ("cual es la direccion", ES),
    ("posso levar meu cachorro", PT),
    ("puedo llevar mi perro", ES),
    ("preço da escova", PT),
    ("precio del cepillado", ES),
    ("fazem entrega domingo?", PT),
    ("hacen entregas el domingo?", ES),
    ("vcs aceitam pix", PT),
    ("do u deliver", EN),
    ("price of haircut", EN),
    ("you open?", EN),
    ("não", PT),
    ("no thanks", EN),
    ("qto ta a diaria", PT),
    ("cuanto sale la noche", ES),
]

SAYS_NOTHING = [
    "😂😂",
    "2",
    "300 8000",
    "ok",
    "A",
    "botox capilar",
    "info",
    "https://wa.me/573001112233",
    "?",
    "",
]


@pytest.mark.parametrize(("text", "language"), LOOK_ALIKES)
@pytest.mark.parametrize("merchant", list(Language))
def test_a_clear_line_is_read_whatever_the_merchant_speaks(
    text: str, language: Language, merchant: Language
) -> None:
    assert detect(text, None, [merchant]) is language


@pytest.mark.parametrize("text", SAYS_NOTHING)
@pytest.mark.parametrize("earlier", list(Language))
def test_a_line_that_says_nothing_keeps_the_language_of_the_conversation(
    text: str, earlier: Language
) -> None:
    assert detect(text, earlier, [ES]) is earlier


@pytest.mark.parametrize("text", ["ok thanks", "thanks bye", "bye", "gracias", "obrigado", "hello", "sorry"])
def test_a_borrowed_courtesy_does_not_switch_the_conversation(text: str) -> None:
    assert {detect(text, earlier, [ES]) for earlier in Language} == set(Language)


def test_a_courtesy_opens_a_conversation_in_its_own_language() -> None:
    assert detect("hello!", None, [ES]) is EN
    assert detect("oi", None, [ES]) is PT
    assert detect("hola", None, [PT]) is ES


def test_a_clear_switch_switches() -> None:
    assert detect("sorry, do you speak english?", ES, [ES]) is EN
    assert detect("vocês aceitam cartão?", ES, [ES]) is PT
    assert detect("¿hasta qué hora atienden hoy?", PT, [PT]) is ES


def test_a_mixed_greeting_keeps_the_conversation() -> None:
    assert detect("hola bom dia", ES, [ES]) is ES
    assert detect("hola bom dia", PT, [PT]) is PT


def test_without_anything_known_spanish_stands_in() -> None:
    assert detect("12", None, []) is ES


def test_a_language_that_the_merchant_does_not_list_is_still_answered_in() -> None:
    assert detect("how much is the cleaning?", None, [ES, PT]) is EN


def test_stretched_letters_and_capitals_do_not_hide_the_language() -> None:
    assert detect("QUANTOOOO CUSTAAA", None, [ES]) is PT
    assert detect("hoooolaaa buenasss", None, [PT]) is ES


def test_a_very_long_line_is_read_from_its_beginning() -> None:
    assert detect("quanto custa a limpeza? " + "x" * 4000, None, [ES]) is PT
