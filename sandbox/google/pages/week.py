"""A week as it is drawn: for each day what happens on it, side by side where it overlaps. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sandbox.google.free_busy import happening
from sandbox.google.models import StoredEvent
from sandbox.google.recurrence import Window
from sandbox.google.times import at_instant

_QUARTER = 15
_QUARTERS = 96
MOST_LANES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of an event on one day, in quarters of an hour; ``start`` and ``end`` are the whole event's."""

    event_id: str
    title: str
    start: datetime
    end: datetime
    first: int
    length: int
    lane: int = 1
    lanes: int = 1
    free: bool
    ours: bool
    part_of_series: bool
    notes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeDay:
    event_id: str
    title: str
    start: date
    end: date
    notes: str


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    blocks: tuple[Block, ...]
    whole: tuple[WholeDay, ...]


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_of(events: Iterable[StoredEvent], zone: ZoneInfo, monday: date) -> tuple[Day, ...]:
    """Seven days from ``monday``, in the hours of the calendar's zone."""
    window = Window(_midnight(monday, zone), _midnight(monday + timedelta(days=7), zone))
    found = [each for each in happening(events, zone, window) if not each.cancelled]
    return tuple(_day(monday + timedelta(days=ahead), found, zone) for ahead in range(7))


def _day(day: date, events: Sequence[StoredEvent], zone: ZoneInfo) -> Day:
    window = Window(_midnight(day, zone), _midnight(day + timedelta(days=1), zone))
    here = [
        each
        for each in events
        if window.meets(*(at_instant(each.body[side], zone) for side in ("start", "end")))
    ]
    timed = [_block(each, day, zone) for each in here if "dateTime" in each.body["start"]]
    whole = [_whole(each) for each in here if "date" in each.body["start"]]
    return Day(day, tuple(in_lanes(timed)), tuple(whole))


def _block(event: StoredEvent, day: date, zone: ZoneInfo) -> Block:
    start, end = (at_instant(event.body[side], zone).astimezone(zone) for side in ("start", "end"))
    first = 0 if start.date() < day else (start.hour * 60 + start.minute) // _QUARTER
    last = _QUARTERS if end.date() > day else -(-(end.hour * 60 + end.minute) // _QUARTER)
    body = event.body
    return Block(
        event_id=event.event_id,
        title=body.get("summary", ""),
        start=start.replace(tzinfo=None),
        end=end.replace(tzinfo=None),
        first=first,
        length=max(1, last - first),
        free=body.get("transparency") == "transparent",
        ours="private" in body.get("extendedProperties", {}),
        part_of_series=event.series is not None,
        notes=body.get("description", ""),
    )


def _whole(event: StoredEvent) -> WholeDay:
    body = event.body
    return WholeDay(
        event_id=event.event_id,
        title=body.get("summary", ""),
        start=date.fromisoformat(body["start"]["date"]),
        end=date.fromisoformat(body["end"]["date"]),
        notes=body.get("description", ""),
    )


def in_lanes(blocks: Iterable[Block]) -> list[Block]:
    """Blocks that overlap stand side by side and share the width among them."""
    drawn: list[Block] = []
    cluster: list[Block] = []
    for block in sorted(blocks, key=lambda each: (each.first, -each.length)):
        if cluster and block.first >= max(each.first + each.length for each in cluster):
            drawn += _shared(cluster)
            cluster = []
        cluster.append(_placed(block, cluster))
    return drawn + _shared(cluster)


def _placed(block: Block, cluster: Sequence[Block]) -> Block:
    taken = {each.lane for each in cluster if each.first + each.length > block.first}
    lane = next(each for each in range(1, len(cluster) + 2) if each not in taken)
    return replace(block, lane=min(lane, MOST_LANES))


def _shared(cluster: Sequence[Block]) -> list[Block]:
    lanes = max((each.lane for each in cluster), default=1)
    return [replace(each, lanes=lanes) for each in cluster]


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
