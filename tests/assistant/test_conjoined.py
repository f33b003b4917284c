"""A question that names two things is read once for each of them."""

from datetime import UTC, datetime

import pytest

from assistant.conjoined import halves
from assistant.reading import read_question

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("cuánto vale el básico y el plus", "cuánto vale el básico", "cuánto vale el plus"),
        ("el colibrí y el tucán a como", "el colibrí a como", "el tucán a como"),
        ("quanto custa a axila e a perna", "quanto custa a axila", "quanto custa a perna"),
        ("how much are the towels and the slippers", "how much are the towels", "how much are the slippers"),
    ],
)
def test_each_thing_gets_the_whole_question(text: str, first: str, second: str) -> None:
    language = "pt" if "quanto custa" in text else "en" if "how" in text else "es"
    assert halves(read_question(text, NOW, language)) == (first, second)


@pytest.mark.parametrize(
    "text", ["cuánto vale el corte", "abren a las 3 y media", "y cuánto", "el lunes y el martes", ""]
)
def test_one_thing_or_none_is_not_halved(text: str) -> None:
    assert halves(read_question(text, NOW, "es")) is None
