"""The words of one language as atoms: every phrase of the tables with the classes that it may stand for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.expressions.numerals import digit_classes, number_classes, spoken_numbers
from assistant.expressions.table_files import conventions, every_language, holidays, language_table
from assistant.expressions.tokens import folded, tokens
from assistant.expressions.zone_words import zone_phrases

Classes = Mapping[str, Any]
_NOT_CLASSES = {"lent", "not_ours", "spelling", "accented", "tens", "tens_and", "STEMS"}
_REFUSING = frozenset({"NOLONGER", "CLOSED"})
"""Ways of saying that a time does not suit: whatever looks for `CANNOT` finds them."""
_PART_STYLES = {"de": "PARTDE", "en": "PARTEN", "bare": "PARTBARE", "this": "PARTTHIS"}
_NUMBERS = {"NUMBER": frozenset({"NUMW"}), "ORDINAL": frozenset({"ORDINAL"})}
_DAY_ENDINGS = frozenset(["del", "do", "el", "on", "dia"])


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Phrases (tuples of token texts) with their classes, and the ways words are misspelt."""

    phrases: Mapping[tuple[str, ...], Classes]
    accented: Mapping[str, Classes]
    spelling: Mapping[str, str]
    starts: Mapping[str, int]
    """The length of the longest phrase that begins with a word."""
    stems: tuple[tuple[str, Classes], ...]
    """What words stand for by how they begin."""


@cache
def vocabulary(language: str) -> Vocabulary:
    own = language_table(language)
    phrases: dict[tuple[str, ...], dict[str, Any]] = {}
    for phrase, name, value in _own_phrases(language):
        _enter(phrases, phrase, name, value)
    for phrase, name, value in _lent_phrases(language):
        key = _key(phrase)
        if key and (key not in phrases or name in phrases[key]):
            _enter(phrases, phrase, name, value)
    accented = {
        word: dict.fromkeys([name])
        for each in (*every_language(), language)
        for name, words in language_table(each).get("accented", {}).items()
        for word in words
    }
    starts: dict[str, int] = {}
    for key in phrases:
        starts[key[0]] = max(starts.get(key[0], 0), len(key))
    return Vocabulary(phrases, accented, _spelling(own), starts, _stems(own))


def _stems(table: Mapping[str, Any]) -> tuple[tuple[str, Classes], ...]:
    stems = {stem for words in table["STEMS"].values() for stem in words}
    return tuple(
        (stem, dict.fromkeys(["WORD", *(name for name, words in table["STEMS"].items() if stem in words)]))
        for stem in sorted(stems)
    )


def class_sets() -> frozenset[frozenset[str]]:
    """Every set of classes that an atom can have, in any language."""
    found = {frozenset(classes) for language in every_language() for classes in _classes_of(language)}
    return frozenset(found | digit_classes())


def _classes_of(language: str) -> Iterator[Classes]:
    known = vocabulary(language)
    yield from known.phrases.values()
    yield from known.accented.values()
    yield from (classes for _, classes in known.stems)


def _enter(phrases: dict[tuple[str, ...], dict[str, Any]], phrase: str, name: str, value: Any) -> None:
    key = _key(phrase)
    entry = phrases.setdefault(key, {})
    if name in _NUMBERS:
        entry.update(dict.fromkeys(number_classes(value) | _NUMBERS[name], value))
        return
    entry.setdefault(name, value)
    if name in _REFUSING:
        entry["CANNOT"] = None
    if name == "OLDHEAD" and key[-1] in _DAY_ENDINGS:
        entry["HEADDEL"] = None


def _key(phrase: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokens(str(phrase)))


def _own_phrases(language: str) -> Iterator[tuple[str, str, Any]]:
    for name, content in language_table(language).items():
        if name not in _NOT_CLASSES:
            for phrase, value in _listed(content):
                yield phrase, name, value
    for phrase, number in spoken_numbers(language_table(language)):
        yield phrase, "NUMBER", number
    yield from _convention_phrases(language)
    for key, names in holidays()["names"].items():
        for phrase in names:
            yield phrase, "HOLIDAY", key
            if phrase.startswith("dia "):
                # Else the article would go with the day: "el dia" is a phrase of its own.
                yield f"{'o' if language == 'pt' else 'el'} {phrase}", "HOLIDAY", key
    for key, week in holidays()["weeks"].items():
        for phrase in week["names"]:
            yield phrase, "HOLYWEEK", key


@cache
def own_words(language: str) -> frozenset[str]:
    """Every word of a language's own phrases, and what chat makes of them."""
    words = {word for phrase, _, _ in _own_phrases(language) for word in _key(phrase)}
    return frozenset(words | _spelling(language_table(language)).keys())


def _lent_phrases(language: str) -> Iterator[tuple[str, str, Any]]:
    refused = {_key(word) for word in language_table(language)["not_ours"]}
    own_spellings = _spelling(language_table(language))
    for other in every_language():
        if other != language:
            lent = set(language_table(other)["lent"])
            for phrase, name, value in _own_phrases(other):
                kind = "PARTS" if name.startswith("PART") else name
                key = _key(phrase)
                if kind in lent and key not in refused and not (len(key) == 1 and key[0] in own_spellings):
                    yield phrase, name, value


def _listed(content: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(content, Mapping):
        for value, phrases in content.items():
            for phrase in phrases:
                yield str(phrase), value
        return
    for phrase in content:
        yield str(phrase), None


def _convention_phrases(language: str) -> Iterator[tuple[str, str, Any]]:
    for phrase, zone in zone_phrases():
        yield phrase, "ZONE", zone
    for name, row in conventions()["parts"].items():
        for style, phrases in row.get(language, {}).items():
            for phrase in phrases:
                yield phrase, _PART_STYLES[style], name
    for name, row in conventions()["bounds"].items():
        for phrase in row.get(language, ()):
            yield phrase, "PARTBOUND", name


def _spelling(table: Mapping[str, Any]) -> Mapping[str, str]:
    return {folded(str(typed)): meant for meant, forms in table["spelling"].items() for typed in forms}
