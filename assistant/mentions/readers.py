"""Readers of everything but times: each looks at one place of a row and gives a mention or None."""

from collections.abc import Callable

from assistant.mentions.amounts import whole
from assistant.mentions.clocks import clock_token, in_hours, moment, spoken
from assistant.mentions.durations import duration, hour_and_half
from assistant.mentions.row import Mention, Row
from assistant.mentions.tokens import Shape, date_value
from assistant.mentions.values import Figure, FigureKind
from assistant.mentions.vocabulary import meanings, words

Reader = Callable[[Row, int], Mention | None]
_PHONE_DIGITS = 7


def contact(row: Row, place: int) -> Mention | None:
    """Links, e-mails and phones, in their plainest spelling."""
    written = row.word(place)
    match row.shape(place):
        case Shape.LINK:
            plain = written.split("://")[-1].removeprefix("www.").rstrip("/.,;:!?*_~")
            return _one(FigureKind.LINK, plain, place)
        case Shape.EMAIL:
            return _one(FigureKind.EMAIL, written, place)
        case Shape.PHONE:
            return _one(FigureKind.PHONE, "".join(c for c in written if c.isdecimal()), place)
    return None


def code(row: Row, place: int) -> Mention | None:
    """As in "2x1", "20W50": kept whole. One that begins with a number also states it, as "4x" does."""
    if row.shape(place) is not Shape.CODE:
        return None
    written = row.word(place)
    digits = written[: next((at for at, c in enumerate(written) if not c.isdecimal()), len(written))]
    also = frozenset({Figure(FigureKind.NUMBER, digits.lstrip("0") or "0")} if digits else ())
    return Mention(figure=Figure(FigureKind.CODE, written), first=place, last=place + 1, also=also)


def day(row: Row, place: int) -> Mention | None:
    """As in "25/12", "2026-12-25", "25 de diciembre de 2026", "December 25th", "sábado 13"."""
    if row.shape(place) is Shape.DATE:
        return _one(FigureKind.DATE, date_value(row.word(place)), place)
    if row.word(place) in meanings("months_named"):
        return _month_first(row, place)
    if row.shape(place) is Shape.NUMBER or row.word(place) in words("first_of_month"):
        return _day_first(row, place)
    return None


def _day_first(row: Row, place: int) -> Mention | None:
    number = 1 if row.word(place) in words("first_of_month") else whole(row.word(place), 31)
    after = _after_ordinal(row, place + 1)
    named = after + (row.word(after) in words("of"))
    month = meanings("months_named").get(row.word(named))
    if not number or month is None:
        return None
    return _dated(row, place, number, int(month), named + 1)


def _month_first(row: Row, place: int) -> Mention | None:
    number = whole(row.word(place + 1), 31)
    if row.shape(place + 1) is not Shape.NUMBER or not number:
        return None
    month = int(meanings("months_named")[row.word(place)])
    return _dated(row, place, number, month, _after_ordinal(row, place + 2))


def _dated(row: Row, place: int, number: int, month: int, after: int) -> Mention:
    dated = after + (row.word(after) in words("of"))
    year = row.word(dated)
    has_year = row.shape(dated) is Shape.NUMBER and len(year) == 4 and year[:2] in {"19", "20"}
    value = f"{year}-{month:02d}-{number:02d}" if has_year else f"{month:02d}-{number:02d}"

    def like(amount: str) -> Figure:
        other = whole(amount, 31)
        return (
            Figure(FigureKind.DATE, f"{month:02d}-{other:02d}")
            if other
            else Figure(FigureKind.NUMBER, amount)
        )

    return Mention(
        figure=Figure(FigureKind.DATE, value), first=place, last=dated + 1 if has_year else after, like=like
    )


def day_of_month(row: Row, place: int) -> Mention | None:
    """As in "sábado 13": the day of some month."""
    number = whole(row.word(place), 31) if row.shape(place) is Shape.NUMBER else None
    if not number or row.word(place - 1) not in words("weekdays"):
        return None
    figure = Figure(FigureKind.DATE, f"-{number:02d}")
    return Mention(figure=figure, first=place, last=place + 1, also=_number(str(number)))


def money(row: Row, place: int) -> Mention | None:
    currency, start = _currency(row, place)
    amount, end = row.amount(start)
    if not amount:
        return None
    named = end + (row.word(end) == "de")
    after, last = _currency(row, named)
    if row.shape(named) is Shape.CURRENCY and row.shape(last) is Shape.NUMBER:
        after, last = "", end
    if not after:
        last = end
    if not currency and not after:
        return None
    unit = after if currency in {"", "local"} and after else currency
    return Mention(
        figure=Figure(FigureKind.MONEY, f"{unit} {amount}"),
        first=place,
        last=last,
        amount=amount,
        like=lambda other: Figure(FigureKind.MONEY, f"{unit} {other}"),
        marked=bool(after),
    )


def _currency(row: Row, place: int) -> tuple[str, int]:
    known = meanings("currencies").get(row.word(place), "")
    if row.shape(place) is Shape.CURRENCY:
        return known or "other", place + 1
    return (known, place + 1) if known and row.shape(place) is Shape.WORD else ("", place)


def percentage(row: Row, place: int) -> Mention | None:
    amount, end = row.amount(place)
    last = row.phrase(end, words("percent"))
    if not amount or last == end:
        return None
    return _measured(place, last, amount, lambda other: Figure(FigureKind.PERCENT, other))


def quantity(row: Row, place: int) -> Mention | None:
    amount, end = row.amount(place)
    unit = meanings("quantities").get(row.word(end))
    if not amount or unit is None:
        return None
    return _measured(place, end + 1, amount, lambda other: Figure(FigureKind.QUANTITY, f"{unit} {other}"))


def number(row: Row, place: int) -> Mention | None:
    """Any other number. A long one without marks may be dialled."""
    if row.shape(place) is not Shape.NUMBER:
        return None
    amount, end = row.amount(place)
    if not amount or (row.word(place).isdecimal() and len(row.word(place)) >= _PHONE_DIGITS):
        digits = "".join(c for c in row.word(place) if c.isdecimal())
        kind = FigureKind.PHONE if len(digits) >= _PHONE_DIGITS else FigureKind.CODE
        return _one(kind, digits if kind is FigureKind.PHONE else row.word(place), place)
    last = _after_ordinal(row, end)
    is_bare = row.shape(last) is not Shape.WORD or row.word(last) in words("after_an_amount")
    return Mention(
        figure=Figure(FigureKind.NUMBER, amount),
        first=place,
        last=last,
        amount=amount,
        is_bare=is_bare,
    )


READERS: tuple[Reader, ...] = (
    contact,
    code,
    clock_token,
    money,
    percentage,
    day,
    in_hours,
    duration,
    hour_and_half,
    moment,
    spoken,
    quantity,
    day_of_month,
    number,
)
"""In order of how sure each is of what it sees."""


def _measured(place: int, last: int, amount: str, like: Callable[[str], Figure]) -> Mention:
    return Mention(figure=like(amount), first=place, last=last, amount=amount, like=like)


def _one(kind: FigureKind, value: str, place: int) -> Mention:
    return Mention(figure=Figure(kind, value), first=place, last=place + 1)


def _number(amount: str) -> frozenset[Figure]:
    return frozenset({Figure(FigureKind.NUMBER, amount)})


def _after_ordinal(row: Row, place: int) -> int:
    return place + (row.touches(place) and row.word(place) in words("ordinals"))
