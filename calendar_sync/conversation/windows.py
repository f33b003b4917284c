"""From a time as it was said to the moments it means: windows to search, times to check, and whether a slot fits."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from calendar_sync.availability import clocks
from calendar_sync.availability.rules import latest
from calendar_sync.availability.values import Busy, Situation, Window
from calendar_sync.requests import Grain, When
from calendar_sync.shop.values import Service, Shop

ABOUT = timedelta(minutes=30)
DAY = timedelta(days=1)
_POINTS = frozenset({Grain.MINUTE, Grain.APPROX})
_OF_A_DAY = _POINTS | {Grain.PART, Grain.RANGE, Grain.AFTER, Grain.BEFORE}
_EVER = (datetime(1970, 1, 2, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when the words were said, and until when can be booked."""

    shop: Shop
    now: datetime
    until: datetime

    @classmethod
    def of(cls, shop: Shop, service: Service, now: datetime) -> "Place":
        last = latest(Situation(shop=shop, busy=Busy(), now=now), service)
        return cls(shop, now, datetime.fromtimestamp(last, UTC))

    @property
    def zone(self) -> str:
        return self.shop.timezone


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be looked for."""

    exact: tuple[datetime, ...] = ()
    """Times that were named, the best first."""
    windows: tuple[Window, ...] = ()
    aim: datetime | None = None
    """Alternatives are sought around it."""
    days: tuple[date, ...] = ()
    """The days that were named one by one: of these it can be said why they will not do."""


def plan(whens: Iterable[When], hour: time | None, place: Place) -> Plan:
    said = tuple(one for one in whens if _bounds(one, place) is not None)
    exact = tuple(one.start for one in said if one.grain in _POINTS and isinstance(one.start, datetime))
    bounds = [_bounds(one, place) for one in said]
    starts = [one[0] for one in bounds if one is not None and one[0] > _EVER[0]]
    aim = exact[0] if exact else (_with_hour(min(starts), hour, place.zone) if starts else None)
    windows = tuple(_joined(window for one in said for window in _searched(one, place) if window is not None))
    return Plan(exact=exact, windows=windows, aim=aim, days=_days(said, place.zone))


def fits(when: When, start: datetime, zone: str) -> bool:
    """Whether a slot that begins then is what was said."""
    day = clocks.local_day(start, zone)
    if day in {_as_day(one, zone) for one in when.exclude}:
        return False
    if when.grain in _POINTS and isinstance(when.start, datetime):
        return abs(start - when.start) <= (ABOUT if when.grain is Grain.APPROX else timedelta())
    first, last = _edges(when, zone)
    return first <= start < last


def fits_clock(when: When, start: datetime, zone: str) -> bool:
    """The same for a time of day, whatever the day."""
    return fits(on_day(when, clocks.local_day(start, zone), zone), start, zone)


def of_a_day(when: When) -> bool:
    """Whether the words name a time of day (rather than days)."""
    edges = [edge for edge in (when.start, when.end) if edge is not None]
    return when.grain in _OF_A_DAY and bool(edges) and all(isinstance(edge, datetime) for edge in edges)


def day_of(when: When, zone: str) -> date | None:
    """The one day that the words are about."""
    if when.grain is Grain.DAY or of_a_day(when):
        edge = when.start if when.start is not None else when.end
        return None if edge is None else _as_day(edge, zone)
    return None


def hour_of(whens: Iterable[When], zone: str) -> time | None:
    """The time of day that was named exactly, or nearly so."""
    moments = (one.start for one in whens if one.grain in _POINTS)
    local = (one.astimezone(clocks.zone(zone)) for one in moments if isinstance(one, datetime))
    return next((one.time() for one in local), None)


def middle_of(whens: Iterable[When], zone: str) -> time | None:
    """The middle of the part of a day that was named, or its one edge."""
    for one in whens:
        edges = [edge for edge in (one.start, one.end) if isinstance(edge, datetime)]
        if edges and of_a_day(one):
            middle = edges[0] + (edges[-1] - edges[0]) / 2
            return middle.astimezone(clocks.zone(zone)).time()
    return None


def on_day(when: When, day: date, zone: str) -> When:
    """The same time of day on another day."""
    return replace(when, start=_moved(when.start, day, zone), end=_moved(when.end, day, zone, when.start))


def at_clock(day: date, clock: time, zone: str) -> datetime:
    return datetime.fromtimestamp(clocks.at(day, clock, zone), clocks.zone(zone))


def shifted(when: When, start: datetime | None) -> When | None:
    """An "hour later" as a time, from what it is relative to; None where there is nothing that it could be."""
    if when.shift_minutes is None:
        return when
    if start is None:
        return None
    return When(grain=Grain.MINUTE, start=start + timedelta(minutes=when.shift_minutes))


def whole_day(day: date, zone: str) -> Window:
    return Window(clocks.midnight(day, zone), clocks.midnight(day + DAY, zone))


def _moved(
    edge: date | datetime | None, day: date, zone: str, start: date | datetime | None = None
) -> date | datetime | None:
    """An edge on the day; past midnight when it was on the day after the start."""
    if not isinstance(edge, datetime):
        return edge
    local = edge.astimezone(clocks.zone(zone))
    over = isinstance(start, datetime) and clocks.local_day(start, zone) < local.date()
    return at_clock(day + DAY if over else day, local.time(), zone)


def _as_day(edge: date | datetime, zone: str) -> date:
    return clocks.local_day(edge, zone) if isinstance(edge, datetime) else edge


def _edges(when: When, zone: str) -> tuple[datetime, datetime]:
    """From and up to; days count whole."""
    start, end = when.start, when.end
    if when.grain is Grain.BEFORE:
        start = clocks.local_day(end, zone) if isinstance(end, datetime) else None
    if when.grain is Grain.DAY:
        end = start
    if when.grain is Grain.AFTER and isinstance(start, datetime) and end is None:
        end = clocks.local_day(start, zone)
    first = _EVER[0] if start is None else _begin(start, zone)
    last = _EVER[1] if end is None else _finish(end, zone)
    return first, last


def _begin(edge: date | datetime, zone: str) -> datetime:
    return edge if isinstance(edge, datetime) else clocks.midnight(edge, zone)


def _finish(edge: date | datetime, zone: str) -> datetime:
    return edge if isinstance(edge, datetime) else clocks.midnight(edge + DAY, zone)


def _bounds(when: When, place: Place) -> tuple[datetime, datetime] | None:
    """What was said as a stretch of time; None where it says nothing."""
    if when.grain in _POINTS and isinstance(when.start, datetime):
        return when.start, when.start
    first, last = _edges(when, place.zone)
    return (first, last) if first < last else None


def _searched(when: When, place: Place) -> Iterable[Window | None]:
    """Where slots are looked for: for a time the whole of its day, so that what lies near is known at once."""
    bounds = _bounds(when, place)
    if bounds is None:
        return ()
    if when.grain in _POINTS:
        day = clocks.local_day(bounds[0], place.zone)
        return (_clipped(whole_day(day, place.zone), place),)
    window = _clipped(Window(*bounds), place)
    return () if window is None else _without(window, when, place.zone)


def _clipped(window: Window, place: Place) -> Window | None:
    start, end = max(window.start, place.now), min(window.end, place.until)
    return Window(start, end) if start < end else None


def _without(window: Window, when: When, zone: str) -> Iterable[Window]:
    start = window.start
    for day in sorted({_as_day(one, zone) for one in when.exclude}):
        gap = whole_day(day, zone)
        if start < gap.start < window.end:
            yield Window(start, gap.start)
        if gap.start < window.end and start < gap.end:
            start = gap.end
    if start < window.end:
        yield Window(start, window.end)


def _joined(windows: Iterable[Window]) -> Iterable[Window]:
    """Windows in order, those that touch made one."""
    last: Window | None = None
    for one in sorted(windows):
        if last is not None and one.start <= last.end:
            last = Window(last.start, max(last.end, one.end))
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _with_hour(start: datetime, hour: time | None, zone: str) -> datetime:
    return start if hour is None else at_clock(clocks.local_day(start, zone), hour, zone)


def _days(whens: Iterable[When], zone: str) -> tuple[date, ...]:
    days = (day_of(one, zone) for one in whens)
    return tuple(dict.fromkeys(day for day in days if day is not None))
