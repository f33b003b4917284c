"""Dates by number in a customer's words: "24 de diciembre", "december 24", "24/12", "el 24"."""

from collections.abc import Sequence
from datetime import date

from assistant.facts import calendar_words as tables
from assistant.facts.clock_words import number_words
from assistant.phrases import Found


def with_month(words: Sequence[str], place: int, today: date) -> Found[date] | None:
    if "/" in words[place]:
        return _slashed(words[place], place, today)
    month = tables.month_names().at(words, place)
    return _around_month(words, month, today) if month is not None else None


def _slashed(word: str, place: int, today: date) -> Found[date] | None:
    numbers = [int(part) for part in word.split("/") if part.isdigit()]
    if len(numbers) < 2 or not (1 <= numbers[0] <= 31 and 1 <= numbers[1] <= 12) or numbers[0] < 4:
        return None
    day = _coming(numbers[1], numbers[0], today)
    return Found(place, place + 1, day) if day else None


def _around_month(words: Sequence[str], month: Found[int], today: date) -> Found[date] | None:
    before = month.first - 1
    linked = before >= 0 and words[before] in ("de", "of")
    before -= linked
    day = _day_number(words, before)
    first, last = before, month.last
    if day is None:
        day = _day_number(words, month.last)
        first, last = month.first, month.last + 1
        if last < len(words) and words[last] in ("st", "nd", "rd", "th"):
            last += 1
    found = _coming(month.meaning, day, today) if day else None
    return Found(max(first, 0), last, found) if found else None


def _day_number(words: Sequence[str], place: int) -> int | None:
    if not 0 <= place < len(words):
        return None
    word = words[place]
    if word in ("primero", "primeiro", "1ro", "1o"):
        return 1
    number = int(word) if word.isdigit() else number_words().get(word, 0)
    return number if 1 <= number <= 31 else None


def bare_number(words: Sequence[str], place: int, today: date) -> Found[date] | None:
    """The next such day: of "el 24" at the end of a clause, of "dia 24" anywhere."""
    if words[place] not in ("dia", "el") or place + 1 == len(words):
        return None
    number = words[place + 1]
    follows = words[place + 2] if place + 2 < len(words) else ""
    ends_clause = follows in (
        "",
        "abren",
        "abre",
        "hay",
        "estan",
        "van",
        "trabajan",
        "atienden",
        "es",
        "que",
        "y",
        "a",
        "en",
        "por",
    )
    if not number.isdigit() or not 1 <= int(number) <= 31 or not (words[place] == "dia" or ends_clause):
        return None
    for ahead in range(3):
        month = (today.month - 1 + ahead) % 12 + 1
        day = _coming(month, int(number), today)
        if day is not None and (day - today).days < 70:
            return Found(place, place + 2, day)
    return None


def _coming(month: int, day: int, today: date) -> date | None:
    """The next such date, today included; None for a 31st of June."""
    for year in (today.year, today.year + 1):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if candidate >= today:
            return candidate
    return None
