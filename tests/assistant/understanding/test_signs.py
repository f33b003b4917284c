import pytest

from assistant.understanding.signs import LANGUAGES, sign_names, sign_table
from assistant.understanding.table_files import table
from tests.assistant.understanding.shops import read


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_sign(language):
    assert {name for name in table(f"signs.{language}") if name != "macros"} == set(sign_names())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pattern_compiles(language):
    sign_table(language).find(["nada"])


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("me agendas un masaje?", "book_verb"),
        ("puedes mover mi cita?", "move_verb"),
        ("cancélame lo de mañana", "cancel_verb"),
        ("tienen cupo hoy?", "avail"),
        ("a qué hora quedó mi cita", "my_booking"),
        ("ya no voy a poder ir", "cant_come"),
        ("no me escriban más", "stop_messages"),
        ("borren mis datos", "delete_data"),
        ("una copia de mis datos", "export_data"),
        ("quiero hablar con una persona", "human"),
        ("me cobraron de más", "complaint"),
        ("ahí estaré", "person_coming"),
    ],
)
def test_words_show_what_is_wanted(text, sign):
    assert sign in read(text).signs


def test_who_does_not_want_to_cancel_shows_no_cancelling():
    signs = read("no quiero cancelar, solo cambiarla").signs
    assert "not_cancel" in signs
    assert "cancel_verb" not in signs
    assert "move_verb" in signs


@pytest.mark.parametrize("text", ["¿baja el precio?", "¿me bajan el precio?", "baja la temperatura"])
def test_a_falling_price_is_no_opting_out(text):
    assert "stop_messages" not in read(text).signs


def test_a_cancelled_booking_is_no_erasure():
    assert "delete_data" not in read("borra mi cita").signs
