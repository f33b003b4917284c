"""The language of a turn: Spanish, Portuguese or English, read from tables, kept through a conversation.

A line that says nothing about its language (a number, an emoji, "ok", a product's name) keeps the one that the
conversation has; a clear switch switches. No model: short chat lines are told apart by their small words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from assistant.tables import lexicon, word_set
from assistant.turns import Language
from assistant.wording import fold

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LENGTHENED = re.compile(r"([^\W\d_])\1{2,}")
_LINK = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
_SURE, _LIKELY, _BORROWED = 2.0, 0.5, 0.9
_TO_LEAVE_HOME = 0.8
"""By how much another language must lead the merchant's own, at the first line of a conversation."""
_TO_SWITCH = 2.0
"""By how much it must lead the language in which the conversation is already held."""
_COUNTED_PER_SIGN = 2
_SETTLED = 4.0
"""A lead of the words that no letters would overturn: these are then not looked at."""
_READ = 600
"""Characters of the text that are read: a longer one has shown its language by then."""


@dataclass(frozen=True, slots=True)
class _Tables:
    words: Mapping[str, Mapping[Language, float]]
    letters: tuple[tuple[re.Pattern[str], Language, float], ...]


def detect(text: str, earlier: Language | None, merchant_languages: Sequence[Language]) -> Language:
    """The language to answer in. The merchant's first language stands in where nothing was said before.

    A customer may write in any of the three, also in one that the merchant does not list.
    """
    kept = earlier or next(iter(merchant_languages), Language.ES)
    found = votes(text)
    best = max(Language, key=lambda language: (found[language], language is kept))
    needed = _TO_SWITCH if earlier else _TO_LEAVE_HOME
    return best if found[best] - found[kept] >= needed else kept


@lru_cache(maxsize=4096)
def votes(text: str) -> Mapping[Language, float]:
    """How much speaks for each language: its small words and, where they do not settle it, its letters."""
    lower = _LENGTHENED.sub(r"\1", _LINK.sub(" ", text[:_READ].lower()))
    counted = _counted(_word_signs(lower))
    ranked = sorted(counted.values())
    if ranked[-1] - ranked[-2] >= _SETTLED:
        return counted
    for language, weight in _letter_signs(_without_borrowed(lower)):
        counted[language] += weight
    return counted


def _counted(signs: Iterable[tuple[Language, float]]) -> dict[Language, float]:
    counted = dict.fromkeys(Language, 0.0)
    for language, weight in signs:
        counted[language] += weight
    return counted


def _word_signs(lower: str) -> Iterator[tuple[Language, float]]:
    words = _tables().words
    for word in _WORD.findall(fold(lower)):
        yield from words.get(word.replace("’", "").replace("'", ""), {}).items()


def _without_borrowed(lower: str) -> str:
    borrowed = word_set("language", "borrowed")
    return " ".join(word for word in lower.split() if fold(word.strip("!?.,")) not in borrowed)


def _letter_signs(lower: str) -> Iterator[tuple[Language, float]]:
    for pattern, language, weight in _tables().letters:
        times = len(pattern.findall(lower))
        if times:
            yield language, weight * min(times, _COUNTED_PER_SIGN)


@cache
def _tables() -> _Tables:
    table = lexicon("language")
    letters = tuple(
        (re.compile(sign), language, float(weight))
        for language in Language
        for sign, weight in table["letters"][language.value].items()
    )
    return _Tables(_word_votes(table), letters)


def _word_votes(table: Mapping[str, Any]) -> dict[str, dict[Language, float]]:
    """What each word gives to each language. Words of two languages give nothing but what `leaning` says."""
    found: dict[str, dict[Language, float]] = {}
    for language in Language:
        for tier, weight in (("likely", _LIKELY), ("sure", _SURE)):
            for word in table[language.value][tier].split():
                found.setdefault(word, {})[language] = weight
    shared = {word for word, given in found.items() if len(given) > 1}.union(table["shared"].split())
    votes_of = {word: given for word, given in found.items() if word not in shared}
    for word in table["borrowed"].split():
        votes_of[word] = dict.fromkeys(found.get(word, ()), _BORROWED)
    for language in Language:
        for word, weight in table["leaning"][language.value].items():
            votes_of.setdefault(word, {})[language] = float(weight)
    return votes_of
