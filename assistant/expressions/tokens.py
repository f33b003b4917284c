"""A text as tokens: words folded, numbers, and the marks that matter to times. One pass, nothing looked up."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

LONGEST_TEXT = 4096
"""Characters that are read: the longest message that can be sent."""
MOST_TOKENS = 1000
"""So long a message holds some eight hundred words; what has more tokens is no prose."""

_PIECE = re.compile(
    r"(?P<money>(?:[$€£#]|r\$)\s?\d[\d.,]*(?:\s?-\s?\d+)?|\+\d[\d\s-]{6,18}|\d{1,3}(?:[.,]\d{3})+(?!\d)|\d{5,}"
    r"|https?:\S{1,200}|(?<!\S)[^\s@]{1,60}@[^\s@]{3,60}"
    r"|\d{3,4}[ -]\d{3,4}[ -]\d{2,4}(?!\d))"
    r"|(?P<half>(?<![^\W\d_])[ap](?:\s?\.\s?m\b\.?|\s?m\b\.?)|(?<=\d)p(?![^\W\d_]))"
    # "5a às 10" is a fifth day; "de 5a 6" only lacks a blank.
    r"|(?P<number>(?!(?<!\d)[2-6]a(?![^\W\d_]|[.]|\s?(?:\d|las?\b)))\d+)"
    r"|(?P<word>[2-6]a(?![^\W\d_])|(?:(?![ªº])[^\W\d_])+(?:['’](?:(?![ªº])[^\W\d_])+)*)"
    # The hyphen of "segunda-feira" and "meio-dia" only joins; that of "lunes-viernes" is a word of its own.
    r"|(?P<joint>(?<=[^\W\d_])-(?=(?:feira|dia|noite)\b)|(?<=ty)-(?=[a-z]))"
    r"|(?P<mark>\n|[:/.,;!?()–—+%&°ºª@=-])",
    re.IGNORECASE,
)
_LENGTHENED = re.compile(r"([^\W\d_])\1{2,}")
_ENDS = {"\n": "\n", ".": ".", ";": ".", "!": ".", "?": "?", "(": ",", ")": ",", "–": "-", "—": "-"}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: `text` as compared, `accented` as typed in lower case."""

    kind: str
    text: str
    accented: str
    start: int
    end: int
    glued: bool
    """Whether it touches the token before it."""


def tokens(text: str) -> tuple[Token, ...]:
    """The first `MOST_TOKENS` tokens of the first `LONGEST_TEXT` characters."""
    return tuple(islice(_tokens(text[:LONGEST_TEXT]), MOST_TOKENS))


def _tokens(text: str) -> Iterator[Token]:
    last = -1
    for match in _PIECE.finditer(text):
        kind = match.lastgroup or ""
        if kind == "joint":
            last = match.end()
            continue
        typed = match.group().lower()
        yield Token(
            kind, _compared(kind, typed), typed.strip(), match.start(), match.end(), match.start() == last
        )
        last = match.end()


def _compared(kind: str, typed: str) -> str:
    if kind == "half":
        return "pm" if "p" in typed else "am"
    if kind == "mark":
        return _ENDS.get(typed, typed)
    return folded(typed) if kind == "word" else typed


@lru_cache(maxsize=8192)
def folded(word: str) -> str:
    """Lower case without accents; letters held down are let go: "mañanaaa"."""
    parts = unicodedata.normalize("NFKD", word.lower().replace("’", "'"))
    plain = "".join(char for char in parts if not unicodedata.combining(char))
    return _LENGTHENED.sub(r"\1", plain)
