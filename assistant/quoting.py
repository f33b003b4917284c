"""Quoting a merchant's text: a FAQ's answer whole, of a document the sentences that answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.cards import lead
from assistant.facts.findings import Finding
from assistant.terms import Term, terms_of
from assistant.vocabulary import Vocabulary
from assistant.wording import fold, plain_words
from knowledge.entries import Faq, Paragraph
from knowledge.sentences import sentences

WHOLE_UP_TO = 300
"""Characters of a paragraph that is quoted whole."""
_BUDGET = 420
_LEANS_BACK = ("es", "este", "esta", "esto", "ese", "esa", "eso", "son", "tambien", "ademas", "despues", "si", "pero", "sin", "en ese", "con menos", "de lo contrario", "tampoco", "it", "this", "that", "they", "esse", "essa", "isso", "tambem", "depois", "se", "mas", "o")


@dataclass(frozen=True, slots=True)
class Quote:
    text: str
    covers: float
    """Share of the question's weight that the quoted words cover."""


def quote_faq(faq: Faq) -> Finding:
    return Finding(text=faq.answer.strip(), citations=(str(faq.key),), why=(f"{faq.key}: {faq.question}",))


def quote_paragraph(paragraph: Paragraph, asked: Sequence[Term], vocabulary: Vocabulary, language: str) -> str:
    """The sentence that covers the question best, with what it needs around it."""
    text = " ".join(paragraph.text.split())
    if len(text) <= WHOLE_UP_TO:
        return _headed(paragraph, text)
    pieces = sentences(paragraph.text)
    scores = [covered(asked, stems_in(piece, language), vocabulary) for piece in pieces]
    best = max(range(len(pieces)), key=lambda place: (scores[place], -place))
    first, last = _widened(pieces, scores, best)
    quoted = " ".join(pieces[first : last + 1])
    heading = lead(paragraph.text)
    if heading and first > 0 and not quoted.startswith(heading):
        quoted = f"{heading}. {quoted}"
    return quoted


def stems_in(text: str, language: str) -> frozenset[str]:
    return frozenset(term.stem for term in terms_of(plain_words(text), language))


def covered(asked: Sequence[Term], held: frozenset[str] | Mapping[str, float], vocabulary: Vocabulary) -> float:
    """Weight of the asked terms that the held stems stand for."""
    total = 0.0
    for term in asked:
        related = vocabulary.related(term)
        total += vocabulary.weight(term) * max((sure for key, sure in related.items() if key in held), default=0.0)
    return total


def _widened(pieces: Sequence[str], scores: Sequence[float], best: int) -> tuple[int, int]:
    """Neighbours are taken in while they fit: backwards where the sentence leans on the one before, then forwards."""
    first = last = best
    room = _BUDGET - len(pieces[best])
    while first > 0 and _leans_back(pieces[first]) and len(pieces[first - 1]) <= room:
        first -= 1
        room -= len(pieces[first])
    while last + 1 < len(pieces) and len(pieces[last + 1]) <= room and (_leans_back(pieces[last + 1]) or scores[last + 1] > 0 or last == best):
        last += 1
        room -= len(pieces[last])
    if first > 0 and scores[first - 1] > 0 and len(pieces[first - 1]) <= room:
        first -= 1
    return first, last


def _leans_back(sentence: str) -> bool:
    return fold(sentence).startswith(tuple(f"{word} " for word in _LEANS_BACK))


def _headed(paragraph: Paragraph, text: str) -> str:
    """A short line of a list needs the sentence that introduces the list."""
    if paragraph.heading and len(text) < 120 and paragraph.heading.rstrip().endswith(":"):
        return f"{paragraph.heading} {text}"
    return text
