"""Small numbers in figures and in words."""

from functools import cache

from assistant.understanding.lines import Line
from assistant.understanding.table_files import table

_MOST = 500
ARTICLES = frozenset({"un", "una", "um", "uma", "a", "an"})
"""Words for one that are mostly articles."""


def number_at(line: Line, place: int) -> int | None:
    """The number that a word stands for, in digits or letters."""
    if not 0 <= place < len(line.plain):
        return None
    word = line.plain[place]
    if word.isdigit():
        return int(word) if int(word) <= _MOST else None
    return _numbers().get(word)


@cache
def _numbers() -> dict[str, int]:
    return dict(table("people")["numbers"])
