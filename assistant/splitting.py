"""One message, several questions: cut at punctuation and at links that begin a new question.

What asks nothing (a greeting, a story) goes with the question it leads to.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from assistant import smalltalk
from assistant.kinds import read_kinds
from assistant.tables import word_set
from assistant.wording import Word, read_words

_HARD = re.compile(r"[?!;\n¿¡]|\.(?=\s|$)|…|\.{2,}")
_SOFT = re.compile(r"[,:()]|\s-\s|\s/\s")
_LONGEST_TOPIC = 10
_LONGEST = 6
"""Questions of one message that are answered: what is more is one long question."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the message that asks something. `text` has the context that leads to it."""

    text: str
    asked: str
    """The asking clause alone."""
    explicit: bool = True
    """Surely a question of its own: it has a question mark, or opens as questions do."""


@dataclass(slots=True)
class _Clause:
    start: int
    end: int
    asks: bool
    hard: bool
    """Begins after a full stop, a question mark or a new line."""


def split(text: str, language: str) -> tuple[Piece, ...]:
    """The questions of a message in order; the whole message where it asks only one."""
    words = read_words(text, language)
    clauses = list(_with_topics(text, list(_clauses(text, words)), words))
    asking = [number for number, clause in enumerate(clauses) if clause.asks]
    if len(asking) < 2 or len(asking) > _LONGEST:
        focus = clauses[asking[0]] if len(asking) == 1 else None
        return (Piece(text.strip(), text[focus.start : focus.end].strip() if focus else text.strip()),)
    return tuple(_pieces(text, clauses, asking))


def _pieces(text: str, clauses: Sequence[_Clause], asking: Sequence[int]) -> Iterator[Piece]:
    """Each asking clause with what stands between it and the asking clause before it."""
    begins = 0
    for number in asking:
        last = number == asking[-1]
        ends = clauses[-1].end if last else clauses[number].end
        start = clauses[begins].start
        asked = text[clauses[number].start : clauses[number].end].strip(" ,;:\n")
        yield Piece(text[start:ends].strip(" ,;:\n"), asked, _is_explicit(asked, text))
        begins = number + 1


def _is_explicit(asked: str, text: str) -> bool:
    """Where the message sets question marks, what has none must open with a link or a question word."""
    words = [word.text for word in read_words(asked)]
    if "?" in asked:
        return True
    if "?" in text:
        return words[0] in word_set("splitting", "links") | word_set("splitting", "question_words")
    return _begins_question(words[:5]) or not _tells(words)


def _with_topics(text: str, clauses: Sequence[_Clause], words: Sequence[Word]) -> Iterator[_Clause]:
    """A bare topic before "y cuánto …" asks too: "garantía de los equipos y cuánto tarda el envío"."""
    for clause, after in zip(clauses, [*clauses[1:], None], strict=True):
        inside = [word.text for word in words if clause.start <= word.start < clause.end]
        linked = after is not None and after.asks and not after.hard and _opens_with_link(after, words)
        topic = linked and not clause.asks and len(inside) <= _LONGEST_TOPIC and not _tells(inside)
        yield (
            replace(clause, asks=True)
            if topic and smalltalk.read(text[clause.start : clause.end]) is None
            else clause
        )


def _opens_with_link(clause: _Clause, words: Sequence[Word]) -> bool:
    first = next((word.text for word in words if word.start >= clause.start), "")
    return first in word_set("splitting", "joining")


def _clauses(text: str, words: Sequence[Word]) -> Iterator[_Clause]:
    cuts = sorted(_cuts(text, words))
    edges = [(0, True), *cuts, (len(text), True)]
    pending: _Clause | None = None
    for (start, hard), (end, _) in pairwise(edges):
        inside = [word.text for word in words if start <= word.start < end]
        if not inside:
            continue
        clause = _Clause(start, end, _asks(inside, text[start : end + 1]), hard)
        if pending is not None:
            yield pending
        pending = clause
    if pending is not None:
        yield pending


def _cuts(text: str, words: Sequence[Word]) -> Iterator[tuple[int, bool]]:
    for match in _HARD.finditer(text):
        if match.group() not in "¿¡":
            yield match.end(), True
        elif match.start():
            yield match.start(), True
    for match in _SOFT.finditer(text):
        after = [word.text for word in words if word.start >= match.end()][:4]
        if _begins_question(after) or _bare_cue(words, match.end(), text):
            yield match.end(), False
    for place, word in enumerate(words):
        if word.text in word_set("splitting", "links") and 0 < place < len(words) - 1:
            after = [other.text for other in words[place + 1 : place + 5]]
            if _begins_question(after) or _bare_cue(words, words[place + 1].start, text):
                yield word.start, False


def _begins_question(after: Sequence[str]) -> bool:
    """Whether these words open a question of their own, links and small words before them allowed."""
    rest = list(after)
    while rest and rest[0] in word_set("splitting", "links") | _openers():
        rest.pop(0)
    if not rest or rest[0] in word_set("splitting", "never_links_before"):
        return False
    starters = word_set("splitting", "starters")
    return any(
        "_".join(tail[:length]) in starters
        for tail in (rest, _without_pronouns(rest))
        for length in (1, 2, 3)
    )


def _without_pronouns(words: Sequence[str]) -> Sequence[str]:
    """The verb behind "si" and small pronouns: (y) "le hacen descuento", "si me lo envían"."""
    for place, word in enumerate(words):
        if word not in word_set("splitting", "pronouns"):
            return words[place:]
    return ()


@cache
def _openers() -> frozenset[str]:
    return frozenset(
        {
            "saber",
            "ah",
            "oye",
            "ahi",
            "alli",
            "ustedes",
            "voces",
            "uds",
            "otra",
            "pregunta",
            "bueno",
            "de",
            "paso",
        }
    )


def _bare_cue(words: Sequence[Word], start: int, text: str) -> bool:
    """Whether the chunk up to the next comma or link is nothing but what is asked, as "precio" alone."""
    stop = re.search(r"[,;?!.:\n]| y | e | and ", text[start:])
    end = start + stop.start() if stop else len(text)
    inside = [word.text for word in words if start <= word.start < end]
    cues = read_kinds(inside)
    return 0 < len(inside) <= 4 and bool(cues) and sum(len(cue.places) for cue in cues) >= len(inside) - 1


def _asks(words: Sequence[str], text: str) -> bool:
    if "?" in text:
        return True
    if _tells(words):
        return False
    return bool(read_kinds(words)) or _begins_question(words[:4])


def _tells(words: Sequence[str]) -> bool:
    """Whether a clause tells of the customer instead of asking: "mi guagua tiene 5 anitos", "es que ..."."""
    rest = list(words)
    while rest and rest[0] in _openers() | word_set("splitting", "links") | word_set("splitting", "hellos"):
        rest.pop(0)
    openings = word_set("splitting", "telling")
    told = any("_".join(rest[:length]) in openings for length in (1, 2, 3))
    return told and not any(word in word_set("splitting", "asking_words") for word in rest)
