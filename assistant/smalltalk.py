"""Small talk: greetings, thanks, goodbyes and the like, and the wish for a person, read from tables.

A line is small talk only when nothing is asked in it: phrases and vocatives have to cover every word. The one
exception is the wish for a person, which is found anywhere in a line that asks for nothing else.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from zlib import crc32

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.errors import TableIsBrokenError
from assistant.facts.calendar_words import relative_days, weekday_names, weekday_sets
from assistant.kinds import cue_words, read_kinds
from assistant.phrases import Phrases
from assistant.tables import catalogue, lexicon, word_set
from assistant.turns import Language
from assistant.wording import read_words, tidy

_DOUBLED = re.compile(r"([^\W\d_])\1+")
_LAUGHTER = re.compile(r"a?(?:[jh]+[aeiou]*){2,}|(?:j[aeiou]*s?){2,}|k{2,}|(?:rs){1,}|x+d+|lo+l")
_LAUGH = "jaja"
_LONGEST = 16
"""Words of the longest line that is looked at: whoever writes more than this says something."""
_LONGEST_PRAISE = 7
_EASILY_MISTYPED = 5


class SmallTalkKind(StrEnum):
    """In order of precedence: "hola, gracias" is thanks."""

    HUMAN = "human"
    ROBOT = "robot"
    APOLOGY = "apology"
    JOKE = "joke"
    COMPLIMENT = "compliment"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    HOW_ARE_YOU = "how_are_you"
    OKAY = "okay"
    LAUGH = "laugh"
    GREETING = "greeting"
    EMOJI = "emoji"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class SmallTalk:
    kind: SmallTalkKind
    part_of_day: str = ""
    """"morning", "afternoon" or "evening" where the greeting named one: it is returned in kind."""


def read(text: str) -> SmallTalk | None:
    """What kind of small talk a line is, or None where something is asked or told."""
    words = tuple(word.text for word in read_words(text))
    if not words:
        return SmallTalk(_wordless(text))
    canonical = [_canonical(word) for word in words]
    kinds = (_cover(canonical) or _praise(canonical, text)) if len(words) <= _LONGEST else frozenset()
    if SmallTalkKind.ROBOT not in kinds and asks_for_person(text):
        return SmallTalk(SmallTalkKind.HUMAN)
    if not kinds:
        return None
    found = _first(kinds, text)
    return SmallTalk(found, _part_of_day(words) if found is SmallTalkKind.GREETING else "")


def asks_for_person(text: str) -> bool:
    """Whether the line asks for a person and for nothing else that the counter could tell."""
    words = tuple(word.text for word in read_words(text))
    if word_set("smalltalk", "human_nouns").isdisjoint(words):
        return False
    if set(words) <= _filler() | word_set("smalltalk", "human_alone") and len(words) <= 4:
        return True
    match = _human().search(" ".join(words))
    if match is None:
        return False
    rest = (match.string[: match.start()] + match.string[match.end() :]).split()
    return not read_kinds(rest) and not ("?" in text and _names_a_day(rest))


def _names_a_day(words: Sequence[str]) -> bool:
    """As in "¿me contesta alguien el domingo?", which asks for hours, not for a person now."""
    return bool(weekday_names("").find(words) or weekday_sets().find(words) or relative_days().find(words))


def reply(found: SmallTalk, text: str, language: Language, merchant: str) -> str:
    """The answer from the catalogue. The same text always gets the same of its variants."""
    texts = catalogue(f"smalltalk.{language.value}")
    try:
        variants: Sequence[str] = texts[found.kind.value]
        hello: str = texts["hello"][found.part_of_day or "any"]
    except KeyError as lacking:
        raise TableIsBrokenError(f"texts/smalltalk.{language.value}", str(lacking)) from lacking
    chosen = variants[crc32(text.strip().lower().encode()) % len(variants)]
    return chosen.format(merchant=merchant, hello=hello)


def _wordless(text: str) -> SmallTalkKind:
    """Emoji that stand for a word are read as that word; digits never come here."""
    signs = [char for char in tidy(text) if unicodedata.category(char) in {"So", "Sk"}]
    if not signs:
        return SmallTalkKind.EMPTY
    meanings: Mapping[str, str] = lexicon("smalltalk")["emoji"]
    meant = {kind for kind, members in meanings.items() if any(sign in members for sign in signs)}
    return SmallTalkKind(meant.pop()) if len(meant) == 1 else SmallTalkKind.EMOJI


def _cover(words: Sequence[str]) -> frozenset[str]:
    """The kinds whose phrases, with fillers, cover all words; nothing where a word is left over."""
    mended = _all_mended(words)
    kinds: set[str] = set()
    place = 0
    while place < len(mended):
        found = _phrases().at(mended, place)
        if found is None and mended[place] not in _filler():
            return frozenset()
        kinds.update(() if found is None else (found.meaning,))
        place = place + 1 if found is None else found.last
    return frozenset(kinds)


def _praise(words: Sequence[str], text: str) -> frozenset[str]:
    """Praise or thanks that name what they are for, where no question follows."""
    first = next(
        (place for place, word in enumerate(words) if _phrases().at(words, place) or word not in _filler()), 0
    )
    found = _phrases().at(words, first)
    about: Mapping[str, str] = lexicon("smalltalk")["about"]
    if found is None or found.meaning not in about:
        return frozenset()
    tail = words[found.last :]
    fits = 1 < len(tail) <= _LONGEST_PRAISE and tail[0] in about[found.meaning].split()
    asks = "?" in text or bool(read_kinds(tail)) or any(word[0].isdigit() for word in tail)
    return frozenset({found.meaning}) if fits and not asks else frozenset()


def _all_mended(words: Sequence[str]) -> tuple[str, ...]:
    """All words as known ones; nothing where a word is not and comes near none."""
    if any(word not in _known() and len(word) < _EASILY_MISTYPED for word in words):
        return ()
    mended = []
    for word in words:
        known = word if word in _known() else _nearest(word)
        if known is None:
            return ()
        mended.append(known)
    return tuple(mended)


@lru_cache(maxsize=4096)
def _nearest(word: str) -> str | None:
    """The known word a single slip away from a mistyped one. A word with a meaning of its own is not mistyped."""
    if word in cue_words():
        return None
    near = process.extractOne(word, _mendable(), scorer=OSA.distance, score_cutoff=1)
    return None if near is None else str(near[0])


def _first(kinds: frozenset[str], text: str) -> SmallTalkKind:
    meant = {SmallTalkKind(kind) for kind in kinds if kind != "either"}
    if "either" in kinds:
        asked = "?" in text or SmallTalkKind.GREETING in meant
        meant.add(SmallTalkKind.HOW_ARE_YOU if asked else SmallTalkKind.OKAY)
    return min(meant, key=list(SmallTalkKind).index)


def _part_of_day(words: Sequence[str]) -> str:
    parts: Mapping[str, str] = lexicon("smalltalk")["part_of_day"]
    said = {_canonical(word) for word in words}
    return next((part for part, names in parts.items() if not said.isdisjoint(names.split())), "")


def _canonical(word: str) -> str:
    """One form for laughter of any length and for letters typed twice."""
    if _LAUGHTER.fullmatch(word):
        return _LAUGH
    return _DOUBLED.sub(r"\1", word)


@cache
def _phrases() -> Phrases[str]:
    return Phrases((_spelt(phrase), kind) for kind, phrases in _listed() for phrase in phrases)


@cache
def _listed() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The kinds that are lists of phrases, in order of precedence: a phrase in two of them is the first one's."""
    table = lexicon("smalltalk")
    wordless = {SmallTalkKind.HUMAN, SmallTalkKind.EMOJI, SmallTalkKind.EMPTY}
    order = [kind.value for kind in SmallTalkKind if kind not in wordless]
    return tuple((kind, tuple(table[kind])) for kind in (*order, "either"))


@cache
def _filler() -> frozenset[str]:
    return frozenset(_canonical(word) for word in word_set("smalltalk", "filler"))


@cache
def _known() -> frozenset[str]:
    return _filler().union(
        word for _, phrases in _listed() for phrase in phrases for word in _spelt(phrase).split()
    )


@cache
def _mendable() -> tuple[str, ...]:
    return tuple(sorted(word for word in _known() if len(word) >= _EASILY_MISTYPED))


def _spelt(phrase: str) -> str:
    """A phrase of the table in the form that a customer's words take."""
    return " ".join(_canonical(word.text) for word in read_words(phrase))


@cache
def _human() -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<= ))(?:{'|'.join(lexicon('smalltalk')['human'])})(?= |$)")
