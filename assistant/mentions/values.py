"""A figure in its normal form, and what else a source that states it also supports."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from assistant.mentions.amounts import canonical

LOCAL = "local"
_DAY = 24 * 60


class FigureKind(StrEnum):
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    QUANTITY = "quantity"
    DATE = "date"
    CLOCK = "clock"
    HOURS = "hours"
    """As in "8h", "14h30": a time of the day or a length of time, the text does not say which."""
    DURATION = "duration"
    PHONE = "phone"
    EMAIL = "email"
    LINK = "link"
    CODE = "code"
    """Digits grown together with letters: "2x1", "20W50"."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Two spellings of the same figure are equal. Build computed ones with the class methods."""

    kind: FigureKind
    value: str

    @classmethod
    def clock(cls, at: time) -> "Figure":
        return cls(FigureKind.CLOCK, f"{at.hour:02d}:{at.minute:02d}")

    @classmethod
    def day(cls, day: date) -> "Figure":
        return cls(FigureKind.DATE, day.isoformat())

    @classmethod
    def duration(cls, minutes: int) -> "Figure":
        return cls(FigureKind.DURATION, f"{minutes}min")

    @classmethod
    def money(cls, amount: Decimal, currency: str = LOCAL) -> "Figure":
        """`currency` is a key of the table of currencies, such as "usd"; "local" is any peso and the bare "$"."""
        return cls(FigureKind.MONEY, f"{currency} {canonical(format(abs(amount), 'f'))}")

    @classmethod
    def number(cls, amount: Decimal | int) -> "Figure":
        return cls(FigureKind.NUMBER, canonical(format(abs(amount), "f")) or "0")


def hour(minutes: int, *, certain: bool) -> Figure:
    """A time of the day. Where the half of the day was left open ("8:00"), it is another figure than 08:00."""
    hours, rest = divmod(minutes % _DAY, 60)
    return Figure(FigureKind.CLOCK, f"{hours:02d}:{rest:02d}" if certain else f"{hours}:{rest:02d}?")


def supports(figure: Figure) -> Iterator[Figure]:
    """What a text may say whose source states this figure: itself and what follows from it."""
    yield figure
    yield from _IMPLIED.get(figure.kind, _nothing)(figure.value)


def _nothing(_value: str) -> Iterator[Figure]:
    return iter(())


def _of_money(value: str) -> Iterator[Figure]:
    currency, amount = value.split(" ")
    yield Figure(FigureKind.NUMBER, amount)
    if currency == "usd":
        yield Figure(FigureKind.MONEY, f"{LOCAL} {amount}")


def _of_quantity(value: str) -> Iterator[Figure]:
    yield Figure(FigureKind.NUMBER, value.split(" ")[1])


def _of_date(value: str) -> Iterator[Figure]:
    """A whole date supports itself without the year, and its bare day."""
    *year, _, day = value.split("-")
    if year and year[0]:
        yield Figure(FigureKind.NUMBER, year[0])
        yield Figure(FigureKind.DATE, value.removeprefix(f"{year[0]}-"))
    yield Figure(FigureKind.DATE, f"-{day}")
    yield Figure(FigureKind.NUMBER, str(int(day)))


def _of_clock(value: str) -> Iterator[Figure]:
    minutes = _minutes(value.rstrip("?"))
    yield Figure(FigureKind.HOURS, str(minutes))
    if not value.endswith("?") and _may_be_open(minutes):
        yield hour(minutes, certain=False)
    elif value.startswith("12:"):
        yield hour(minutes, certain=True)


def _of_hours(value: str) -> Iterator[Figure]:
    minutes = int(value)
    yield Figure(FigureKind.DURATION, f"{minutes}min")
    if minutes <= _DAY:
        yield hour(minutes, certain=True)
    if _may_be_open(minutes):
        yield hour(minutes, certain=False)


def _of_duration(value: str) -> Iterator[Figure]:
    if value.endswith("min") and value.removesuffix("min").isdecimal():
        yield Figure(FigureKind.HOURS, value.removesuffix("min"))


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _may_be_open(minutes: int) -> bool:
    """Whether "8:00" alone may be written for it: from one to twelve."""
    return 60 <= minutes < 13 * 60


_IMPLIED = {
    FigureKind.MONEY: _of_money,
    FigureKind.QUANTITY: _of_quantity,
    FigureKind.DATE: _of_date,
    FigureKind.CLOCK: _of_clock,
    FigureKind.HOURS: _of_hours,
    FigureKind.DURATION: _of_duration,
}
