"""Signs in the wording that a message is not the counter's business, read from `lexicon/scope.yaml`."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from assistant.patterns import PatternTable
from assistant.tables import lexicon
from assistant.wording import read_words

_READ = 1500
"""Characters that are read: more of a turn is not answered either."""


class ScopeKind(StrEnum):
    """What a message is about. Where several patterns match, the first of them here names it."""

    INJECTION = "injection"
    PRIVACY = "privacy"
    OWNER = "owner"
    MEDICAL = "medical"
    LEGAL = "legal"
    CODE = "code"
    HOMEWORK = "homework"
    RECIPE = "recipe"
    HOWTO = "howto"
    COMPETITOR = "competitor"
    WORLD = "world"
    CHAT = "chat"
    IN = "in"


OUTSIDE = tuple(kind for kind in ScopeKind if kind is not ScopeKind.IN)


@dataclass(frozen=True, slots=True)
class Signs:
    surely: tuple[ScopeKind, ...]
    perhaps: tuple[ScopeKind, ...]


def read_signs(text: str) -> Signs:
    """The kinds whose patterns the text matches, each in the order of `ScopeKind`."""
    typed = text[:_READ]
    words = tuple(word.text for word in read_words(typed))
    letters = {kind for kind, pattern in _letters() if pattern.search(typed)}
    surely = _patterns("surely").find(words) | letters
    perhaps = _patterns("perhaps").find(words)
    return Signs(tuple(filter(surely.__contains__, OUTSIDE)), tuple(filter(perhaps.__contains__, OUTSIDE)))


@cache
def _patterns(level: str) -> PatternTable[ScopeKind]:
    table = lexicon("scope")[level]
    return PatternTable((kind, _spelt_out(pattern)) for kind in OUTSIDE for pattern in table[kind.value])


@cache
def _letters() -> tuple[tuple[ScopeKind, re.Pattern[str]], ...]:
    found = lexicon("scope")["letters"].items()
    return tuple((ScopeKind(kind), re.compile("|".join(patterns), re.IGNORECASE)) for kind, patterns in found)


def _spelt_out(pattern: str) -> str:
    for name, meant in lexicon("scope")["shorthand"].items():
        pattern = pattern.replace(f"<{name}>", meant)
    return pattern
