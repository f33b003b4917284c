"""Answers that contradict each other: two FAQs that ask the same and name different figures."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.entries import Entry, Faq
from knowledge.terms import words_of

_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two FAQs that cannot both be right. Nothing was published."""

    question: str
    first: Faq
    second: Faq


def conflict_in(entries: Sequence[Entry]) -> Conflict | None:
    """The first pair of FAQs with a question in common and different figures in their answers."""
    asked: dict[str, Faq] = {}
    for faq in (entry for entry in entries if isinstance(entry, Faq)):
        for question in (faq.question, *faq.phrasings):
            earlier = asked.setdefault(" ".join(words_of(question)), faq)
            if earlier is not faq and figures_of(earlier.answer) != figures_of(faq.answer):
                return Conflict(question=question, first=earlier, second=faq)
    return None


def figures_of(text: str) -> frozenset[str]:
    """The figures in a text, however they are punctuated: "$45.000" and "45,000" are the same."""
    return frozenset(_plain(found) for found in _FIGURE.findall(text))


def _plain(figure: str) -> str:
    whole: Iterable[str] = re.split(r"[.,](?=\d{3}(?:\D|$))", figure)
    return "".join(whole).replace(",", ".")
