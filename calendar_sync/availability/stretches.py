"""Arithmetic of stretches of time. Inside availability a moment is whole seconds since 1970, for speed."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from calendar_sync.availability.values import Window

Stretch = tuple[int, int]
"""From the first second up to and without the second."""


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def stretch(window: Window) -> Stretch:
    """Outwards to whole seconds, so that a busy time is never made shorter."""
    end = window.end.timestamp()
    return int(window.start.timestamp()), int(end) + (end > int(end))


def window(one: Stretch) -> Window:
    return Window(moment(one[0]), moment(one[1]))


def union(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same time without overlaps, in order; stretches that touch become one, empty ones vanish."""
    done: list[Stretch] = []
    for start, end in sorted(one for one in stretches if one[0] < one[1]):
        if done and start <= done[-1][1]:
            done[-1] = (done[-1][0], max(done[-1][1], end))
        else:
            done.append((start, end))
    return done


def common(first: Iterable[Stretch], second: Sequence[Stretch]) -> list[Stretch]:
    """The time that is in both."""
    both = ((max(a, c), min(b, d)) for a, b in first for c, d in second)
    return union(both)


def minus(stretches: Iterable[Stretch], blocked: Sequence[Stretch]) -> list[Stretch]:
    """What is left of the stretches; `blocked` is a union."""
    left: list[Stretch] = []
    for start, end in union(stretches):
        at = start
        for from_, until in blocked:
            if until > at and from_ < end:
                left.append((at, from_))
                at = max(at, until)
        left.append((at, end))
    return [one for one in left if one[0] < one[1]]


def touches(blocked: Sequence[Stretch], start: int, end: int) -> bool:
    """Whether the time from `start` to `end` meets one of the stretches of a union."""
    index = bisect_left(blocked, (end,)) - 1
    return index >= 0 and blocked[index][1] > start


def holding(stretches: Sequence[Stretch], at: int) -> Stretch | None:
    """The stretch of a union that holds this second."""
    index = bisect_right(stretches, (at, float("inf"))) - 1
    return stretches[index] if index >= 0 and stretches[index][1] > at else None


def holds(stretches: Sequence[Stretch], start: int, end: int) -> bool:
    """Whether the whole time lies in one stretch of a union."""
    found = holding(stretches, start)
    return found is not None and end <= found[1]
