"""Short ways to write down what a customer wished, for scripts: months and days are of the end of 2026."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from calendar_sync.outcomes import Awaiting, OutcomeKind
from calendar_sync.requests import (
    Book,
    Cancel,
    ConfirmReminder,
    Decline,
    Details,
    FreeTimes,
    Grain,
    ListBookings,
    Move,
    Named,
    When,
    Wish,
)

ZONE = ZoneInfo("America/Bogota")


def moment(text: str) -> datetime:
    """A local time: "11-26 16:00"."""
    year = "2027" if text.startswith(("01", "02")) else "2026"
    return datetime.fromisoformat(f"{year}-{text.replace(' ', 'T')}").replace(tzinfo=ZONE)


def the_day(text: str) -> date:
    year = "2027" if text.startswith(("01", "02")) else "2026"
    return date.fromisoformat(f"{year}-{text}")


def at(text: str) -> When:
    return When(grain=Grain.MINUTE, start=moment(text))


def about(text: str) -> When:
    return When(grain=Grain.APPROX, start=moment(text))


def part(day: str, start: str, end: str, grain: Grain = Grain.PART) -> When:
    return When(grain=grain, start=moment(f"{day} {start}"), end=moment(f"{day} {end}"))


def morning(day: str) -> When:
    return part(day, "06:00", "12:00")


def afternoon(day: str) -> When:
    return part(day, "12:00", "19:00")


def between(day: str, start: str, end: str) -> When:
    return part(day, start, end, Grain.RANGE)


def on(text: str) -> When:
    return When(grain=Grain.DAY, start=the_day(text))


def after(text: str) -> When:
    return When(grain=Grain.AFTER, start=moment(text) if " " in text else the_day(text))


def before(text: str) -> When:
    return When(grain=Grain.BEFORE, end=moment(text) if " " in text else the_day(text))


def days(first: str, last: str, grain: Grain = Grain.DAYS) -> When:
    return When(grain=grain, start=the_day(first), end=the_day(last))


def any_day(*but: str) -> When:
    return When(grain=Grain.ANY, exclude=tuple(the_day(one) for one in but))


def later(minutes: int) -> When:
    return When(grain=Grain.MINUTE, shift_minutes=minutes)


def details(
    service: object = (),
    staff: object = (),
    when: object = (),
    was: object = (),
    name: str | None = None,
    party: int | None = None,
    nth: int | None = None,
) -> Details:
    return Details(
        service=_named(service),
        staff=_named(staff),
        when=_times(when),
        from_when=_times(was),
        person_name=name,
        party_size=party,
        ordinal=nth,
    )


def _named(given: Any) -> tuple[Named, ...]:
    """A key that the mind found, `"=cut"`, or just the words."""
    texts = (given,) if isinstance(given, str) else tuple(given)
    return tuple(Named(text[1:], text[1:]) if text.startswith("=") else Named(text) for text in texts)


def _times(given: Any) -> tuple[When, ...]:
    return (given,) if isinstance(given, When) else tuple(given)


def book(**said: Any) -> Wish:
    return Book(details(**said))


def free(**said: Any) -> Wish:
    return FreeTimes(details(**said))


def move(**said: Any) -> Wish:
    return Move(details(**said))


def cancel(**said: Any) -> Wish:
    return Cancel(details(**said))


def mine(**said: Any) -> Wish:
    return ListBookings(details(**said))


YES = Book()
NO = Cancel()
DECLINE = Decline()
COMING = ConfirmReminder()


@dataclass(frozen=True, slots=True)
class Tap:
    title: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Time goes by, or the world changes, between two turns."""

    minutes: int = 0
    busy: tuple[str, str] | None = None
    thieves: int = 0
    readable: bool | None = None
    phone: str | None = None
    known: bool | None = None
    """Whether writes are known to have worked from now on."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the reply to a turn must be."""

    said: object
    kind: OutcomeKind
    awaiting: Awaiting | None = None
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Script:
    name: str
    turns: tuple[Told | Wait, ...]
    language: str = "es"
    shop: str = "salon"
    has: tuple[str, ...] = ()
    """Bookings before: "cut nora 11-26 16:00"."""
    left: tuple[str, ...] | None = None
    """Bookings after, the same way."""
    customer: str | None = "Marta Ríos"
    phone: str | None = "+573005550101"
    member: bool = True
    busy: tuple[tuple[str, str], ...] = ()
    now: str = "11-23 10:00"
    called: bool = False
    """Whether a person was called."""
    extra: dict[str, object] = field(default_factory=dict)
