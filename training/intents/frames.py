"""Readings and labels as the scorer's frames."""

from collections.abc import Mapping
from typing import Any

from app.evaluation.intent_frames import Frame
from assistant.expressions.reading import read as read_times
from assistant.expressions.values import Grain
from assistant.intents import Slots, When
from assistant.intents_codec import slots_json
from assistant.understanding.details import details_of
from assistant.understanding.reading import Read
from assistant.understanding.times import as_when
from training.intents.data import Example, shop, zone_of

_NUMBERS = ("party_size", "ordinal", "rating")


def gold_frame(example: Example, ident: str) -> Frame:
    """The label; a marked time is what the engine makes of its words alone."""
    slots: dict[str, Any] = {}
    if not example.kinds or not example.kinds <= {"complaint", "human"}:
        for slot in ("service", "staff"):
            if said := example.said(slot):
                slots[slot] = list(said)
        if name := example.said("person_name"):
            slots["person_name"] = name[0]
        slots |= {slot: number for slot in _NUMBERS if (number := example.number(slot)) is not None}
        for slot in ("when", "from_when"):
            if whens := _whens(example, slot):
                slots[slot] = whens
    return Frame(id=ident, intents=example.kinds, slots=slots)


def _whens(example: Example, slot: str) -> list[Mapping[str, Any]]:
    """What the engine reads in the marked words, seen within the whole message.

    "A whole day off" and "an hour later" need no mark to be wished.
    """
    clock, now = shop(example.shop).clock, example.message.now.astimezone(zone_of(example.shop))
    marks = [one for one in example.marked if one.slot == slot]
    mentions = read_times(example.text, now, clock, example.language)
    chosen = [
        one
        for one in mentions
        if any(one.span[0] < mark.end and one.span[1] > mark.start for mark in marks)
        or (slot == "when" and (one.when.shift is not None or one.when.grain is Grain.ANY))
    ]
    return list({str(row): row for row in (when_row(as_when(one.when)) for one in chosen)}.values())


def when_row(when: When) -> Mapping[str, Any]:
    (row,) = slots_json(Slots(when=(when,)))["when"]
    return dict(row)


def read_frame(read: Read, kinds: tuple[str, ...], ident: str) -> Frame:
    """What was read, in the same form."""
    row = slots_json(details_of(read, kinds))
    for slot in ("service", "staff"):
        if slot in row:
            row[slot] = [one["said"] for one in row[slot]]
    if "rate" in kinds and read.rating is not None:
        row["rating"] = read.rating
    return Frame(id=ident, intents=frozenset(kinds), slots=row)
