from datetime import datetime

import pytest

from assistant.cards import Family
from assistant.certainty import certainty
from assistant.facts.opening_ask import Ask
from assistant.reading import read_question
from assistant.stock import make_stock
from tests.assistant.shelves import merchant

NOW = datetime(2026, 10, 14, 9)  # noqa: DTZ001 - local time
STOCK = make_stock(merchant())


def sure(text, family):
    question = read_question(text, NOW, "es")
    return certainty(question, family, STOCK, Ask(question.plain, question.when, NOW))


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("abren el domingo?", Family.HOURS),
        ("catalina anda por ahi hoy?", Family.STAFF),
        ("toman nequi?", Family.PAYMENTS),
        ("donde quedan?", Family.ADDRESS),
    ],
)
def test_a_plain_question_for_a_fact_is_certain(text, family):
    assert sure(text, family) == 1


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("a que hora abre la piscina climatizada del segundo piso?", Family.HOURS),
        ("tienen submarinos?", Family.STAFF),
        ("cuanto vale el baño?", Family.PAYMENTS),
    ],
)
def test_a_question_about_something_else_is_left_to_the_judge(text, family):
    assert sure(text, family) == 0
