"""Signs in the wording that a message is not the counter's business, read from `lexicon/scope.yaml`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from assistant.tables import lexicon
from assistant.wording import read_words

_READ = 4096
"""Characters that are read: the longest message that WhatsApp carries."""


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
    words = " ".join(word.text for word in read_words(typed))
    letters = {kind for kind, pattern in _letters().items() if pattern.search(typed)}
    surely = tuple(kind for kind in OUTSIDE if kind in letters or _patterns("surely")[kind].search(words))
    perhaps = tuple(kind for kind in OUTSIDE if _patterns("perhaps")[kind].search(words))
    return Signs(surely, perhaps)


@cache
def _patterns(level: str) -> Mapping[ScopeKind, re.Pattern[str]]:
    table = lexicon("scope")
    return {
        kind: re.compile(rf"(?:^|(?<= ))(?:{'|'.join(map(_spelt_out, table[level][kind.value]))})(?= |$)")
        for kind in OUTSIDE
    }


@cache
def _letters() -> Mapping[ScopeKind, re.Pattern[str]]:
    found = lexicon("scope")["letters"].items()
    return {ScopeKind(kind): re.compile("|".join(patterns), re.IGNORECASE) for kind, patterns in found}


def _spelt_out(pattern: str) -> str:
    for name, meant in lexicon("scope")["shorthand"].items():
        pattern = pattern.replace(f"<{name}>", meant)
    return pattern
