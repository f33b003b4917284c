from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhooks.bursts import Arrival, BurstSettings, due_at

START = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
SETTINGS = BurstSettings(quiet=timedelta(seconds=1), cap=timedelta(seconds=5))


def wait_after(*lines: tuple[float, str], tapped: bool = False) -> float:
    """Seconds that the last of these lines is waited upon."""
    arrivals = [Arrival(START + timedelta(seconds=at), text, tapped=tapped) for at, text in lines]
    return (due_at(arrivals, SETTINGS) - arrivals[-1].at).total_seconds()


def test_a_question_is_answered_sooner_and_a_greeting_is_waited_upon() -> None:
    assert wait_after((0, "¿a qué hora cierran?")) < wait_after((0, "a qué hora cierran"))
    assert wait_after((0, "Quiero una cita.")) < wait_after((0, "Quiero una cita"))
    assert wait_after((0, "hola")) > wait_after((0, "a qué hora cierran"))


@pytest.mark.parametrize(
    "text", ["quiero saber,", "es que…", "cuánto vale la limpieza y", "👋", "", "quanto custa o"]
)
def test_a_sentence_that_hangs_in_the_air_is_waited_upon(text: str) -> None:
    assert wait_after((0, text)) == 2.0


def test_who_writes_slowly_is_waited_upon_longer() -> None:
    assert wait_after((0, "quiero cita"), (1.4, "para mañana")) > wait_after(
        (0, "quiero cita"), (0.2, "para mañana")
    )


def test_a_tap_is_complete_as_it_is() -> None:
    assert wait_after((0, "3:00 PM"), tapped=True) == 0


def test_the_cap_counts_from_the_first_line() -> None:
    assert wait_after((0, "hola"), (1, "hola"), (2, "hola"), (3, "hola"), (4.9, "hola")) == pytest.approx(0.1)


def test_with_zero_settings_a_turn_is_made_at_once() -> None:
    zero = BurstSettings(quiet=timedelta(), cap=timedelta())
    assert due_at([Arrival(START, "hola")], zero) == START


@given(st.lists(st.tuples(st.floats(0, 20), st.text(max_size=8)), min_size=1, max_size=8))
def test_a_turn_is_never_due_before_its_lines_quiet_nor_after_the_cap(lines: list[tuple[float, str]]) -> None:
    arrivals = [Arrival(START + timedelta(seconds=at), text) for at, text in sorted(lines)]
    due = due_at(arrivals, SETTINGS)
    assert due <= arrivals[0].at + SETTINGS.cap
    assert due >= min(arrivals[-1].at, arrivals[0].at + SETTINGS.cap)
