"""Whether one time can be had, and if not, why: so that a customer is told the reason and not just no."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from calendar_sync.availability import clocks
from calendar_sync.availability.assignments import Plan
from calendar_sync.availability.rules import MINUTE, earliest, grid, latest
from calendar_sync.availability.stretches import holding, holds, moment, seconds
from calendar_sync.availability.values import Ask, Busy, Refusal, Refused, Situation, Slot, Window
from calendar_sync.shop.values import ServiceKind


def check(situation: Situation, ask: Ask, start: datetime) -> Slot | Refused:
    """The slot that begins at `start`, or the first reason why there is none. `ask.window` does not matter."""
    service = situation.shop.service(ask.service)
    if service is None:
        return Refused(Refusal.NO_SERVICE)
    plan = Plan(situation, _at(ask, start), service)
    at = seconds(start)
    reason = _impossible(plan) or _too_soon_or_late(plan, at) or _not_open(plan, at) or _off_grid(plan, start)
    if reason is None and not isinstance(situation.busy, Busy):
        reason = Refusal.UNKNOWN
    if reason is not None:
        return Refused(reason)
    slot = next(plan.assignments(at), None)
    return slot or Refused(Refusal.FULL if service.kind is ServiceKind.GROUP else Refusal.TAKEN)


def _at(ask: Ask, start: datetime) -> Ask:
    """The same question for one moment."""
    return replace(ask, window=Window(start, start + timedelta(seconds=1)))


def _impossible(plan: Plan) -> Refusal | None:
    """Never, at whatever time."""
    kind, size = plan.service.kind, plan.ask.party_size
    if kind is ServiceKind.TABLE:
        return None if plan.tables else Refusal.PARTY_TOO_LARGE
    if kind is ServiceKind.GROUP:
        if not plan.classes:
            return Refusal.NO_STAFF if plan.ask.staff else Refusal.NO_SERVICE
        return None if any(size <= one.seats for one, _ in plan.classes) else Refusal.PARTY_TOO_LARGE
    return Refusal.NO_STAFF if plan.shop.staff and not plan.working_times else None


def _too_soon_or_late(plan: Plan, at: int) -> Refusal | None:
    if at < plan.situation.now.timestamp():
        return Refusal.PAST
    if at < earliest(plan.situation, plan.service, plan.ask.purpose):
        return Refusal.NOTICE
    return Refusal.HORIZON if at >= latest(plan.situation, plan.service) else None


def _not_open(plan: Plan, at: int) -> Refusal | None:
    length = plan.service.minutes * MINUTE
    if holding(plan.open_time, at) is None:
        return Refusal.OUTSIDE_HOURS if _opens_that_day(plan, at) else Refusal.CLOSED_DAY
    if plan.service.kind is ServiceKind.GROUP:
        times = {start for _, found in plan.classes for start, _ in found}
        return None if at in times else Refusal.NOT_A_CLASS_TIME
    if holding(plan.service_time, at) is None:
        return Refusal.NOT_THAT_DAY
    if not holds(plan.service_time, at, at + length):
        return Refusal.ENDS_AFTER_CLOSING
    return _nobody_there(plan, at, at + length)


def _opens_that_day(plan: Plan, at: int) -> bool:
    """Whether the shop is open at some other hour of the local day."""
    return _day(plan, at) in {_day(plan, start) for start, _ in plan.open_time}


def _day(plan: Plan, at: int) -> date:
    return clocks.local_day(moment(at), plan.shop.timezone)


def _nobody_there(plan: Plan, start: int, end: int) -> Refusal | None:
    """Those who can do it do not work then; whether they are busy is another question."""
    if plan.service.kind is ServiceKind.TABLE or not plan.shop.staff:
        return None
    if any(holds(works, start, end) for _, _, works in plan.working_times):
        return None
    return Refusal.NOT_THAT_DAY


def _off_grid(plan: Plan, start: datetime) -> Refusal | None:
    """A time that is named may lie between those that are offered, but not anywhere."""
    if plan.service.kind is ServiceKind.GROUP:
        return None
    local = start.astimezone(clocks.zone(plan.shop.timezone))
    exact = local.second == 0 and local.minute % plan.shop.rules.exact == 0
    return None if exact or _offered(plan, seconds(start)) else Refusal.OFF_GRID


def _offered(plan: Plan, at: int) -> bool:
    step = grid(plan.shop.rules, plan.service) * MINUTE
    return any(
        opening.stretch[0] <= at < opening.stretch[1] and (at - opening.stretch[0]) % step == 0
        for opening in plan.openings
    )
