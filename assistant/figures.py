"""No figure without a source: what an answer states in figures must stand in what it cites.

Pure functions. The answer is read strictly, in its own language; the sources are read in every language,
because a merchant's entries need not be written in the customer's. What is checked is that a figure
occurs, in whatever spelling; not that it is said of the right thing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.mentions.reading import mentions, mentions_in_any_language
from assistant.mentions.values import Figure, FigureKind, supports
from assistant.mentions.vocabulary import language_of

__all__ = ["Figure", "FigureKind", "Grounds", "figures_in", "unsupported"]

_SHORTEST_NUMBER = 7
"""Digits that a phone must share, at its end, with a longer one that is cited."""


def figures_in(text: str, locale: str = "es") -> frozenset[Figure]:
    """Every figure of a text, in its normal form."""
    return frozenset(mention.figure for mention in mentions(text, language_of(locale)))


def unsupported(
    text: str, sources: Iterable[str], extra: Iterable[Figure] = (), *, locale: str = "es"
) -> tuple[Figure, ...]:
    """The figures of a text, in order, that occur in none of the sources and are not among the computed `extra`."""
    stated = dict.fromkeys(mention.figure for mention in mentions(text, language_of(locale)))
    if not stated:
        return ()
    grounds = Grounds.of(sources, extra)
    return tuple(figure for figure in stated if not grounds.hold(figure))


@dataclass(frozen=True, slots=True)
class Grounds:
    """Everything that cited texts and computed values allow an answer to state."""

    figures: frozenset[Figure]
    phones: tuple[str, ...]

    @classmethod
    def of(cls, sources: Iterable[str], extra: Iterable[Figure] = ()) -> "Grounds":
        stated = set(extra)
        for source in sources:
            for mention in mentions_in_any_language(source):
                stated.update(mention.grounds())
        allowed = frozenset(allowed for figure in stated for allowed in supports(figure))
        return cls(allowed, tuple(f.value for f in allowed if f.kind is FigureKind.PHONE))

    def hold(self, figure: Figure) -> bool:
        if figure.kind is FigureKind.PHONE and len(figure.value) >= _SHORTEST_NUMBER:
            # A country or area code may be left out, never added.
            return any(phone.endswith(figure.value) for phone in self.phones)
        return figure in self.figures
