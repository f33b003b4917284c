"""What a booking is for where the shop has no such name: "cita para una resonancia"."""

from assistant.understanding.lines import Found, Line
from assistant.understanding.table_files import words_of
from assistant.understanding.values import Slot

_ARTICLES = frozenset({"un", "una", "el", "la", "los", "las", "um", "uma", "o", "a", "the", "an"})
_SHORTEST = 5


def find_purpose(line: Line, taken: frozenset[int]) -> tuple[Found, ...]:
    """The noun after "cita para" and the like, if nothing else is known about it."""
    for place, word in enumerate(line.plain[:-2]):
        if word in words_of("appointment_words") and line.plain[place + 1] in words_of("purpose_links"):
            at = place + 2
            while at < len(line.plain) - 1 and line.plain[at] in _ARTICLES:
                at += 1
            if _is_purpose(line, at, taken):
                return (Found(Slot.SERVICE, at, at + 1),)
    return ()


def _is_purpose(line: Line, place: int, taken: frozenset[int]) -> bool:
    word = line.plain[place]
    if place in taken or not word.isalpha() or len(word) < _SHORTEST:
        return False
    known = words_of("not_a_purpose") | words_of("never_misspelt") | words_of("first_names")
    typed = line.text[line.words[place].start]
    return word not in known and typed == typed.lower()
