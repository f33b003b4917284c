"""Cheap signs of what a text says: its language, denials, limits, promises, days. Tables, no model."""

import re
from collections import Counter
from functools import cache

from assistant.mentions.tokens import normal
from assistant.phrases import Phrases
from assistant.tables import lexicon
from assistant.turns import Language

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_STEM = 5
_INTERJECTION = re.compile(r"\s*[,.;:!?]")


def plain(text: str) -> str:
    """Folded, with one kind of apostrophe."""
    return normal(text).replace("’", "'")


def words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(plain(text)))


def language_votes(text: str) -> Counter[Language]:
    """How many words of a text are typical of each language."""
    said = words(text)
    return Counter({language: sum(word in _typical(language) for word in said) for language in Language})


def likely_language(text: str, otherwise: Language) -> Language:
    votes = language_votes(text)
    best = max(votes.values())
    return otherwise if votes[otherwise] == best else votes.most_common(1)[0][0]


def denials(text: str, language: Language) -> int:
    """Sentences turned round. A "No," before the sentence says nothing more than the sentence does."""
    folded = plain(text)
    negations = _list("negations", language.value)
    return sum(
        match[0] in negations and not _INTERJECTION.match(folded, match.end())
        for match in _WORD.finditer(folded)
    )


def withouts(text: str) -> int:
    return sum(word in _list("without") for word in words(text))


def denies_at_all(text: str, language: Language) -> bool:
    denying = _list("negations", language.value) | _list("without") | _list("soft_negations")
    return any(word in denying for word in words(text))


def opener(text: str) -> str:
    """The "yes" or "no" that the text begins with, if it does."""
    first = (*words(text), "")[0]
    return next((name for name, listed in lexicon("composing")["openers"].items() if first in listed), "")


def groups(section: str, text: str) -> frozenset[str]:
    """The groups of a table of which the text holds a phrase."""
    return frozenset(found.meaning for found in _phrases(section).find(words(text)))


def leaks(text: str) -> frozenset[str]:
    """Words in which the machinery would speak of itself."""
    found = _leaks().find(words(text))
    return frozenset(one.meaning for one in found)


def days(text: str, language: Language) -> frozenset[str]:
    """Weekdays, months and "tomorrow" that a text names."""
    found = _days(language).find(words(text))
    return frozenset(one.meaning for one in found if one.meaning)


def stems(text: str) -> frozenset[str]:
    """Beginnings of the words that carry meaning."""
    typical = frozenset().union(*(_typical(language) for language in Language))
    return frozenset(word[:_STEM] for word in words(text) if len(word) > 3 and word not in typical)


@cache
def _typical(language: Language) -> frozenset[str]:
    return frozenset(lexicon("composing")["function_words"][language.value].split())


@cache
def _list(section: str, language: str = "") -> frozenset[str]:
    table = lexicon("composing")[section]
    return frozenset(table[language] if language else table)


@cache
def _phrases(section: str) -> Phrases[str]:
    return Phrases.inverted(lexicon("composing")[section])


@cache
def _leaks() -> Phrases[str]:
    return Phrases((phrase, phrase) for phrase in lexicon("composing")["leaks"])


@cache
def _days(language: Language) -> Phrases[str]:
    dates, composing = lexicon("dates"), lexicon("composing")
    tables = [("weekday", dates["weekdays"]), ("month", dates["months"]), ("", composing["relative_days"])]
    if language is Language.PT:
        tables.insert(0, ("weekday", dates["weekdays_pt"]))
    named = [
        (name, f"{kind} {meaning}".strip())
        for kind, table in tables
        for meaning, names in table.items()
        for name in names
    ]
    return Phrases([*((morning, "") for morning in composing["mornings"]), *named])
