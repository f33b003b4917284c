"""How readings are compared with labels: exactly, fairly towards readers with other conventions, and by start alone."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from assistant.expressions.values import Grain, Mention, Role, When
from training.dates.examples import Example

_MOMENTS = {Grain.MINUTE, Grain.APPROX}
_HALF_OPEN = {Grain.AFTER, Grain.BEFORE}
_SPANS = {Grain.PART, Grain.DAYS, Grain.WEEK, Grain.MONTH}
ENOUGH = 0.5


def wished(mentions: Sequence[Mention]) -> tuple[When, ...]:
    """What a message is about: its wishes; where it has none, the times that it says will not do ("mañana no voy")."""
    wishes = tuple(one.when for one in mentions if one.role is Role.WISH)
    return wishes or tuple(one.when for one in mentions if one.role is Role.EXCLUDED)


def old(mentions: Sequence[Mention]) -> tuple[When, ...]:
    return tuple(one.when for one in mentions if one.role is Role.OLD)


def exact(labels: Sequence[When], found: Sequence[When]) -> bool:
    """Every time with its grain, start, end and excluded days, and no other; in any order."""
    return sorted(map(_key, labels)) == sorted(map(_key, found))


def _key(when: When) -> str:
    edges = (when.start, when.end, *sorted(when.exclude))
    return " ".join([when.grain, str(when.shift), *(edge.isoformat() if edge else "-" for edge in edges)])


def fair(labels: Sequence[When], found: Sequence[When]) -> bool:
    """As exact, but a span only has to be the same one by and large, and "about four" may be four."""
    left = list(found)
    for label in labels:
        match = next((one for one in left if alike(label, one)), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def alike(label: When, found: When) -> bool:
    if label.grain in _MOMENTS:
        return found.grain in _MOMENTS and found.start == label.start
    if label.grain in _HALF_OPEN:
        return found.grain is label.grain and _is_same_limit(_limit(label), _limit(found))
    if label.grain is Grain.RANGE:
        return found.start == label.start and _overlap(label, found) >= ENOUGH
    if label.grain in _SPANS:
        return _overlap(label, found) >= ENOUGH or _is_its_start(label, found)
    if label.grain is Grain.ANY:
        return found.grain is Grain.ANY and set(found.exclude) == set(label.exclude)
    return (found.start, found.end) == (label.start, label.end)


def _limit(when: When) -> date | datetime | None:
    return when.start if when.grain is Grain.AFTER else when.end


def _is_same_limit(label: date | datetime | None, found: date | datetime | None) -> bool:
    """Of days, whether "before the 12th" holds the 12th or ends on the 11th is a convention."""
    if label is None or found is None or isinstance(label, datetime) or isinstance(found, datetime):
        return label == found
    return abs(label - found) <= timedelta(days=1)


def _is_its_start(label: When, found: When) -> bool:
    """Noon as a moment, and as the part of the day that begins with it."""
    return label.grain is Grain.PART and found.grain in _MOMENTS and found.start == label.start


def _overlap(label: When, found: When) -> float:
    """What both cover, as a share of what either does."""
    one, other = _span(label), _span(found)
    if one is None or other is None:
        return 0.0
    shared = (min(one[1], other[1]) - max(one[0], other[0])).total_seconds()
    return max(0.0, shared) / (max(one[1], other[1]) - min(one[0], other[0])).total_seconds()


def _span(when: When) -> tuple[datetime, datetime] | None:
    if when.start is None or when.end is None:
        return None
    return _wall(when.start, days=0), _wall(when.end, days=1)


def _wall(edge: date | datetime, days: int) -> datetime:
    """On the wall clock; a date that ends a span reaches to its midnight."""
    if isinstance(edge, datetime):
        return edge.replace(tzinfo=None)
    return datetime.combine(edge + timedelta(days=days), time())


def has_start(example: Example) -> bool:
    return bool(example.when) and example.when[0].start is not None


def starts(example: Example, found: Sequence[When]) -> bool:
    """Whether the first time read begins when the first one meant does: the day, and the hour where one was meant."""
    label = example.when[0]
    read = next((one.start for one in found if one.start is not None), None)
    if read is None or label.start is None:
        return False
    if isinstance(label.start, datetime):
        return isinstance(read, datetime) and read == label.start
    return (read.date() if isinstance(read, datetime) else read) == label.start


def is_plain(example: Example) -> bool:
    """One time and nothing else: what any library of dates sets out to read."""
    return len(example.when) == 1 and not example.from_when and example.when[0].grain is not Grain.ANY
