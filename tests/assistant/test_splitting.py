import pytest

from assistant.splitting import split


def pieces(text, language="es"):
    return [piece.text for piece in split(text, language)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "cuanto vale la antirrabica y toca pedir cita?",
            ["cuanto vale la antirrabica", "y toca pedir cita?"],
        ),
        ("en donde estan y reciben nequi", ["en donde estan", "y reciben nequi"]),
        ("aceitam pix e tem estacionamento?", ["aceitam pix", "e tem estacionamento?"]),
        (
            "cuanto vale la limpieza, cuanto se demora y si puedo pagar con tarjeta",
            ["cuanto vale la limpieza", "cuanto se demora", "y si puedo pagar con tarjeta"],
        ),
    ],
)
def test_several_questions_are_cut_apart(text, parts):
    assert pieces(text) == parts


def test_one_question_stays_whole():
    assert pieces("q papeles o vacunas piden para dejarlo") == ["q papeles o vacunas piden para dejarlo"]


def test_the_story_before_a_question_goes_with_it():
    text = "tengo un golden de 32 kilos, cuanto me cobran por bañarlo"
    assert pieces(text) == [text]
    assert split(text, "es")[0].asked == "cuanto me cobran por bañarlo"


def test_half_past_is_no_link():
    assert len(pieces("abren a las 6 y media?")) == 1


def test_a_statement_between_questions_is_no_question_to_own_up_to():
    found = split("el shampu lo puedo llevar yo? tiene uno del dermatologo", "es")
    assert [piece.explicit for piece in found] in ([True], [True, False])
