"""Reading lengths of time: "90 min", "1 hora y 30 minutos", "una hora y media", "media hora", "2 semanas"."""

from decimal import Decimal

from assistant.mentions.amounts import times, whole
from assistant.mentions.row import Mention, Row
from assistant.mentions.values import Figure, FigureKind
from assistant.mentions.vocabulary import words

_SCALES = {  # section of the table -> how a length of time is written, and its worth
    "seconds": ("s", Decimal(1)),
    "minutes": ("min", Decimal(1)),
    "hours": ("min", Decimal(60)),
    "short_hours": ("min", Decimal(60)),
    "days": ("d", Decimal(1)),
    "weeks": ("d", Decimal(7)),
    "months": ("m", Decimal(1)),
    "years": ("m", Decimal(12)),
}


def duration(row: Row, place: int) -> Mention | None:
    """As in "90 min", "1 hora y 30 minutos", "una hora y media", "media hora", "2 semanas"."""
    if row.word(place) in words("halves") | words("quarters"):
        return _part_of_hour(row, place)
    amount, end = ("1", place + 1) if row.word(place) in row.language.ones else row.amount(place)
    section = _unit(row, end)
    if not amount or not section or (section == "short_hours" and row.word(end + 2) not in words("minutes")):
        return None
    return _length(row, place, amount, section, end + 1)


def _length(row: Row, place: int, amount: str, section: str, after: int) -> Mention | None:
    unit, worth = _SCALES[section]
    total, last = times(amount, worth), after
    linked = after + (row.word(after) in words("and"))
    half = linked + (row.word(linked) == "a")
    if linked > after and row.word(half) in words("halves"):
        total, last = times(_sum(amount, Decimal("0.5")), worth), half + 1
    elif worth == 60 and (more := whole(row.word(linked), 59)) and _unit(row, linked + 1) == "minutes":
        total, last = _sum(total, Decimal(more)), linked + 2
    if not total:
        return None
    return Mention(
        figure=Figure(FigureKind.DURATION, f"{total}{unit}"),
        first=place,
        last=last,
        also=frozenset({Figure(FigureKind.NUMBER, amount)}),
        amount=amount,
        like=lambda other: Figure(FigureKind.DURATION, f"{times(other, worth)}{unit}"),
    )


def _part_of_hour(row: Row, place: int) -> Mention | None:
    """As in "media hora", "half an hour", "cuarto de hora"; and the "hora y media" that has no number."""
    minutes = 15 if row.word(place) in words("quarters") else 30
    unit = place + 1 + (row.word(place + 1) in {"an", "de", "of"})
    if row.word(unit) not in words("hours"):
        return None
    return Mention(figure=Figure(FigureKind.DURATION, f"{minutes}min"), first=place, last=unit + 1)


def hour_and_half(row: Row, place: int) -> Mention | None:
    if row.word(place) not in words("hours") or row.word(place + 1) not in words("and"):
        return None
    if row.word(place + 2) not in words("halves"):
        return None
    return Mention(figure=Figure(FigureKind.DURATION, "90min"), first=place, last=place + 3)


def _unit(row: Row, place: int) -> str:
    return next((section for section in _SCALES if row.word(place) in words(section)), "")


def _sum(amount: str, more: Decimal) -> str:
    return times("1", Decimal(amount) + more) if amount and len(amount) <= 15 else ""
