"""Many regular expressions over words, of which only those are tried whose own words occur in the text.

A pattern is cut at its outermost alternatives; of each branch the words are read that it cannot match without.
A text that lacks them is never searched for it, so that hundreds of patterns cost as much as a few.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Generic, TypeVar

from assistant.terms import is_empty

Meaning = TypeVar("Meaning")

_WORD_PART = re.compile(r"\[([a-z]+)\](\?)?|([a-z0-9%])(\?)?")
_GROUP_END = re.compile(r"\?|\*|\{0,\d+\}")
_ONCE_OR_MORE = re.compile(r"\+|\{\d+,?\d*\}")


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a branch: plain text (one alternative) or a group."""

    alternatives: tuple[str, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class _Branch(Generic[Meaning]):
    meaning: Meaning
    needs: tuple[frozenset[str], ...]
    pattern: re.Pattern[str]


class PatternTable(Generic[Meaning]):
    """Finds the meanings whose patterns match somewhere in a row of words, at word boundaries."""

    def __init__(self, entries: Iterable[tuple[Meaning, str]]) -> None:
        self._always: list[_Branch[Meaning]] = []
        self._by_word: dict[str, list[_Branch[Meaning]]] = {}
        for meaning, pattern in entries:
            for branch in split_at_bars(pattern):
                self._add(meaning, branch)

    def find(self, words: Sequence[str]) -> frozenset[Meaning]:
        said = frozenset(words)
        text = " ".join(words)
        found: set[Meaning] = set()
        for branch in self._candidates(said):
            if branch.meaning not in found and branch.pattern.search(text):
                found.add(branch.meaning)
        return frozenset(found)

    def _candidates(self, said: frozenset[str]) -> Iterable[_Branch[Meaning]]:
        yield from self._always
        for word in said:
            for branch in self._by_word.get(word, ()):
                if not any(need.isdisjoint(said) for need in branch.needs):
                    yield branch

    def _add(self, meaning: Meaning, text: str) -> None:
        pattern = re.compile(rf"(?:^|(?<= ))(?:{text})(?= |$)")
        needs = needed_words(text)
        branch = _Branch(meaning, needs, pattern)
        if not needs:
            self._always.append(branch)
            return
        for word in min(needs, key=_commonness):
            self._by_word.setdefault(word, []).append(branch)


def needed_words(branch: str) -> tuple[frozenset[str], ...]:
    """Sets of words of each of which at least one occurs in everything that the branch matches."""
    parts = _parts(branch)
    found = []
    for place, part in enumerate(parts):
        if part.optional:
            continue
        before, after = _boundary(parts[:place][::-1], -1), _boundary(parts[place + 1 :], 0)
        words = [_whole_words(alternative, before=before, after=after) for alternative in part.alternatives]
        if all(words):
            found.append(frozenset().union(*words))
    return tuple(found)


def split_at_bars(pattern: str) -> list[str]:
    """A pattern at its bars that stand in no group."""
    pieces, depth, start = [], 0, 0
    for place, char in enumerate(pattern):
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            pieces.append(pattern[start:place])
            start = place + 1
    return [*pieces, pattern[start:]]


def _parts(branch: str) -> list[_Part]:
    parts: list[_Part] = []
    rest = branch
    while rest:
        opened = rest.find("(")
        if opened != 0:
            parts.append(_Part((rest[: opened if opened > 0 else len(rest)],)))
            rest = rest[opened:] if opened > 0 else ""
            continue
        closed = _closing(rest)
        inside, rest = rest[1:closed], rest[closed + 1 :]
        repeated = _GROUP_END.match(rest)
        more = _ONCE_OR_MORE.match(rest)
        rest = rest[repeated.end() if repeated else more.end() if more else 0 :]
        # Looking ahead or back takes up no text.
        if not inside.startswith(("?!", "?=", "?<")):
            parts.append(
                _Part(tuple(split_at_bars(inside.removeprefix("?:"))), optional=repeated is not None)
            )
    return parts


def _closing(text: str) -> int:
    depth = 0
    for place, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return place
    raise ValueError(text)


def _boundary(parts: Sequence[_Part], edge: int) -> bool:
    """Whether a blank or the end surely stands next, going away from a part; `edge` is the near end of the others."""
    for part in parts:
        blank = all(alternative[edge : edge + 1 or None] == " " for alternative in part.alternatives)
        if not blank or not part.optional:
            return blank
    return True


def _whole_words(alternative: str, *, before: bool, after: bool) -> frozenset[str]:
    """One word of the alternative that the text must hold, in each of its spellings; nothing if none is certain."""
    plain, nested, _ = alternative.partition("(")
    words = plain.split()
    if words and not (before or plain.startswith(" ")):
        words = words[1:]
    if words and not (plain.endswith(" ") or (after and not nested)):
        words = words[:-1]
    spelt = [spellings for word in words if (spellings := _spellings(word))]
    return min(spelt, key=_commonness, default=frozenset())


def _spellings(word: str) -> frozenset[str]:
    """All words that a simple pattern stands for: letters, [oa], s?. Nothing for any other pattern."""
    plain = word.removeprefix("^").removesuffix("$")
    choices: list[tuple[str, ...]] = []
    place = 0
    while place < len(plain):
        match = _WORD_PART.match(plain, place)
        if match is None:
            return frozenset()
        letters = tuple(match[1] or match[3])
        choices.append((*letters, "") if match[2] or match[4] else letters)
        place = match.end()
    return frozenset("".join(chosen) for chosen in product(*choices))


def _commonness(words: frozenset[str]) -> tuple[int, int]:
    return sum(1 for word in words if is_empty(word)), len(words)
