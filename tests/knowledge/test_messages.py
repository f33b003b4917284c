import re
from pathlib import Path

import pytest

import knowledge
from knowledge.errors import UnknownLanguage
from knowledge.messages import LANGUAGES, Problem, catalogue, describe, language_of

PACKAGE = Path(knowledge.__file__).parent


def names_in(content: object, path: str = "") -> set[str]:
    if not isinstance(content, dict):
        return {path}
    return {name for key, part in content.items() for name in names_in(part, f"{path}.{key}")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_catalogue_says_the_same_things(language: str) -> None:
    assert names_in(catalogue(language)) == names_in(catalogue("es"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_catalogue_has_the_same_blanks_to_fill(language: str) -> None:
    def blanks(content: object) -> list[str]:
        return sorted(re.findall(r"\{(\w+)\}", str(content)))

    for name, text in catalogue("es")["words"].items():
        assert blanks(catalogue(language)["words"][name]) == blanks(text), name


def test_every_reason_that_the_code_gives_has_a_text() -> None:
    patterns = (r'reason="(\w+)"', r'\.fail\([^,]+, "(\w+)"', r'\.add\([^,]+(?:\[[^\]]*\])?[^,]*, "(\w+)"')
    given = {
        reason
        for path in PACKAGE.rglob("*.py")
        for pattern in patterns
        for reason in re.findall(pattern, path.read_text(encoding="utf-8"))
    }
    assert {"duplicate_key", "bad_time", "encrypted"} <= given
    assert given <= set(catalogue("es")["reasons"])


def test_a_problem_is_told_in_the_merchant_s_language() -> None:
    problem = Problem(where="Precios!12.price", reason="negative_price", value="-5")
    assert describe(problem, "es") == 'Precios!12.price: un precio no puede ser negativo ("-5")'
    assert describe(problem, "pt") == 'Precios!12.price: um preço não pode ser negativo ("-5")'
    assert describe(Problem(where="", reason="empty"), "en") == "the file is empty"


def test_the_first_language_that_has_texts_is_taken() -> None:
    assert language_of(["fr-FR", "pt-BR", "es"]) == "pt"
    assert language_of(["fr"]) == "es"


def test_a_language_without_texts_is_an_error() -> None:
    with pytest.raises(UnknownLanguage):
        catalogue("fr")
