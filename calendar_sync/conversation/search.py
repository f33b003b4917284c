"""Finding a time: where it was wanted, else close by, else at all; with the reason and the nearest that there is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from calendar_sync.availability import clocks
from calendar_sync.availability.openings import ranges_on
from calendar_sync.availability.values import Ask, Purpose, Refusal, Refused, Slot, Window
from calendar_sync.conversation.effects import Check, FindSlots
from calendar_sync.conversation.events import Found
from calendar_sync.conversation.holding import take
from calendar_sync.conversation.offering import alternatives, free_times, nothing_free, unreadable
from calendar_sync.conversation.replying import ask_for
from calendar_sync.conversation.values import Goal, Search, Stage, State, Step, View
from calendar_sync.conversation.windows import Place, Plan, at_clock, fits, plan
from calendar_sync.ids import ServiceId
from calendar_sync.requests import Grain

NEAR = timedelta(days=14)
FAR = timedelta(days=60)
_MOST_CHECKS = 3
_NOON = time(12)
_OF_THE_DAY = frozenset({Refusal.HORIZON, Refusal.CLOSED_DAY, Refusal.NOT_THAT_DAY, Refusal.NO_STAFF})
"""Reasons that hold for all of a day, whatever the hour they were given for."""
_NEXT = {Stage.WANTED: Stage.NEAR, Stage.NEAR: Stage.FAR}


@dataclass(frozen=True, slots=True)
class Quest:
    """A search with all that it is about."""

    state: State
    view: View
    service: ServiceId
    minutes: int
    place: Place
    plan: Plan
    search: Search

    @classmethod
    def of(cls, state: State, view: View, search: Search) -> "Quest | None":
        service = view.shop.service(state.service)
        if service is None:
            return None
        place = Place.of(view.shop, service, view.now)
        return cls(
            state, view, service.id, service.minutes, place, plan(state.whens, state.hour, place), search
        )

    def ask(self, window: Window, *, anyone: bool = False) -> Ask:
        state = self.state
        moving = state.goal is Goal.MOVE
        return Ask(
            service=self.service,
            window=window,
            staff=None if anyone else state.staff,
            party_size=state.party or 1,
            purpose=Purpose.MOVE if moving else Purpose.BOOK,
            moving=state.target if moving else None,
        )


def begin(state: State, view: View, *, told: bool = False, but: datetime | None = None) -> Step:
    """Look for the time that is wanted. `told`: the customer is shown times and none is taken unasked."""
    return _look(state, view, Search(stage=Stage.WANTED, told=told, but=but))


def _look(state: State, view: View, search: Search) -> Step:
    quest = Quest.of(state, view, search)
    if quest is None:
        return unreadable(state, view)
    windows = _windows(quest)
    checks = [check for _label, check in _checks(quest)]
    if not windows and not checks:
        return _further(quest, search.refusal or _beyond(quest))
    state = replace(state, turn=replace(state.turn, search=search))
    asks = tuple(quest.ask(window) for window in windows)
    return ask_for(state, FindSlots(asks=asks, checks=tuple(checks)))


def _beyond(quest: Quest) -> Refusal | None:
    """Nothing of what was named can be booked at all: it is over, or too far ahead."""
    if not quest.state.whens:
        return None
    aim = quest.plan.aim
    return Refusal.HORIZON if aim is not None and aim >= quest.place.until else Refusal.PAST


def _windows(quest: Quest) -> tuple[Window, ...]:
    stage, place = quest.search.stage, quest.place
    if stage is Stage.WANTED and quest.state.whens:
        return quest.plan.windows
    if stage is Stage.WANTED:
        return _clipped(place.now, place.now + NEAR, place)
    if stage is Stage.FAR:
        return _clipped(place.now, place.now + FAR, place)
    aim = quest.plan.aim or place.now
    start = min(aim, place.until - NEAR) - timedelta(days=1)
    return _clipped(start, start + NEAR, place)


def _clipped(start: datetime, end: datetime, place: Place) -> tuple[Window, ...]:
    first, last = max(start, place.now), min(max(end, place.now + timedelta(days=2)), place.until)
    return (Window(first, last),) if first < last else ()


def _checks(quest: Quest) -> list[tuple[str, Check]]:
    """Single times to be looked at, each with what its answer is for."""
    if quest.search.stage is not Stage.WANTED:
        return []
    found = []
    for start in quest.plan.exact[:_MOST_CHECKS]:
        found.append(("exact", _check(quest, start)))
        if quest.state.staff is not None:
            found.append(("other", _check(quest, start, anyone=True)))
    if not quest.plan.exact:
        last = (_last_start(quest, day) for day in quest.plan.days[:_MOST_CHECKS])
        found += [("day", _check(quest, start)) for start in last]
    return found


def _last_start(quest: Quest, day: date) -> datetime:
    """The hour at which a day is asked what is wrong with it: the last that could be had."""
    zone, ranges = quest.place.zone, ranges_on(quest.place.shop, day)
    if not ranges:
        return at_clock(day, _NOON, zone)
    last = max(ranges, key=lambda one: one.opens)
    closing = at_clock(day if last.closes > last.opens else day + timedelta(days=1), last.closes, zone)
    return max(closing - timedelta(minutes=quest.minutes), at_clock(day, last.opens, zone))


def _check(quest: Quest, start: datetime, *, anyone: bool = False) -> Check:
    return Check(quest.ask(Window(start, start + timedelta(minutes=1)), anyone=anyone), start)


def on_found(event: Found, state: State, view: View) -> Step:
    search = state.turn.search
    quest = None if search is None else Quest.of(state, view, search)
    if search is None or quest is None:
        return unreadable(state, view)
    event = replace(event, slots=tuple(one for one in event.slots if one.start != search.but))
    if search.stage is Stage.WANTED:
        return _wanted(quest, event)
    if event.slots:
        return alternatives(state, view, quest.plan, search.refusal, event.slots, search.others)
    return _further(quest, search.refusal)


def _wanted(quest: Quest, event: Found) -> Step:
    state, view = quest.state, quest.view
    verdicts = [
        (label, check.start, verdict)
        for (label, check), verdict in zip(_checks(quest), event.checked, strict=False)
    ]
    exact = next((one for label, _, one in verdicts if label == "exact" and isinstance(one, Slot)), None)
    if exact is not None and not quest.search.told:
        return take(state, view, exact)
    fitting = tuple(one for one in event.slots if _is_wanted(one, quest))
    if exact is not None:
        fitting = (exact, *fitting)
    if fitting:
        return free_times(state, view, quest.plan, fitting)
    refusal = _reason(verdicts, quest.place)
    if refusal is Refusal.UNKNOWN:
        return unreadable(state, view)
    others = tuple(one for label, _, one in verdicts if label == "other" and isinstance(one, Slot))
    near = _wished(event.slots, quest) if quest.plan.exact else ()
    if near:
        return alternatives(state, view, quest.plan, refusal, near, others)
    return _further(replace(quest, search=replace(quest.search, others=others)), refusal)


def _is_wanted(slot: Slot, quest: Quest) -> bool:
    """Whether it is what was said; a time that was named to the minute is no wish for others."""
    whens, zone = quest.state.whens, quest.place.zone
    if not whens:
        return True
    return any(
        fits(one, slot.start, zone) for one in whens if one.grain is not Grain.MINUTE or quest.search.told
    )


def _wished(slots: Iterable[Slot], quest: Quest) -> tuple[Slot, ...]:
    """Without days that the customer said will not do."""
    excluded = {day for one in quest.state.whens for day in one.exclude}
    return tuple(one for one in slots if clocks.local_day(one.start, quest.place.zone) not in excluded)


def _reason(verdicts: Sequence[tuple[str, datetime, Slot | Refused]], place: Place) -> Refusal | None:
    """Why the first time that was named cannot be had; of a whole day only what is the day's own fault."""
    for label, start, verdict in verdicts:
        if not isinstance(verdict, Refused) or label == "other":
            continue
        over = clocks.local_day(start, place.zone) < clocks.local_day(place.now, place.zone)
        if label == "exact" or over or verdict.reason in _OF_THE_DAY:
            return verdict.reason
    return None


def _further(quest: Quest, refusal: Refusal | None) -> Step:
    stage, others = _NEXT.get(quest.search.stage), quest.search.others
    if stage is None and others:
        return alternatives(quest.state, quest.view, quest.plan, refusal, (), others)
    if stage is None:
        return nothing_free(quest.state, quest.view, quest.plan, refusal, quest.place.now + FAR)
    return _look(quest.state, quest.view, replace(quest.search, stage=stage, refusal=refusal))
