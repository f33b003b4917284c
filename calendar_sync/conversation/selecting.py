"""Which of the free slots are shown, and in which order: a few that differ, rather than every quarter of an hour."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from calendar_sync.availability import clocks
from calendar_sync.availability.values import Slot

A_PAGE = 9
A_DAY = 3
_NEAR = 6
MOST = 45
_STEPS = (15, 20, 30, 60)
_HALF = 30


@dataclass(frozen=True, slots=True)
class Selection:
    """Slots to be shown; `head` of them make the first page, or as many as fit where it is 0."""

    slots: tuple[Slot, ...]
    head: int = 0


def spread(slots: Iterable[Slot], zone: str) -> Selection:
    """Slots of one day: round hours on the first page, then what was left out. Of several days: some of each."""
    found = ordered(slots)
    days = by_day(found, zone)
    if len(found) <= A_PAGE:
        return Selection(found)
    if len(days) == 1:
        first = thinned(found, A_PAGE, zone)
        rest = tuple(one for one in found if one not in first)
        return Selection((*first, *rest)[:MOST], len(first))
    return Selection(tuple(one for day in days.values() for one in thinned(day, A_DAY, zone))[:MOST])


def nearest(
    slots: Iterable[Slot], day: date, clock: time | None, zone: str, *, stay: bool = False
) -> Selection:
    """The nearest days first, on each the hours closest to the one that was wanted; shown in order.

    `stay`: where the day itself has enough, no other is shown.
    """
    days = sorted(by_day(ordered(slots), zone).items(), key=lambda item: abs((item[0] - day).days))
    each = _NEAR if len(days) == 1 else A_DAY
    chosen: list[Slot] = []
    for other, free in days:
        room = min(_NEAR - len(chosen), A_DAY + 1 if stay and other == day else each)
        pool = free if stay or clock is None else _rounded(free, clock, zone)
        chosen += thinned(free, room, zone) if clock is None else _closest(pool, clock, zone, room)
        if len(chosen) >= _NEAR or (stay and other == day and len(chosen) >= A_DAY):
            break
    return Selection(ordered(chosen))


def ordered(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """In order of time, each start once."""
    firsts: dict[datetime, Slot] = {}
    for one in sorted(slots, key=lambda slot: slot.start):
        firsts.setdefault(one.start, one)
    return tuple(firsts.values())


def by_day(slots: Iterable[Slot], zone: str) -> dict[date, list[Slot]]:
    days: dict[date, list[Slot]] = {}
    for one in slots:
        days.setdefault(clocks.local_day(one.start, zone), []).append(one)
    return days


def thinned(slots: Sequence[Slot], most: int, zone: str) -> tuple[Slot, ...]:
    """At most so many of a day's slots: on round times, spread over the day."""
    if len(slots) <= most:
        return tuple(slots)
    rounded = ([one for one in slots if _minute(one, zone) % step == 0] for step in _STEPS)
    fitting = [found for found in rounded if 0 < len(found) <= most]
    if fitting:
        fullest = max(fitting, key=len)
        return tuple(fullest)
    hourly = [one for one in slots if _minute(one, zone) % _STEPS[-1] == 0]
    return _sampled(hourly if len(hourly) > most else slots, most)


def _sampled(slots: Sequence[Slot], most: int) -> tuple[Slot, ...]:
    last = len(slots) - 1
    if most < 2:
        return tuple(slots[:most])
    return tuple(slots[round(count * last / (most - 1))] for count in range(most))


def _rounded(slots: Sequence[Slot], clock: time, zone: str) -> Sequence[Slot]:
    """On half hours, or at the very time; all of them where there is none."""
    wanted = clock.hour * 60 + clock.minute
    found = [one for one in slots if _minute(one, zone) % _HALF == 0 or _minute(one, zone) == wanted]
    return found or slots


def _closest(slots: Iterable[Slot], clock: time, zone: str, most: int) -> list[Slot]:
    wanted = clock.hour * 60 + clock.minute
    return sorted(slots, key=lambda one: abs(_minute(one, zone) - wanted))[:most]


def _minute(slot: Slot, zone: str) -> int:
    local = slot.start.astimezone(clocks.zone(zone))
    return local.hour * 60 + local.minute
