"""Shops with a clock for the tests of the reader, and readings in a short form that is easy to compare."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from assistant.expressions.reading import read
from assistant.expressions.shop import Day, Opening, ShopClock
from assistant.expressions.values import Mention, Role, When


def day(*ranges: str) -> Day:
    """Ranges written "08:00-12:30"."""
    pairs = (one.split("-") for one in ranges)
    return tuple(Opening(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in pairs)


SPLIT = day("07:30-12:30", "14:00-18:30")
DENTIST = ShopClock(
    zone=ZoneInfo("America/Bogota"),
    weekly=(SPLIT, SPLIT, SPLIT, SPLIT, day("07:30-12:30", "14:00-17:00"), day("08:00-13:00"), ()),
    special={date(2026, 12, 24): day("08:00-12:00"), date(2026, 12, 25): ()},
    country="CO",
)
BARBER = ShopClock(
    zone=ZoneInfo("America/Mexico_City"),
    weekly=((), *(day("11:00-15:00", "16:00-20:30"),) * 4, day("10:00-19:00"), day("10:00-15:00")),
    country="MX",
)
BAR = ShopClock(
    zone=ZoneInfo("America/Argentina/Buenos_Aires"),
    weekly=(day("18:00-02:00"),) * 7,
    country="AR",
)
GYM = ShopClock(
    zone=ZoneInfo("America/Sao_Paulo"),
    weekly=(*(day("06:00-22:00"),) * 5, day("08:00-14:00"), ()),
    classes=((time(7), time(19, 30)), (time(18),), (), (time(7), time(19)), (), (), ()),
    country="BR",
)
UNKNOWN = ShopClock(zone=ZoneInfo("America/Santiago"), country="CL")
NEW_YORK = ShopClock(
    zone=ZoneInfo("America/New_York"),
    weekly=(*(day("09:00-18:00"),) * 5, day("10:00-15:00"), ()),
    country="US",
    month_first=True,
)

NOW = "2026-11-18 10:00"
"""A Wednesday."""


def moment(said: str, clock: ShopClock) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=clock.zone)


def mentions(
    text: str, now: str = NOW, clock: ShopClock = DENTIST, language: str | None = "es"
) -> tuple[Mention, ...]:
    return read(text, moment(now, clock), clock, language)


def readings(text: str, now: str = NOW, clock: ShopClock = DENTIST, language: str | None = "es") -> list[str]:
    """Each mention as "grain start…end", its role before it where it is not a wish."""
    found = mentions(text, now, clock, language)
    return [short(one.when) if one.role is Role.WISH else f"{one.role} {short(one.when)}" for one in found]


def short(when: When) -> str:
    if when.shift is not None:
        return f"shift {when.shift / timedelta(minutes=1):+.0f}"
    ends = f"{edge(when.start)}…{edge(when.end)}" if when.end else edge(when.start)
    without = f" without {' '.join(map(edge, when.exclude))}" if when.exclude else ""
    return " ".join(f"{when.grain} {ends}{without}".split())


def edge(at: date | datetime | None) -> str:
    if at is None:
        return ""
    return f"{at:%Y-%m-%d %H:%M}" if isinstance(at, datetime) else at.isoformat()
