"""The free slots of a stretch of time, and what a slot takes."""

from collections.abc import Iterator
from itertools import islice

from calendar_sync.availability.assignments import SHOP, Plan
from calendar_sync.availability.rules import MINUTE, allowed, grid
from calendar_sync.availability.stretches import Stretch, seconds, window
from calendar_sync.availability.values import (
    Ask,
    Busy,
    Need,
    Resource,
    ResourceKind,
    Situation,
    Slot,
)
from calendar_sync.shop.values import ServiceKind, Shop


def find(situation: Situation, ask: Ask, limit: int | None = None) -> tuple[Slot, ...]:
    """Free slots in order, one for each time: with the first who is free. None while the calendar is unknown."""
    service = situation.shop.service(ask.service)
    if service is None or not isinstance(situation.busy, Busy):
        return ()
    plan = Plan(situation, ask, service)
    between = allowed(situation, ask, service)
    found = (next(plan.assignments(start), None) for start in _starts(plan, between))
    return tuple(islice((slot for slot in found if slot is not None), limit))


def options(situation: Situation, ask: Ask, start: int) -> tuple[Slot, ...]:
    """Every way to have the service from this second on; who books tries them in turn."""
    service = situation.shop.service(ask.service)
    if service is None or not isinstance(situation.busy, Busy):
        return ()
    return tuple(Plan(situation, ask, service).assignments(start))


def _starts(plan: Plan, between: Stretch) -> Iterator[int]:
    """The times that are offered, in order, each once."""
    first, last = between
    found = _class_starts(plan) if plan.service.kind is ServiceKind.GROUP else _grid(plan)
    return iter(sorted({start for start in found if first <= start < last}))


def _class_starts(plan: Plan) -> Iterator[int]:
    return (start for _, times in plan.classes for start, _ in times)


def _grid(plan: Plan) -> Iterator[int]:
    """From each opening on, so that a shop that opens at ten past offers ten past."""
    step = grid(plan.shop.rules, plan.service) * MINUTE
    length = plan.service.minutes * MINUTE
    for opening in plan.openings:
        start, end = opening.stretch
        yield from range(start, end - length + 1, step)


def needs_of(shop: Shop, slot: Slot) -> tuple[Need, ...]:
    """What a slot takes, buffers included, in the order in which it is taken."""
    service = shop.service(slot.service)
    before, after = (service.before, service.after) if service else (0, 0)
    if slot.group is not None:
        return (_seats(shop, slot),)
    whole = window((seconds(slot.start) - before * MINUTE, seconds(slot.end) + after * MINUTE))
    named = (
        (ResourceKind.STAFF, slot.staff),
        (ResourceKind.ROOM, slot.room),
        (ResourceKind.TABLE, slot.table),
    )
    needs = [Need(resource=Resource(kind, key), window=whole) for kind, key in named if key is not None]
    if slot.staff is None and slot.table is None:
        needs.append(Need(resource=SHOP, window=whole, capacity=shop.rules.parallel))
    return tuple(sorted(needs, key=lambda need: need.resource))


def _seats(shop: Shop, slot: Slot) -> Need:
    group = next((one for one in shop.classes if one.id == slot.group), None)
    return Need(
        resource=Resource(ResourceKind.CLASS, slot.group or ""),
        window=slot.window,
        units=slot.party_size,
        capacity=group.seats if group else 0,
    )
