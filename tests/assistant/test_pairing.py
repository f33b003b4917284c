from tests.assistant.test_counter import ask


def test_two_things_asked_with_one_question_are_both_answered():
    assert ask("cuanto cuesta el corte de uñas y el guacal").text.splitlines() == [
        "Corte de uñas: $15.000.",
        "Guacal rígido: $145.000. Agotado.",
    ]


def test_one_thing_described_with_two_words_is_one_answer():
    assert len(ask("cuanto cuesta el baño y secado de perro pequeño").text.splitlines()) == 1
