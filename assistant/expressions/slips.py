"""Slips of the keyboard in the words that matter most: days, months and parts of the day, one letter off."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from assistant.expressions.table_files import table
from assistant.expressions.vocabulary import vocabulary

_SHORTEST = 5
_LONGEST = 16  # "septiembre" held down; trying each letter of a longer word would only cost time
_SOUND_ALIKE = tuple(map(frozenset, ("bv", "szc", "jhg", "iy")))
_FORGIVEN = frozenset({"WEEKDAY", "MONTH", "DAYREL", "PARTBARE", "WEEKEND"})


@lru_cache(maxsize=8192)
def meant_word(word: str, language: str) -> str | None:
    """The one word of the tables that is a single slip away; None where there is none, or several."""
    if not _SHORTEST <= len(word) <= _LONGEST or word in real_words():
        return None
    index = _index(language)
    near = {target for form in _shortened(word) for target in index.get(form, ())}
    close = {target for target in near if _starts_alike(word, target) and OSA.distance(word, target) == 1}
    return close.pop() if len(close) == 1 else None


def _starts_alike(word: str, target: str) -> bool:
    """A slip rarely hits the first letter, unless it sounds the same or stands second."""
    return any({word[0], target[0]} <= sounds for sounds in _SOUND_ALIKE) or word[0] in target[:2]


@cache
def real_words() -> frozenset[str]:
    return frozenset(table("real_words")["words"].split())


@cache
def _index(language: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for target in _targets(language):
        for form in _shortened(target):
            found.setdefault(form, set()).add(target)
    return {form: frozenset(targets) for form, targets in found.items()}


def _targets(language: str) -> Iterable[str]:
    for key, classes in vocabulary(language).phrases.items():
        if len(key) == 1 and len(key[0]) >= _SHORTEST and _FORGIVEN & classes.keys():
            yield key[0]


def _shortened(word: str) -> Iterator[str]:
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
