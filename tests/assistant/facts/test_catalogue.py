from datetime import date, datetime
from decimal import Decimal

from assistant.facts.catalogue import ItemAsk, ItemClerk
from assistant.kinds import Kind
from assistant.speech import DayNames, Voice
from assistant.turns import Language
from knowledge.entries import EntryKey, Item, Variant
from tests.assistant.shelves import ITEMS, STAFF

VOICE = Voice(Language.ES, "es-CO", "COP")
TODAY = date(2026, 10, 14)


def clerk():
    names = DayNames(VOICE, datetime(2026, 10, 14))  # noqa: DTZ001 - local time
    return ItemClerk(VOICE, names, TODAY, {member.id: member.name for member in STAFF.members})


def said(item, *kinds, **more):
    return clerk().answer(item, ItemAsk(kinds=frozenset(kinds), **more)).text


def test_a_price_is_copied_from_the_row():
    assert said(ITEMS[0], Kind.PRICE) == "Baño perro pequeño: $45.000."


def test_a_price_that_only_begins_there_says_so():
    assert said(ITEMS[4], Kind.PRICE) == "Castración de perro: desde $280.000."


def test_only_the_duration_is_told_where_only_it_is_asked():
    assert said(ITEMS[1], Kind.DURATION) == "Baño perro mediano: dura 75 min."


def test_what_is_sold_out_is_not_offered():
    assert said(ITEMS[3], Kind.OFFER) == "Guacal rígido: agotado por ahora."


def test_the_people_who_do_it_are_named():
    assert "Dra. Catalina Uribe" in said(ITEMS[2], Kind.WHO)


def test_the_description_comes_where_it_bears_on_the_question():
    assert "incluye secado" in said(ITEMS[0], Kind.INCLUDE)
    assert "incluye secado" not in said(ITEMS[0], Kind.PRICE)


def test_a_price_is_not_quoted_after_its_last_day():
    old = Item(key=EntryKey("x"), name="Torta", price=Decimal(9), valid_until=date(2026, 10, 1))
    assert "9" not in said(old, Kind.PRICE).replace("1 de octubre", "")
    assert "venció" in said(old, Kind.PRICE)


def test_the_variant_that_was_named_is_the_one_that_is_priced():
    variants = (Variant(label="chica", price=Decimal(100)), Variant(label="grande", price=Decimal(180)))
    pizza = Item(key=EntryKey("p"), name="Pizza", variants=variants)
    assert said(pizza, Kind.PRICE, variants=variants[1:]) == "Pizza: grande $180."
