"""The labelled messages: shops, texts with their details marked in place, and vectors.

A message is written under its intents ("book", "question+book", "book @offer" where something is awaited). Its
details stand in brackets with a letter: s service, t staff, p person's name, w when, f the old time, n=4 party size,
o=2 ordinal, r=5 rating.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import yaml
from numpy.typing import NDArray

from assistant.expressions.shop import Opening, ShopClock
from assistant.turns import Language
from assistant.understanding.shop_words import Shop, ShopWords, offering, person
from assistant.understanding.shops import shop_from
from assistant.understanding.values import Awaiting, Message, Slot
from assistant.wording import tidy
from knowledge.embedding.encoder import Encoder
from knowledge.interchange import load_merchant

Floats = NDArray[np.float32]
HERE = Path(__file__).parent
SHOPS = HERE.parent / "shops"
UNSURE = "unsure"
_MARK = re.compile(r"\[([^\]]+)\](?:([stpwf])|([nor])=(-?\d+))")
_SLOTS = {"s": "service", "t": "staff", "p": "person_name", "w": "when", "f": "from_when"}
_TITLED = re.compile(r"\b(doctora?|dra?|licenciad[oa]|profe|doutora?|coach|don)\.? $", re.IGNORECASE)
"""A title before a person's name is part of what was said."""
_NUMBERS = {"n": Slot.SIZE, "o": Slot.ORDINAL, "r": Slot.RATING}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NOON = datetime(2026, 11, 17, 11, 20)  # noqa: DTZ001 - a Tuesday, local to each shop
_BATCH = 16


@dataclass(frozen=True, slots=True)
class Marked:
    """A detail of a message: where it stands, and its number where it is one."""

    slot: str
    start: int
    end: int
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    text: str
    kinds: frozenset[str]
    awaiting: Awaiting | None
    shop: str
    language: str
    marked: tuple[Marked, ...]
    own: bool = True
    """Whether it is one of the messages here, not a question of the shops in `training/shops`."""

    def said(self, slot: str) -> tuple[str, ...]:
        return tuple(self.text[one.start : one.end] for one in self.marked if one.slot == slot)

    def number(self, slot: str) -> int | None:
        return next((one.number for one in self.marked if one.slot == slot), None)

    @property
    def message(self) -> Message:
        zone = zone_of(self.shop)
        return Message(text=self.text, now=_NOON.replace(tzinfo=zone), awaiting=self.awaiting)


def shop_questions() -> list[Example]:
    """What customers ask the shops of `training/shops`: questions and nothing else, to be trained on, not measured."""
    return [one for path in sorted(SHOPS.glob("*/questions.jsonl")) for one in _questions(path)]


def _questions(path: Path) -> Iterator[Example]:
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        if row["kind"] == "answerable":
            yield Example(
                text=row["text"],
                kinds=frozenset({"question"}),
                awaiting=None,
                shop=path.parent.name,
                language=shop(path.parent.name).languages[0].value,
                marked=(),
                own=False,
            )


@cache
def shop_rows() -> Mapping[str, Mapping[str, Any]]:
    rows: Mapping[str, Mapping[str, Any]] = yaml.safe_load((HERE / "shops.yaml").read_text(encoding="utf-8"))
    return rows


def zone_of(name: str) -> ZoneInfo:
    return shop(name).clock.zone


@cache
def shop(name: str) -> Shop:
    """A fictitious shop as messages are read against it: of `shops.yaml`, or of `training/shops`."""
    if name not in shop_rows():
        base = load_merchant(SHOPS / name / "merchant.yaml").knowledge_base
        if base is None:
            raise FileNotFoundError(name)
        return shop_from(base)
    row = shop_rows()[name]
    offerings = tuple(offering(f"s{number}", one) for number, one in enumerate(row["services"], 1))
    people = tuple(
        person(f"p{number}", who, role) for number, (who, role) in enumerate(row["staff"].items(), 1)
    )
    clock = ShopClock(zone=ZoneInfo(row["zone"]), weekly=_weekly(row["hours"]))
    return Shop(words=ShopWords(offerings, people), clock=clock, languages=(Language(row["language"]),))


def _weekly(hours: str) -> tuple[tuple[Opening, ...], ...]:
    week: list[tuple[Opening, ...]] = [()] * 7
    for part in hours.split(";"):
        days, *ranges = part.split()
        first, _, last = days.partition("-")
        for day in range(_DAYS.index(first), _DAYS.index(last or first) + 1):
            week[day] = tuple(_opening(one) for one in ranges)
    return tuple(week)


def _opening(text: str) -> Opening:
    opens, closes = text.split("-")
    return Opening(time.fromisoformat(opens), time.fromisoformat(closes))


def examples() -> list[Example]:
    """All labelled messages, shop by shop."""
    return [one for path in sorted((HERE / "messages").glob("*.yaml")) for one in _of_file(path)]


def _of_file(path: Path) -> Iterator[Example]:
    table: Mapping[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
    for heading, lines in table.items():
        kinds, _, awaiting = heading.partition(" @")
        for line in lines.splitlines():
            yield _example(line.strip(), kinds, awaiting, path.stem.split(".")[0])


def _example(line: str, kinds: str, awaiting: str, shop_name: str) -> Example:
    text, marked = _unmarked(line)
    return Example(
        text=text,
        kinds=frozenset(kinds.split("+")) - {UNSURE},
        awaiting=Awaiting(awaiting) if awaiting else None,
        shop=shop_name,
        language=shop_rows()[shop_name]["language"],
        marked=marked,
    )


def _unmarked(line: str) -> tuple[str, tuple[Marked, ...]]:
    text, marked, place = "", [], 0
    for match in _MARK.finditer(line):
        text += line[place : match.start()]
        slot = _SLOTS[match[2]] if match[2] else _NUMBERS[match[3]].value
        title = _TITLED.search(text) if slot == "staff" else None
        start = title.start(1) if title else len(text)
        marked.append(Marked(slot, start, len(text) + len(match[1]), int(match[4]) if match[4] else None))
        text += match[1]
        place = match.end()
    return text + line[place:], tuple(marked)


def encoded(texts: Sequence[str], encoder: Encoder, cache_file: Path) -> dict[str, Floats]:
    """A vector for each text as the reader sends it to the encoder; those of an earlier run are read again."""
    held = _cached(cache_file)
    new = [text for text in dict.fromkeys(map(tidy, texts)) if text not in held]
    for first in range(0, len(new), _BATCH):
        batch = new[first : first + _BATCH]
        held.update(zip(batch, encoder.encode_queries(batch), strict=True))
        print(f"\r  {first + len(batch)} of {len(new)} texts encoded", end="", flush=True)
    if new:
        print()
        cache_file.parent.mkdir(parents=True, exist_ok=True)
        np.savez(cache_file, texts=np.asarray(list(held)), vectors=np.asarray(list(held.values())))
    return held


def _cached(cache_file: Path) -> dict[str, Floats]:
    if not cache_file.exists():
        return {}
    with np.load(cache_file) as held:
        return dict(zip(held["texts"].tolist(), held["vectors"], strict=True))
