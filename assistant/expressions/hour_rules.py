"""What the rules for hours of the clock and parts of the day make of their words."""

from dataclasses import replace
from typing import Any

from assistant.expressions.cascade import Found, Make
from assistant.expressions.nodes import (
    HALF_DAY,
    Clock,
    Days,
    HourBound,
    HourSpan,
    Noise,
    PartOfDay,
    SameHour,
)
from assistant.expressions.scene import Scene
from assistant.expressions.table_files import conventions

_DAY = 24 * 60
_NOON = 12
_BOTH = (2, 3)


def clock_of(found: Found, _scene: Scene) -> Clock | None:
    hour, minute = _hour_and_minute(found)
    if hour is None or minute > 59:
        return None
    if "to" in found:
        hour, minute = (hour - 1 or _NOON) if minute else hour, (60 - minute) % 60
    clock = placed(hour, minute, _half(found))
    return replace(clock, literal=_is_literal(found), approx=_is_and_a_bit(found)) if clock else None


def _is_and_a_bit(found: Found) -> bool:
    """As in "a las 8 y pico"."""
    return any("BIT" in atom.classes for atom in found.atoms)


def _is_literal(found: Found) -> bool:
    """As in "6h30" and "08:00" are read off a clock of 24 hours, where both halves of the day are open."""
    written = found.kept["h"].text
    return written.startswith("0") or any("HM" in atom.classes for atom in found.atoms)


def _hour_and_minute(found: Found) -> tuple[int | None, int]:
    if "HHMM" in found.kept["h"].classes:
        hour, minute = divmod(found.value("h", "HHMM"), 100)
        return hour, minute
    hour = found.value("h", "HOUR", "ONE", "NUMW")
    if "half" in found:
        return hour, 30
    if "quarter" in found:
        return hour, 15
    return hour, found.value("m", "MIN", "MIN5", "NUMW", "NUM") or 0


def placed(hour: int, minute: int, half: str | None) -> Clock | None:
    """An hour as said in a half or part of the day: 12 at night is midnight, 12 of the morning is noon."""
    if hour > 24 or (hour == 24 and minute):
        return None
    at = hour * 60 + minute
    if hour > _NOON or hour == 0 or half is None:
        return Clock(at, certain=hour > _NOON or hour == 0)
    if hour == _NOON:
        night = half == "evening"
        start = _DAY if night else (0 if half in ("am", "small_hours") else HALF_DAY)
        return Clock(start + minute, certain=True)
    later = half == "pm" or _half_of(half) == "pm"
    early_hours = half == "evening" and hour < 5
    return Clock(at + (HALF_DAY if later and not early_hours else 0), certain=True)


def _half(found: Found) -> str | None:
    """As in "am", "pm" or the name of a part of the day."""
    said = found.value("part", "AMPM", "PARTDE", "PARTEN")
    if said is None and "part" in found:
        return "am" if found.value("h", "HOUR") in (10, 11) else "pm"
    return str(said) if said and (said in ("am", "pm") or _half_of(said)) else None


def _half_of(part: str) -> str | None:
    row = conventions()["parts"].get(part)
    half = row.get("half") if row else None
    return str(half) if half else None


def _bare_clock(found: Found, scene: Scene) -> Clock | None:
    """Without a word before it "las dos" may be both of them."""
    both = found.kept["h"].classes.keys() & {"NUMW"} and found.value("h", "NUM") in _BOTH
    return None if both and len(found.atoms) == 2 else clock_of(found, scene)


def _approximate(found: Found, scene: Scene) -> Clock | None:
    if len(found.atoms) == 2 and {"ONE", "NUMW"} <= found.kept["h"].classes.keys():
        return None  # "como una", "around one"
    clock = clock_of(found, scene)
    return replace(clock, approx=True) if clock else None


def _about(found: Found, _scene: Scene) -> Clock:
    clock: Clock = found.value("c", "NODE")
    return replace(clock, approx=True)


def _hour(found: Found, _scene: Scene) -> Clock:
    clock: Clock = found.value("c", "NODE")
    return clock


def _same_hour(_found: Found, _scene: Scene) -> SameHour:
    return SameHour()


def _midnight(_found: Found, _scene: Scene) -> Clock:
    return Clock(_DAY, certain=True)


def _noon_and(found: Found, _scene: Scene) -> Clock | None:
    first = found.atoms[0].classes
    is_noon = first.get("PARTBARE", first.get("PARTEN")) == "midday"
    return Clock(HALF_DAY + 30, certain=True) if is_noon else None


def _either(found: Found, name: str) -> Clock | None:
    """A clock node, or a bare number taken for an hour."""
    clock = found.value(name, "CLOCK")
    if isinstance(clock, Clock):
        return clock
    if found.value(name, "PARTEN", "PARTBARE") == "midday":
        return Clock(HALF_DAY, certain=True)
    hour = found.value(name, "HOUR")
    return placed(hour, 0, None) if hour is not None else None


def _hour_span(found: Found, _scene: Scene) -> HourSpan | None:
    first, last = _either(found, "a"), _either(found, "b")
    if first is None or last is None:
        return None
    half = _half(found) if "part" in found else None
    if half:
        last = _in_part(last, half)
    return HourSpan(*_in_step(first, last))


def _in_part(clock: Clock, half: str) -> Clock:
    if clock.certain:
        return clock
    return placed(clock.minute // 60, clock.minute % 60, half) or clock


def _in_step(first: Clock, last: Clock) -> tuple[Clock, Clock]:
    """The half of the day that one end names, given to the other: "de 11 a 1 pm", "5 pm a 6"."""
    if last.certain and not first.certain:
        later = [clock for half in ("pm", "am") if (clock := first.in_half(half)).minute < last.minute]
        same = [clock for clock in later if (clock.minute < HALF_DAY) == (last.minute < HALF_DAY)]
        return next(iter(same or later), first), last
    if first.certain and not last.certain:
        after = [clock for half in ("am", "pm") if (clock := last.in_half(half)).minute > first.minute]
        return first, next(iter(after), last)
    return first, last


def _hour_after(found: Found, _scene: Scene) -> HourBound | None:
    clock = _either(found, "c")
    return HourBound(clock, after=True) if clock else None


def _hour_before(found: Found, _scene: Scene) -> HourBound | None:
    clock = _either(found, "c")
    return HourBound(clock, after=False) if clock else None


def _hour_choice(found: Found, _scene: Scene) -> list[Clock] | None:
    first, last = _either(found, "a"), _either(found, "b")
    if first is None or last is None:
        return None
    if "part" in found and (half := _half(found)):
        last = _in_part(last, half)
    if last.certain and not first.certain:
        first = first.in_half("pm" if last.minute >= HALF_DAY else "am")
    return [first, replace(last, approx=first.approx or last.approx)]


def _part(found: Found, _scene: Scene) -> PartOfDay:
    return PartOfDay(found.value("p", "PARTEN", "PARTDE", "PARTBARE"))


def _part_today(found: Found, scene: Scene) -> list[tuple[str, Any]]:
    """As in "esta noche": two nodes of the same words, the day and its part."""
    today = Days(start=scene.today, end=scene.today)
    return [("day", today), ("part", PartOfDay(found.value("p", "PARTTHIS")))]


def _part_bound(found: Found, _scene: Scene) -> PartOfDay:
    return PartOfDay(found.value("p", "PARTBOUND"), bound=True)


def _part_half(found: Found, _scene: Scene) -> PartOfDay:
    """As in "in the a.m.", "el lunes pm"."""
    return PartOfDay("morning" if found.value("p", "AMPM") == "am" else "afternoon")


def _part_early(_found: Found, _scene: Scene) -> PartOfDay:
    """As in "el sábado más temprano", compared with nothing."""
    return PartOfDay("early")


def _noise(_found: Found, _scene: Scene) -> Any:
    return Noise()


def hour_makes() -> dict[str, Make]:
    """What each name in the rule table stands for."""
    return {
        "clock": clock_of,
        "bare_clock": _bare_clock,
        "approximate": _approximate,
        "about": _about,
        "hour": _hour,
        "same_hour": _same_hour,
        "midnight": _midnight,
        "noon_and": _noon_and,
        "hour_span": _hour_span,
        "hour_after": _hour_after,
        "hour_before": _hour_before,
        "hour_choice": _hour_choice,
        "part": _part,
        "part_today": _part_today,
        "part_bound": _part_bound,
        "part_early": _part_early,
        "part_half": _part_half,
        "noise": _noise,
    }
