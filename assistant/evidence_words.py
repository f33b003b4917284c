"""Words as evidence: which of a question's words a passage has, and how much each one tells apart."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

_WORD: Final = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")
_ENDINGS: Final = re.compile(r"(?:(?:cion|sion)(?:es)?|coes|amento|imento|[aei]s|s|[aeo])$")
_SHORT: Final = 4
_LONG: Final = 7


@dataclass(frozen=True, slots=True)
class Stem:
    """A word cut to what its forms share, and where it stands in the text."""

    text: str
    start: int
    end: int


def stems(text: str) -> tuple[Stem, ...]:
    """The words of a text in its order. One rule for the three languages: endings go, long words are cut."""
    return tuple(Stem(stem(match.group()), match.start(), match.end()) for match in _WORD.finditer(text))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.lower())
    plain = "".join(char for char in parts if not unicodedata.combining(char))
    if plain[0].isdigit():
        return plain.replace(".", "").replace(",", "")
    return _ENDINGS.sub("", plain)[:_LONG] if len(plain) > _SHORT else plain


@dataclass(frozen=True, slots=True)
class ShelfWords:
    """How many of one merchant's passages each stem stands in."""

    passages: int
    counts: Mapping[str, int] = field(repr=False)

    @classmethod
    def of(cls, passages: Iterable[frozenset[str]]) -> "ShelfWords":
        found = list(passages)
        return cls(len(found), Counter(word for words in found for word in words))

    def weight(self, word: str) -> float:
        """From about 0 (in every passage) to 1 (in none of them)."""
        seen = self.counts.get(word, 0)
        return math.log1p((self.passages - seen + 0.5) / (seen + 0.5)) / math.log1p(2 * self.passages + 1)
