"""Readers of what people write in a cell: a price, an hour, a weekday, a duration, a date, a yes.

Each takes text and gives a value, or None where the text says none. They know the habits of Spanish,
Portuguese and English tables; none of them guesses.
"""

import re
import unicodedata
from datetime import date, time
from decimal import Decimal
from typing import Any

_DAYS = {
    0: "mon monday lun lunes seg segunda segunda-feira",
    1: "tue tues tuesday mar martes ter terca terca-feira",
    2: "wed wednesday mie mier miercoles qua quarta quarta-feira",
    3: "thu thur thurs thursday jue jueves qui quinta quinta-feira",
    4: "fri friday vie viernes sex sexta sexta-feira",
    5: "sat saturday sab sabado",
    6: "sun sunday dom domingo",
}
_DAY_OF = {name: number for number, names in _DAYS.items() for name in names.split()}
_YES = frozenset(["true", "yes", "y", "si", "s", "sim", "x", "1", "verdadero", "verdadeiro"])
_NO = frozenset(["false", "no", "n", "nao", "0", "falso"])
_CLOSED = frozenset(["closed", "cerrado", "cerrada", "fechado", "fechada"]) | _NO
_FREE = frozenset(["gratis", "gratuito", "gratuita", "free"])
_SYMBOLS = re.compile(r"(?:r\$|us\$|[$€£₡₲]|\b(?:cop|mxn|brl|usd|eur|ars|clp|pen|uyu|gtq|crc|s/)\b|\bs/\.?)")
_AMOUNT = re.compile(r"-?\d[\d.,' \u00a0\u202f]*")
_FROM = re.compile(r"(?:desde|a partir de|from|starting at)\s+")
_LONGEST_AMOUNT = 24
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:(?::|\.|\s*h\s*)(?P<minute>\d{2}))?(?::\d{2})?\s*(?:h|hs|hrs)?\s*"
    r"(?P<half>a\.?\s?m\.?|p\.?\s?m\.?)?"
)
_DURATION = re.compile(
    r"(?:(?P<hours>\d{1,4}(?:[.,]\d{1,2})?)\s*(?:h|hs|hr|hrs|horas?|hours?)\.?)?\s*(?:y|e|and)?\s*"
    r"(?:(?P<minutes>\d{1,5})\s*(?:m|min|mins|minutos?|minutes?|')?\.?)?"
)
_CLOCK_DURATION = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
_DATE_BY_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def fold(text: str) -> str:
    """Lower case without accents, blanks collapsed."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


_CONTROLS = {code: None for code in range(32) if chr(code) not in "\n\t"} | {0x7F: None, 0xFEFF: None}


def clean(text: str) -> str:
    """Without control characters, halves of characters and blanks at the ends; one kind of line end."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)
    return unified.encode("utf-8", "ignore").decode("utf-8").strip()


def storable(value: Any) -> Any:
    """The same JSON without what PostgreSQL cannot hold in a text: NUL and halves of characters."""
    match value:
        case str():
            return value.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")
        case dict():
            return {name: storable(part) for name, part in value.items()}
        case list():
            return [storable(part) for part in value]
        case _:
            return value


def read_weekday(text: str) -> int | None:
    """Monday is 0."""
    return _DAY_OF.get(fold(text).rstrip("."))


def read_flag(text: str) -> bool | None:
    word = fold(text)
    return True if word in _YES else False if word in _NO else None


def says_closed(text: str) -> bool:
    return fold(text) in _CLOSED


def read_time(text: str) -> time | None:
    """Read "7:30", "19h30", "7 pm"; "24:00" is midnight, which as a closing hour means the end of the day."""
    found = _TIME.fullmatch(fold(text))
    if not found:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"].startswith("p") else 0)
    if (hour, minute) == (24, 0):
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_duration(text: str) -> int | None:
    """Minutes: "45", "45 min", "1 h 30", "1,5 horas", "1:30"."""
    words = fold(text)
    if clock := _CLOCK_DURATION.fullmatch(words):
        return int(clock[1]) * 60 + int(clock[2])
    found = _DURATION.fullmatch(words)
    if not found or not words:
        return None
    minutes = Decimal((found["hours"] or "0").replace(",", ".")) * 60 + int(found["minutes"] or 0)
    return int(minutes) if minutes == int(minutes) and 0 <= minutes < 100_000 else None


def read_date(text: str) -> date | None:
    """ISO, or day/month/year as it is written here; an impossible date is None."""
    words = text.strip()
    by_day = _DATE_BY_DAY.fullmatch(words)
    try:
        if by_day:
            return date(int(by_day[3]), int(by_day[2]), int(by_day[1]))
        return date.fromisoformat(words[:10]) if len(words) >= 10 else None
    except ValueError:
        return None


def read_amount(text: str) -> Decimal | None:
    """Read "$45.000", "R$ 45,50", "1,250.50", "45 mil"; "gratis" is 0. A lone group of three digits is thousands."""
    words = _SYMBOLS.sub(" ", fold(text)).strip()
    if words in _FREE:
        return Decimal(0)
    thousand = words.endswith((" mil", "k"))
    if thousand:
        words = words.removesuffix("k").removesuffix(" mil").strip()
    if not _AMOUNT.fullmatch(words) or len(words) > _LONGEST_AMOUNT:
        return None
    words = words.replace("'", "," if "," in words and "." not in words else ".")
    number = _plain_number(re.sub(r"[ \u00a0\u202f]", "", words))
    return number * 1000 if number is not None and thousand else number


def read_price(text: str) -> tuple[Decimal, bool] | None:
    """An amount, and whether it is only where prices begin ("desde $30.000", "a partir de R$ 20", "from 15")."""
    start = _FROM.match(fold(text))
    amount = read_amount(fold(text)[start.end() :] if start else text)
    return None if amount is None else (amount, start is not None)


def _plain_number(digits: str) -> Decimal | None:
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return Decimal(digits)
    mark, tail = digits[last], digits[last + 1 :]
    whole = digits[:last]
    if mark in whole or (len(tail) == 3 and whole.lstrip("-0")):
        return _grouped(digits)
    other = "." if mark == "," else ","
    grouped = _grouped(whole) if other in whole else Decimal(whole) if whole not in {"", "-"} else None
    if grouped is None or not tail.isdigit():
        return None
    sign = "-" if whole.startswith("-") else ""
    return Decimal(f"{sign}{abs(int(grouped))}.{tail}")


def _grouped(digits: str) -> Decimal | None:
    """A whole number in groups of three, by one mark or by a mark and decimals."""
    found = re.fullmatch(r"(-?\d{1,3})(?:([.,])\d{3})(?:\2\d{3})*", digits)
    return Decimal(re.sub(r"[.,]", "", digits)) if found else None
