"""Words as terms that can be compared: a stem, and the concepts that the word stands for at a counter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import Stemmer

from assistant.phrases import Phrases
from assistant.tables import lexicon, word_set

_NO_CONCEPTS: frozenset[str] = frozenset()
_ALGORITHMS = {"es": "spanish", "pt": "portuguese", "en": "english"}


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase to look for. `places` are the words of the text that it stands for."""

    word: str
    stem: str
    concepts: frozenset[str]
    places: tuple[int, ...] = ()


def terms_of(words: Sequence[str], language: str, skip: Iterable[int] = ()) -> tuple[Term, ...]:
    """The terms of folded words. Words of no meaning and those at `skip` are left out."""
    left_out = set(skip)
    terms: list[Term] = []
    place = 0
    while place < len(words):
        found = concept_phrases().at(words, place)
        if found is not None and found.last - found.first > 1 and left_out.isdisjoint(found.span):
            phrase = " ".join(words[found.first : found.last])
            terms.append(Term(phrase, phrase, found.meaning, tuple(found.span)))
            place = found.last
            continue
        word = words[place]
        if place not in left_out and not is_empty(word):
            terms.append(Term(word, stem(word, language), concepts_of(word), (place,)))
        place += 1
    return tuple(terms)


@lru_cache(maxsize=32768)
def stem(word: str, language: str) -> str:
    if word[0].isdigit() or len(word) < 4:
        return word.removesuffix("s") if len(word) > 2 else word
    return str(_stemmer(language).stemWord(word))


@lru_cache(maxsize=32768)
def concepts_of(word: str) -> frozenset[str]:
    for form in (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("s") + "o"):
        found = concept_phrases().at((form,), 0)
        if found is not None:
            return found.meaning
    return _NO_CONCEPTS


@cache
def broader(concept: str) -> frozenset[str]:
    """The wider concepts that cover this one: a dog is a pet."""
    return frozenset(lexicon("concepts")["broader"].get(concept, ()))


@cache
def concept_phrases() -> Phrases[frozenset[str]]:
    meanings: dict[str, set[str]] = {}
    for concept, phrases in lexicon("concepts").items():
        if concept != "broader":
            for phrase in phrases:
                meanings.setdefault(phrase, set()).add(concept)
    return Phrases((phrase, frozenset(concepts)) for phrase, concepts in meanings.items())


@lru_cache(maxsize=32768)
def is_empty(word: str) -> bool:
    """Words that say nothing about what is asked, in any of the languages."""
    if word in _empty_words():
        return True
    return len(word) == 1 and not word.isdigit()


@cache
def _empty_words() -> frozenset[str]:
    return frozenset().union(*(word_set("stopwords", language) for language in ("es", "pt", "en")))


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(_ALGORITHMS.get(language, "spanish"))
