"""The labelled examples as values: a text, the moment and the shop it is read at, and what was meant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from assistant.expressions.shop import Day, Opening, ShopClock
from assistant.expressions.values import Grain, When

HERE = Path(__file__).parent
LANGUAGES = ("es", "pt", "en")
HALVES = ("dev", "held")
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    text: str
    language: str
    now: datetime
    shop: str
    clock: ShopClock
    when: tuple[When, ...]
    """Empty: no time is asked for or talked about."""
    from_when: tuple[When, ...]
    """The time of an existing booking that is to be moved."""


@cache
def examples(language: str, half: str) -> tuple[Example, ...]:
    rows = yaml.safe_load((HERE / f"{language}_{half}.yaml").read_text(encoding="utf-8"))
    return tuple(_example(row, language) for row in rows)


@cache
def shops() -> Mapping[str, ShopClock]:
    found = yaml.safe_load((HERE / "shops.yaml").read_text(encoding="utf-8"))
    return {name: _clock(shop) for name, shop in found.items()}


def _clock(shop: Mapping[str, Any]) -> ShopClock:
    return ShopClock(
        zone=ZoneInfo(shop["zone"]),
        weekly=tuple(_day(shop["weekly"][name]) for name in WEEK),
        country=shop["country"],
        month_first=shop["month_first"],
    )


def _day(ranges: list[list[str]]) -> Day:
    return tuple(Opening(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in ranges)


def _example(row: Mapping[str, Any], language: str) -> Example:
    clock = shops()[row["shop"]]
    return Example(
        text=row["text"],
        language=language,
        now=_moment(row["now"], clock.zone),
        shop=row["shop"],
        clock=clock,
        when=tuple(_when(label, clock.zone) for label in row["when"]),
        from_when=tuple(_when(label, clock.zone) for label in row.get("from_when", ())),
    )


def _when(label: Mapping[str, Any], zone: ZoneInfo) -> When:
    return When(
        grain=Grain(label["grain"]),
        start=_edge(label.get("start"), zone),
        end=_edge(label.get("end"), zone),
        exclude=tuple(map(date.fromisoformat, label.get("exclude", ()))),
    )


def _edge(said: str | None, zone: ZoneInfo) -> date | datetime | None:
    if said is None:
        return None
    return _moment(said, zone) if "T" in said else date.fromisoformat(said)


def _moment(said: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=zone)
