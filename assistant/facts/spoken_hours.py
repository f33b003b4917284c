"""Opening hours that a merchant states in a sentence, read into a timetable: "lunes a viernes de 9 a.m. a 7 p.m. ET".

Only sentences that name both days and hours (or say that some days are closed) are read; the rest is left alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from assistant.facts import calendar_words
from assistant.facts.timetable import Timetable
from assistant.phrases import Phrases
from assistant.tables import lexicon
from assistant.wording import fold, plain_words
from knowledge.entries import EntryKey, Hours, TimeRange

WEEK = range(7)
_CLOCK = r"(?P<{0}h>\d{{1,2}})(?:[:.h](?P<{0}m>\d\d))? ?(?P<{0}half>[ap] ?\.? ?m\b\.?)?(?: ?(?:hs|hrs|horas|h)\b\.?)?"
_OFFSET = re.compile(r"\b(?:utc|gmt) ?([+-]) ?(\d{1,2})(?::(\d\d))?")


@dataclass(frozen=True, slots=True)
class SpokenHours:
    """What one text says of the days it names. A day without ranges is said to be closed."""

    days: dict[int, tuple[TimeRange, ...]]
    zone: tzinfo | None
    """None: the merchant's own."""

    def timetable(self, source: EntryKey) -> Timetable:
        return Timetable(Hours(weekly=tuple(self.days.get(day, ()) for day in WEEK), key=source))


@lru_cache(maxsize=4096)
def read_spoken(text: str) -> SpokenHours | None:
    """The hours in a text of the merchant's, or None where it states none. Days left unnamed are closed."""
    folded = fold(text).replace("–", "-").replace("—", "-")
    found: dict[int, tuple[TimeRange, ...]] = {}
    for days, ranges in _stated(folded):
        if any(day in found and found[day] != tuple(ranges) for day in days):
            # Two timetables in one text: of two plans, say. Which of them is meant is not for this reader to say.
            return None
        found.update(dict.fromkeys(days, tuple(ranges)))
    return SpokenHours(found, read_zone(folded)) if any(found.values()) else None


def read_zone(folded: str) -> tzinfo | None:
    """The time zone that a folded text names: "ET", "hora de Colombia", "UTC-6"."""
    offset = _OFFSET.search(folded)
    if offset is not None:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        return timezone(timedelta(minutes=-minutes if offset[1] == "-" else minutes))
    named = _zones().find(plain_words(folded))
    return ZoneInfo(named[0].meaning) if named else None


def _stated(folded: str) -> Iterator[tuple[Sequence[int], Sequence[TimeRange]]]:
    """Days with their ranges, in the order of the text; ranges belong to the days named last before them."""
    always = re.search(lexicon("spoken_hours")["always"], folded)
    if always is not None and not _range_pattern().search(folded):
        yield tuple(WEEK), (TimeRange(time(0), time(0)),)
        return
    for sentence in re.split(r"(?<!\b[ap]\.)(?<![ap]\.m\.)(?<![ap]\. m\.)(?<=[.;!?])\s+(?=[^\d])", folded):
        yield from _of_sentence(sentence)


def _of_sentence(sentence: str) -> Iterator[tuple[Sequence[int], Sequence[TimeRange]]]:
    groups = _day_groups(sentence)
    ranges = [(match.start(), _range(match)) for match in _range_pattern().finditer(sentence)]
    said = [(at, one) for at, one in ranges if one is not None]
    if not groups:
        return
    if not said:
        if re.search(lexicon("spoken_hours")["closed"], sentence):
            yield [day for _, days in groups for day in days], ()
        return
    starts = [at for at, _ in groups]
    if said[0][0] < starts[0]:
        # "de 9 a 18, de lunes a viernes": the hours stand first.
        starts[0] = 0
    ends = [*starts[1:], len(sentence) + 1]
    waiting: list[int] = []
    for start, end, (_, days) in zip(starts, ends, groups, strict=True):
        own = [one for at, one in said if start <= at < end]
        waiting.extend(days)
        if own:
            yield tuple(waiting), tuple(own)
            waiting = []


def _day_groups(sentence: str) -> list[tuple[int, tuple[int, ...]]]:
    """Where days are named (character), and which: single days, "lunes a viernes", "entre semana"."""
    places = [(match.start(), match.group()) for match in re.finditer(r"[a-z]+|\d+|-", sentence)]
    words = [word for _, word in places]
    groups = [
        (found.first, found.last, tuple(found.meaning)) for found in calendar_words.weekday_sets().find(words)
    ]
    taken = {place for first, last, _ in groups for place in range(first, last)}
    named = [
        found
        for found in calendar_words.weekday_names("pt" if _is_portuguese(words) else "es").find(words)
        if found.first not in taken
    ]
    skipped = False
    for number, found in enumerate(named):
        if skipped:
            skipped = False
            continue
        after = named[number + 1] if number + 1 < len(named) else None
        if after is not None and _joins(words[found.last : after.first]):
            last = after.meaning + (7 if after.meaning < found.meaning else 0)
            groups.append((found.first, after.last, tuple(day % 7 for day in range(found.meaning, last + 1))))
            skipped = True
        else:
            groups.append((found.first, found.last, (found.meaning,)))
    return [(places[first][0], days) for first, _, days in sorted(groups)]


def _joins(between: Sequence[str]) -> bool:
    return tuple(between) in {
        ("a",),
        ("al",),
        ("ate",),
        ("to",),
        ("hasta",),
        ("through",),
        ("-",),
        ("a", "los"),
    }


def _is_portuguese(words: Sequence[str]) -> bool:
    return any(word in {"segunda", "sexta", "quarta", "quinta", "terca"} for word in words) and not any(
        word in {"lunes", "martes", "miercoles", "jueves", "viernes"} for word in words
    )


def _range(match: re.Match[str]) -> TimeRange | None:
    first, last = match["ah"], match["bh"]
    marked = match["ahalf"] or match["bhalf"] or match["am"] or match["bm"] or _bare_is_hours(match)
    if not marked or int(first) > 24 or int(last) > 24:
        return None
    end = _time(int(last), int(match["bm"] or 0), match["bhalf"])
    half = match["ahalf"]
    if half is None and match["bhalf"] is not None:
        # "2 a 6 p.m." is the afternoon throughout, "9 a 6 p.m." begins in the morning.
        half = match["bhalf"] if int(first) % 12 < int(last) % 12 else "am"
    return TimeRange(_time(int(first), int(match["am"] or 0), half), end)


def _bare_is_hours(match: re.Match[str]) -> bool:
    """Two bare numbers are hours only where a preposition and a wide enough step say so: "de 8 a 20"."""
    return (bool(match["lead"]) or "-" in match.group()) and int(match["bh"]) - int(match["ah"]) >= 2


def _time(hour: int, minute: int, half: str | None) -> time:
    if half is not None and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return time(hour % 24, min(minute, 59))


@cache
def _range_pattern() -> re.Pattern[str]:
    table = lexicon("spoken_hours")
    joins = "|".join(table["range_words"])
    return re.compile(
        rf"(?P<lead>\b(?:de|desde|das|da|from|entre|between)\s+)?(?:las?\s+|as\s+)?\b{_CLOCK.format('a')}"
        rf"\s*(?:\b(?:{joins})\b|-)\s*(?:las?\s+|as\s+)?{_CLOCK.format('b')}"
        # "de 3 a 6 días hábiles", "de 2 a 5 personas" are amounts of something.
        r"(?!\s*(?!hs\b|hrs\b|h\b|horas\b|hora\b|y\b|e\b|and\b|et\b|est\b|ct\b|pt\b|utc|gmt|de\b|los\b|en\b|on\b|from\b|mon|tue|wed|thu|fri|sat|sun|lun|mar|mie|jue|vie|sab|dom)[a-z$%])"
    )


@cache
def _zones() -> Phrases[str]:
    return Phrases.inverted(lexicon("spoken_hours")["zones"])


def in_zone(moment: datetime, zone: tzinfo | None) -> datetime:
    return moment if zone is None else moment.astimezone(zone)
