from collections import Counter

from assistant.understanding.head import KINDS
from training.intents.data import examples, shop, shop_rows
from training.intents.measure import folds

OWN = examples()


def test_there_are_messages_enough_in_every_language():
    counted = Counter(one.language for one in OWN)
    assert counted["es"] >= 1200
    assert counted["pt"] >= 500
    assert counted["en"] >= 500


def test_every_label_is_an_intent_and_every_intent_has_messages():
    counted = Counter(kind for one in OWN for kind in one.kinds)
    assert set(counted) == set(KINDS)
    assert min(counted.values()) >= 25


def test_no_mark_is_left_in_a_text():
    assert [one.text for one in OWN if "[" in one.text or "]" in one.text] == []


def test_marks_say_what_stands_there():
    (one,) = [one for one in OWN if one.text == "me agendas una perforación hoy en la tarde?"]
    assert one.said("service") == ("perforación",)
    assert one.said("when") == ("hoy en la tarde",)


def test_every_shop_can_be_read_against():
    assert {one.shop for one in OWN} == set(shop_rows())
    assert all(shop(name).words.offerings and shop(name).clock.hours_known for name in shop_rows())


def test_a_shop_is_trained_on_or_read_but_never_both():
    for inside, out in folds(OWN):
        assert {OWN[place].shop for place in inside}.isdisjoint(OWN[place].shop for place in out)
