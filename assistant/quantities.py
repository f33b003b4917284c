"""Amounts with a unit and the ranges that catalogues are cut into: "14 kilos" falls in "de 10 a 25 kg"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from assistant.tables import lexicon
from assistant.wording import fold


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high` of a unit; a plain amount has both equal."""

    unit: str
    low: float
    high: float

    def holds(self, amount: "Range") -> bool:
        return self.low <= amount.low and amount.high <= self.high

    @property
    def is_plain(self) -> bool:
        return self.low == self.high


def ranges_in(text: str) -> tuple[Range, ...]:
    """The ranges and amounts of a text, in order."""
    folded = fold(text)
    return (*_ranges(folded), *_ages(folded))


def measured_places(words: Sequence[str]) -> Iterator[int]:
    """Places of the words that are an amount with its unit: "8 kilitos"."""
    for place, (first, second) in enumerate(pairwise(words)):
        if second in _units() and (first[0].isdigit() or first in lexicon("units")["numbers"]):
            yield place
            yield place + 1


def fits(asked: tuple[Range, ...], offered: tuple[Range, ...]) -> float:
    """1 where an amount asked for falls into an offered range, -1 where it falls beside all of its unit, else 0."""
    verdicts = [_verdict(amount, offered) for amount in asked]
    return min(verdicts, default=0.0) or max(verdicts, default=0.0)


def _verdict(amount: Range, offered: tuple[Range, ...]) -> float:
    same_unit = [span for span in offered if span.unit == amount.unit]
    if not same_unit:
        return 0.0
    if any(span.holds(amount) for span in same_unit):
        return 1.0
    return -1.0


def _ranges(text: str) -> Iterator[Range]:
    for match in _pattern().finditer(text):
        unit, times = _base(_units()[match["unit"]])
        first = _number(match["low"]) * times
        if match["high"]:
            yield Range(unit, first, _number(match["high"]) * times)
        elif match["below"]:
            yield Range(unit, 0, first)
        elif match["above"]:
            yield Range(unit, first, float("inf"))
        else:
            yield Range(unit, first, first)


def _ages(text: str) -> Iterator[Range]:
    """Ages without a unit: the number in "mi hija de 8"."""
    for match in _aged().finditer(text):
        yield Range("month", 12 * float(match[1]), 12 * float(match[1]))


def _number(text: str) -> float:
    spoken = lexicon("units")["numbers"].get(text)
    if spoken is not None:
        return float(spoken)
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", text):
        return float(re.sub(r"[.,]", "", text))
    return float(text.replace(",", "."))


def _base(unit: str) -> tuple[str, float]:
    name, times = lexicon("units")["base"].get(unit, (unit, 1))
    return name, float(times)


@cache
def _units() -> dict[str, str]:
    return {name: unit for unit, names in lexicon("units")["spellings"].items() for name in names}


@cache
def _aged() -> re.Pattern[str]:
    return re.compile(lexicon("units")["aged"])


@cache
def _pattern() -> re.Pattern[str]:
    spoken = "|".join(sorted(lexicon("units")["numbers"], key=len, reverse=True))
    number = rf"(?:\d+(?:[.,]\d+)*|\b(?:{spoken})\b)"
    units = "|".join(sorted(map(re.escape, _units()), key=len, reverse=True))
    below = r"hasta|menos de|menor(?:es)? (?:de|a)|ate|menores? que|up to|under|less than|below|maximo|max"
    above = r"mas de|mayor(?:es)? (?:de|a)|desde|a partir de|acima de|mais de|over|more than|above|minimo|superior(?:es)? a"
    return re.compile(
        rf"(?:(?P<below>{below}) |(?P<above>{above}) )?(?:los |las |os |as )?(?<![\d.,/])(?P<low>{number})"
        rf"(?: ?(?:{units})?\b ?(?:a|-|–|y|e|to|ate|o) ?(?P<high>{number}))? ?(?P<unit>{units})\b"
    )
