"""The row of tokens that readers look at, and what a reader gives back."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from assistant.mentions.amounts import canonical, times
from assistant.mentions.tokens import Shape, Token
from assistant.mentions.values import Figure, FigureKind
from assistant.mentions.vocabulary import Vocabulary, currencies, words

LONGEST_PHRASE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A figure at tokens[first:last]. As a source it supports `also`, besides what follows from the figure."""

    figure: Figure
    first: int
    last: int
    also: frozenset[Figure] = frozenset()
    amount: str = ""
    """The number as written, in digits."""
    is_bare: bool = False
    """A number with no unit and nothing that it counts."""
    marked: bool = False
    """A clock time with "p. m." or "de la tarde"."""
    like: Callable[[str], Figure] | None = None
    """Reads another amount in the same unit: "10 a 20 %"."""

    def grounds(self) -> Iterator[Figure]:
        """What a source with this mention states. A bare number may be a price in any currency: "Precio: 119"."""
        yield self.figure
        yield from self.also
        if self.is_bare:
            for currency in currencies():
                yield Figure(FigureKind.MONEY, f"{currency} {self.amount}")


@dataclass(frozen=True, slots=True)
class Row:
    tokens: Sequence[Token]
    language: Vocabulary

    def word(self, place: int) -> str:
        return self.tokens[place].text if 0 <= place < len(self.tokens) else ""

    def shape(self, place: int) -> Shape | None:
        return self.tokens[place].shape if 0 <= place < len(self.tokens) else None

    def touches(self, place: int) -> bool:
        return place < len(self.tokens) and self.tokens[place].touches

    def phrase(self, place: int, listed: Collection[str]) -> int:
        """Where the longest of the listed phrases that starts here ends; `place` where none does."""
        for length in range(LONGEST_PHRASE, 0, -1):
            if place + length <= len(self.tokens) and self._joined(place, place + length) in listed:
                return place + length
        return place

    def phrase_before(self, place: int, listed: Collection[str]) -> bool:
        """Whether one of the listed phrases ends right before this token."""
        return any(
            place >= length and self._joined(place - length, place) in listed
            for length in range(LONGEST_PHRASE, 0, -1)
        )

    def amount(self, place: int) -> tuple[str, int]:
        """The amount at a number token with its "mil" or "millones", and where it ends; empty where there is none."""
        if self.shape(place) is not Shape.NUMBER:
            return "", place
        amount = canonical(self.word(place))
        if amount and self.word(place + 1) in words("thousand"):
            return times(amount, 1000) or amount, place + 2
        if amount and self.word(place + 1) in words("million"):
            return times(amount, 1_000_000) or amount, place + 2 + (self.word(place + 2) == "de")
        return amount, place + 1

    def _joined(self, first: int, last: int) -> str:
        return " ".join(token.text for token in self.tokens[first:last])
