"""Answers about hours that a merchant states in sentences: which of them is meant, and the yes or no that follows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from assistant.facts.findings import Finding
from assistant.facts.opening_ask import Ask
from assistant.facts.opening_week import PARTS, overlaps
from assistant.facts.spoken_hours import SpokenHours, in_zone, read_spoken, read_zone
from assistant.kinds import Kind
from assistant.quoting import covered, stems_in
from assistant.reading import Question
from assistant.speech import DayNames, Voice
from assistant.stock import Stock
from assistant.tables import lexicon
from assistant.wording import fold
from knowledge.entries import EntryKey
from knowledge.sentences import sentences


@dataclass(frozen=True, slots=True)
class Stated:
    """The sentences of a text that state the hours asked about: all of one timetable."""

    text: str
    hours: SpokenHours


def asks_for_hours(question: Question, ask: Ask) -> bool:
    """Whether hours may be the answer: opening is asked for, or anything at all of a day or a time."""
    dated = ask.when.says_a_day or ask.when.says_a_time or ask.when.part is not None
    return Kind.OPENING in question.kinds or dated


def stated_hours(text: str, question: Question, stock: Stock) -> Stated | None:
    """What a text says of the hours of just the thing that the question names; None where that stays open."""
    found = [(one, hours) for one in sentences(text) if (hours := read_spoken(one)) is not None]
    if not found:
        return None
    named = [term for term in question.wanted if not set(term.places) <= question.when.used]
    scores = [covered(named, stems_in(one, stock.language), stock.vocabulary) for one, _ in found]
    best = [pair for pair, score in zip(found, scores, strict=True) if score >= max(scores) - 1e-6]
    if any(hours != best[0][1] for _, hours in best):
        return None
    return Stated(" ".join(one for one, _ in best[:1]), best[0][1])


def spoken_finding(stated: Stated, ask: Ask, source: str, voice: Voice, names: DayNames) -> Finding:
    """The sentence, with a yes or no before it where the question asks for one."""
    said = _Desk(stated.hours, source, read_zone(fold(" ".join(ask.words)))).verdict(ask)
    if said is None:
        return Finding(text=stated.text, citations=(source,), why=(source,))
    key, day = said
    name = names.on(day.date()) if key.startswith("day") else ""
    why = (source, f"hours read from the sentence: {key}")
    text = f"{voice.say('spoken', key, day=name)} {stated.text}"
    return Finding(text=text, citations=(source,), why=why, said=(name,))


def _asks_which(ask: Ask) -> bool:
    """Which hour or day, rather than yes or no."""
    return bool(re.search(lexicon("spoken_hours")["which"], " ".join(ask.words)))


class _Desk:
    """One stated timetable, asked for a yes or no. The customer's hours may be of a zone of their own."""

    def __init__(self, spoken: SpokenHours, source: str, asked_zone: tzinfo | None) -> None:
        self._zone = spoken.zone
        self._timetable = spoken.timetable(EntryKey(source))
        self._asked_zone = asked_zone

    def verdict(self, ask: Ask) -> tuple[str, datetime] | None:
        """What to say, and the moment it is said of. None: no yes or no is asked for."""
        when = ask.when
        if when.holidays or when.holiday_week:
            return None
        if when.clock is not None or when.minutes_ahead is not None:
            return self._at(self._moments(ask))
        if ask.says("closes") or ask.says("opens") or _asks_which(ask):
            return None
        days = self._days(ask)
        if not days or when.now:
            return ("now_yes" if self._is_open((ask.now,)) else "now_no"), ask.now
        served = {self._is_served(ask, day) for day in days}
        return None if len(served) > 1 else ("day_yes" if served.pop() else "day_no", days[0])

    def _at(self, moments: Sequence[datetime]) -> tuple[str, datetime]:
        return ("at_yes" if self._is_open(moments) else "at_no"), moments[0]

    def _is_open(self, moments: Sequence[datetime]) -> bool:
        return any(self._timetable.open_at(in_zone(moment, self._zone)) is not None for moment in moments)

    def _is_served(self, ask: Ask, day: datetime) -> bool:
        ranges = self._timetable.weekday(day.weekday())
        if ask.when.part is None:
            return bool(ranges)
        begins, ends = PARTS[str(ask.when.part)]
        return any(overlaps(span, begins, ends) for span in ranges)

    def _days(self, ask: Ask) -> tuple[datetime, ...]:
        exact = tuple(datetime.combine(day, ask.now.timetz()) for day in ask.when.days)
        weekly = tuple(ask.now + timedelta(days=(day - ask.now.weekday()) % 7) for day in ask.when.weekdays)
        return exact or weekly

    def _moments(self, ask: Ask) -> tuple[datetime, ...]:
        """What a said hour can mean: today, the readings that are still to come."""
        when, now = ask.when, in_zone(ask.now, self._asked_zone)
        if when.minutes_ahead is not None:
            return (now + timedelta(minutes=when.minutes_ahead),)
        day = next((in_zone(day, self._asked_zone) for day in self._days(ask)), now)
        readings = when.clock.readings() if when.clock is not None else ()
        spoken = tuple(datetime.combine(day.date(), reading, now.tzinfo) for reading in readings)
        coming = tuple(moment for moment in spoken if moment >= now)
        return coming or spoken
