"""A question about opening hours: which side of them it asks for."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from assistant.facts.when import When
from assistant.tables import lexicon

_WHOLE_PHRASES = ("closes", "opens", "reopens")


@dataclass(frozen=True, slots=True)
class Ask:
    """The question as the opening engine sees it."""

    words: tuple[str, ...]
    when: When
    now: datetime

    def says(self, aspect: str) -> bool:
        """Whether it speaks of this side of the hours: `closes`, `opens`, `arrive` … of the table."""
        return bool(_aspect(aspect).search(" ".join(self.words)))

    @property
    def wants_yes(self) -> bool:
        """A yes-or-no question: none of the words that ask which hour or day."""
        return not self.says("which") and not self.says("closed_asked")


@cache
def _aspect(name: str) -> re.Pattern[str]:
    pattern = lexicon("opening")[name]
    return re.compile(rf"(?:^|(?<= ))(?:{pattern})(?= |$)" if name in _WHOLE_PHRASES else pattern)
