"""What a clock on the shop's wall means on a given day, also where clocks are put forward or back.

A time that does not exist on that day is the moment of the change. Of a time that comes twice the first is meant.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(maxsize=4096)
def at(day: date, clock: time, zone_name: str) -> int:
    """The moment, in seconds, at which the wall shows this time."""
    local = datetime.combine(day, clock, tzinfo=zone(zone_name))
    meant = int(local.timestamp())
    if datetime.fromtimestamp(meant, local.tzinfo).replace(tzinfo=None) == local.replace(tzinfo=None):
        return meant
    return _change(int(local.replace(fold=1).timestamp()), meant, zone(zone_name))


def comes_twice(moment: int, zone_name: str) -> int | None:
    """The second moment at which the wall shows the same, if there is one."""
    local = datetime.fromtimestamp(moment, zone(zone_name))
    again = int(local.replace(fold=1).timestamp())
    return again if again > moment and local.fold == 0 else None


def _change(before: int, after: int, where: ZoneInfo) -> int:
    """The first second of the new offset between two moments."""
    old = _offset(before, where)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(middle, where) == old:
            before = middle
        else:
            after = middle
    return after


def _offset(moment: int, where: ZoneInfo) -> timedelta | None:
    return datetime.fromtimestamp(moment, where).utcoffset()


def local_day(moment: datetime, zone_name: str) -> date:
    return moment.astimezone(zone(zone_name)).date()


def midnight(day: date, zone_name: str) -> datetime:
    """The moment at which a local day begins."""
    return datetime.fromtimestamp(at(day, time(), zone_name), UTC)
