"""Numbers that are no times: which of the offers, how good it was, how many come."""

import re
from functools import cache

from assistant.understanding.lines import Found, Line
from assistant.understanding.numbers import ARTICLES, number_at
from assistant.understanding.parties import party_size
from assistant.understanding.table_files import table, words_of
from assistant.understanding.values import Awaiting, Slot

_STAR = re.compile("[⭐★🌟]")
_BEST = 20


def find_counts(line: Line, awaiting: Awaiting | None, taken: frozenset[int]) -> tuple[Found, ...]:
    """What is counted in a line, by what is awaited and by the words around the numbers."""
    if awaiting is Awaiting.RATING:
        rated = _rating(line, taken) or _first_number(line)
        return (rated,) if rated else ()
    found = [one for one in (_ordinal(line, awaiting, taken), _rating(line, taken)) if one is not None]
    if not found:
        size = party_size(line, awaiting, taken)
        found = [] if size is None else [size]
    return tuple(found)


def chosen(line: Line, found: Found) -> Found | None:
    """The choice among offers that these words would be."""
    one = _ordinal(line, Awaiting.OFFER, frozenset())
    return one if one is not None and one.first in found.span else None


def stars(text: str) -> int:
    return len(_STAR.findall(text))


def _first_number(line: Line) -> Found | None:
    for place, word in enumerate(line.plain):
        number = number_at(line, place)
        if number is not None and number <= _BEST and word not in ARTICLES:
            return Found(Slot.RATING, place, place + 1, number)
    if "/" in line.text and (match := re.search(r"\b(\d{1,2})/(?:5|10)\b", line.text)):
        places = line.places(match.start(), match.end())
        return Found(Slot.RATING, places.start, places.stop, int(match[1])) if places else None
    return None


def _rating(line: Line, taken: frozenset[int]) -> Found | None:
    """As in "5 estrellas", "le doy un 4": a number with the word for a score beside it."""
    for place in range(len(line.plain)):
        number = number_at(line, place)
        if number is None or number > _BEST or place in taken or line.plain[place] in ARTICLES:
            continue
        after = line.plain[place + 1] if place + 1 < len(line.plain) else ""
        if after in words_of("stars") or _is_score(line, place):
            return Found(Slot.RATING, place, place + 1, number)
    return None


def _is_score(line: Line, place: int) -> bool:
    before = line.plain[max(0, place - 3) : place]
    return any(word in words_of("score_words") for word in before) and line.plain[place].isalnum()


def _ordinal(line: Line, awaiting: Awaiting | None, taken: frozenset[int]) -> Found | None:
    """Which of the offers: only where some were made, or where "opción" stands beside."""
    for place, word in enumerate(line.plain):
        value = _ordinals().get(word)
        marked = _is_marked(line, place)
        if value is not None and _may_be_ordinal(line, place, awaiting, marked=marked):
            return Found(Slot.ORDINAL, place, place + 1, value)
        number = number_at(line, place)
        if number and place not in taken and _is_place_number(line, place, awaiting, marked=marked):
            return Found(Slot.ORDINAL, place, place + 1, number)
    return None


@cache
def _ordinals() -> dict[str, int]:
    return {
        word: int(value) for value, words in table("people")["ordinals"].items() for word in words.split()
    }


def _may_be_ordinal(line: Line, place: int, awaiting: Awaiting | None, *, marked: bool) -> bool:
    after = line.plain[place + 1] if place + 1 < len(line.plain) else ""
    if after in words_of("not_ordinal_after") or (awaiting is not Awaiting.OFFER and not marked):
        return False
    word = line.plain[place]
    before = line.plain[place - 1] if place else ""
    if word in {"uno", "primer"} and not marked and before not in {"el", "la", "o", "a"}:
        return word == "primer"
    if line.language == "pt" and word in words_of("weekday_ordinals"):
        return before in {"a", "na", "da"} or marked
    return not (
        line.language == "pt" and before in {"na", "pra", "para"} and word in words_of("weekday_ordinals")
    )


def _is_marked(line: Line, place: int) -> bool:
    beside = {line.plain[at] for at in (place - 1, place + 1) if 0 <= at < len(line.plain)}
    return not beside.isdisjoint(words_of("option_words"))


def _is_place_number(line: Line, place: int, awaiting: Awaiting | None, *, marked: bool) -> bool:
    """As in "la 2", "opción 3", or a bare number where offers were listed. "las 4" and "a las 4" are hours."""
    word = line.plain[place]
    if word in {"a", "an", "un", "una", "um", "uma", "uno", "one", "par", "couple"}:
        return marked and word in {"uno", "one", "un", "una"}
    number = number_at(line, place) or 0
    if not 0 < number <= 10:
        return False
    if marked and line.plain[place - 1] in words_of("option_words"):
        return True
    if awaiting is not Awaiting.OFFER:
        return False
    before = line.plain[place - 1] if place else ""
    after = line.plain[place + 1] if place + 1 < len(line.plain) else ""
    return before in {"la", "el", "o", "a", "the", ""} and after in {
        "",
        "por",
        "please",
        "porfa",
        "va",
        "esta",
        "me",
    }
