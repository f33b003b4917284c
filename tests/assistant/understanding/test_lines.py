from assistant.understanding.lines import line_of
from tests.assistant.understanding.shops import read


def clauses(text):
    line = line_of(text, "es")
    return [line.said(one.start, one.stop) for one in line.clauses]


def test_clauses_end_at_marks_and_before_words_that_turn_the_talk():
    assert clauses("hola, no quiero cancelar pero sí moverla") == [
        "hola",
        "no quiero cancelar",
        "pero sí moverla",
    ]


def test_a_question_after_and_is_a_clause_of_its_own():
    assert clauses("agéndame mañana y me dices cuánto vale") == ["agéndame mañana", "y me dices cuánto vale"]


def test_things_joined_by_and_stay_together():
    assert clauses("corte y barba") == ["corte y barba"]


def test_mentions_stand_as_one_word_in_their_clause():
    assert read("quiero masaje relajante con Wilmar").clauses == (("quiero", "xservice", "con", "xstaff"),)


def test_chat_spelling_is_spelt_out():
    assert line_of("xfa q me agende", "es").plain == ("por", "favor", "que", "me", "agende")
