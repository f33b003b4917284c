import pytest

from assistant.expressions.tokens import tokens
from assistant.expressions.tongue import spoken
from tests.assistant.expressions.scenes import readings


@pytest.mark.parametrize(
    ("text", "given", "language"),
    [
        ("tomorrow at half past three please", "es", "en"),
        ("queria marcar pra amanhã às 10 da manhã", "es", "pt"),
        ("quiero una cita para mañana a las cinco", "pt", "es"),
        ("daqui a 15 dias", "pt", "pt"),
        ("ok", "pt", "pt"),
        ("17:30", "en", "en"),
        ("a las 5 y media", None, "es"),
        ("às 5 e meia", None, "pt"),
        ("half past five", None, "en"),
    ],
)
def test_the_words_overrule_the_language_given_only_where_they_are_clear(text, given, language):
    assert spoken(text, tokens(text), given) == language


def test_a_message_in_another_language_than_the_conversation_is_read():
    assert readings("can I come tomorrow at half past three?", language="es") == ["minute 2026-11-19 15:30"]


def test_an_unknown_language_is_as_good_as_none():
    assert readings("mañana a las 5", language="fr") == ["minute 2026-11-19 17:00"]
