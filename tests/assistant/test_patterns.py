"""Patterns found by their own words."""

import re
from pathlib import Path

import pytest
import yaml

from assistant.patterns import PatternTable, needed_words, split_at_bars
from assistant.scope_signs import OUTSIDE, _spelt_out
from assistant.tables import lexicon
from assistant.wording import read_words


def test_a_pattern_is_cut_at_its_outer_bars_only() -> None:
    assert split_at_bars("a (b|c)|d|(e|f) g") == ["a (b|c)", "d", "(e|f) g"]


@pytest.mark.parametrize(
    ("branch", "needed"),
    [
        ("quien gano", [{"gano"}]),
        ("(que|what) hora( es)?", [{"que", "what"}, {"hora"}]),
        ("vecin[oa]s?", [{"vecino", "vecina", "vecinos", "vecinas"}]),
        ("demand\\w+", []),
        ("(uno|dos)tres", []),
        ("( \\w+){0,3} fin", [{"fin"}]),
        ("(el )?perro(?! grande)", [{"perro"}]),
    ],
)
def test_the_words_that_a_branch_cannot_do_without_are_known(branch: str, needed: list[set[str]]) -> None:
    assert [set(words) for words in needed_words(branch)] == needed


def test_matches_stand_at_word_boundaries() -> None:
    table = PatternTable([("x", "gano( \\w+){0,2} partido")])
    assert table.find(("quien", "gano", "el", "partido")) == {"x"}
    assert table.find(("quien", "gano", "el", "partidos")) == frozenset()
    assert table.find(("engano", "partido")) == frozenset()


def test_the_short_cut_never_hides_a_match() -> None:
    rows = [tuple(word.text for word in read_words(text)) for text in _examples()]
    for level in ("surely", "perhaps"):
        patterns = lexicon("scope")[level]
        full = {kind: [_full(_spelt_out(one)) for one in patterns[kind.value]] for kind in OUTSIDE}
        table = PatternTable((kind, _spelt_out(one)) for kind in OUTSIDE for one in patterns[kind.value])
        for words in rows:
            text = " ".join(words)
            assert table.find(words) == {
                kind for kind in OUTSIDE if any(one.search(text) for one in full[kind])
            }, text


def _examples() -> list[str]:
    folder = Path(__file__).parents[2] / "training" / "scope"
    tables = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yaml"))]
    return [text for table in tables for texts in table.values() for text in texts]


def _full(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<= ))(?:{pattern})(?= |$)")


def test_every_pattern_is_written_in_folded_words() -> None:
    table = yaml.safe_dump(
        {key: lexicon("scope")[key] for key in ("surely", "perhaps", "shorthand")}, allow_unicode=True
    )
    assert re.search("[áéíóúãõâêôçñü]", table) is None
