"""Why a time cannot be had, in words."""

from collections.abc import Callable
from datetime import datetime

from calendar_sync.availability import clocks
from calendar_sync.availability.openings import ranges_on
from calendar_sync.availability.rules import notice
from calendar_sync.availability.values import Purpose, Refusal
from calendar_sync.conversation.replying import tongue
from calendar_sync.conversation.tongue import Tongue, clip
from calendar_sync.conversation.values import Goal, State, View
from calendar_sync.conversation.windows import Place, Plan, of_a_day
from calendar_sync.shop.values import Shop

_NOTE = 80


def why(state: State, view: View, plan: Plan, refusal: Refusal | None) -> str:
    """One sentence; about the time that was named first."""
    words = tongue(view)
    if refusal in (None, Refusal.TAKEN, Refusal.FULL) and not plan.exact:
        return _no_room(state, words, plan)
    aim = plan.aim or view.now
    if refusal in _WITH_STATE:
        return _WITH_STATE[refusal](state, view, words, aim)
    return words.say(_PLAIN.get(refusal, "why.taken"), **words.instant(aim))


def _no_room(state: State, words: Tongue, plan: Plan) -> str:
    if len(plan.days) == 1:
        key = "why.full_part" if any(map(of_a_day, state.whens)) else "why.full_day"
        return words.say(key, when=words.speech.on(plan.days[0]))
    return words.say("why.full_range")


def _closed(_state: State, view: View, words: Tongue, aim: datetime) -> str:
    note = _note(view.shop, aim)
    key = "why.closed_note" if note else "why.closed"
    return words.say(key, when=words.speech.on(aim), note=note)


def _note(shop: Shop, aim: datetime) -> str:
    """Why the merchant is closed, in the merchant's own words."""
    day = clocks.local_day(aim, shop.timezone)
    notes = [one.note for one in shop.special if one.day == day]
    notes += [one.note for one in shop.closures if one.start <= aim < one.end]
    return clip(next((note for note in notes if note), ""), _NOTE)


def _absent(state: State, _view: View, words: Tongue, aim: datetime) -> str:
    when = words.speech.on(aim)
    if state.staff:
        return words.say("why.staff_absent", staff=words.staff(state.staff), when=when)
    return words.say("why.service_absent", service=words.service(state.service), when=when)


def _hours(state: State, view: View, words: Tongue, aim: datetime, key: str) -> str:
    day = clocks.local_day(aim, view.shop.timezone)
    spans = [(one.opens, one.closes) for one in ranges_on(view.shop, day)]
    service = view.shop.service(state.service)
    return words.say(
        key if spans else "why.closed",
        when=words.speech.on(aim),
        ranges=words.speech.ranges(spans, words.say("words.and")),
        service=words.service(state.service),
        duration=words.length(service.minutes if service else 0),
    )


def _outside(state: State, view: View, words: Tongue, aim: datetime) -> str:
    return _hours(state, view, words, aim, "why.outside")


def _not_fit(state: State, view: View, words: Tongue, aim: datetime) -> str:
    return _hours(state, view, words, aim, "why.not_fit")


def _too_soon(state: State, view: View, words: Tongue, _aim: datetime) -> str:
    service = view.shop.service(state.service)
    purpose = Purpose.MOVE if state.goal is Goal.MOVE else Purpose.BOOK
    minutes = notice(view.shop.rules, service, purpose) if service else 0
    return words.say("why.too_soon", service=words.service(state.service), notice=words.length(minutes))


def _too_far(state: State, view: View, words: Tongue, _aim: datetime) -> str:
    service = view.shop.service(state.service)
    until = Place.of(view.shop, service, view.now).until if service else view.now
    return words.say("why.too_far", until=words.last_day(until))


def _past(_state: State, view: View, words: Tongue, aim: datetime) -> str:
    zone = view.shop.timezone
    today = clocks.local_day(aim, zone) == clocks.local_day(view.now, zone)
    return words.say("why.past_hour" if today else "why.past")


def _taken(state: State, _view: View, words: Tongue, aim: datetime) -> str:
    key = "why.taken_staff" if state.staff else "why.taken"
    return words.say(key, staff=words.staff(state.staff), **words.instant(aim))


def _no_class(state: State, _view: View, words: Tongue, aim: datetime) -> str:
    return words.say("why.no_class", service=words.service(state.service), **words.instant(aim))


_WITH_STATE: dict[Refusal | None, Callable[[State, View, Tongue, datetime], str]] = {
    Refusal.CLOSED_DAY: _closed,
    Refusal.NOT_THAT_DAY: _absent,
    Refusal.NO_STAFF: _absent,
    Refusal.OUTSIDE_HOURS: _outside,
    Refusal.ENDS_AFTER_CLOSING: _not_fit,
    Refusal.NOTICE: _too_soon,
    Refusal.HORIZON: _too_far,
    Refusal.PAST: _past,
    Refusal.TAKEN: _taken,
    Refusal.NOT_A_CLASS_TIME: _no_class,
}
_PLAIN: dict[Refusal | None, str] = {
    Refusal.FULL: "why.full",
    Refusal.OFF_GRID: "why.off_grid",
}
