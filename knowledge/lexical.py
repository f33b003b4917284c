"""BM25 over the passages of one merchant, and how much of a question each card covers.

The scores are those of the `bm25s` package ("lucene" form), which a test holds them to; built from whole
arrays instead of word by word, because a merchant that was just edited must be searchable at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from knowledge.terms import Analyzer, sound

K1 = 1.5
B = 0.75
_CLOSE_ENOUGH_FROM = 6
"""Letters from which a word may differ by one from a known one and still be it."""

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


class Vocabulary:
    """Terms by number, with a second look by ear and by one slip of the finger."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self._by_sound: dict[str, int] | None = None

    def __len__(self) -> int:
        return len(self._number)

    def add(self, terms: Iterable[str]) -> list[int]:
        """The numbers of these terms, new ones for new terms."""
        numbers = self._number
        return [numbers.setdefault(term, len(numbers)) for term in terms]

    def find(self, term: str) -> int | None:
        """The term's number, or that of the term it was probably meant to be."""
        number = self._number.get(term)
        if number is not None or not term.isalpha():
            return number
        # Plurals that the stemmers leave alone, mostly of abbreviations: "HSMs", "PDFs".
        number = self._number.get(term.removesuffix("s") if term.endswith("s") else f"{term}s")
        return number if number is not None else self._nearest(term)

    def _nearest(self, term: str) -> int | None:
        if self._by_sound is None:
            self._by_sound = {sound(known): number for known, number in self._number.items()}
        number = self._by_sound.get(sound(term))
        if number is not None or len(term) < _CLOSE_ENOUGH_FROM:
            return number
        found = extractOne(term, self._number.keys(), scorer=OSA.distance, score_cutoff=1)
        return None if found is None else self._number[found[0]]


@dataclass(frozen=True, slots=True)
class Postings:
    """For each term, the rows that hold it: `rows[starts[t]:starts[t + 1]]`, with a weight each."""

    starts: NDArray[np.int64]
    rows: Ints
    weights: Floats

    def of(self, term: int) -> slice:
        return slice(int(self.starts[term]), int(self.starts[term + 1]))

    @property
    def nbytes(self) -> int:
        return self.starts.nbytes + self.rows.nbytes + self.weights.nbytes


@dataclass(frozen=True, slots=True)
class Question:
    """The telling terms of one question: their numbers (None = no card has it) and weights."""

    terms: tuple[str, ...]
    numbers: tuple[int | None, ...]
    weights: tuple[float, ...]


class LexicalIndex:
    """Immutable after it is built. A unit is what can be cited: all passages of one card or paragraph."""

    def __init__(self, texts: Sequence[str], units: Ints, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._rows = len(texts)
        self._units = int(units.max()) + 1 if len(units) else 0
        self._vocabulary = Vocabulary()
        numbers = [self._vocabulary.add(analyzer.terms(text)) for text in texts]
        lengths = np.fromiter(map(len, numbers), np.int64, self._rows)
        flat = np.fromiter((one for row in numbers for one in row), np.int64, int(lengths.sum()))
        rows = np.repeat(np.arange(self._rows), lengths)
        self._passages = _bm25(flat, rows, lengths, len(self._vocabulary))
        self._cards = _holders(
            flat, units.astype(np.int64)[rows] if self._rows else rows, self._units, len(self._vocabulary)
        )
        self._idf = _idf(np.diff(self._cards.starts), self._units)
        self._unknown_idf = float(_idf(np.zeros(1), self._units)[0])

    @property
    def nbytes(self) -> int:
        """Memory held, vocabulary included at a rough 150 bytes a term."""
        arrays = self._passages.nbytes + self._cards.nbytes + self._idf.nbytes
        return arrays + 150 * len(self._vocabulary)

    def question(self, text: str) -> Question:
        terms = tuple(dict.fromkeys(self._analyzer.telling(text)))
        numbers = tuple(self._vocabulary.find(term) for term in terms)
        return Question(terms=terms, numbers=numbers, weights=tuple(map(self._weight, numbers)))

    def idf(self, term: str) -> float:
        """How telling a term is here: its inverse frequency among cards, highest when none has it."""
        return self._weight(self._vocabulary.find(term))

    def _weight(self, number: int | None) -> float:
        return self._unknown_idf if number is None else float(self._idf[number])

    def scores(self, question: Question) -> Floats:
        """BM25 of every passage."""
        scores = np.zeros(self._rows, np.float32)
        for number in question.numbers:
            if number is not None:
                held = self._passages.of(number)
                scores[self._passages.rows[held]] += self._passages.weights[held]
        return scores

    def cover(self, question: Question) -> "Cover":
        """Which of the question's telling terms each unit holds."""
        held = np.zeros((len(question.terms), self._units), np.bool_)
        for row, number in zip(held, question.numbers, strict=True):
            if number is not None:
                row[self._cards.rows[self._cards.of(number)]] = True
        weights = np.array(question.weights, np.float32)
        total = weights.sum()
        shares = (held * weights[:, None]).sum(axis=0, dtype=np.float32) / (total or np.float32(1))
        return Cover(terms=question.terms, held=held, shares=shares)


@dataclass(frozen=True, slots=True)
class Cover:
    """What each unit covers of a question. `shares` are weighted by idf, between 0 and 1."""

    terms: tuple[str, ...]
    held: NDArray[np.bool_]
    shares: Floats

    def missing(self, unit: int) -> tuple[str, ...]:
        """The question's telling terms that this unit does not hold."""
        return tuple(
            term for term, here in zip(self.terms, self.held[:, unit].tolist(), strict=True) if not here
        )


def _bm25(
    terms: NDArray[np.int64], rows: NDArray[np.int64], lengths: NDArray[np.int64], size: int
) -> Postings:
    """The weight of each term in each passage, so that a search only adds."""
    count = max(len(lengths), 1)
    pairs, frequency = np.unique(terms * count + rows, return_counts=True)
    term, row = np.divmod(pairs, count)
    holders = np.bincount(term, minlength=size)
    average = max(float(lengths.mean()), 1.0) if len(lengths) else 1.0
    norm = K1 * (1 - B + B * lengths / average)
    weights = _idf(holders, count)[term] * frequency / (frequency + norm[row])
    return Postings(starts=_starts(holders), rows=row.astype(np.int32), weights=weights.astype(np.float32))


def _holders(terms: NDArray[np.int64], units: NDArray[np.int64], count: int, size: int) -> Postings:
    pairs = np.unique(terms * max(count, 1) + units)
    term, unit = np.divmod(pairs, max(count, 1))
    holders = np.bincount(term, minlength=size)
    return Postings(starts=_starts(holders), rows=unit.astype(np.int32), weights=np.empty(0, np.float32))


def _starts(holders: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(holders)])


def _idf(holders: NDArray[np.generic], count: int) -> NDArray[np.float64]:
    frequency = np.asarray(holders, np.float64)
    return np.log(1 + (count - frequency + 0.5) / (frequency + 0.5))
