"""What the engine hands on: a time as meant, and the mention of it in the customer's words."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class Grain(StrEnum):
    """How sharp a `When` is, and so which of `start` and `end` it has."""

    MINUTE = "minute"
    """A moment: `start`, or a `shift` of an existing appointment."""
    APPROX = "approx"
    """About a moment: `start`."""
    PART = "part"
    """A part of a day: both, as moments."""
    RANGE = "range"
    """From a moment to a moment."""
    AFTER = "after"
    """Only `start`: a moment, or the first acceptable day."""
    BEFORE = "before"
    """Only `end`: a moment, or the last acceptable day."""
    DAY = "day"
    """One day: `start`, a date."""
    DAYS = "days"
    """Several days: two dates, both included."""
    WEEK = "week"
    MONTH = "month"
    ANY = "any"
    """Any day, but for those in `exclude`."""


class Role(StrEnum):
    """What the words do with the time that they mention."""

    WISH = "wish"
    """What is wanted, asked about or talked about."""
    OLD = "old"
    """The time of an existing appointment that is to be moved: "la del martes pásala al jueves"."""
    PAST = "past"
    """Something that has happened: "fui el martes pasado"."""
    EXCLUDED = "excluded"
    """A time that is said not to suit: "mañana no puedo". What a cancellation talks about."""
    ASIDE = "aside"
    """A time of something else beside the wish: of another person, of an event, of the opening that is asked about."""
    CORRECTED = "corrected"
    """A time that the customer took back: the Tuesday of "el martes, no, mejor el jueves"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A time as meant. Moments carry the merchant's zone; days are plain dates of that zone."""

    grain: Grain
    start: date | datetime | None = None
    end: date | datetime | None = None
    exclude: tuple[date, ...] = ()
    shift: timedelta | None = None
    """Relative to an appointment that the reader does not know: "una hora más tarde"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One time of a text, with the words it came from and what was assumed."""

    when: When
    words: str
    span: tuple[int, int]
    """Characters of the text that was read: text[span[0]:span[1]] == words."""
    role: Role = Role.WISH
    assumed: tuple[str, ...] = ()
    """Codes of what was not said: see `tables/conventions.yaml`, section `assumed`."""
    alternatives: tuple[When, ...] = ()
    """Other readings as plausible as `when`: where there are any, the customer is asked."""

    @property
    def is_doubtful(self) -> bool:
        return bool(self.alternatives)
