import pytest

from webhooks.controls import ControlKind
from webhooks.messages import TEXT_LIMIT
from webhooks.phrases import LANGUAGES, catalogue, likely_language, phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_catalogue_has_every_phrase_and_none_is_empty_or_too_long(language: str) -> None:
    assert catalogue(language).keys() == catalogue("es").keys()
    assert all(0 < len(text) < TEXT_LIMIT for text in catalogue(language).values())


def test_an_unknown_language_reads_spanish() -> None:
    assert phrase("welcome", "qu") == phrase("welcome", None) == phrase("welcome", "es")


@pytest.mark.parametrize(
    ("wa_id", "user_id", "language"),
    [
        ("573001112233", None, "es"),
        ("5531900000001", "BR.1", "pt"),
        ("351912345678", None, "pt"),
        ("12025550188", None, "en"),
        ("17875550188", None, "es"),
        (None, "BR.1", "pt"),
        (None, "MX.1", "es"),
        (None, None, "es"),
    ],
)
def test_the_first_guess_comes_from_the_country(
    wa_id: str | None, user_id: str | None, language: str
) -> None:
    assert likely_language(wa_id, user_id) == language


@pytest.mark.parametrize("kind", ControlKind)
def test_every_control_has_its_confirmation(kind: ControlKind) -> None:
    assert phrase(kind.value, "pt") != phrase(kind.value, "en")
