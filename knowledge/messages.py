"""Texts of this package in Spanish, Portuguese and English, and the problems that are told with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from knowledge.errors import UnknownLanguage

LANGUAGES = ("es", "pt", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in a merchant's file that could not be used.

    `where` is the place as the merchant would look for it ("catalog[5].price" counts rows from 1,
    "Precios!12" is a sheet and its row); `reason` is a key of `reasons` in the catalogues; `value` is
    the text that was found there.
    """

    where: str
    reason: str
    value: str = ""


@cache
def catalogue(language: str) -> Mapping[str, Any]:
    """The message catalogue of one language."""
    if language not in LANGUAGES:
        raise UnknownLanguage(language)
    text = files("knowledge").joinpath("texts", f"{language}.yaml").read_text(encoding="utf-8")
    content: Mapping[str, Any] = yaml.safe_load(text)
    return content


def language_of(tags: Iterable[str]) -> str:
    """The first of these language tags that has a catalogue, Spanish when none has."""
    known = (tag[:2].lower() for tag in tags)
    return next((language for language in known if language in LANGUAGES), LANGUAGES[0])


def describe(problem: Problem, language: str) -> str:
    """One line for a person: where, what, and the text that was found there."""
    texts = catalogue(language)
    reason = texts["reasons"].get(problem.reason, problem.reason)
    found = texts["found"].format(value=problem.value) if problem.value else ""
    return f"{problem.where}: {reason}{found}" if problem.where else f"{reason}{found}"
