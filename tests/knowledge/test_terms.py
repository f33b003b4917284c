import pytest

from knowledge.terms import analyzer, implied, sound, words_of

SPANISH = analyzer(("es",))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HABITACIÓN", "habitaciones"),
        ("limpieza", "limpiezas"),
        ("holaaaaa", "hola"),
        ("45.000", "45000"),
        ("1,250,000", "1250000"),
        ("tmb", "también"),
        ("wsp", "whatsapp"),
        ("vale", "precio"),
        ("cuesta", "price"),
        ("preço", "precio"),
    ],
)
def test_words_that_mean_the_same_are_one_term(one: str, other: str) -> None:
    assert SPANISH.terms(one) == SPANISH.terms(other)


def test_a_question_is_about_its_telling_words_only() -> None:
    assert SPANISH.telling("hola buenas, quisiera saber si tienen limpieza xfa") == SPANISH.terms("limpieza")


def test_a_question_of_stop_words_alone_keeps_them() -> None:
    assert SPANISH.telling("¿Dónde están?") == ["dond", "estan"]


def test_a_merchant_of_several_languages_stems_them_all() -> None:
    both = analyzer(("es", "en"))
    assert both.terms("haircuts") == both.terms("haircut")
    assert both.terms("cortes") == both.terms("corte")


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Licencia: $50 €", ["#price"]),
        ("son 300 pesos", ["#price"]),
        ("dura 40 minutos", ["#duration"]),
        ("3 dias y US$ 5", ["#price", "#duration"]),
        ("el 14 de mayo", []),
    ],
)
def test_figures_say_what_they_speak_of(text: str, terms: list[str]) -> None:
    assert implied(text) == terms


@pytest.mark.parametrize(
    ("heard", "written"),
    [("limpiesa", "limpieza"), ("ora", "hora"), ("ortodonsia", "ortodoncia"), ("yaves", "llaves")],
)
def test_words_written_by_ear_sound_the_same(heard: str, written: str) -> None:
    assert sound(heard) == sound(written)


def test_different_words_sound_different() -> None:
    assert len({sound(word) for word in ("corte", "carta", "chorro", "queso", "gato", "casa")}) == 6


def test_emoji_and_marks_are_no_words() -> None:
    assert words_of("😀 ¿*Precio*? \u202egrande\u202c 👍🏽") == ["precio", "grande"]
