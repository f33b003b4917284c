"""Labelled messages and predictions as frames: which intents, with which details, and when two details are the same.

The rules are those of `../shared/evaluation/score.py`, part intents, in house style.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.evaluation.scoring import normalised

Slots = Mapping[str, Any]
TEXTS = frozenset({"service", "person_name", "staff"})
TIMES = frozenset({"when", "from_when"})
_ARTICLE = re.compile(r"^(?:el|la|los|las|un|una|o|a|os|as|um|uma|the|an)\s+")
_POINTS = frozenset({"minute", "approx"})
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_LONG_PART = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a message means, or is thought to mean. Details that are empty are left out."""

    id: str
    intents: frozenset[str]
    slots: Slots


def frame(row: Mapping[str, Any]) -> Frame:
    """A frame from a labelled line or a prediction."""
    slots = {key: value for key, value in (row.get("slots") or {}).items() if value not in (None, "", [], {})}
    return Frame(id=row["id"], intents=frozenset(row.get("intents") or ()), slots=slots)


def same(slot: str, one: object, other: object) -> bool:
    """Whether two values of a detail are exactly the same."""
    return _key(slot, one) == _key(slot, other)


def alike(slot: str, gold: object, said: object) -> bool:
    """Near enough: one name within the other; the same day and within the hour, or half of it overlapping."""
    if slot in TEXTS:
        one, other = " ".join(_texts(gold)), " ".join(_texts(said))
        return bool(one and other) and (one in other or other in one)
    if slot in TIMES:
        wanted, given = _listed(gold), _listed(said)
        near = all(any(_near(one, other) for other in given) for one in wanted)
        return len(wanted) == len(given) and near
    return same(slot, gold, said)


def _key(slot: str, value: object) -> object:
    if slot in TEXTS:
        return _texts(value)
    if slot in TIMES:
        return tuple(sorted(json.dumps(_time(one), sort_keys=True) for one in _listed(value)))
    return int(value) if isinstance(value, int | str) and str(value).lstrip("-").isdigit() else value


def _texts(value: object) -> tuple[str, ...]:
    return tuple(sorted(_ARTICLE.sub("", normalised(str(one))) for one in _listed(value)))


def _listed(value: object) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else [value]


def _time(when: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in when.items():
        if isinstance(value, str) and "T" in value:
            found[key] = value[:16]
        elif value is not None:
            found[key] = sorted(value) if isinstance(value, list) else value
    return found


@dataclass(frozen=True, slots=True)
class _Span:
    start: datetime | None
    end: datetime | None


def _span(when: Mapping[str, Any]) -> _Span | None:
    start, end, grain = when.get("start"), when.get("end"), when.get("grain")
    if grain == "any" or not (start or end):
        return None
    begins = _moment(start) if start else None
    if end:
        return _Span(begins, _moment(end) + (_DAY if len(end) == len("2026-01-01") else timedelta()))
    if begins is not None and start and len(start) == len("2026-01-01") and grain != "after":
        return _Span(begins, begins + _DAY)
    if begins is not None and grain in _POINTS:
        return _Span(begins, begins + timedelta(minutes=1))
    return _Span(begins, None)


def _moment(text: str) -> datetime:
    if "T" not in text:
        return datetime.combine(date.fromisoformat(text), datetime.min.time())
    return datetime.fromisoformat(text[:16])


def _near(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    gold, said = _span(one), _span(other)
    if gold is None or said is None:
        return gold is None and said is None
    points = (one.get("grain") in _POINTS, other.get("grain") in _POINTS)
    if any(points):
        return _near_point(gold, said, points)
    return _overlap(gold, said)


def _near_point(gold: _Span, said: _Span, points: tuple[bool, bool]) -> bool:
    if gold.start is None or said.start is None:
        return False
    if all(points):
        return abs(gold.start - said.start) <= _HOUR
    point, part = (gold.start, said) if points[0] else (said.start, gold)
    if part.start is None or part.end is None:
        return False
    return part.start <= point <= part.end and part.end - part.start <= _LONG_PART


def _overlap(gold: _Span, said: _Span) -> bool:
    if (gold.start is None) != (said.start is None) or (gold.end is None) != (said.end is None):
        return False
    if gold.end is None or said.end is None:
        return gold.start is not None and said.start is not None and abs(gold.start - said.start) <= _HOUR
    if gold.start is None or said.start is None:
        return abs(gold.end - said.end) <= _DAY
    shared = min(gold.end, said.end) - max(gold.start, said.start)
    shorter = min(gold.end - gold.start, said.end - said.start)
    return shared >= 0.5 * shorter and gold.start.date() == said.start.date()
