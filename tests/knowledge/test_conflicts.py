import pytest

from knowledge.conflicts import conflict_in, figures_of
from knowledge.entries import EntryKey, Faq


def faq(key: str, question: str, answer: str, *phrasings: str) -> Faq:
    return Faq(key=EntryKey(key), question=question, answer=answer, phrasings=phrasings)


def test_the_same_question_with_other_figures_is_a_conflict() -> None:
    first, second = (
        faq("a", "¿Cuánto vale el envío?", "$5.000"),
        faq("b", "cuanto vale el envio", "Cuesta 6000."),
    )
    conflict = conflict_in((first, second))
    assert conflict is not None
    assert (conflict.first, conflict.second) == (first, second)


@pytest.mark.parametrize("answer", ["Son 5,000.", "$ 5.000 a toda la ciudad", "5000"])
def test_the_same_figures_in_other_words_are_none(answer: str) -> None:
    assert conflict_in((faq("a", "¿Envío?", "$5.000"), faq("b", "envío", answer))) is None


def test_another_question_may_have_other_figures() -> None:
    assert conflict_in((faq("a", "¿Envío?", "$5.000"), faq("b", "¿Empaque?", "$900"))) is None


def test_phrasings_are_questions_too() -> None:
    assert conflict_in((faq("a", "¿Envío?", "$5.000", "domicilio"), faq("b", "¿Domicilio?", "$900")))


def test_an_entry_does_not_contradict_itself() -> None:
    assert conflict_in((faq("a", "¿Envío?", "Entre 5 y 9.", "envio", "¿ENVÍO?"),)) is None


def test_figures_are_compared_without_their_punctuation() -> None:
    assert figures_of("$45.000 o 45,5 a las 7:30") == {"45000", "45.5", "7:30"}
