from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.windows import OVERLAP, WHOLE_UP_TO, WINDOW, windows

SENTENCE = "Esta frase tiene exactamente diez palabras para contar en total. "


def test_a_short_text_stays_whole() -> None:
    text = "Una línea.\nOtra línea."
    assert windows(text) == [text]


def test_a_long_text_is_cut_at_sentences_into_windows_that_overlap() -> None:
    cut = windows(SENTENCE * 20)
    assert len(cut) > 1
    assert all(len(window.split()) <= WINDOW for window in cut)
    assert all(window.startswith("Esta") and window.endswith("total.") for window in cut)
    assert sum(len(window.split()) for window in cut) >= 200 + OVERLAP


def test_later_windows_keep_the_paragraph_s_own_heading() -> None:
    first, *later = windows("Cambios y devoluciones. " + SENTENCE * 12)
    assert first.startswith("Cambios y devoluciones. Esta")
    assert later
    assert all(window.startswith("Cambios y devoluciones. ") for window in later)


def test_a_list_that_goes_on_keeps_the_line_that_introduces_it() -> None:
    items = "\n".join(f"- requisito número {n} con algunas palabras de más" for n in range(20))
    later = windows(f"Para inscribirse se necesita lo siguiente:\n{items}")[1:]
    assert later
    assert all(
        window.startswith("Para inscribirse se necesita lo siguiente: - requisito") for window in later
    )


@settings(deadline=None, suppress_health_check=[HealthCheck.large_base_example, HealthCheck.data_too_large])
@given(st.lists(st.sampled_from(["a", "B", "c.", "D:", "- e", "¿f?"]), min_size=90, max_size=300))
def test_every_word_is_in_some_window(words: list[str]) -> None:
    text = " ".join(f"{word}{number}{word[-1]}" for number, word in enumerate(words))
    cut = windows(text)
    assert set(text.split()) <= {word for window in cut for word in window.split()}
    if len(text.split()) > WHOLE_UP_TO:
        assert all(len(window.split()) <= 2 * WINDOW for window in cut)
