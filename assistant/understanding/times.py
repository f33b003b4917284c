"""The times in a message, as the engine of `expressions` reads them, with their places among the words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from assistant import intents
from assistant.expressions.shop import ShopClock
from assistant.expressions.values import Mention, Role
from assistant.expressions.values import When as ReadWhen
from assistant.understanding.lines import Found, Line
from assistant.understanding.numbers import ARTICLES, number_at
from assistant.understanding.parties import is_counted
from assistant.understanding.table_files import words_of
from assistant.understanding.values import Awaiting, Slot

_AT = {"es": "a las {}", "pt": "às {}", "en": "at {}"}
_LAST_HOUR = 24
_UNSAID = frozenset({Role.PAST, Role.CORRECTED, Role.ASIDE})
"""Nobody's wish and no booking's time."""


class ReadTimes(Protocol):
    """`expressions.reading.read`, or what stands in for it."""

    def __call__(
        self, text: str, now: datetime, clock: ShopClock, language: str | None = None
    ) -> Sequence[Mention]: ...


@dataclass(frozen=True, slots=True)
class Timed:
    """A time and the words that it was said in."""

    mention: Mention
    found: Found

    @property
    def role(self) -> Role:
        return self.mention.role


def find_times(
    line: Line, now: datetime, clock: ShopClock, awaiting: Awaiting | None, read: ReadTimes
) -> tuple[Timed, ...]:
    """The times of a line in order. A bare number is an hour where a time is awaited."""
    mentions = read(line.text, now, clock, line.language)
    placed = [Timed(one, found) for one in mentions if (found := _place(line, *one.span)) is not None]
    timed = [one for one in placed if not _is_idle(line, one.found)]
    if not timed and not is_counted(line) and awaiting in {Awaiting.SLOT, Awaiting.CONFIRM}:
        return tuple(_bare_hour(line, now, clock, read))
    return tuple(timed)


def _is_idle(line: Line, found: Found) -> bool:
    """As in "ahora somos 7", "por ahora", "bye now": a word for now that names no time."""
    if len(found.span) > 1 or line.plain[found.first] not in {"ahora", "agora", "now", "ya"}:
        return False
    before = line.plain[found.first - 1] if found.first else ""
    after = line.plain[found.last] if found.last < len(line.plain) else ""
    return before in words_of("idle_now_before") or after in words_of("idle_now_after")


def _place(line: Line, start: int, end: int) -> Found | None:
    places = line.places(start, end)
    return Found(Slot.WHEN, places.start, places.stop) if places else None


def _bare_hour(line: Line, now: datetime, clock: ShopClock, read: ReadTimes) -> list[Timed]:
    for place, word in enumerate(line.plain):
        hour = number_at(line, place)
        if hour and hour <= _LAST_HOUR and word not in ARTICLES:
            found = Found(Slot.WHEN, place, place + 1)
            mentions = read(_AT[line.language].format(hour), now, clock, line.language)
            return [Timed(one, found) for one in mentions[:1]]
    return []


def said_times(timed: Sequence[Timed]) -> tuple[Timed, ...]:
    """Those that may be a wish or a booking's time."""
    return tuple(one for one in timed if one.role not in _UNSAID)


def as_when(when: ReadWhen) -> intents.When:
    """A read time as a detail of an intent."""
    return intents.When(
        grain=intents.Grain(when.grain.value),
        start=when.start,
        end=when.end,
        exclude=when.exclude,
        shift=when.shift,
    )
