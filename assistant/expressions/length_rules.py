"""What the rules for lengths of time make of their words: "en dos horas", "una hora más tarde", "ahora"."""

from datetime import timedelta

from assistant.expressions.cascade import Found, Make
from assistant.expressions.nodes import FromNow, Length, Shift
from assistant.expressions.scene import Scene
from assistant.expressions.table_files import conventions
from assistant.expressions.values import Grain

_DAY = 24 * 60
_MOST_MINUTES = 60 * 24 * 400
_UNITS = {"MINUTE": 1, "HOURS": 60, "HM": 60, "DAYS": _DAY, "WEEK": 7 * _DAY, "MONTHS": 30 * _DAY}


def _ahead(found: Found, _scene: Scene) -> FromNow | None:
    delta = spoken_length(found)
    return FromNow(delta, Grain.MINUTE) if delta else None


def _ahead_either(found: Found, scene: Scene) -> list[FromNow] | None:
    """As in "en 2 o 3 horas"."""
    both = [
        _ahead(Found({"n": found.kept[name], "u": found.kept["u"]}, found.atoms), scene)
        for name in ("a", "b")
    ]
    made = [one for one in both if one is not None]
    return made if len(made) == len(both) else None


def _now(_found: Found, _scene: Scene) -> FromNow:
    return FromNow(timedelta(), Grain(conventions()["clock"]["now"]["grain"]))


def _soon(_found: Found, _scene: Scene) -> FromNow:
    return FromNow(timedelta(), Grain(conventions()["clock"]["soon"]["grain"]))


def spoken_length(found: Found) -> timedelta | None:
    """The length of "dos horas y media", "half an hour", "15 minutos"; None where it is absurd."""
    unit = next((size for name, size in _UNITS.items() if name in found.kept["u"].classes), 60)
    if "n" not in found:
        return timedelta(minutes=unit // (4 if "quarter" in found else 2))
    count = 2 if "COUPLE" in found.kept["n"].classes else found.value("n", "NUM")
    minutes = (1 if count is None else count) * unit + (unit // 2 if "half" in found else 0)
    return timedelta(minutes=minutes) if minutes <= _MOST_MINUTES else None


def _shift(found: Found, _scene: Scene) -> Shift | None:
    delta = spoken_length(found)
    return Shift(delta * _direction(found)) if delta else None


def _length(found: Found, _scene: Scene) -> Length | None:
    delta = spoken_length(found)
    return Length(delta, _direction(found) if "to" in found else 0) if delta else None


def _next_day(_found: Found, _scene: Scene) -> Length:
    return Length(timedelta(days=1), 1)


def _direction(found: Found) -> int:
    earlier = {"EARLIER", "EARLIERSURE"} & found.kept["to"].classes.keys()
    return -1 if earlier else 1


def length_makes() -> dict[str, Make]:
    """What each name in the rule table stands for."""
    return {
        "ahead": _ahead,
        "ahead_either": _ahead_either,
        "now": _now,
        "soon": _soon,
        "shift": _shift,
        "length": _length,
        "next_day": _next_day,
    }
