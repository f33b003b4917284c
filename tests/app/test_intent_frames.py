import pytest

from app.evaluation.intent_frames import alike, frame, same

AT_FOUR = {"start": "2026-11-24T16:00:00", "grain": "minute"}


def test_empty_details_are_left_out():
    assert frame(
        {"id": "1", "intents": ["book"], "slots": {"service": [], "when": None, "party_size": 2}}
    ).slots == {"party_size": 2}


@pytest.mark.parametrize(
    ("slot", "one", "other"),
    [
        ("service", "La Limpieza", "limpieza"),
        ("service", ["corte", "barba"], ["barba", "el corte"]),
        ("when", AT_FOUR, [{"start": "2026-11-24T16:00", "grain": "minute", "end": None}]),
        ("party_size", 4, "4"),
        ("ordinal", -1, "-1"),
    ],
)
def test_what_differs_only_in_form_is_the_same(slot, one, other):
    assert same(slot, one, other)


@pytest.mark.parametrize(
    ("slot", "one", "other"),
    [
        ("service", "limpieza", "limpieza dental"),
        ("when", AT_FOUR, {"start": "2026-11-24T16:00:00", "grain": "approx"}),
        ("when", AT_FOUR, [AT_FOUR, {"start": "2026-11-25", "grain": "day"}]),
        ("party_size", 4, 5),
    ],
)
def test_what_differs_is_not_the_same(slot, one, other):
    assert not same(slot, one, other)


@pytest.mark.parametrize(
    ("slot", "gold", "said"),
    [
        ("staff", "doctora Pardo", "la doctora Pardo"),
        ("service", "limpieza", "limpieza dental"),
        ("when", AT_FOUR, {"start": "2026-11-24T16:30:00", "grain": "approx"}),
        (
            "when",
            {"start": "2026-11-24", "grain": "day"},
            {"start": "2026-11-24", "grain": "days", "end": "2026-11-24"},
        ),
        ("when", AT_FOUR, {"start": "2026-11-24T15:00:00", "end": "2026-11-24T17:00:00", "grain": "part"}),
    ],
)
def test_near_enough_is_alike(slot, gold, said):
    assert alike(slot, gold, said)


def test_a_day_off_is_not_alike():
    assert not alike("when", AT_FOUR, {"start": "2026-11-25T16:00:00", "grain": "minute"})
    assert not alike(
        "when", {"grain": "after", "start": "2026-11-24"}, {"grain": "before", "end": "2026-11-24"}
    )
