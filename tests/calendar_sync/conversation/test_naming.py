"""Which service or person is meant."""

import pytest

from calendar_sync.conversation.naming import keys_of, service_meant, staff_meant, words
from calendar_sync.requests import Named
from tests.calendar_sync.conversation.shops import INN, SALON, STUDIO


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        ("corte de pelo", ("cut",)),
        ("CORTES DE PELO", ("cut",)),
        ("corte", ("cut", "cutbeard")),
        ("un corte y la barba", ("cutbeard",)),
        ("el tinte", ("dye",)),
        ("manicuras", ("nails",)),
        ("corte moderno", ("cut", "cutbeard")),
        ("tatuaje", ()),
        ("", ()),
        ("¿?", ()),
    ],
)
def test_a_service_is_known_by_its_words(said: str, keys: tuple[str, ...]) -> None:
    assert service_meant(Named(said), SALON).keys == keys


def test_the_id_that_the_mind_found_is_believed_where_the_shop_has_it() -> None:
    assert service_meant(Named("lo de siempre", "dye"), SALON).only == "dye"
    assert service_meant(Named("el tinte", "gone"), SALON).only == "dye"


@pytest.mark.parametrize(
    ("said", "key"), [("raul", "raul"), ("el barbero", "raul"), ("Nora", "nora"), ("doña Nora", "nora")]
)
def test_a_person_is_known_by_name_or_by_what_they_do(said: str, key: str) -> None:
    assert staff_meant(Named(said), SALON.staff).only == key


def test_only_what_is_clear_counts_and_once() -> None:
    meant = [service_meant(Named(one), SALON) for one in ("tinte", "corte", "tinte completo")]
    assert keys_of(meant) == ("dye",)


def test_accents_and_plurals_do_not_matter() -> None:
    assert words("Depilación de piernas") == words("depilacion pierna")


def test_a_class_or_a_table_is_known_by_its_own_id_and_name() -> None:
    assert service_meant(Named("la de la tarde", "dusk"), STUDIO).only == "yoga"
    assert service_meant(Named("la mesa grande"), INN).only == "dinner"
    assert service_meant(Named("esa", "big"), INN).only == "dinner"


def test_only_what_is_offered_is_meant_by_an_answer_to_it() -> None:
    among = [one for one in SALON.services if one.id in ("cut", "dye")]
    assert service_meant(Named("corte"), SALON, among).only == "cut"
