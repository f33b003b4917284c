"""Hours of another place's clock, as in "3 pm hora de México": read there, and given in the shop's zone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from assistant.expressions.cascade import Found, Make
from assistant.expressions.nodes import HALF_DAY, Clock, HourBound, HourSpan, TimeNode
from assistant.expressions.scene import Scene

_NOON = time(12)


def _zoned(found: Found, _scene: Scene) -> TimeNode | None:
    node, zone = found.value("t", "NODE"), found.value("z", "ZONE")
    return _each_clock(node, lambda clock: replace(clock, zone=zone))


def in_shop_zone(node: TimeNode, day: date, scene: Scene) -> TimeNode:
    """The time as the shop's clock shows it on a day."""
    return _each_clock(node, lambda clock: _here(clock, day, scene)) or node


def _each_clock(node: TimeNode, change: Callable[[Clock], Clock]) -> TimeNode | None:
    if isinstance(node, Clock):
        return change(node)
    if isinstance(node, HourSpan):
        return HourSpan(change(node.first), change(node.last))
    if isinstance(node, HourBound):
        return HourBound(change(node.clock), node.after)
    return None


def _here(clock: Clock, day: date, scene: Scene) -> Clock:
    if not clock.zone:
        return clock
    there, here = (_offset(zone, day) for zone in (ZoneInfo(clock.zone), scene.clock.zone))
    minute = clock.minute + (here - there) // timedelta(minutes=1)
    return replace(clock, minute=minute if clock.certain else minute % HALF_DAY, zone="")


def _offset(zone: ZoneInfo, day: date) -> timedelta:
    return datetime.combine(day, _NOON, zone).utcoffset() or timedelta()


def zone_makes() -> dict[str, Make]:
    """What each name in the rule table stands for."""
    return {"zoned": _zoned}
