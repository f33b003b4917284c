"""The words that figures are written with, one language at a time, ready to be looked up. Built on first use."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.tables import lexicon

LANGUAGES = ("es", "pt", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What differs between languages; the rest is shared and comes from the functions below."""

    numbers: Mapping[str, int]
    ones: frozenset[str]
    tens_link: str
    clock_leads: frozenset[str]
    one_lead: str
    openers: frozenset[str]
    """Words that a figure may begin with; no other word needs a second look."""


@cache
def vocabulary(language: str) -> Vocabulary:
    table = lexicon("figures")
    return Vocabulary(
        numbers={word: int(value) for value, words in table["numbers"][language].items() for word in words},
        ones=frozenset(table["ones"][language].split()),
        tens_link=table["tens_link"][language],
        clock_leads=frozenset(table["clock_leads"][language]),
        one_lead=table["one_leads"][language],
        openers=_shared_openers() | frozenset(table["ones"][language].split()),
    )


@cache
def _shared_openers() -> frozenset[str]:
    listed = (words(section) for section in ("first_of_month", "halves", "quarters", "hours"))
    moments = {name.split()[0] for name in meanings("moments")}
    return frozenset({*meanings("months_named"), *meanings("currencies"), *moments}.union(*listed))


def language_of(locale: str) -> str:
    """The language of a locale such as "pt-BR"; Spanish where it is none of ours."""
    language = locale[:2].lower()
    return language if language in LANGUAGES else "es"


@cache
def words(section: str) -> frozenset[str]:
    """A list of the table, as a set."""
    return frozenset(lexicon("figures")[section])


@cache
def meanings(section: str) -> Mapping[str, str]:
    """A section of meaning -> words, turned round."""
    return dict(_turned(lexicon("figures")[section]))


@cache
def currencies() -> frozenset[str]:
    return frozenset(meanings("currencies").values())


@cache
def glued() -> frozenset[str]:
    """Letters that may be written onto a number without making it a code."""
    sections = ("thousand", "seconds", "minutes", "hours", "short_hours", "glued")
    units = {*meanings("quantities"), *meanings("currencies")}
    return frozenset(units.union(*(words(section) for section in sections)))


def _turned(table: Mapping[Any, Iterable[str]]) -> Iterable[tuple[str, str]]:
    return ((word, str(meaning)) for meaning, listed in table.items() for word in listed)
