"""A `ShopClock` made of what a merchant's knowledge base holds: profile, opening hours, class timetable."""

import re
from collections.abc import Iterable
from datetime import time
from zoneinfo import ZoneInfo

from babel.core import get_global

from assistant.expressions.shop import Day, Opening, ShopClock
from knowledge.entries import Entry, Hours, KnowledgeBase, Profile, Record, TimeRange

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SESSION = re.compile(rf"\bday: ({'|'.join(_WEEK)})\b[^;]{{0,40}}?\btime: (\d\d?):(\d\d)\b")
"""How the interchange form writes the sessions of a class into a field of its record."""
_MONTH_FIRST = frozenset({"en-US"})


def shop_clock(base: KnowledgeBase) -> ShopClock:
    """The clock of a merchant; hours that the base does not hold are unknown."""
    hours = next((entry for entry in base.entries if isinstance(entry, Hours)), None)
    return ShopClock(
        zone=ZoneInfo(base.profile.timezone),
        weekly=tuple(map(_day, hours.weekly)) if hours else ((),) * len(_WEEK),
        special={special.day: _day(special.ranges) for special in hours.special} if hours else {},
        classes=_classes(base.entries),
        country=country_of(base.profile),
        month_first=base.profile.locale in _MONTH_FIRST,
    )


def country_of(profile: Profile) -> str:
    """The country whose public holidays count: of the locale, else of the time zone."""
    region = profile.locale.rpartition("-")[2]
    if len(region) == 2 and region.isupper():
        return region
    return str(get_global("zone_territories").get(profile.timezone, ""))


def _day(ranges: Iterable[TimeRange]) -> Day:
    return tuple(Opening(one.opens, one.closes) for one in ranges)


def _classes(entries: Iterable[Entry]) -> tuple[tuple[time, ...], ...]:
    found: list[set[time]] = [set() for _ in _WEEK]
    texts = (text for entry in entries if isinstance(entry, Record) for _, text in entry.fields)
    for text in texts:
        for day, hour, minute in _SESSION.findall(text):
            if int(hour) < 24 and int(minute) < 60:
                found[_WEEK.index(day)].add(time(int(hour), int(minute)))
    return tuple(tuple(sorted(times)) for times in found)
