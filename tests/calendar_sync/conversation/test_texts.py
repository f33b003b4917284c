"""The catalogues: the same messages in three languages, with the same fields, each of them used."""

import re
from importlib.resources import files

import pytest

from calendar_sync.conversation.tongue import LANGUAGES, catalogue
from calendar_sync.outcomes import BUTTON_TITLE, LIST_TITLE, ROW_DESCRIPTION

FIELD = re.compile(r"{(\w+)}")


def source() -> str:
    folder = files("calendar_sync").joinpath("conversation")
    return "\n".join(one.read_text("utf-8") for one in folder.iterdir() if one.name.endswith(".py"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_message(language: str) -> None:
    assert set(catalogue(language)) == set(catalogue("es"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_fills_in_the_same_fields(language: str) -> None:
    for key, said in catalogue("es").items():
        assert fields(catalogue(language)[key]) == fields(said), key


def fields(said: str) -> set[str]:
    return {name.lower() for name in FIELD.findall(said)}


def test_every_message_is_said_somewhere() -> None:
    code = source()
    unsaid = [
        key for key in catalogue("es") if f'"{key}"' not in code and f'"{key.split(".")[1]}"' not in code
    ]
    assert not unsaid


def test_every_message_that_is_said_exists() -> None:
    said = set(re.findall(r'say\(\s*"(\w+\.\w+)"', source()))
    assert said
    assert said <= set(catalogue("es"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_fit_where_they_are_shown(language: str) -> None:
    said = catalogue(language)
    titles = [key for key in said if key.startswith("button.") and key != "button.more_detail"]
    for key in titles:
        assert len(said[key].format(capacity=100)) <= BUTTON_TITLE, key
    assert len(said["button.choose"]) <= LIST_TITLE
    assert len(said["button.more_detail"]) <= ROW_DESCRIPTION


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_titles_of_one_message_differ(language: str) -> None:
    said = catalogue(language)
    for together in (
        ("yes_book", "other_time", "decline"),
        ("yes_move", "other_time", "decline"),
        ("yes_cancel", "keep"),
        ("coming", "move", "cancel"),
        ("anyone", "human"),
        ("book", "human"),
    ):
        titles = [said[f"button.{key}"] for key in together]
        assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["confirm", "confirm_move", "confirm_free", "name"])
def test_what_is_to_be_confirmed_is_named_in_full(language: str, key: str) -> None:
    assert "summary" in fields(catalogue(language)[f"ask.{key}"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_names_day_hour_and_zone(language: str) -> None:
    assert {"day", "at", "place"} <= fields(catalogue(language)["summary.when"])
