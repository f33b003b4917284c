"""A shop's own names for its services and people, ready to be found in what customers type."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.expressions.shop import ShopClock
from assistant.terms import stem
from assistant.turns import Language
from assistant.understanding.table_files import words_of
from assistant.wording import plain_words
from knowledge.entries import Entry, Item, KnowledgeBase, Record, Staff

_IN_BRACKETS = re.compile(r"\(([^)]*)\)")
_SOUNDS = (
    ("qu", "k"),
    ("ll", "y"),
    ("ce", "se"),
    ("ci", "si"),
    ("z", "s"),
    ("v", "b"),
    ("c", "k"),
    ("x", "s"),
)
_SILENT_H = re.compile(r"(?<![cs])h")
_CLASS_SECTIONS = ("class", "clase", "aula", "turma", "table", "mesa", "zone", "zona")


@dataclass(frozen=True, slots=True)
class Offering:
    """A service, or another thing that is booked by name. `names`: each way it is called, as folded words."""

    id: str
    names: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    names: tuple[str, ...]
    """Folded words of the name without titles."""
    title: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShopWords:
    """Everything a shop calls by name."""

    offerings: tuple[Offering, ...]
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """What a message is read against."""

    words: ShopWords
    clock: ShopClock
    languages: tuple[Language, ...] = (Language.ES,)


def offering(key: str, name: str, aliases: Iterable[str] = ()) -> Offering:
    """A service by its name: what stands in brackets is another name of it."""
    bare = _IN_BRACKETS.sub(" ", name)
    names = [bare, *_IN_BRACKETS.findall(name), *aliases]
    return Offering(key, tuple(dict.fromkeys(words for one in names if (words := plain_words(one)))))


def person(key: str, name: str, role: str) -> Person:
    words = plain_words(name)
    title = words[0] if len(words) > 1 and words[0] in words_of("titles") else ""
    return Person(key, words[1:] if title else words, title, plain_words(role))


def words_from(base: KnowledgeBase) -> ShopWords:
    """The names in a merchant's knowledge: bookable rows, classes and zones, members of staff."""
    people = [
        person(member.id, member.name, member.role)
        for entry in base.entries
        if isinstance(entry, Staff)
        for member in entry.members
    ]
    return ShopWords(tuple(_offerings(base.entries)), tuple(people))


def _offerings(entries: Iterable[Entry]) -> Iterable[Offering]:
    for entry in entries:
        if (isinstance(entry, Item) and entry.bookable) or (
            isinstance(entry, Record) and entry.section.lower().startswith(_CLASS_SECTIONS)
        ):
            yield offering(entry.key, entry.name)


@lru_cache(maxsize=16384)
def sound(word: str) -> str:
    """How a word sounds in Latin America: "varba" and "barba", "fasial" and "facial" are one."""
    heard = _SILENT_H.sub("", word)
    for written, spoken in _SOUNDS:
        heard = heard.replace(written, spoken)
    return heard


def roots(word: str, languages: Iterable[str] = ("es", "pt", "en")) -> Mapping[str, None]:
    """The forms by which two words count as the same: stems and sounds."""
    found = {word: None, sound(word): None}
    for language in languages:
        root = stem(word, language)
        if len(root) > 2:
            found[root] = None
            found[sound(root)] = None
    return found
