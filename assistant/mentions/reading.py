"""From a text to its mentions: readers at every place, then what neighbours tell about each other."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.mentions.readers import READERS
from assistant.mentions.row import Mention, Row
from assistant.mentions.spelt import in_digits
from assistant.mentions.tokens import Shape, Token, tokens
from assistant.mentions.values import Figure, FigureKind, hour
from assistant.mentions.vocabulary import LANGUAGES, vocabulary, words

_LONGEST_LINK = 3
_NOON = 12 * 60
_NEEDS_LEAD = (FigureKind.CLOCK, FigureKind.HOURS)


def mentions(text: str, language: str) -> tuple[Mention, ...]:
    """The figures of a text in their order, as a reader of this language sees them."""
    return _mentions(tokens(text), language)


def mentions_in_any_language(text: str) -> Iterator[Mention]:
    """What readers of every language see, one after another."""
    cut = tokens(text)
    for language in LANGUAGES:
        yield from _mentions(cut, language)


def _mentions(cut: Sequence[Token], language: str) -> tuple[Mention, ...]:
    words_used = vocabulary(language)
    row = Row(in_digits(cut, words_used), words_used)
    return _in_day_style(_in_ranges(row, _read(row)))


def _read(row: Row) -> list[Mention]:
    found: list[Mention] = []
    place = 0
    while place < len(row.tokens):
        mention = _at(row, place)
        if mention is not None:
            found.append(mention)
        place = mention.last if mention is not None else place + 1
    return found


def _at(row: Row, place: int) -> Mention | None:
    shape = row.tokens[place].shape
    if shape is Shape.MARK or (shape is Shape.WORD and row.word(place) not in row.language.openers):
        return None
    return next((seen for reader in READERS if (seen := reader(row, place))), None)


def _in_ranges(row: Row, found: list[Mention]) -> list[Mention]:
    """As in "10 a 20 %", "de 9 a 12:00", "$10-20": the unit of one end is the unit of both."""
    for at in range(len(found) - 2, -1, -1):
        if _linked(row, found[at], found[at + 1]):
            found[at] = _like_next(row, found[at], found[at + 1])
    for at in range(1, len(found)):
        before, mention = found[at - 1], found[at]
        if before.figure.kind is FigureKind.MONEY and mention.is_bare and _linked(row, before, mention):
            found[at] = _as(mention, before)
    return found


def _linked(row: Row, left: Mention, right: Mention) -> bool:
    between = [row.word(place) for place in range(left.last, min(right.first, left.last + _LONGEST_LINK + 1))]
    return 0 < len(between) <= _LONGEST_LINK and all(word in words("links") for word in between)


def _like_next(row: Row, left: Mention, right: Mention) -> Mention:
    if right.marked and left.figure.kind is FigureKind.CLOCK and left.figure.value.endswith("?"):
        return replace(left, figure=_same_half(left.figure, right.figure), marked=True)
    if not left.is_bare or right.like is None:
        return left
    if right.figure.kind is FigureKind.MONEY and not right.marked:
        return left
    if right.figure.kind in _NEEDS_LEAD:
        return _as_hour(row, left, right)
    return _as(left, right)


def _as_hour(row: Row, left: Mention, right: Mention) -> Mention:
    """As in "de 9 a 12:00", "9-12:00"; without "de" the first number may count anything ("mesa para 4 a las 2:00")."""
    led = row.word(left.first - 1) in words("range_leads") or row.word(left.last) == "-"
    if not led:
        return left
    hours = _as(left, right)
    if right.marked and hours.figure.value.endswith("?"):
        return replace(hours, figure=_same_half(hours.figure, right.figure), marked=True)
    return hours


def _as(mention: Mention, model: Mention) -> Mention:
    """The same amount in another mention's unit; as a source it still states the number."""
    figure = model.like(mention.amount) if model.like else mention.figure
    also = mention.also | {mention.figure} if figure.kind is not FigureKind.CLOCK else frozenset[Figure]()
    return replace(mention, figure=figure, also=also, is_bare=False, like=model.like)


def _same_half(opens: Figure, closes: Figure) -> Figure:
    """In "5:00 a 11:00 p. m." both are in the afternoon; in "9:00 a 5:00 p. m." the first is in the morning."""
    first, last = _minutes(opens) % _NOON, _minutes(closes)
    same = first < last % _NOON
    afternoon = (last >= _NOON) == same
    return hour(first + _NOON * afternoon, certain=True)


def _in_day_style(found: Sequence[Mention]) -> tuple[Mention, ...]:
    """Where a text counts hours to 24, its "9:00" is in the morning."""
    if not any(_counts_to_24(mention) for mention in found):
        return tuple(found)
    return tuple(
        replace(mention, also=mention.also | {hour(_minutes(mention.figure), certain=True)})
        if mention.figure.kind is FigureKind.CLOCK and mention.figure.value.endswith("?")
        else mention
        for mention in found
    )


def _counts_to_24(mention: Mention) -> bool:
    clock = mention.figure.kind is FigureKind.CLOCK and not mention.marked
    return clock and not mention.figure.value.endswith("?")


def _minutes(clock: Figure) -> int:
    hours, minutes = clock.value.rstrip("?").split(":")
    return int(hours) * 60 + int(minutes)
