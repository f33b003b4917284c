import pytest

from app.evaluation.tapping import best_fit
from sandbox.driver import Choice

TIMES = [
    Choice("row", "a", "mié 25 nov 12:00 pm"),
    Choice("row", "b", "mié 25 nov 2:00 pm"),
    Choice("row", "c", "Más horarios"),
]
YES_NO = [
    Choice("reply", "y", "Sí, reservar"),
    Choice("reply", "o", "Otra hora"),
    Choice("reply", "n", "No, gracias"),
]
REMINDER = [
    Choice("reply", "c", "Confirmo"),
    Choice("reply", "m", "Cambiar"),
    Choice("reply", "x", "Cancelar"),
]
ENGLISH = [Choice("reply", "y", "Yes, book it"), Choice("reply", "n", "No, thanks")]


@pytest.mark.parametrize(
    ("meaning", "choices", "title"),
    [
        ("the 14:00 slot", TIMES, "mié 25 nov 2:00 pm"),
        ("2:00 p. m.", TIMES, "mié 25 nov 2:00 pm"),
        ("12:00", TIMES, "mié 25 nov 12:00 pm"),
        ("la primera", TIMES, "mié 25 nov 12:00 pm"),
        ("the second one", TIMES, "mié 25 nov 2:00 pm"),
        ("la última", TIMES, "Más horarios"),
        ("ver más", TIMES, "Más horarios"),
        ("confirm", YES_NO, "Sí, reservar"),
        ("sí", YES_NO, "Sí, reservar"),
        ("otra hora", YES_NO, "Otra hora"),
        ("no", YES_NO, "No, gracias"),
        ("confirmar", REMINDER, "Confirmo"),
        ("reprogramar", REMINDER, "Cambiar"),
        ("cancel the booking", REMINDER, "Cancelar"),
        ("yes", ENGLISH, "Yes, book it"),
        ("confirmar", ENGLISH, "Yes, book it"),
    ],
)
def test_a_choice_is_found_by_what_is_meant(meaning: str, choices: list[Choice], title: str) -> None:
    found = best_fit(meaning, choices)
    assert found is not None
    assert found.title == title


def test_nothing_is_tapped_where_nothing_fits() -> None:
    assert best_fit("hablar con una persona", TIMES) is None
    assert best_fit("confirm", []) is None
    assert best_fit("3:30 pm", TIMES) is None
