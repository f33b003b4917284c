"""The row of atoms that the rules read: words and phrases of the tables, numbers, marks, and what rules made of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.expressions.numerals import classes_of_digits
from assistant.expressions.slips import meant_word
from assistant.expressions.tokens import Token
from assistant.expressions.vocabulary import Vocabulary, vocabulary

WORD: Mapping[str, Any] = {"WORD": None}
PLURAL: Mapping[str, Any] = {"WORD": None, "PLURAL": None}
PRETERITE: Mapping[str, Any] = {"WORD": None, "PASTVERB": None}
"""A word that looks like something that has happened."""
MARKS: Mapping[str, Mapping[str, Any]] = {
    ":": {"COLON": None},
    "/": {"SLASH": None},
    ".": {"END": None},
    "\n": {"END": None},
    "?": {"END": None, "QUESTION": None},
    ",": {"COMMA": None},
    "-": {"DASH": None},
    "%": {"COUNT": None},
    "&": {"AND": None},
    "@": {"LAT": None},
    "+": {"WORD": None},
    "=": {"WORD": None},
    "°": {"ORDMARK": None},
    "º": {"ORDMARK": None},
    "ª": {"ORDMARK": None},
}
GLUED_DOT: Mapping[str, Any] = {"DOT": None}
GLUED_COMMA: Mapping[str, Any] = {"COMMA": None, "DOTTED": None}
_DOTS: Mapping[str, Mapping[str, Any]] = {
    ".": GLUED_DOT,
    ";": GLUED_DOT,
    ",": GLUED_COMMA,
}
"""Marks that may stand for the colon of an hour between two numbers: "3.30", "3;30", "3,30"."""
_FUTURES = ("are", "ere", "ire", "dre", "rei")
_NO_PRETERITES = frozenset(
    [
        "café",
        "bebé",
        "josé",
        "porqué",
        "chalé",
        "jacaré",
        "filé",
        "comité",
        "esté",
        "pensé",
        "pensei",
        "imaginé",
        "imaginei",
        "achei",
        "optei",
        "planeé",
        "planejei",
        "programé",
        "programei",
    ]
)
"""Words that end like what has happened and are none, or whose day is still to come: "pensé en el viernes"."""
_PRETERITES = ("aron", "ieron", "aram", "eram", "iram", "aste", "iste")
KINDS: Mapping[str, Mapping[str, Any]] = {
    "half am": {"AMPM": "am"},
    "half pm": {"AMPM": "pm"},
    "money": {"MONEY": None},
}


@dataclass(frozen=True, slots=True)
class Atom:
    """One element of the row. `classes`: what it may stand for, with the value that it has then."""

    classes: Mapping[str, Any]
    start: int
    end: int
    text: str = ""

    def value(self, name: str) -> Any:
        return self.classes[name]


def atoms(row: Sequence[Token], language: str) -> tuple[Atom, ...]:
    """The atoms of a row of tokens: the longest phrase at each place."""
    return tuple(_atoms(row, language))


def _atoms(row: Sequence[Token], language: str) -> Iterator[Atom]:
    known = vocabulary(language)
    texts = [_spelt(token, known, language) for token in row]
    place = 0
    while place < len(row):
        length, classes = _longest(texts, place, known)
        if length <= 1:
            length, classes = 1, _single(row, place, known, classes)
        first, last = row[place], row[place + length - 1]
        yield Atom(classes, first.start, last.end, " ".join(texts[place : place + length]))
        place += length


def _spelt(token: Token, known: Vocabulary, language: str) -> str:
    if token.kind != "word" or token.text in known.spelling:
        return known.spelling.get(token.text, token.text)
    if token.text.endswith("'s") and token.text[:-2] in known.spelling:
        return known.spelling[token.text[:-2]]
    if token.text.endswith("'s") and token.text[:-2] in _in_phrases(language):
        return token.text[:-2]
    if (token.text,) in known.phrases or token.text in _in_phrases(language):
        return token.text
    return meant_word(token.text, language) or token.text


@cache
def _in_phrases(language: str) -> frozenset[str]:
    return frozenset(word for key in vocabulary(language).phrases for word in key)


def _longest(texts: Sequence[str], place: int, known: Vocabulary) -> tuple[int, Mapping[str, Any]]:
    starts = known.starts.get(texts[place], 0)
    for length in range(min(starts, len(texts) - place), 0, -1):
        classes = known.phrases.get(tuple(texts[place : place + length]))
        if classes is not None and not (length > 1 and _is_cut(texts, place, length, known)):
            return length, classes
    return 0, WORD


def _is_cut(texts: Sequence[str], place: int, length: int, known: Vocabulary) -> bool:
    """Whether the phrase takes words from its neighbours: "o después" of "o después de mañana", "y media" mañana."""
    words = known.phrases[tuple(texts[place : place + length])]
    if "ONWARD" in words:
        return _names_a_day(texts, place + 1, length, known)
    if "PARTEN" not in words or place < 2 or "HALF" not in known.phrases.get((texts[place],), WORD):
        return False
    hour, joint = (known.phrases.get((texts[at],), WORD) for at in (place - 2, place - 1))
    return "AND" in joint and ("HOUR" in hour or texts[place - 2].isdigit())


def _names_a_day(texts: Sequence[str], place: int, length: int, known: Vocabulary) -> bool:
    longest = min(known.starts.get(texts[place], 0), len(texts) - place)
    keys = (tuple(texts[place : place + size]) for size in range(longest, length, -1))
    return any("DAYREL" in known.phrases.get(key, WORD) for key in keys)


def _single(
    row: Sequence[Token], place: int, known: Vocabulary, classes: Mapping[str, Any]
) -> Mapping[str, Any]:
    token = row[place]
    if token.accented in known.accented:
        return known.accented[token.accented]
    if token.kind == "number":
        return dict.fromkeys(classes_of_digits(token.text), int(token.text))
    if token.kind == "mark":
        return _mark(row, place) if classes is WORD else classes
    if token.kind in ("half", "money"):
        return KINDS[f"half {token.text}" if token.kind == "half" else "money"]
    if classes is WORD:
        classes = next((meant for stem, meant in known.stems if token.text.startswith(stem)), WORD)
    if classes is WORD and len(token.text) > 3:
        return PLURAL if token.text.endswith("s") else PRETERITE if _is_preterite(token) else WORD
    return classes


def _is_preterite(token: Token) -> bool:
    """By the ending, in Spanish and Portuguese: "cayó", "atendieron", "cobraram"."""
    if token.accented.endswith(("ó", "é", "ei")):
        return not token.text.endswith(_FUTURES) and token.accented not in _NO_PRETERITES
    return len(token.text) > 6 and token.text.endswith(_PRETERITES)


def _mark(row: Sequence[Token], place: int) -> Mapping[str, Any]:
    token = row[place]
    if token.accented in _DOTS and _between_digits(row, place):
        return _DOTS[token.accented]
    return MARKS.get(token.text, WORD)


def _between_digits(row: Sequence[Token], place: int) -> bool:
    if not 0 < place < len(row) - 1:
        return False
    before, after = row[place - 1], row[place + 1]
    return row[place].glued and after.glued and before.kind == "number" and after.kind == "number"
