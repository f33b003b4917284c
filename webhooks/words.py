"""Plain words: text brought to one spelling, and the word tables of `tables/words.yaml`."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

_NOT_A_WORD = re.compile(r"[^\w\s]|_")


@dataclass(frozen=True, slots=True)
class Phrases:
    phrases: frozenset[str]
    as_question: bool


@dataclass(frozen=True, slots=True)
class Words:
    controls: Mapping[str, Phrases]
    courtesies: tuple[str, ...]
    openers: frozenset[str]
    unfinished: frozenset[str]


def plain(text: str) -> str:
    """Lower case, no accents, no punctuation, no emoji, single spaces."""
    # An apostrophe joins ("don't"), every other mark parts.
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("'", "").replace("’", ""))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(_NOT_A_WORD.sub(" ", letters).split())


def is_question(text: str) -> bool:
    return "?" in text or "¿" in text


@cache
def words() -> Words:
    table = yaml.safe_load(files("webhooks").joinpath("tables", "words.yaml").read_text("utf-8"))
    controls = {
        kind: Phrases(frozenset(row["phrases"]), row["as_question"])
        for kind, row in table["controls"].items()
    }
    return Words(
        controls=MappingProxyType(controls),
        # The longest first, so that "buenas tardes" goes before "buenas".
        courtesies=tuple(sorted(table["courtesies"], key=len, reverse=True)),
        openers=frozenset(table["openers"]),
        unfinished=frozenset(str(word) for word in table["unfinished"]),
    )
