"""`mostrador evaluate intents`: every labelled message of a folder is understood, then the scorer's tables.

The folder holds `intents.jsonl` and each merchant's `<merchant>/merchant.yaml`. No database and no network: the
mind's own reader is asked, with the merchant's names and hours, what is awaited, and the time of the message.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console

from app.evaluation.intent_frames import Frame, frame
from app.evaluation.intent_scoring import score_intents
from app.evaluation.intent_table import print_confusions, print_misread, print_score
from assistant.intents_codec import kind_of, slots_json
from assistant.understanding.reader import Understander
from assistant.understanding.shop_words import Shop
from assistant.understanding.shops import shop_from
from assistant.understanding.values import Message, Understanding, awaited
from knowledge.entries import KnowledgeBase
from knowledge.interchange import load_merchant

FILE = "intents.jsonl"
_NAMED = ("service", "staff")
_TIMES = ("when", "from_when")
_SECONDS = len("2026-11-24T10:30:00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A labelled message with its merchant. `appointment`: when the booking is that it is about."""

    gold: Frame
    text: str
    now: datetime
    awaiting: str | None
    appointment: datetime | None
    shop: Shop


def evaluate_intents(
    console: Console, folder: Path, understander: Understander, out: Path | None, *, show: int
) -> None:
    """Understand everything, write the predictions, print the tables."""
    cases = read_cases(folder)
    rows = [predict(case, understander) for case in cases]
    if out:
        out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    gold, predicted = [case.gold for case in cases], [frame(row) for row in rows]
    result = score_intents(gold, predicted)
    print_score(console, result)
    print_confusions(console, gold, predicted, result)
    texts = {case.gold.id: case.text for case in cases}
    print_misread(console, gold, {one.id: one for one in predicted}, texts, show)


def read_cases(folder: Path) -> list[Case]:
    """The labelled messages of the folder, in its order."""
    bases = dict(_merchants(folder))
    shops = {name: shop_from(base) for name, base in bases.items()}
    lines = (folder / FILE).read_text(encoding="utf-8").splitlines()
    return [_case(json.loads(line), shops) for line in lines if line.strip()]


def _merchants(folder: Path) -> Iterator[tuple[str, KnowledgeBase]]:
    for file in sorted(folder.glob("*/merchant.yaml")):
        loaded = load_merchant(file).knowledge_base
        if loaded is not None:
            yield file.parent.name, loaded


def _case(row: Mapping[str, Any], shops: Mapping[str, Shop]) -> Case:
    shop = shops[row["merchant"]]
    return Case(
        gold=frame(row),
        text=row["text"],
        now=_local(row["now"], shop.clock.zone),
        awaiting=row.get("awaiting"),
        appointment=_local(row["appointment"], shop.clock.zone) if row.get("appointment") else None,
        shop=shop,
    )


def _local(text: str, zone: ZoneInfo) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=zone)


def predict(case: Case, understander: Understander) -> dict[str, Any]:
    """One line of predictions: what the reader made of a message."""
    message = Message(text=case.text, now=case.now, awaiting=awaited(case.awaiting))
    understood = understander.understand(message, case.shop)
    kinds = [kind for one in understood.intents if (kind := kind_of(one)) != "unsure"]
    return {"id": case.gold.id, "intents": kinds, "slots": _slots(understood, case.appointment)}


def _slots(understood: Understanding, appointment: datetime | None) -> dict[str, Any]:
    slots = slots_json(understood.slots)
    for name in _NAMED:
        if name in slots:
            slots[name] = _single([one["said"] for one in slots[name]])
    for name in _TIMES:
        if name in slots:
            slots[name] = _single([_time(one, appointment) for one in slots[name]])
    if understood.rating is not None:
        slots["rating"] = understood.rating
    return slots


def _single(values: Sequence[Any]) -> Any:
    return values[0] if len(values) == 1 else list(values)


def _time(when: Mapping[str, Any], appointment: datetime | None) -> dict[str, Any]:
    """A time in local ISO. An hour later than the booking is resolved: here its time is known."""
    row = dict(when)
    minutes = row.pop("shift_minutes", None)
    if minutes is not None and appointment is not None:
        row["start"] = (appointment + timedelta(minutes=minutes)).isoformat()
    return {key: value[:_SECONDS] if isinstance(value, str) else value for key, value in row.items()}
