from assistant.phrases import Phrases

TABLE = Phrases([("fin de semana", "weekend"), ("fin", "end")])


def test_the_longest_phrase_wins():
    assert [found.meaning for found in TABLE.find(["el", "fin", "de", "semana"])] == ["weekend"]


def test_a_shorter_phrase_is_found_where_the_longer_is_broken_off():
    assert [found.meaning for found in TABLE.find(["el", "fin", "de", "curso"])] == ["end"]


def test_an_empty_table_finds_nothing():
    assert Phrases([]).find(["algo"]) == ()
