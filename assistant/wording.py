"""Chat text as words: folded, chat spelling spelt out, each word with its place in the original."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.tables import lexicon

_WORD = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?|[%$€#+]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f]")
_LENGTHENED = re.compile(r"([aeiou])\1{2,}|([^\W\d_])\2{2,}")
_MARKS = str.maketrans("", "", "*_~`")


@dataclass(frozen=True, slots=True)
class Word:
    """One word as meant (`text`: folded, spelt out) and where it stood in the text it was read from."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Lower case without accents, marks and invisible characters, blanks collapsed."""
    plain = _INVISIBLE.sub("", text.replace("\u00a0", " ").replace("\u202f", " ")).translate(_MARKS)
    parts = unicodedata.normalize("NFKD", plain.lower())
    return " ".join("".join(char for char in parts if not unicodedata.combining(char)).split())


def tidy(text: str) -> str:
    """The text as typed, without invisible characters and with single blanks inside lines."""
    lines = (" ".join(_INVISIBLE.sub("", line).split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


@lru_cache(maxsize=4096)
def read_words(text: str, language: str = "") -> tuple[Word, ...]:
    """The words of a text. Short forms that stand for several words yield each of them."""
    forms = _forms(language)
    words: list[Word] = []
    number_ends = -1
    for match in _WORD.finditer(text):
        # The "k" of "38k" is a unit, not the "que" of chat spelling.
        words.extend(_spelt_out(match, {} if match.start() == number_ends else forms))
        number_ends = match.end() if match.group()[0].isdigit() else -1
    return tuple(words)


def plain_words(text: str) -> tuple[str, ...]:
    """Folded words of a text of the merchant's: no chat spelling is expected there."""
    return tuple(match.group() for match in _WORD.finditer(fold(text)))


def spell_out(text: str, language: str = "") -> str:
    """The text in full words: what is sent to the encoder and to the lexical index."""
    return " ".join(word.text for word in read_words(text, language))


def _spelt_out(match: re.Match[str], forms: Mapping[str, str]) -> Iterator[Word]:
    typed = fold(match.group()).replace("'", "").replace("’", "")
    typed = _LENGTHENED.sub(lambda run: run[1] or run[2] * 2, typed)
    for piece in forms.get(typed, typed).split():
        yield Word(piece, match.start(), match.end())


@cache
def _forms(language: str) -> Mapping[str, str]:
    table = lexicon("chat")
    return {
        typed: meant
        for section in ("any", language)
        for meant, forms in table.get(section, {}).items()
        for typed in forms
    }
