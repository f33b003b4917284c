"""What a customer wants of the counter: a small closed set of frozen values, all that leaves the mind towards booking.

A slot holds what was said, never what the calendar knows: which offer "la segunda" is, or what an hour later than
the booking means, is for the diary to say.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from assistant.errors import TimeHasNoZoneError


class Grain(StrEnum):
    """How exactly a time was said; `docs/words.md` tells what each spans."""

    MINUTE = "minute"
    APPROX = "approx"
    PART = "part"
    RANGE = "range"
    AFTER = "after"
    BEFORE = "before"
    DAY = "day"
    DAYS = "days"
    WEEK = "week"
    MONTH = "month"
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """One time that a customer named. A time of day has a zone; a bare date is local to the merchant."""

    grain: Grain
    start: date | datetime | None = None
    end: date | datetime | None = None
    exclude: tuple[date, ...] = ()
    """Days that will not do: "cualquier día menos el martes"."""
    shift: timedelta | None = None
    """Relative to the booking that exists, which the mind never knows: "una hora más tarde"."""

    def __post_init__(self) -> None:
        for edge in (self.start, self.end):
            if isinstance(edge, datetime) and edge.tzinfo is None:
                raise TimeHasNoZoneError(edge.isoformat())


@dataclass(frozen=True, slots=True)
class Named:
    """A service or a person of the shop as the customer said it, and the merchant's own id where it is clear."""

    said: str
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """The details of a booking that a message names."""

    service: tuple[Named, ...] = ()
    staff: tuple[Named, ...] = ()
    person_name: str | None = None
    party_size: int | None = None
    """Everybody who comes, the one who writes and the babies too."""
    ordinal: int | None = None
    """Which of those offered, counted from 1; -1 is the last."""
    when: tuple[When, ...] = ()
    """One time, or several where any of them would do."""
    from_when: tuple[When, ...] = ()
    """When the booking is that is to be moved."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something to be answered from the merchant's knowledge. `slots`: what it names, the date it is about."""

    text: str
    slots: Slots = Slots()


@dataclass(frozen=True, slots=True)
class Greeting:
    """A greeting and nothing else."""


@dataclass(frozen=True, slots=True)
class Thanks:
    """Thanks and nothing else."""


@dataclass(frozen=True, slots=True)
class Goodbye:
    """The end of the conversation."""


@dataclass(frozen=True, slots=True)
class Human:
    """A person is wanted."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something went wrong, and the customer says so."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A score for what was received; None where one was given that could not be read as a number."""

    score: int | None = None


@dataclass(frozen=True, slots=True)
class OptInYes:
    """Yes to receiving messages."""


@dataclass(frozen=True, slots=True)
class OptOut:
    """No more messages."""


@dataclass(frozen=True, slots=True)
class DeleteData:
    """What is stored about the customer is to be erased."""


@dataclass(frozen=True, slots=True)
class ExportData:
    """A copy of what is stored about the customer."""


@dataclass(frozen=True, slots=True)
class ReminderConfirm:
    """Yes, I am coming."""


@dataclass(frozen=True, slots=True)
class MyBookings:
    """Which bookings the customer has, or when."""

    slots: Slots = Slots()


@dataclass(frozen=True, slots=True)
class Book:
    """A booking, or a piece of one in progress."""

    slots: Slots = Slots()


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether and when there is room, without committing."""

    slots: Slots = Slots()


@dataclass(frozen=True, slots=True)
class Reschedule:
    """Any change to a booking that exists."""

    slots: Slots = Slots()


@dataclass(frozen=True, slots=True)
class Cancel:
    """A booking is given up, or one in progress is."""

    slots: Slots = Slots()


@dataclass(frozen=True, slots=True)
class Unsure:
    """Words that say neither what is wanted nor that nothing is."""


Intent = (
    Question
    | Greeting
    | Thanks
    | Goodbye
    | Human
    | Complaint
    | Rate
    | OptInYes
    | OptOut
    | DeleteData
    | ExportData
    | ReminderConfirm
    | MyBookings
    | Book
    | Availability
    | Reschedule
    | Cancel
    | Unsure
)


def asks_something(intents: Iterable[Intent]) -> bool:
    """Whether the turn holds something that the counter may have to answer."""
    return any(isinstance(intent, Question | Unsure) for intent in intents)
