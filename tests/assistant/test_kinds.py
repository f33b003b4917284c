import pytest

from assistant.kinds import Kind, read_kinds
from assistant.wording import read_words


def kinds(text):
    return {cue.kind for cue in read_kinds(tuple(word.text for word in read_words(text)))}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("cuanto vale la limpieza", Kind.PRICE),
        ("q cobran por duplicar", Kind.PRICE),
        ("quanto custa", Kind.PRICE),
        ("how much is it", Kind.PRICE),
        ("cuanto se demoran", Kind.DURATION),
        ("quanto tempo demora", Kind.DURATION),
        ("hasta que hora", Kind.OPENING),
        ("que dias viene", Kind.DAYS),
        ("donde quedan", Kind.LOCATION),
        ("qual o endereço", Kind.LOCATION),
        ("puedo pagar con nequi", Kind.PAYMENT),
        ("quien atiende", Kind.WHO),
        ("todavia hay", Kind.STOCK),
        ("venden arena", Kind.OFFER),
        ("que incluye", Kind.INCLUDE),
    ],
)
def test_the_kind_is_read_from_its_cue(text, kind):
    assert kind in kinds(text)


def test_the_longer_cue_wins_over_the_shorter_inside_it():
    assert kinds("cuanto se demora") == {Kind.DURATION}


def test_nothing_is_asked_where_nothing_is():
    assert not kinds("mi perro es negro")
