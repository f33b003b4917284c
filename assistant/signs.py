"""Signs in a text that it can answer a kind of question: a price, an hour, a place … read from a table."""

import re
from functools import cache, lru_cache

from assistant.kinds import Kind
from assistant.tables import lexicon
from assistant.wording import fold

_NEEDED = {
    Kind.PRICE: ("money",),
    Kind.DURATION: ("duration",),
    Kind.OPENING: ("clock", "weekday", "duration"),
    Kind.DAYS: ("weekday", "date"),
    Kind.LOCATION: ("place",),
    Kind.CONTACT: ("contact",),
    Kind.QUANTITY: ("number",),
    Kind.WHEN: ("clock", "weekday", "date", "duration", "number"),
}


def agreement(kinds: frozenset[Kind], text: str) -> float:
    """1 where the text shows a sign of every kind asked that has one, -1 where of none, between where of some."""
    checked = [_shows(text, needed) for kind in kinds if (needed := _NEEDED.get(kind)) is not None]
    if not checked:
        return 0.0
    return 2 * sum(checked) / len(checked) - 1


def shows(text: str, sign: str) -> bool:
    return _shows(text, (sign,))


@lru_cache(maxsize=8192)
def _shows(text: str, needed: tuple[str, ...]) -> bool:
    folded = fold(text)
    return any(pattern.search(folded) for sign in needed for pattern in _patterns(sign))


@cache
def _patterns(sign: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in lexicon("answers")[sign])
