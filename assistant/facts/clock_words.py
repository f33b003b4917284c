"""Times of the day in a customer's words: "a las 3 y media", "8 pm", "14h30", "en media hora"."""

import re
from dataclasses import dataclass
from datetime import time
from functools import cache

from assistant.tables import lexicon

_MARK = {"am": 0, "a m": 0, "pm": 12, "p m": 12}
_PART_OF_DAY = {
    "manana": 0,
    "manha": 0,
    "morning": 0,
    "madrugada": 0,
    "tarde": 12,
    "afternoon": 12,
    "noche": 12,
    "noite": 12,
    "evening": 12,
    "night": 12,
}
_MINUTE_WORDS = {"media": 30, "meia": 30, "cuarto": 15, "pico": 0}


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time as said. `certain` is false where the half of the day was left open ("a las 5")."""

    hour: int
    minute: int
    certain: bool

    def readings(self) -> tuple[time, ...]:
        """The times it can mean, the one said first."""
        said = time(self.hour % 24, self.minute)
        if self.certain or self.hour > 12:
            return (said,)
        return (said, time((self.hour + 12) % 24, self.minute))


@dataclass(frozen=True, slots=True)
class Spotted:
    """A time found in the words joined by blanks, at characters start:end."""

    clock: ClockTime | None
    minutes_ahead: int | None
    start: int
    end: int


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = "|".join(sorted(number_words(), key=len, reverse=True))
    number = rf"\d{{1,2}}|{words}"
    lead = r"(?:a|de|desde|hasta|tipo|como|para|sobre|antes de|despues de|ate|at|by|from|till|until|around|after|before)"
    clock = re.compile(
        rf"(?P<lead>\b(?:{lead} )?(?:las|la|as|at|tipo|ate|by|until|till|after|before|around) )?"
        rf"\b(?P<hour>{number})(?:[:.](?P<minute>\d\d))?"
        r"(?: (?P<mark>am|pm|a m|p m|h|hs|hrs|horas|o clock)\b(?: ?(?P<after>\d\d)\b)?)?"
        r"(?: (?:y|e|con) (?P<more>media|meia|cuarto|pico|\d\d?)\b)?"
        r"(?: (?:de la|da|in the|at|en la|a la|por la) (?P<part>manana|manha|morning|tarde|afternoon|noche|noite|evening|night|madrugada)\b)?"
        r"(?: (?P<late>am|pm|a m|p m)\b)?"
    )
    ahead = re.compile(
        rf"\b(?:en|dentro de|daqui a|daqui|em|in) (?:unos |unas |uns |umas |about |como )?"
        rf"(?P<count>\d{{1,3}}|media|meia|half an|an|{words}) (?P<unit>minutos?|min|minutes?|horas?|hours?|hr)\b"
        r"(?P<half> y media| e meia)?"
    )
    return clock, ahead


@cache
def number_words() -> dict[str, int]:
    table = lexicon("dates")["number_words"]
    return {word: int(number) for number, words in table.items() for word in words}


def spot_times(text: str) -> tuple[Spotted, ...]:
    """Every time of the day or "in so many minutes" in folded words joined by single blanks."""
    clock, ahead = _patterns()
    spans = [_ahead(match) for match in ahead.finditer(text)]
    for match in clock.finditer(text):
        inside = any(span.start < match.end() and match.start() < span.end for span in spans)
        read = None if inside else _clock(match)
        if read is not None:
            spans.append(Spotted(read, None, match.start(), match.end()))
    return tuple(sorted(spans, key=lambda span: span.start))


def _ahead(match: re.Match[str]) -> Spotted:
    count = match["count"]
    hours = match["unit"].startswith("h")
    if count in ("media", "meia", "half an"):
        minutes = 30
    else:
        number = int(count) if count.isdigit() else number_words().get(count, 1)
        minutes = number * 60 if hours else number
    return Spotted(None, minutes + (30 if match["half"] else 0), match.start(), match.end())


def _clock(match: re.Match[str]) -> ClockTime | None:
    hour = int(match["hour"]) if match["hour"].isdigit() else number_words()[match["hour"]]
    said_as_time = match["lead"] or match["minute"] or match["mark"] or match["part"] or match["late"]
    if not said_as_time or hour > 24 or (match["mark"] == "horas" and not match["lead"]):
        return None
    minute = int(match["minute"] or match["after"] or _minutes(match["more"]))
    if minute > 59:
        return None
    return _with_half(hour, minute, match)


def _minutes(word: str | None) -> int:
    if word is None:
        return 0
    return int(word) if word.isdigit() else _MINUTE_WORDS[word]


def _with_half(hour: int, minute: int, match: re.Match[str]) -> ClockTime:
    half = _MARK.get(match["mark"] or match["late"] or "", _PART_OF_DAY.get(match["part"] or ""))
    if half is None or hour > 12:
        return ClockTime(hour, minute, certain=hour > 12 or hour == 0)
    return ClockTime(hour % 12 + half, minute, certain=True)
