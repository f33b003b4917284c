from assistant.cards import Family
from assistant.stock import StockRoom, make_stock
from tests.assistant.shelves import merchant


def test_every_entry_and_paragraph_is_a_card():
    stock = make_stock(merchant())
    assert {"hours", "address", "contact", "payments", "staff", "v1", "f1", "d1#2"} <= set(stock.by_citation)
    assert [card.citation for card in stock.of(Family.PARAGRAPH)] == ["d1#2", "d1#3"]


def test_a_stock_is_made_once_for_a_version():
    made = []
    room = StockRoom(make=lambda base: made.append(base) or make_stock(base))
    base = merchant()
    assert room.stock_of(base) is room.stock_of(base)
    assert len(made) == 1


def test_the_least_recently_used_stock_is_dropped():
    room = StockRoom(capacity=1)
    first, second = merchant(), merchant()
    kept = room.stock_of(first)
    room.stock_of(second)
    assert room.stock_of(first) is not kept
