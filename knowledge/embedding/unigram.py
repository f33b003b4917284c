"""Cuts text into the model's pieces: the likeliest sequence under a unigram vocabulary (Viterbi), with offsets.

Written out here because the usual library takes 280 MB and 0.7 s to load this vocabulary of 250,000 pieces; a dictionary
takes 50 MB and 0.1 s, and the cutting (0.1 to 1 ms a text) stays far below the cost of the model's own pass.
As in the model's original tokenizer, accents typed as separate characters are composed first, and a run of characters
that no piece covers is one unknown token.
"""

import json
import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from knowledge.embedding.packed_model import Vocabulary

PIECES_FILE: Final = "pieces.json"
SCORES_FILE: Final = "scores.npy"
_MARK: Final = "▁"  # stands for a space; it begins every word
_WORD: Final = re.compile(f"{_MARK}[^{_MARK}]*|[^{_MARK}]+")
_UNKNOWN_PENALTY: Final = 10.0
_CACHED_WORDS: Final = 16_384
_CACHED_LENGTH: Final = 32

Piece = tuple[int, int]
"""A piece's number and its length in characters."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The pieces of one text, with the model's start and end around them."""

    ids: list[int]
    offsets: list[tuple[int, int]]
    """Where each piece comes from in the text, in characters; (0, 0) for the start and the end."""


class Unigram:
    """The tokenizer. It holds no state that a call changes, so threads may share it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary.pieces)}
        # What is unknown is never written out, not even by a text that spells the piece's name.
        del self._numbers[vocabulary.pieces[vocabulary.unknown]]
        self._scores = array("f", vocabulary.scores.tobytes())  # gives plain floats, and quickly
        self._longest = max(map(len, vocabulary.pieces))
        self._unknown = vocabulary.unknown
        self._unknown_score = float(vocabulary.scores.min()) - _UNKNOWN_PENALTY
        self._replacements = vocabulary.replacements
        self._start, self._end, self.padding = vocabulary.start, vocabulary.end, vocabulary.padding
        self._cached_cut = lru_cache(_CACHED_WORDS)(self._cut)

    def tokens(self, text: str, limit: int) -> Tokens:
        """Cut the text into at most `limit` pieces, start and end included; what is beyond is dropped."""
        ids, offsets = [self._start], [(0, 0)]
        characters, spans = self._normalised(text, limit * self._longest)
        for number, first, last in self._pieces(characters):
            if len(ids) == limit - 1:
                break
            ids.append(number)
            begins = first + (characters[first] == _MARK and first < last)
            offsets.append((spans[begins][0], spans[last][1]))
        return Tokens([*ids, self._end], [*offsets, (0, 0)])

    def _normalised(self, text: str, most: int) -> tuple[str, list[tuple[int, int]]]:
        """The text as the vocabulary spells it, and for each of its characters where it comes from."""
        characters: list[str] = []
        spans: list[tuple[int, int]] = []
        previous = ""
        for character, span in self._spelled(text):
            if not previous and character != _MARK:
                characters.append(_MARK)
                spans.append((0, 0))
            if character == previous == _MARK:
                continue
            characters.append(character)
            spans.append(span)
            previous = character
            if len(characters) > most:
                break
        return "".join(characters), spans

    def _spelled(self, text: str) -> Iterator[tuple[str, tuple[int, int]]]:
        for start, end in _units(text):
            for unit in unicodedata.normalize("NFC", text[start:end]):
                for character in self._replacements.get(unit, unit):
                    yield _MARK if character == " " else character, (start, end)

    def _pieces(self, characters: str) -> Iterator[tuple[int, int, int]]:
        """Each piece's number and its first and last character; unknown neighbours are joined."""
        pending: tuple[int, int, int] | None = None
        for word in _WORD.finditer(characters):
            at = word.start()
            cut = self._cached_cut if len(word[0]) <= _CACHED_LENGTH else self._cut
            for number, length in cut(word[0]):
                piece = (number, at, at + length - 1)
                at += length
                if pending and number == pending[0] == self._unknown:
                    pending = (number, pending[1], piece[2])
                    continue
                if pending:
                    yield pending
                pending = piece
        if pending:
            yield pending

    def _cut(self, word: str) -> tuple[Piece, ...]:
        """The likeliest pieces of one word: no piece reaches over a space."""
        length = len(word)
        best = [0.0] + [-1e30] * length
        back: list[Piece] = [(self._unknown, 0)] * (length + 1)
        for start in range(length):
            for end in range(start + 1, min(start + self._longest, length) + 1):
                number = self._numbers.get(word[start:end])
                if number is not None and best[start] + self._scores[number] > best[end]:
                    best[end] = best[start] + self._scores[number]
                    back[end] = (number, end - start)
            if best[start] + self._unknown_score > best[start + 1]:
                best[start + 1] = best[start] + self._unknown_score
                back[start + 1] = (self._unknown, 1)
        return tuple(_walk_back(back))[::-1]


def _walk_back(back: list[Piece]) -> Iterator[Piece]:
    at = len(back) - 1
    while at:
        yield back[at]
        at -= back[at][1]


def _units(text: str) -> Iterator[tuple[int, int]]:
    """Each character with the accents that follow it."""
    if text.isascii() or not any(map(unicodedata.combining, text)):
        yield from ((at, at + 1) for at in range(len(text)))
        return
    start = 0
    for at in range(1, len(text)):
        if not unicodedata.combining(text[at]):
            yield start, at
            start = at
    yield start, len(text)


def save_vocabulary(vocabulary: Vocabulary, folder: Path) -> None:
    facts: dict[str, Any] = {name: getattr(vocabulary, name) for name in Vocabulary.__slots__}
    np.save(folder / SCORES_FILE, facts.pop("scores"))
    (folder / PIECES_FILE).write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")


def load_unigram(folder: Path) -> Unigram:
    facts = json.loads((folder / PIECES_FILE).read_text(encoding="utf-8"))
    return Unigram(Vocabulary(scores=np.load(folder / SCORES_FILE), **facts))
