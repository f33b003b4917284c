"""Words of a text as the lexical index counts them: folded, WhatsApp spelling undone, stemmed.

Tables for Spanish, Portuguese and English are always read together, because a customer's language need not
be the merchant's; only the stemmers are those of the merchant's languages, applied one after the other, so
that a word has one form. Words that ask a shop for the same thing are one term in every language ("#price").
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from threading import Lock

import Stemmer
import yaml

from knowledge.messages import LANGUAGES

_STEMMERS = {"es": "spanish", "pt": "portuguese", "en": "english"}
_WORD = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+|[^\W\d_]+")
_ACCENTS = re.compile(r"[\u0300-\u036f]+")
_DIGIT = re.compile(r"\d")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_IMPLIED = (
    (
        "#price",
        re.compile(
            r"[$€£]\s?\d|\d\s?(?:[€£]|(?:mxn|usd|cop|brl|eur|ars|clp|pen|pesos|reais|euros|dolares|dollars)\b)"
        ),
    ),
    (
        "#duration",
        re.compile(
            r"\d\s?(?:min|minutos?|minutes?|horas?|hours?|dias?|days?|semanas?|weeks?|mes(?:es)?|months?|anos?|years?)\b"
        ),
    ),
)
_KNOWN_WORDS = 50_000


@dataclass(frozen=True, slots=True)
class Words:
    """The word tables of all languages, the merchant's first."""

    stop: frozenset[str]
    spelling: dict[str, tuple[str, ...]]
    same: dict[str, str]


def fold_word(text: str) -> str:
    """Lower case without accents, so that "HABITACIÓN" and "habitacion" are one word."""
    if text.isascii():
        return text.lower()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))


def words_of(text: str) -> list[str]:
    """The words and numbers of a text in order; "45.000" is one number, "holaaaa" is "hola"."""
    found = _WORD.findall(_STRETCHED.sub(r"\1", fold_word(text)))
    return [word if word.isalnum() else re.sub(r"[.,]", "", word) for word in found]


def implied(text: str) -> list[str]:
    """What a text gives without naming it: an amount of money is a price, "40 minutos" a duration."""
    if not _DIGIT.search(text):
        return []
    folded = fold_word(text)
    return [term for term, pattern in _IMPLIED if pattern.search(folded)]


class Analyzer:
    """Text to terms for one merchant's languages. Safe to share between threads."""

    def __init__(self, languages: Sequence[str]) -> None:
        known = [language for language in languages if language in LANGUAGES] or ["es"]
        self._words = _tables((*known, *(one for one in LANGUAGES if one not in known)))
        self._stemmers = [Stemmer.Stemmer(_STEMMERS[language]) for language in known]
        self._lock = Lock()
        self._terms: dict[str, tuple[str, ...]] = {}

    def terms(self, text: str) -> list[str]:
        """Every term of a text, stop words included, and what its figures speak of."""
        known = self._terms
        found: list[str] = []
        for word in words_of(text):
            found += known.get(word) or self._terms_of(word)
        return found + [term for term in implied(text) if term not in found]

    def telling(self, text: str) -> list[str]:
        """The terms that say what a question is about; all of them where it has no others."""
        spelled = [part for word in words_of(text) for part in self._words.spelling.get(word, (word,))]
        telling = [word for word in spelled if word not in self._words.stop]
        return [term for word in telling or spelled for term in self._terms_of(word)]

    def _terms_of(self, word: str) -> tuple[str, ...]:
        found = self._terms.get(word)
        if found is None:
            found = tuple(self._stem(part) for part in self._words.spelling.get(word, (word,)))
            if len(self._terms) < _KNOWN_WORDS:
                self._terms[word] = found
        return found

    def _stem(self, word: str) -> str:
        if word in self._words.same:
            return self._words.same[word]
        stem = word
        with self._lock:
            for stemmer in self._stemmers:
                stem = stemmer.stemWord(stem)
        return fold_word(stem)


@cache
def analyzer(languages: tuple[str, ...]) -> Analyzer:
    """One analyzer per set of languages; it remembers the words it has seen."""
    return Analyzer(languages)


@cache
def _tables(languages: tuple[str, ...]) -> Words:
    stop: set[str] = set()
    spelling: dict[str, tuple[str, ...]] = {}
    same: dict[str, str] = {}
    for language in languages:
        text = files("knowledge").joinpath("words", f"{language}.yaml").read_text(encoding="utf-8")
        content = yaml.safe_load(text)
        stop |= set(content["stop"].split())
        for typed, *meant in _lines(content["spelling"]):
            spelling.setdefault(typed, tuple(meant))
        for concept, words in content["same"].items():
            for word in words.split():
                same.setdefault(word, f"#{concept}")
    return Words(stop=frozenset(stop), spelling=spelling, same=same)


def _lines(block: str) -> Iterable[list[str]]:
    return (line.split() for line in block.splitlines() if line.strip())


def sound(term: str) -> str:
    """How a term sounds in Spanish and Portuguese, for words written by ear: "limpiesa", "ora", "veleza"."""
    for pattern, replacement in _SOUNDS:
        term = pattern.sub(replacement, term)
    return term


_SOUNDS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        ("ph", "f"),
        ("(?<!c)h", ""),
        ("qu(?=[ei])", "k"),
        ("gu(?=[ei])", "g"),
        ("g(?=[ei])", "j"),
        ("c(?=[ei])", "s"),
        ("c(?!h)", "k"),
        ("z", "s"),
        ("v", "b"),
        ("ll", "y"),
        (r"(.)\1+", r"\1"),
    )
)
