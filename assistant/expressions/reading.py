"""Words in, times out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

from assistant.expressions.atoms import Atom, atoms
from assistant.expressions.cascade import Make, rewritten
from assistant.expressions.day_rules import day_makes
from assistant.expressions.hour_rules import hour_makes
from assistant.expressions.length_rules import length_makes
from assistant.expressions.mixed_rules import mixed_makes
from assistant.expressions.resolving import readings
from assistant.expressions.roles import with_roles
from assistant.expressions.scene import Scene
from assistant.expressions.shop import ShopClock
from assistant.expressions.span_rules import span_makes
from assistant.expressions.table_files import LANGUAGES
from assistant.expressions.tokens import tokens
from assistant.expressions.tongue import spoken
from assistant.expressions.unit import Unit
from assistant.expressions.units import gathered
from assistant.expressions.values import Mention
from assistant.expressions.week_rules import week_makes
from assistant.expressions.zones import zone_makes

_MOST_MENTIONS = 40


def read(text: str, now: datetime, clock: ShopClock, language: str | None = None) -> tuple[Mention, ...]:
    """The times that a text mentions, in order, seen from `now` (zone-aware; ValueError otherwise).

    `language` is that of the conversation ("es", "pt", "en"); a text that clearly speaks another is read as that,
    and None lets the words tell alone.
    """
    if now.tzinfo is None:
        raise ValueError(f"{now!r} has no time zone")
    found = tokens(text)
    scene = Scene(now.astimezone(clock.zone), clock, spoken(text, found, language))
    row = rewritten(atoms(found, scene.language), scene, makes())
    units = with_roles(gathered(row)[:_MOST_MENTIONS], row)
    return tuple(_mentions(text, units, row, scene))


def warm_up() -> None:
    """Loads and compiles the tables: the first reading would else take a second."""
    zone = ShopClock(zone=ZoneInfo("UTC"), country="CO")
    for language in LANGUAGES:
        read("martez 3 a las 5, puente", datetime(2026, 1, 5, tzinfo=UTC), zone, language)


@cache
def makes() -> Mapping[str, Make]:
    """What every name in the rule table stands for."""
    return {
        **hour_makes(),
        **length_makes(),
        **day_makes(),
        **week_makes(),
        **span_makes(),
        **mixed_makes(),
        **zone_makes(),
    }


def _mentions(text: str, units: Sequence[Unit], row: Sequence[Atom], scene: Scene) -> Iterator[Mention]:
    seen = set()
    for place, unit in enumerate(units):
        start, end = row[unit.first].start, row[unit.last].end
        for reading in readings(unit, units[:place], scene):
            if (reading.when, unit.role) in seen:
                continue
            seen.add((reading.when, unit.role))
            yield Mention(
                when=reading.when,
                words=text[start:end],
                span=(start, end),
                role=unit.role,
                assumed=tuple(one for one in reading.assumed if one),
                alternatives=tuple(other for other in reading.alternatives if other != reading.when),
            )
