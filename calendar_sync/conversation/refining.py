"""What a new time means after what was said before: the day stays when only an hour is named, the hour when a day is."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time

from calendar_sync.availability import clocks
from calendar_sync.availability.openings import ranges_on
from calendar_sync.conversation.values import ChoiceKind, State, View
from calendar_sync.conversation.windows import (
    at_clock,
    day_of,
    hour_of,
    of_a_day,
    on_day,
    shifted,
)
from calendar_sync.requests import Details, Grain, When
from calendar_sync.shop.values import Shop

_HALF_DAY = 12


def refined(state: State, said: Iterable[When], view: View) -> State:
    """The state with the time that is wanted now."""
    zone = view.shop.timezone
    relative = (shifted(one, _anchor(state, view)) for one in said)
    whens = tuple(_on_base(one, state, view) for one in relative if one is not None)
    if not whens:
        return state
    hour = hour_of(whens, zone) or hour_of(state.whens, zone) or state.hour or _target_hour(state, view)
    whens = _keeping_part(whens, state.whens, zone)
    return replace(state, whens=whens, hour=None if any(map(_spans_hours, whens)) else hour)


def at_the_same_hour(details: Details, state: State, view: View) -> Details:
    """One day alone keeps the hour that was asked for before: "el martes a las 5" … "mejor el jueves"."""
    points = [one for one in state.whens if one.grain in (Grain.MINUTE, Grain.APPROX)]
    if len(points) != 1 or len(details.when) != 1 or details.when[0].grain is not Grain.DAY:
        return details
    zone = view.shop.timezone
    day = day_of(details.when[0], zone)
    return details if day is None else replace(details, when=(on_day(points[0], day, zone),))


def _spans_hours(when: When) -> bool:
    """A part of the day was named, so no earlier hour is kept."""
    return of_a_day(when) and when.grain not in (Grain.MINUTE, Grain.APPROX)


def _on_base(when: When, state: State, view: View) -> When:
    """Words without a day come as today's; in a dialogue about another day they mean that one."""
    base, zone = base_day(state, view), view.shop.timezone
    today = clocks.local_day(view.now, zone)
    if base is None or base == today or not of_a_day(when) or day_of(when, zone) != today:
        return when
    moved = on_day(when, base, zone)
    return _open_half(moved, base, view.shop) if when.grain in (Grain.MINUTE, Grain.APPROX) else moved


def base_day(state: State, view: View) -> date | None:
    """The day that the dialogue is about."""
    zone = view.shop.timezone
    held = state.hold.slot if state.hold else state.chosen
    if held is not None:
        return clocks.local_day(held.start, zone)
    offered = _offered_days(state, zone)
    if len(offered) == 1:
        return offered.pop()
    named = {day_of(one, zone) for one in state.whens}
    if len(named) == 1:
        return named.pop()
    target = _target_start(state, view)
    return clocks.local_day(target, zone) if target is not None and not state.whens else None


def _offered_days(state: State, zone: str) -> set[date]:
    if state.offer is None or state.offer.kind is not ChoiceKind.SLOTS:
        return set()
    return {clocks.local_day(one.start, zone) for one in state.offer.slots}


def _open_half(when: When, day: date, shop: Shop) -> When:
    """An "a las 8" was read by today's hours: on the other day it is the eight o'clock at which the shop is open."""
    if not isinstance(when.start, datetime):
        return when
    local = when.start.astimezone(clocks.zone(shop.timezone)).time()
    other = local.replace(hour=(local.hour + _HALF_DAY) % (2 * _HALF_DAY))
    ranges = ranges_on(shop, day)
    if any(one.opens <= local < one.closes for one in ranges):
        return when
    if any(one.opens <= other < one.closes for one in ranges):
        return replace(when, start=at_clock(day, other, shop.timezone))
    return when


def _keeping_part(whens: tuple[When, ...], before: tuple[When, ...], zone: str) -> tuple[When, ...]:
    """A day alone keeps "in the afternoon" that was said before."""
    parts = [one for one in before if _spans_hours(one)]
    if not parts or any(one.grain is not Grain.DAY for one in whens):
        return whens
    days = [day for one in whens if (day := day_of(one, zone)) is not None]
    return tuple(on_day(part, day, zone) for day in days for part in parts)


def _anchor(state: State, view: View) -> datetime | None:
    """What "an hour later" is later than."""
    held = state.hold.slot if state.hold else state.chosen
    return held.start if held is not None else _target_start(state, view)


def _target_start(state: State, view: View) -> datetime | None:
    return next((one.slot.start for one in view.bookings if one.id == state.target), None)


def _target_hour(state: State, view: View) -> time | None:
    start = _target_start(state, view)
    return None if start is None else start.astimezone(clocks.zone(view.shop.timezone)).time()
