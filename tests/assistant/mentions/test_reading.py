import pytest

from assistant.mentions.reading import mentions, mentions_in_any_language
from assistant.mentions.values import Figure, FigureKind


def test_mentions_come_in_the_order_of_the_text() -> None:
    found = mentions("De 8:00 a 10:00, $20 o 5 %", "es")
    assert [mention.figure.kind.value for mention in found] == ["clock", "clock", "money", "percent"]


@pytest.mark.parametrize(
    "text", ["once cupos", "dos alunos", "ten days", "as 8 sessões", "at 5 stars", "las 8"]
)
def test_any_language_sees_at_least_what_each_sees(text: str) -> None:
    union = {mention.figure for mention in mentions_in_any_language(text)}
    for language in ("es", "pt", "en"):
        assert {mention.figure for mention in mentions(text, language)} <= union


def test_a_bare_number_may_be_a_price_and_a_counted_one_may_not() -> None:
    money = Figure(FigureKind.MONEY, "brl 119")
    (price,) = mentions("Precio: 119", "es")
    (count,) = mentions("119 personas", "es")
    assert money in set(price.grounds())
    assert money not in set(count.grounds())


@pytest.mark.parametrize(
    ("text", "clocks"),
    [
        ("de 9:00 a 18:00", {"9:00?", "18:00", "09:00"}),
        ("de 9:00 a 6:00", {"9:00?", "6:00?"}),
        ("12:00 a 14:00", {"12:00?", "14:00", "12:00"}),
    ],
)
def test_where_hours_count_to_24_an_open_hour_is_in_the_morning(text: str, clocks: set[str]) -> None:
    stated = {figure for mention in mentions(text, "es") for figure in mention.grounds()}
    assert {figure.value for figure in stated if figure.kind is FigureKind.CLOCK} == clocks


def test_a_number_before_a_time_is_an_hour_only_in_a_range() -> None:
    assert mentions("mesa para 4 a las 14:00", "es")[0].figure == Figure(FigureKind.NUMBER, "4")
    assert mentions("de 9 a 14:00", "es")[0].figure == Figure(FigureKind.CLOCK, "9:00?")
