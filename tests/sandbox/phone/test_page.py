"""The page as it leaves the server: its words, its files, and nothing from elsewhere."""

import re
from pathlib import Path

import pytest

import sandbox.phone
from sandbox.meta.faults import FaultKind
from sandbox.phone.texts import LANGUAGES, catalogue, language_of
from tests.sandbox.conftest import Bench

FOLDER = Path(sandbox.phone.__file__).parent
SCRIPTS = sorted((FOLDER / "static").glob("*.js"))


def test_every_language_says_the_same_things() -> None:
    spanish = catalogue("es")
    for language in LANGUAGES:
        words = catalogue(language)
        assert words.keys() == spanish.keys()
        for key, text in words.items():
            assert re.findall(r"\{\w+\}", text) == re.findall(r"\{\w+\}", spanish[key]), key


def test_every_fault_has_a_name_and_a_hint() -> None:
    assert {f"fault_{kind}{suffix}" for kind in FaultKind for suffix in ("", "_hint")} <= catalogue(
        "es"
    ).keys()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_word_that_a_script_uses_exists(script: Path) -> None:
    code = script.read_text("utf-8")
    used = set(re.findall(r"texts\.(\w+)", code)) | set(re.findall(r"say\(\"(\w+)\"", code))
    assert used <= catalogue("es").keys()


@pytest.mark.parametrize(
    ("asked", "accepted", "expected"),
    [
        (None, "", "es"),
        (None, "pt-BR,pt;q=0.9", "pt"),
        (None, "de-DE,en;q=0.7", "en"),
        (None, "de", "es"),
        ("en", "pt-BR", "en"),
        ("xx", "pt-BR", "pt"),
    ],
)
def test_spanish_comes_first_unless_something_else_is_asked_for(
    asked: str | None, accepted: str, expected: str
) -> None:
    assert language_of(asked, accepted) == expected


@pytest.mark.anyio
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_page_speaks_each_language_and_loads_nothing_from_elsewhere(
    bench: Bench, language: str
) -> None:
    answer = await bench.client.get("/phone", params={"lang": language})
    assert f'<html lang="{language}">' in answer.text
    assert catalogue(language)["composer"] in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    loaded = re.findall(r'(?:src|href)="([^"#]+)"', answer.text)
    assert loaded
    assert not [address for address in loaded if not address.startswith(("/phone/", "?lang="))]
    for address in loaded:
        if address.startswith("/phone/static/"):
            assert (await bench.client.get(address)).status_code == 200


@pytest.mark.anyio
async def test_the_door_leads_to_the_phone(bench: Bench) -> None:
    assert (await bench.client.get("/")).headers["location"] == "/phone"
