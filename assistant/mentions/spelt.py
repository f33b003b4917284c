"""Numbers in words made numbers in digits: "treinta y cinco", "twenty-five", "ciento veinte", "dos mil"."""

from collections.abc import Iterator, Sequence

from assistant.mentions.tokens import Shape, Token
from assistant.mentions.vocabulary import Vocabulary, words

_NOT_AFTER = ("por", "per")
"""Before "ciento" and "cento" they make a percentage."""


def in_digits(tokens: Sequence[Token], language: Vocabulary) -> tuple[Token, ...]:
    """The tokens with every run of number words replaced by one number."""
    return tuple(_Speller(tokens, language).run())


class _Speller:
    def __init__(self, tokens: Sequence[Token], language: Vocabulary) -> None:
        self._tokens = tokens
        self._language = language

    def run(self) -> Iterator[Token]:
        place = 0
        while place < len(self._tokens):
            value, end = self._number(place)
            if end == place:
                yield self._tokens[place]
                place += 1
                continue
            yield Token(Shape.NUMBER, str(value), self._tokens[place].touches)
            place = end

    def _number(self, place: int) -> tuple[int, int]:
        """The number that starts here and where it ends; an end at `place` says that none does."""
        if self._word(place - 1) in _NOT_AFTER and self._value(place) == 100:
            return 0, place
        below, end = self._below_thousand(place)
        if not self._is_thousand(end) or self._follows_digits(place):
            return below, end
        more, last = self._below_thousand(end + 1)
        return (below if end > place else 1) * 1000 + more, last

    def _is_thousand(self, place: int) -> bool:
        return self._word(place) in {"mil", "thousand"} and self._word(place + 1) not in words("thanks")

    def _follows_digits(self, place: int) -> bool:
        """In "45 mil" the word is read with the digits, by whoever reads them."""
        return place > 0 and self._tokens[place - 1].shape is Shape.NUMBER

    def _below_thousand(self, place: int) -> tuple[int, int]:
        hundreds, end = 0, place
        if (value := self._value(place)) is not None and value >= 100:
            hundreds, end = value, place + 1
        linked = end + (end > place and self._word(end) in {"e", "and"} and self._value(end + 1) is not None)
        tens, last = self._below_hundred(linked)
        return (hundreds + tens, last) if last > linked else (hundreds, end)

    def _below_hundred(self, place: int) -> tuple[int, int]:
        value = self._value(place)
        if value is None or value >= 100:
            return 0, place
        if value < 20 or value % 10 or self._word(place + 1) != self._language.tens_link:
            return value, place + 1
        unit = self._unit(place + 2)
        return (value + unit, place + 3) if unit else (value, place + 1)

    def _unit(self, place: int) -> int:
        if self._word(place) in self._language.ones:
            return 1
        value = self._value(place)
        return value if value is not None and value < 10 else 0

    def _value(self, place: int) -> int | None:
        return self._language.numbers.get(self._word(place))

    def _word(self, place: int) -> str:
        return self._tokens[place].text if 0 <= place < len(self._tokens) else ""
