"""The page's words in three languages."""

from pathlib import Path

import yaml

LANGUAGES = ("es", "pt", "en")
_FOLDER = Path(__file__).parent / "texts"


def language_of(asked: str | None, accepted: str) -> str:
    """What was asked for, else the browser's first language that we speak, else Spanish."""
    if asked in LANGUAGES:
        return str(asked)
    for each in accepted.split(","):
        code = each.strip()[:2].lower()
        if code in LANGUAGES:
            return code
    return LANGUAGES[0]


def catalogue(language: str) -> dict[str, str]:
    words = yaml.safe_load((_FOLDER / f"{language}.yaml").read_text("utf-8"))
    return {str(key): str(value) for key, value in words.items()}
