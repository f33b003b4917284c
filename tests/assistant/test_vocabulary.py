from assistant.terms import terms_of
from assistant.vocabulary import MISSPELT, SAME, SAME_CONCEPT, Vocabulary

WORDS = ("limpieza dental profunda", "estacionamiento gratis", "ecografia abdominal", "corte de pelo")


def vocabulary():
    return Vocabulary(terms_of(tuple(text.split()), "es") for text in WORDS)


def how_surely(word):
    (term,) = terms_of((word,), "es")
    return max(vocabulary().related(term).values(), default=0.0)


def test_the_same_word_is_surest():
    assert how_surely("limpieza") == SAME


def test_a_word_of_another_country_or_language_means_the_same():
    assert how_surely("parqueadero") == SAME_CONCEPT
    assert how_surely("haircut") == SAME_CONCEPT


def test_a_typing_slip_is_forgiven():
    assert how_surely("abdomial") == MISSPELT


def test_the_beginning_of_a_long_word_stands_for_it():
    assert how_surely("eco") > 0


def test_a_word_nobody_uses_is_related_to_nothing():
    assert how_surely("submarino") == 0
