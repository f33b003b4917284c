"""Quoting a merchant's text: a FAQ's answer whole, of a document the sentences that answer."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.cards import lead
from assistant.facts.findings import Finding
from assistant.quantities import fits, ranges_in
from assistant.reading import Question
from assistant.signs import agreement
from assistant.stock import Stock
from assistant.terms import Term, is_empty, terms_of
from assistant.vocabulary import Vocabulary
from assistant.wording import plain_words
from knowledge.entries import Faq, Paragraph
from knowledge.sentences import sentences

WHOLE_UP_TO = 480
"""Characters of a paragraph that is quoted whole: of 308 labelled questions 281 were right so, 257 with one sentence."""
_ALIKE = 3
"""Words that two sentences share when one is the other's rival."""
_FITS = 6.0
_AGREES = 1.2
_LISTED = 3
"""Members that make a row of clauses a list of which only the one asked for is quoted."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or one clause of a sentence that lists. `opening` is what introduces the list."""

    text: str
    opening: str = ""

    @property
    def whole(self) -> str:
        return f"{self.opening} {self.text}".strip()


def quote_faq(faq: Faq) -> Finding:
    return Finding(text=faq.answer.strip(), citations=(str(faq.key),), why=(f"{faq.key}: {faq.question}",))


def quote_paragraph(paragraph: Paragraph, question: Question, stock: Stock) -> str:
    """The paragraph, less what it says of rivals of the thing asked for; of a long one the part that answers."""
    pieces = tuple(_pieces(paragraph.text))
    scores = [_score(piece, question, stock) for piece in pieces]
    best = max(range(len(pieces)), key=lambda place: (scores[place], -place))
    said = _names(" ".join(question.plain), stock)
    kept = [
        place
        for place in range(len(pieces))
        if place == best
        or not (_rivals(pieces[place], pieces[best]) or _of_another(pieces[place], pieces[best], said, stock))
    ]
    if sum(len(pieces[place].whole) for place in kept) > WHOLE_UP_TO:
        kept = _around(pieces, kept, best)
    quoted = " ".join(_joined([pieces[place] for place in kept]))
    heading = lead(paragraph.text)
    return _headed(paragraph, f"{heading}. {quoted}" if heading and heading not in quoted else quoted)


def _pieces(text: str) -> Iterator[Piece]:
    """Sentences; those that list with semicolons clause by clause."""
    for sentence in sentences(text):
        clauses = [clause.strip() for clause in sentence.split(";")]
        if len(clauses) < _LISTED:
            yield Piece(sentence)
            continue
        opening, first = _opening(clauses)
        yield Piece(first, opening)
        for clause in clauses[1:]:
            yield Piece(clause, opening)


def _opening(clauses: Sequence[str]) -> tuple[str, str]:
    """What stands before the list, and its first member: "Tarifas: local, | hasta 1 kg $79"."""
    opening, colon, first = clauses[0].rpartition(":")
    if "," in first and not any("," in clause for clause in clauses[1:]):
        more, comma, first = first.rpartition(",")
        return f"{opening}{colon}{more}{comma}".strip(), first.strip()
    return f"{opening}{colon}".strip(), first.strip()


def _score(piece: Piece, question: Question, stock: Stock) -> float:
    held = stems_in(piece.whole, stock.language)
    words = covered(question.wanted, held, stock.vocabulary)
    amounts = fits(question.amounts, ranges_in(piece.text)) if question.amounts else 0.0
    return words + _FITS * amounts + _AGREES * agreement(question.kinds, piece.text) - 0.001 * len(piece.text)


def _around(pieces: Sequence[Piece], kept: Sequence[int], best: int) -> list[int]:
    """The best piece with its neighbours, the one after first, while there is room."""
    chosen = [kept.index(best)]
    room = WHOLE_UP_TO - len(pieces[best].whole)
    while True:
        after, before = chosen[-1] + 1, chosen[0] - 1
        if after < len(kept) and len(pieces[kept[after]].whole) <= room:
            chosen.append(after)
            room -= len(pieces[kept[after]].whole)
        elif before >= 0 and len(pieces[kept[before]].whole) <= room:
            chosen.insert(0, before)
            room -= len(pieces[kept[before]].whole)
        else:
            return [kept[place] for place in chosen]


def _rivals(one: Piece, other: Piece) -> bool:
    """Whether two pieces say the same of two things: members of one list, or sentences of one build with other names."""
    if one.opening or other.opening:
        return bool(one.opening) and bool(other.opening)
    first, second = _shape(one.text), _shape(other.text)
    return bool(first[0] and second[0]) and first[0] != second[0] and len(first[1] & second[1]) >= _ALIKE


def _of_another(piece: Piece, best: Piece, said: frozenset[str], stock: Stock) -> bool:
    """Whether a piece gives figures of a named thing while the best speaks of the one that was asked for by name."""
    names = _names(piece.text, stock)
    asked = said & _names(best.text, stock)
    return (
        bool(asked) and bool(names) and names.isdisjoint(asked) and any(char.isdigit() for char in piece.text)
    )


def _names(text: str, stock: Stock) -> frozenset[str]:
    return stock.names.intersection(plain_words(text))


def _shape(text: str) -> tuple[str, frozenset[str]]:
    """The first proper name of a sentence, and its other words."""
    words = re.findall(r"[^\W\d_]+", text)
    name = next((word for place, word in enumerate(words) if word[0].isupper() and place), "")
    return name, frozenset(word.lower() for word in words if word != name and not is_empty(word.lower()))


def _joined(pieces: Sequence[Piece]) -> Iterator[str]:
    """The pieces in order, an opening said once."""
    said = ""
    for piece in pieces:
        text = piece.text if piece.opening == said else piece.whole
        said = piece.opening
        yield text if text.endswith((".", "!", "?", ":")) else f"{text}."


def stems_in(text: str, language: str) -> frozenset[str]:
    return frozenset(term.stem for term in terms_of(plain_words(text), language))


def covered(
    asked: Sequence[Term], held: frozenset[str] | Mapping[str, float], vocabulary: Vocabulary
) -> float:
    """Weight of the asked terms that the held stems stand for."""
    total = 0.0
    for term in asked:
        related = vocabulary.related(term)
        total += vocabulary.weight(term) * max(
            (sure for key, sure in related.items() if key in held), default=0.0
        )
    return total


def _headed(paragraph: Paragraph, text: str) -> str:
    """A short line of a list needs the sentence that introduces the list."""
    if paragraph.heading and len(text) < 120 and paragraph.heading.rstrip().endswith(":"):
        return f"{paragraph.heading} {text}"
    return text
