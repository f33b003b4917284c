"""Two things named in one question, "¿cuánto valen el básico y el plus?": the question once for each of them."""

from assistant.reading import Question
from assistant.tables import word_set

_LONGEST = 4
"""Words that name one of the two: what stands further off belongs to the question."""


def halves(question: Question) -> tuple[str, str] | None:
    """The question without the second thing, and without the first; None where it names no two."""
    for place in range(1, len(question.words) - 1):
        if question.plain[place] in word_set("splitting", "joining"):
            found = _halves_at(question, place)
            if found is not None:
                return found
    return None


def _halves_at(question: Question, link: int) -> tuple[str, str] | None:
    first, last = _left(question, link), _right(question, link)
    left, right = range(first, link), range(link + 1, last)
    if not (_names(question, left) and _names(question, right)):
        return None
    return _without(question, range(link, last)), _without(question, range(first, link + 1))


def _left(question: Question, link: int) -> int:
    """Where the first thing begins: after what shows the kind, a comma or the start."""
    place = link
    while (
        place > link - _LONGEST
        and place > 0
        and place - 1 not in question.cue_places
        and not _breaks(question, place)
    ):
        place -= 1
    return place


def _right(question: Question, link: int) -> int:
    place = link + 1
    while (
        place < min(len(question.words), link + 1 + _LONGEST)
        and place not in question.cue_places
        and not _breaks(question, place)
    ):
        place += 1
    return place


def _breaks(question: Question, place: int) -> bool:
    """Whether a comma or a full stop stands before this word."""
    words = question.words
    return place > 0 and any(
        mark in question.text[words[place - 1].end : words[place].start] for mark in ",;:.?!"
    )


def _names(question: Question, places: range) -> bool:
    return any(
        set(term.places) <= set(places) and not set(term.places) <= question.when.used
        for term in question.subject
        if term.places
    )


def _without(question: Question, gone: range) -> str:
    words = question.words
    before, after = question.text[: words[gone.start].start], question.text[words[gone.stop - 1].end :]
    return " ".join(f"{before} {after}".split())
