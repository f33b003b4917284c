"""The name that a booking is for: introduced ("a nombre de"), or the whole message when a name is awaited."""

from collections.abc import Iterator
from functools import cache

from assistant.phrases import Phrases
from assistant.understanding.lines import Found, Line
from assistant.understanding.table_files import phrases_of, words_of
from assistant.understanding.values import Awaiting, Slot

_LONGEST = 5


def find_introduced(line: Line, taken: frozenset[int]) -> tuple[Found, ...]:
    """A name that is said to be one: "a nombre de"."""
    for first in _introduced(line, "name_before"):
        last = _end(line, first, taken)
        if last > first:
            return (Found(Slot.NAME, first, last),)
    return ()


def find_name(line: Line, awaiting: Awaiting | None, taken: frozenset[int]) -> tuple[Found, ...]:
    """A name by its look after words that may stand before one, or whatever is said when a name is awaited."""
    for first in _introduced(line, "name_before_maybe"):
        last = _end(line, first, taken)
        if last > first and _looks_like_name(line, first):
            return (Found(Slot.NAME, first, last),)
    return _whole(line, taken) if awaiting is Awaiting.NAME else ()


def _introduced(line: Line, key: str) -> Iterator[int]:
    """Where the word after one of the table's phrases stands, the longest phrase at each place first."""
    phrases = _phrases(key)
    for place in range(len(line.plain)):
        found = phrases.at(line.plain, place)
        if found is not None:
            yield found.last


@cache
def _phrases(key: str) -> Phrases[str]:
    return Phrases((phrase, phrase) for phrase in phrases_of(key))


def _end(line: Line, first: int, taken: frozenset[int]) -> int:
    """Where a name that starts here ends: at a mark, a mention, or a word that is in no name."""
    last = first
    place = first
    titles = words_of("name_titles")
    while place < len(line.plain) and place - first < _LONGEST:
        word = line.plain[place]
        if place in taken or not word.isalpha() or (place > first and _apart(line, place)):
            break
        if word in words_of("name_inside") and place > first:
            place += 1
            continue
        surname = place > first and _is_capital(line, place)
        if word in words_of("not_names") and word not in titles and not surname:
            break
        place += 1
        last = place
    return last if any(line.plain[at] not in titles for at in range(first, last)) else first


def _apart(line: Line, place: int) -> bool:
    between = line.text[line.words[place - 1].end : line.words[place].start]
    return any(mark in between for mark in ",.;:?!\n")


def _looks_like_name(line: Line, first: int) -> bool:
    known = line.plain[first] in words_of("first_names")
    titled = line.plain[first] in words_of("name_titles") and first + 1 < len(line.plain)
    return known or titled or _is_capital(line, first)


def _is_capital(line: Line, place: int) -> bool:
    """A message in capitals throughout says nothing by them, nor does a message's first letter."""
    typed = line.text[line.words[place].start]
    return place > 0 and typed != typed.lower() and not line.text.isupper()


def _whole(line: Line, taken: frozenset[int]) -> tuple[Found, ...]:
    """The first run of words that may be a name."""
    first = 0
    while first < len(line.plain):
        last = _end(line, first, taken)
        if last > first:
            return (Found(Slot.NAME, first, last),)
        first += 1
    return ()
