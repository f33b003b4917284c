"""The tables themselves: what a slip in them would break in silence."""

import re

import pytest

from assistant.errors import TableIsBrokenError
from assistant.expressions.atoms import atoms
from assistant.expressions.patterns import alphabet, compiled
from assistant.expressions.reading import makes
from assistant.expressions.slips import meant_word, real_words
from assistant.expressions.table_files import LANGUAGES, language_table, table
from assistant.expressions.tokens import folded, tokens
from assistant.expressions.vocabulary import vocabulary

TABLES = [*LANGUAGES, "conventions", "holidays", "rules", "real_words"]


def leaves(content):
    if isinstance(content, dict):
        for key, value in content.items():
            yield key
            yield from leaves(value)
    elif isinstance(content, list):
        for one in content:
            yield from leaves(one)
    else:
        yield content


@pytest.mark.parametrize("name", TABLES)
def test_no_word_is_read_by_yaml_as_something_else(name):
    assert not [leaf for leaf in leaves(table(name)) if isinstance(leaf, bool) or leaf is None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slip_is_spelt_into_a_word_that_is_known(language):
    known = vocabulary(language)
    words = {word for key in known.phrases for word in key}
    assert {meant for meant in known.spelling.values() if meant not in words} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_class_of_a_language_is_used_by_a_rule_or_in_the_code(language):
    rules = str(table("rules"))
    asked = set(re.findall(r'"([A-Z]{2,})"', source()))
    idle = {
        name
        for name in language_table(language)
        if name.isupper() and name not in asked and not re.search(rf"\b{name}\b", rules)
    }
    assert idle <= {"NUMBER", "STEMS", "STOP", "ANYHOUR"}


def source() -> str:
    from pathlib import Path

    import assistant.expressions

    folder = Path(assistant.expressions.__file__).parent
    return "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))


def test_every_rule_names_something_that_is_made():
    named = {make for layer in table("rules")["layers"] for make, _, _ in layer}
    assert named == set(makes())


def test_a_pattern_with_a_class_that_no_atom_has_is_refused():
    with pytest.raises(TableIsBrokenError, match="NOSUCHCLASS"):
        compiled("NOSUCHCLASS NUM")


def test_a_pattern_with_a_sign_that_is_none_is_refused():
    with pytest.raises(TableIsBrokenError, match="sign"):
        compiled("NUM % NUM")


@pytest.mark.parametrize(
    ("pattern", "starts"),
    [
        ("NUM", ["NUM"]),
        ("(EL)? NUM", ["EL", "NUM"]),
        ("(EL | DIA){0,2} NUM", ["EL", "DIA", "NUM"]),
        ("!EL NUM", ["NUM"]),
        ("(EL NUM | DIA) NUM", ["EL", "DIA"]),
    ],
)
def test_a_pattern_knows_what_it_begins_with(pattern, starts):
    assert compiled(pattern).starts == {code for name in starts for code in alphabet().characters(name)}


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("juebes", "jueves"), ("miercolez", "miercoles"), ("domngo", "domingo"), ("novienbre", "noviembre")],
)
def test_a_single_slip_is_forgiven(slip, meant):
    assert meant_word(slip, "es") == meant


@pytest.mark.parametrize("word", ["manzana", "vienes", "abrir", "salado", "partes", "coche", "lunas"])
def test_a_word_of_its_own_is_no_slip(word):
    assert word in real_words()
    assert meant_word(word, "es") is None


def test_a_word_without_end_is_no_slip():
    assert meant_word("manana" * 600, "es") is None


def test_words_are_folded():
    assert [token.text for token in tokens("MAÑANAAA a las 5PM")] == ["manana", "a", "las", "5", "pm"]
    assert folded("Miércoles") == "miercoles"


def test_prices_phones_and_addresses_are_one_piece():
    kinds = [token.kind for token in tokens("$50.000 300 555 0182 ana@correo.co +57 300 5550182 #9-34 12000")]
    assert set(kinds) == {"money"}


def test_the_longest_phrase_wins():
    found = atoms(tokens("pasado mañana"), "es")
    assert [atom.classes.get("DAYREL") for atom in found] == [2]
