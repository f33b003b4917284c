"""How many come: "somos 4", "dos adultos y una niña", "mi esposa, yo y el bebé"."""

import re
from collections.abc import Iterator
from functools import cache

from assistant.understanding.lines import Found, Line
from assistant.understanding.numbers import number_at
from assistant.understanding.table_files import phrases_of, words_of
from assistant.understanding.values import Awaiting, Slot

_ALSO_POSSESSIVE = frozenset({"mi", "me", "i"})


def is_counted(line: Line) -> bool:
    """Whether a number of people is said in so many words."""
    return next(_counted(line, frozenset()), None) is not None


def party_size(line: Line, awaiting: Awaiting | None, taken: frozenset[int]) -> Found | None:
    """How many come: those listed one by one, or a number with its words, or the bare number that was asked for."""
    listed = _enumerated(line, taken)
    numbers = list(_counted(line, taken))
    now = [one for one in numbers if _phrase_before(line, one.first, "size_now")]
    counted = next(iter(now[-1:] or numbers), None)
    if listed is not None and (
        counted is None or listed.first < counted.first or len(listed.span) > len(counted.span)
    ):
        return listed
    if counted is not None:
        return counted
    return _bare(line) if awaiting is Awaiting.PARTY_SIZE else None


def _bare(line: Line) -> Found | None:
    for place, word in enumerate(line.plain):
        number = number_at(line, place)
        if number and word not in {"a", "an"}:
            return Found(Slot.SIZE, place, place + 1, number)
        if word in {"yo", "eu", "me"} or (word in {"sola", "solo", "sozinha", "sozinho", "myself", "alone"}):
            return Found(Slot.SIZE, place, place + 1, 1)
    return None


def _counted(line: Line, taken: frozenset[int]) -> Iterator[Found]:
    """A number with "somos" before it or "personas" after it, and what is added to it."""
    for place in range(len(line.plain)):
        number = number_at(line, place)
        if not number or place in taken or line.plain[place] in {"a", "an"}:
            continue
        after = _phrase_at(line, place + 1, "size_after")
        before = _phrase_before(line, place, "size_before")
        refused = _phrase_at(line, place + 1, "size_never_after") or _phrase_before(
            line, place, "size_never_before"
        )
        one = number == 1 and not line.plain[place].isdigit() and not (after and before)
        if refused or one or not (after or before):
            continue
        pairs = 2 if set(line.plain[place + 1 : place + 2]) & words_of("pairs") else 1
        last, total = _added(line, place + 1 + after, number * pairs, taken)
        yield Found(Slot.SIZE, place, last, total)


def _added(line: Line, last: int, total: int, taken: frozenset[int]) -> tuple[int, int]:
    """As in "dos adultos y una niña": what is added with "y" and is a person."""
    joined = {"y", "e", "and", "mas", "plus", "con", "com", "with"}
    while last + 1 < len(line.plain) and line.plain[last] in joined and not _counts_within(line, last):
        number = number_at(line, last + 1)
        after = _phrase_at(line, last + 2, "size_after") or _is_person(line, last + 2)
        if number is None or not after or last + 1 in taken:
            break
        total, last = total + number, last + 2 + after
    return last, total


def _counts_within(line: Line, place: int) -> bool:
    """As in "6 con el bebé": the baby is one of the six."""
    said = " ".join(line.plain[place : place + 2])
    return any(said.startswith(phrase) for phrase in phrases_of("counting_in"))


def _is_person(line: Line, place: int) -> int:
    said = line.plain[place] if place < len(line.plain) else ""
    return int(said in words_of("persons") or said in words_of("one_each") or said in words_of("two_each"))


def _phrase_at(line: Line, place: int, key: str) -> int:
    """How many words of a phrase of the table stand here."""
    rest = " ".join(line.plain[place : place + 4])
    match = _starting(key).match(rest)
    return len(match.group().split()) if match else 0


def _phrase_before(line: Line, place: int, key: str) -> bool:
    before = " ".join(line.plain[max(0, place - 4) : place])
    return bool(_ending(key).search(before))


@cache
def _starting(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(phrases_of(key))})(?= |$)")


@cache
def _ending(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<= ))(?:{'|'.join(phrases_of(key))})$")


def _enumerated(line: Line, taken: frozenset[int]) -> Found | None:
    """People in a row: "mi esposa, yo y el bebé". Who writes is one of them where they come along."""
    best: Found | None = None
    for first in range(len(line.plain)):
        one = _row(line, first, taken)
        if one is not None and (best is None or len(one.span) > len(best.span)):
            best = one
    return best


def _row(line: Line, first: int, taken: frozenset[int]) -> Found | None:
    place, total, members, speaker = first, 0, 0, False
    last = first
    while place < len(line.plain) and place not in taken:
        member = _member(line, place)
        if member is None:
            if line.plain[place] in {"y", "e", "and", "a", "para", "con", "com", "with", "mas"} and members:
                place += 1
                continue
            break
        count, place = member
        speaker = speaker or _is_speaker(line, range(last, place))
        total, members, last = total + count, members + 1, place
    along = _phrase_before(line, first, "with_me")
    if members >= 2 and speaker and total > 1:
        return Found(Slot.SIZE, first, last, total)
    if members >= 1 and along and not speaker:
        return Found(Slot.SIZE, first, last, total + 1)
    return (
        Found(Slot.SIZE, first, last, total)
        if members >= 2 and _phrase_before(line, first, "coming")
        else None
    )


def _is_speaker(line: Line, span: range) -> bool:
    return any(
        line.plain[at] in words_of("self") and (line.plain[at] not in _ALSO_POSSESSIVE or _is_me(line, at))
        for at in span
    )


def _member(line: Line, place: int) -> tuple[int, int] | None:
    """One person or several of one kind at this place, and where the next begins."""
    word = line.plain[place]
    if word in {"nosotros", "nosotras", "nos"} and number_at(line, place + 1):
        return number_at(line, place + 1) or 0, place + 2
    if word in {"otros", "otras", "outros", "outras"} and number_at(line, place + 1):
        return number_at(line, place + 1) or 0, place + 2
    if (word in words_of("self") and word not in _ALSO_POSSESSIVE) or _is_me(line, place):
        return 1, place + 1
    at = place + 1 if word in words_of("determiners") else place
    number = number_at(line, at)
    if number is not None and at < len(line.plain) and line.plain[at] not in words_of("determiners"):
        at += 1
    kind = line.plain[at] if at < len(line.plain) else ""
    if kind in words_of("two_each"):
        return number or 2, at + 1
    if kind in words_of("one_each") or kind in words_of("persons"):
        return number or 1, at + 1
    return None


def _is_me(line: Line, place: int) -> bool:
    """As in "para mí", "and me": no possessive."""
    following = line.plain[place + 1] if place + 1 < len(line.plain) else ""
    nobody = following not in words_of("one_each") | words_of("two_each")
    return line.plain[place] in _ALSO_POSSESSIVE and nobody and number_at(line, place + 1) is None
