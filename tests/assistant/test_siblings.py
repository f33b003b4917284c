from tests.assistant.shelves import item, merchant
from tests.assistant.test_counter import ask

CLEANINGS = merchant(
    item("c1", "Limpieza dental básica", "95000"),
    item("c2", "Limpieza dental profunda", "160000"),
    item("c3", "Corona de zirconio", "900000"),
)


def test_look_alikes_that_stay_tied_are_all_named_and_priced():
    answer = ask("cuanto vale la limpieza dental?", CLEANINGS)
    assert answer.text.splitlines() == [
        "Limpieza dental básica: $95.000.",
        "Limpieza dental profunda: $160.000.",
    ]
    assert {source.citation for source in answer.sources} == {"c1", "c2"}


def test_a_modifier_decides_between_look_alikes():
    assert (
        ask("cuanto vale la limpieza dental profunda?", CLEANINGS).text
        == "Limpieza dental profunda: $160.000."
    )
