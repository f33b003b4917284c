"""What the rules make of words: hours, days and parts, before they are put together."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.expressions.values import Grain

HALF_DAY = 12 * 60


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour as said, in minutes from midnight; not `certain` where the half of the day was left open."""

    minute: int
    certain: bool
    approx: bool = False
    literal: bool = False
    """Written as on a clock of 24 hours: taken at its word where both halves are open."""
    zone: str = ""
    """Of the place whose clock is meant, where that was said: "3 pm hora de México"."""

    def in_half(self, half: str) -> "Clock":
        """The hour in a half of the day, where it was left open."""
        if self.certain:
            return self
        minute = self.minute % HALF_DAY + (HALF_DAY if half == "pm" else 0)
        return replace(self, minute=minute, certain=True, literal=False)


@dataclass(frozen=True, slots=True)
class HourSpan:
    first: Clock
    last: Clock


@dataclass(frozen=True, slots=True)
class HourBound:
    """From an hour on, or until it."""

    clock: Clock
    after: bool


@dataclass(frozen=True, slots=True)
class PartOfDay:
    """A row of the conventions: a part of the day, or one with a single end."""

    name: str
    bound: bool = False


@dataclass(frozen=True, slots=True)
class FromNow:
    """So long after the present moment; `approx` for "now" itself."""

    delta: timedelta
    grain: Grain


@dataclass(frozen=True, slots=True)
class SameHour:
    """As in "a la misma hora": the hour of the time that is moved."""


@dataclass(frozen=True, slots=True)
class Shift:
    delta: timedelta


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time. It only counts beside a word of moving: "me la corre una hora"."""

    delta: timedelta
    direction: int = 0
    """1 later, -1 earlier, 0 not said."""


@dataclass(frozen=True, slots=True)
class Noise:
    """Words that were recognised as no time."""


@dataclass(frozen=True, slots=True)
class NextOne:
    """As in "la próxima", "el otro": the one after the week or weekday that was said before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """A day or several, already placed in the calendar."""

    start: date | None = None
    end: date | None = None
    grain: Grain = Grain.DAY
    weekday: int | None = None
    """Set where only a weekday was said, so that a week said elsewhere can still place it."""
    backward: date | None = None
    """The day that is meant if the words turn out to speak of the past."""
    pair: "tuple[Days, Days] | None" = None
    """The two ends of a span: what is moved, and where to, if the words are of moving."""
    exclude: tuple[date, ...] = ()
    assumed: tuple[str, ...] = ()
    alternatives: tuple[date, ...] = ()
    is_past: bool = False
    names_week: bool = False
    """A week or weekend: weekdays said beside it are days of it."""
    by_week: bool = False
    """A weekday said with its week: "jueves de la otra semana"; days listed before it are of that week too."""
    counted: bool = False
    """So many weeks from now: a weekday said beside it is the one of that week."""


TimeNode = Clock | HourSpan | HourBound | PartOfDay | FromNow | SameHour
Node = TimeNode | Shift | Length | Noise | NextOne | Days
