"""The tables of day words, ready to be looked up. Built on first use."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from assistant.expressions.dates import easter
from assistant.phrases import Phrases
from assistant.tables import lexicon, word_set


@cache
def weekday_names(language: str) -> Phrases[int]:
    table = lexicon("dates")
    sections = [table["weekdays"]] + ([table["weekdays_pt"]] if language == "pt" else [])
    return Phrases((name, day) for section in sections for day, names in section.items() for name in names)


@cache
def weekday_sets() -> Phrases[tuple[int, ...]]:
    table = lexicon("dates")
    pairs = [
        (name, tuple(int(day) for day in days.split()))
        for days, names in table["weekday_sets"].items()
        for name in names
    ]
    return Phrases([*pairs, *((name, tuple(range(7))) for name in table["every_day"])])


@cache
def relative_days() -> Phrases[int]:
    return Phrases.inverted(lexicon("dates")["relative"])


@cache
def month_names() -> Phrases[int]:
    return Phrases.inverted(lexicon("dates")["months"])


@cache
def holiday_names() -> Phrases[str]:
    return Phrases.inverted(lexicon("dates")["holidays"])


@cache
def parts_of_day() -> Phrases[str]:
    return Phrases.inverted(lexicon("dates")["parts"])


@cache
def markers() -> Phrases[str]:
    """Words that stand for a situation rather than a day: "now", "tonight", "public holiday"."""
    table = lexicon("dates")
    names = ("now", "tonight", "public_holiday", "holiday_week", "general_words")
    return Phrases((phrase, name) for name in names for phrase in table[name])


def means_every_week(before: str, name: str) -> bool:
    """Whether "<before> <name>" speaks of every such day: "los domingos", "cada lunes", "on sundays"."""
    return name in word_set("dates", "general_plural") or before in word_set("dates", "general")


def holiday_date(code: str, today: date) -> date:
    """The next day of a holiday named "12-25" or "easter-2"."""
    return next(day for day in _holiday_dates(code, today.year) if day >= today)


def _holiday_dates(code: str, year: int) -> Iterator[date]:
    for candidate in (year, year + 1, year + 2):
        if code.startswith("easter"):
            yield easter(candidate) + timedelta(days=int(code.removeprefix("easter")))
        else:
            month, day = code.split("-")
            yield date(candidate, int(month), int(day))
