"""Reading times of the day: "14:00", "2:00 p. m.", "2 pm", "14h30", "las 2 de la tarde", "8 y media"."""

from assistant.mentions.amounts import canonical, whole
from assistant.mentions.row import Mention, Row
from assistant.mentions.tokens import Shape
from assistant.mentions.values import Figure, FigureKind, hour
from assistant.mentions.vocabulary import meanings, words

_HOUR = 60
_NOON = 12 * _HOUR


def clock_token(row: Row, place: int) -> Mention | None:
    """As in "14:00", "2:00 p. m.", "14:30 hs"."""
    if row.shape(place) is not Shape.CLOCK:
        return None
    written = row.word(place)
    hours, minutes = (int(piece) for piece in written.split(":")[:2])
    certain = hours > 12 or written.startswith("0")
    after = place + 1 + (row.word(place + 1) in words("short_hours") | words("hours"))
    return _clock(row, place, hours * _HOUR + minutes, after, certain=certain)


def moment(row: Row, place: int) -> Mention | None:
    """Noon and midnight by name."""
    end = row.phrase(place, meanings("moments"))
    if end == place:
        return None
    value = meanings("moments")[" ".join(row.word(at) for at in range(place, end))]
    return Mention(figure=Figure(FigureKind.CLOCK, value), first=place, last=end, marked=True)


def spoken(row: Row, place: int) -> Mention | None:
    """An hour without a colon, known by what stands before or after it."""
    hours, minutes, end = _bare_hour(row, place)
    if hours is None:
        return None
    led = row.phrase_before(place, row.language.clock_leads) or (
        hours == 1 and row.word(place - 1) == row.language.one_lead
    )
    more, after = _more_minutes(row, end)
    sharp = row.phrase(after, words("sharp"))
    said = led or after > end or sharp > after or _half(row, after, hours * _HOUR) is not None
    if not said or (minutes and more):
        return None
    total = hours * _HOUR + minutes + more
    return _clock(row, place, total, sharp, certain=hours > 12 or hours == 0) if total >= 0 else None


def in_hours(row: Row, place: int) -> Mention | None:
    """As in "14h30", "8 h", "18 hs", "a las 18 horas", "9.30 hs": an hour, or a length of time that looks the same."""
    hours, minutes, end = _bare_hour(row, place)
    if hours is None or not _says_hours(row, place, end):
        return None
    after = end + 1
    if row.touches(after) and not minutes and (more := whole(row.word(after), 59)) is not None:
        minutes, after = more, after + 1
    if row.word(after) in words("minutes") or row.word(after + 1) in words("minutes"):
        return None
    total = hours * _HOUR + minutes
    if row.phrase_before(place, row.language.clock_leads) or _half(row, after, total) is not None:
        return _clock(row, place, total, after, certain=hours > 12 or hours == 0)
    return Mention(
        figure=Figure(FigureKind.HOURS, str(total)),
        first=place,
        last=after,
        also=_clock_of_day(total),
        like=_hours_like,
    )


def _says_hours(row: Row, place: int, end: int) -> bool:
    if row.word(end) in words("short_hours"):
        return True
    return row.word(end) in words("hours") and row.phrase_before(place, row.language.clock_leads)


def _clock_of_day(minutes: int) -> frozenset[Figure]:
    return frozenset({hour(minutes, certain=True)}) if minutes <= 24 * _HOUR else frozenset()


def _hours_like(amount: str) -> Figure:
    minutes = _day_minutes(amount)
    return Figure(FigureKind.NUMBER, amount) if minutes is None else Figure(FigureKind.HOURS, str(minutes))


def _day_minutes(amount: str) -> int | None:
    """Minutes of the day of "9", or of the "9.3" that "9.30" has become."""
    head, _, tail = amount.partition(".")
    hours, minutes = whole(head, 24), whole(tail.ljust(2, "0"), 59)
    return None if hours is None or minutes is None else hours * _HOUR + minutes


def _bare_hour(row: Row, place: int) -> tuple[int | None, int, int]:
    """As in "9", "9.30", and "una" where it can be an hour: hours, minutes, end."""
    if row.word(place) in row.language.ones and row.word(place - 1) == row.language.one_lead:
        return 1, 0, place + 1
    if row.shape(place) is not Shape.NUMBER:
        return None, 0, place
    head, dot, tail = row.word(place).partition(".")
    if dot and (len(tail) != 2 or whole(tail, 59) is None or not canonical(head)):
        return None, 0, place
    return whole(head, 24), int(tail) if dot else 0, place + 1


def _more_minutes(row: Row, place: int) -> tuple[int, int]:
    """As in "y media", "e quinze", "menos cuarto" after an hour."""
    if row.word(place) == "menos":
        minutes = 15 if row.word(place + 1) in words("quarters") else whole(row.word(place + 1), 29)
        return (-minutes, place + 2) if minutes else (0, place)
    if row.word(place) not in words("and"):
        return 0, place
    if row.word(place + 1) in {"media", "meia"} and row.word(place + 2) not in words("hours"):
        return 30, place + 2
    if row.word(place + 1) == "cuarto":
        return 15, place + 2
    return 0, place


def _clock(row: Row, place: int, minutes: int, after: int, *, certain: bool) -> Mention:
    half = _half(row, after, minutes)
    figure = hour(minutes, certain=certain) if half is None else hour(half[0], certain=True)
    last = after if half is None else half[1]
    return Mention(figure=figure, first=place, last=last, marked=half is not None, like=_open_hour)


def _open_hour(amount: str) -> Figure:
    minutes = _day_minutes(amount)
    return (
        Figure(FigureKind.NUMBER, amount) if minutes is None else hour(minutes, certain=minutes >= 13 * _HOUR)
    )


def _half(row: Row, place: int, minutes: int) -> tuple[int, int] | None:
    """The minutes of the day after "a. m.", "p. m." or "de la tarde", and where the words end."""
    shift, end = _mark(row, place)
    if end > place:
        return (minutes % _NOON + shift * _HOUR, end) if minutes < 13 * _HOUR else (minutes, end)
    parts = meanings("parts_of_day")
    for length in (3, 2):
        part = parts.get(" ".join(row.word(place + step) for step in range(length)))
        if part is not None:
            return _in_part(int(part), minutes), place + length
    return None


def _in_part(part: int, minutes: int) -> int:
    """So "8 de la noche" is 20:00, "1 de la noche" 1:00, "12 de la noche" 0:00, and "12 de la tarde" noon."""
    if minutes >= 13 * _HOUR or part == 0:
        return minutes
    if part == 12:
        return minutes % _NOON + _NOON
    return minutes % _NOON + (_NOON if 6 * _HOUR <= minutes < _NOON else 0)


def _mark(row: Row, place: int) -> tuple[int, int]:
    """The hours to add for "am", "p.m.", "p. m.", "p m"."""
    if row.word(place) in meanings("marks"):
        return int(meanings("marks")[row.word(place)]), place + 1
    letter = row.word(place)
    rest = place + 1 + (row.word(place + 1) == ".")
    if letter in {"a", "p"} and row.word(rest) == "m":
        return 12 * (letter == "p"), rest + 1 + (row.word(rest + 1) == ".")
    return 0, place
