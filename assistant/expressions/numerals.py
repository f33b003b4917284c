"""Numbers, in digits and in words, and what each may stand for: an hour, minutes, a day of the month, a year."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

_LAST_YEAR = 2100


@cache
def classes_of_digits(digits: str) -> frozenset[str]:
    """What a number written in up to four digits may stand for."""
    number, length = int(digits), len(digits)
    found = set(number_classes(number)) if length <= 2 else {"NUM"}
    found -= {"MINWORD"}
    if length == 2 and number < 60:
        found.add("MIN")
        if number % 5 == 0:
            found.add("MIN5")
    else:
        found -= {"MIN5"}
    if length == 4 and 2000 <= number < _LAST_YEAR:
        found.add("YEAR")
    if length >= 3 and number // 100 <= 24 and number % 100 in (0, 15, 20, 30, 45):
        found.add("HHMM")
    return frozenset(found)


def number_classes(number: int) -> frozenset[str]:
    """What a number may stand for, by its value."""
    found = {"NUM"}
    if number == 1:
        found.add("ONE")
    if number <= 24:
        found.add("HOUR")
    if 1 <= number <= 31:
        found.add("DAYN")
    if number < 60 and number % 5 == 0 and number > 0:
        found.add("MIN5")
    if number < 60:
        found.add("MINWORD")
    return frozenset(found)


@cache
def digit_classes() -> frozenset[frozenset[str]]:
    """Every set of classes that a number in digits can have."""
    written = [str(number) for number in range(10_000)] + [f"{number:02}" for number in range(10)]
    return frozenset(map(classes_of_digits, [*written, "000", "0000", "0930"]))


def spoken_numbers(table: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Compounds such as "treinta y cinco", made of a language's tens and units."""
    units = {number: words for number, words in table["NUMBER"].items() if 1 <= number <= 9}
    joint = f" {table['tens_and']} ".replace("  ", " ")
    for ten, word in table["tens"].items():
        for unit, words in units.items():
            for said in words:
                yield f"{word}{joint}{said}", ten + unit
