"""A text cut into tokens: links, dates, clock times, phones, numbers, words and marks, in one pass."""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from assistant.mentions.vocabulary import glued, meanings


class Shape(Enum):
    LINK = auto()
    EMAIL = auto()
    DATE = auto()
    CLOCK = auto()
    PHONE = auto()
    NUMBER = auto()
    CODE = auto()
    CURRENCY = auto()
    WORD = auto()
    MARK = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is folded. `touches` says that nothing stands between it and the token before."""

    shape: Shape
    text: str
    touches: bool = False


# Possessive or bounded throughout: no text makes any of them look at a character more than a few times.
_DOMAIN = re.compile(r"((?:[\w-]{1,63}\.){1,6})([a-z]{2,24})(?![\w@.-]?\w)(?:[/?#][^\s<>\"'()\[\]]*+)?")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"'()\[\]{}|«»“”]++")
_EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_HANDLE = re.compile(r"@[\w.]{2,64}")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d])")
_DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})/(\d{1,2})(?![\d/])")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?(?![\d])")
_PHONE = re.compile(r"\+? ?\(?\d++(?![:,./]\d)\)?+(?:(?:[ -]| ?\(|\) ?)\d++(?![:,./]\d)\)?+){0,7}+")
_NUMBER = re.compile(r"\d++(?:[.,'’]\d++)*+")
_CURRENCY = re.compile(r"(?:us|u|r|mx|cop|co|ar|cl)?\$s?(?![^\W\d_])|s/\.?(?=\s?\d)|[€£₡₲₱]")
_LETTERS = re.compile(r"[^\W\d_]++(?:['’][^\W\d_]++)*+")
_RUN = re.compile(r"[^\W_]++")
_PIECES = re.compile(r"\d++|[^\W\d_]++")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-") | {ord("⁄"): "/"}


def tokens(text: str) -> tuple[Token, ...]:
    return _Scanner(normal(text)).run()


@lru_cache(maxsize=4096)
def _normal_character(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", character.casefold())
    kept = "".join(_digit(c) for c in decomposed if unicodedata.category(c) not in {"Mn", "Me", "Cf", "Cs"})
    # "1½" must not become "11/2".
    return f" {kept}" if "⁄" in kept else kept


def _digit(character: str) -> str:
    return str(unicodedata.decimal(character)) if character.isdecimal() else character


def normal(text: str) -> str:
    """Folded: no case, no accents, no invisible marks, one kind of digit and of dash. Line breaks stay."""
    return "".join(map(_normal_character, text)).translate(_DASHES)


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._glued_to = 0
        """Up to here, letters and digits without a blank are known to be numbers and units."""
        self._found: list[Token] = []

    def run(self) -> tuple[Token, ...]:
        after_blank = True
        while self._at < len(self._text):
            character = self._text[self._at]
            if character.isspace() and character != "\n":
                self._at += 1
                after_blank = True
                continue
            shape, end = self._next(character)
            self._found.append(Token(shape, self._text[self._at : end], not after_blank))
            self._at = end
            after_blank = False
        return tuple(self._found)

    def _next(self, character: str) -> tuple[Shape, int]:
        if character.isalnum() and self._starts_word():
            linked = self._address()
            if linked is not None:
                return linked
        if character.isdecimal():
            return self._dated() or self._number()
        if character in "+(":
            return self._phone() or (Shape.MARK, self._at + 1)
        if character == "@" and (handle := _HANDLE.match(self._text, self._at)):
            return Shape.LINK, handle.end()
        if currency := _CURRENCY.match(self._text, self._at):
            return Shape.CURRENCY, currency.end()
        return self._word() or (Shape.MARK, self._at + 1)

    def _starts_word(self) -> bool:
        return self._at == 0 or not (self._text[self._at - 1].isalnum() or self._text[self._at - 1] in "_.-@")

    def _address(self) -> tuple[Shape, int] | None:
        if found := _EMAIL.match(self._text, self._at):
            return Shape.EMAIL, found.end()
        if found := _ADDRESS.match(self._text, self._at):
            return Shape.LINK, found.end()
        domain = _DOMAIN.match(self._text, self._at)
        if domain and any(c.isalpha() for c in domain[1]):
            return Shape.LINK, domain.end()
        return None

    def _dated(self) -> tuple[Shape, int] | None:
        for pattern in (_ISO, _DAY_FIRST, _DAY_AND_MONTH):
            found = pattern.match(self._text, self._at)
            if found and date_value(found[0]):
                return Shape.DATE, found.end()
        if (found := _CLOCK.match(self._text, self._at)) and int(found[1]) <= 24 and int(found[2]) < 60:
            return Shape.CLOCK, found.end()
        return self._phone()

    def _phone(self) -> tuple[Shape, int] | None:
        found = _PHONE.match(self._text, self._at)
        if found is None or (self._found and self._found[-1].shape is Shape.CURRENCY):
            return None
        return (Shape.PHONE, found.end()) if _is_phone(found[0]) else None

    def _number(self) -> tuple[Shape, int]:
        found = _NUMBER.match(self._text, self._at)
        end = found.end() if found else self._at + 1
        tail = _RUN.match(self._text, end) if end >= self._glued_to else None
        if tail and not _may_be_glued(tail[0]):
            return Shape.CODE, tail.end()
        self._glued_to = tail.end() if tail else self._glued_to
        return Shape.NUMBER, end

    def _word(self) -> tuple[Shape, int] | None:
        letters = _LETTERS.match(self._text, self._at)
        if letters and self._at < self._glued_to:
            return Shape.WORD, letters.end()
        run = _RUN.match(self._text, self._at)
        if run is None:
            return None
        # "usd45" is a price, "b1" a code.
        is_word = letters and (letters.end() >= run.end() or letters[0] in meanings("currencies"))
        return (Shape.WORD, letters.end()) if letters and is_word else (Shape.CODE, run.end())


def _may_be_glued(run: str) -> bool:
    """As in "h30" after "14", "ml" after "355": every piece of letters is a unit or a mark."""
    return all(piece in glued() for piece in _PIECES.findall(run) if not piece.isdecimal())


def _is_phone(written: str) -> bool:
    groups = re.findall(r"\d+", written)
    digits = sum(map(len, groups))
    if not 7 <= digits <= 15 or (len(groups) == 1 and "+" not in written):
        return False
    years = len(groups) == 2 and all(len(group) == 4 and group[:2] in {"19", "20"} for group in groups)
    return "+" in written or (not years and any(len(group) > 2 for group in groups))


def date_value(written: str) -> str:
    """As in "2026-12-25", "12-25": year first where it is known. Day before month, unless only the other way is a date."""
    numbers = re.findall(r"\d+", written)
    if written == "24/7":
        return ""
    if len(numbers[0]) == 4:
        year, month, day = numbers
        return _dated(day, month, year) if _is_date(day, month) else ""
    day, month, *rest = numbers
    year = f"20{rest[0]}" if rest and len(rest[0]) == 2 else "".join(rest)
    if _is_date(day, month):
        return _dated(day, month, year)
    return _dated(month, day, year) if _is_date(month, day) else ""


def _is_date(day: str, month: str) -> bool:
    return 1 <= int(day) <= 31 and 1 <= int(month) <= 12


def _dated(day: str, month: str, year: str) -> str:
    return f"{year}-" * bool(year) + f"{int(month):02d}-{int(day):02d}"
