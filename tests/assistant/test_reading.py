from datetime import datetime

from assistant.reading import read_question

NOW = datetime(2026, 10, 14, 9)  # noqa: DTZ001 - local time


def read(text):
    return read_question(text, NOW, "es")


def test_the_subject_is_what_is_left_without_the_cues():
    assert [term.word for term in read("cuanto vale la limpieza profunda?").subject] == [
        "limpieza",
        "profunda",
    ]


def test_the_focus_stands_right_after_what_is_asked():
    assert read("de que marca es el concentrado para adulto").focus[0].word == "marca"


def test_amounts_are_compared_as_amounts_and_not_as_words():
    question = read("cuanto vale el baño de un perro de 14 kilos")
    assert question.amounts[0].low == 14000
    assert "14" not in [term.word for term in question.telling]


def test_what_is_refused_is_not_wanted():
    question = read("la doble sin balcon cuanto cuesta")
    assert question.refused == {"balcon"}
    assert "balcon" not in [term.stem for term in question.wanted]


def test_terms_are_carried_from_the_question_before():
    before = read("cuanto vale la limpieza")
    assert "limpieza" in read_question("y cuanto dura", NOW, "es", before.subject).typed
