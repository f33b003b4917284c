"""Answers about opening hours: computed from the timetable for the day or moment that was asked for."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from assistant.facts.findings import Finding
from assistant.facts.opening_ask import Ask
from assistant.facts.opening_week import PARTS, WeekDesk, merged, overlaps, spelt
from assistant.facts.timetable import Day, Opening, Timetable
from assistant.speech import DayNames, Voice


class OpeningDesk:
    """Answers opening questions of one merchant in one voice."""

    def __init__(self, timetable: Timetable, voice: Voice, now: datetime) -> None:
        self._timetable = timetable
        self._voice = voice
        self._now = now
        self._names = DayNames(voice, now)
        self._week = WeekDesk(timetable, voice, self._names)

    def answer(self, ask: Ask) -> Finding:
        """The finding for a question already known to be about opening."""
        when = ask.when
        if when.minutes_ahead is not None or when.clock is not None:
            return self._at_moment(ask)
        if when.days:
            return self._on_days(ask, when.days)
        if when.weekdays:
            return self._week.answer(ask)
        if when.holidays or when.holiday_week:
            return self._special_days()
        return self._undated(ask)

    def _undated(self, ask: Ask) -> Finding:
        if ask.says("closes"):
            return self._closing_today(ask)
        if ask.says("opens") or ask.says("reopens"):
            return self._next_opening(ask)
        if ask.says("general") and not ask.when.now:
            return self._week.all_days()
        if ask.when.part:
            return self._week.all_days()
        return self._open_now()

    # a moment

    def _at_moment(self, ask: Ask) -> Finding:
        moments = self._moments(ask)
        running = next((span for moment in moments if (span := self._timetable.open_at(moment))), None)
        day = self._timetable.day(running.opens.date() if running else moments[0].date())
        if day.is_closed and running is None:
            return self._closed(day, asked=True)
        arriving = ask.says("arrive")
        if running is not None:
            key = "arrive_yes" if arriving else "at_yes"
            return self._of_day(key, day, closes=self._voice.at(running.closes.time()))
        later = next(
            (span for span in self._timetable.openings(day.day, self._now) if span.opens > moments[0]), None
        )
        if day.day == self._now.date() and later is not None:
            return self._of_day("at_no_today", day, opens=self._voice.at(later.opens.time()))
        return self._of_day("arrive_no" if arriving else "at_no", day)

    def _moments(self, ask: Ask) -> tuple[datetime, ...]:
        when = ask.when
        if when.minutes_ahead is not None:
            return (self._now + timedelta(minutes=when.minutes_ahead),)
        days = when.days or tuple(self._coming(day) for day in when.weekdays) or (self._now.date(),)
        readings = when.clock.readings() if when.clock is not None else ()
        spoken = [datetime.combine(days[0], reading, self._now.tzinfo) for reading in readings]
        if days[0] == self._now.date():
            later = [moment for moment in spoken if moment >= self._now]
            return tuple(later or spoken)
        return tuple(spoken)

    def _coming(self, weekday: int) -> date:
        return self._now.date() + timedelta(days=(weekday - self._now.weekday()) % 7)

    # days

    def _on_days(self, ask: Ask, days: Sequence[date]) -> Finding:
        found = [self._on_day(ask, self._timetable.day(day)) for day in days[:4]]
        return merged(found)

    def _on_day(self, ask: Ask, day: Day) -> Finding:
        if day.day == self._now.date() and not ask.when.part:
            today = self._today(ask)
            if today is not None:
                return today
        if day.is_closed:
            return self._closed(day, asked=not ask.says("closed_asked"))
        if ask.when.part:
            return self._part_of(ask, day)
        single = len(day.ranges) == 1
        if ask.says("closes") and single:
            return self._of_day("closes", day, closes=self._voice.at(day.ranges[-1].closes))
        if ask.says("opens"):
            return self._of_day("opens", day, opens=self._voice.at(day.ranges[0].opens))
        return self._of_day("day_yes" if ask.wants_yes else "day", day)

    def _today(self, ask: Ask) -> Finding | None:
        """Today is special: what is past need not be told."""
        if ask.says("closes"):
            return self._closing_today(ask)
        if ask.says("opens"):
            return self._next_opening(ask)
        if ask.when.now or (ask.wants_yes and not ask.says("general")):
            return self._open_today(ask)
        return None

    def _open_today(self, ask: Ask) -> Finding:
        day = self._timetable.day(self._now.date())
        left = [span for span in self._timetable.openings(day.day, self._now) if span.closes > self._now]
        if day.is_closed:
            return self._closed(day, asked=True)
        if ask.when.now or not left:
            return self._open_now()
        return self._of_day("day_yes", day)

    def _part_of(self, ask: Ask, day: Day) -> Finding:
        begins, ends = PARTS[str(ask.when.part)]
        inside = any(overlaps(span, begins, ends) for span in day.ranges)
        if ask.says("closed_asked"):
            return self._of_day("day", day)
        if ask.says("opens") and inside:
            first = next(span for span in day.ranges if overlaps(span, begins, ends))
            return self._of_day("opens", day, opens=self._voice.at(first.opens))
        return self._of_day("day_yes" if inside else "day_only", day)

    def _closed(self, day: Day, *, asked: bool) -> Finding:
        return self._of_day("day_closed" if asked else "day_closed_plain", day)

    def _of_day(self, key: str, day: Day, **fields: str) -> Finding:
        name = self._names.on(day.day)
        text = self._voice.say("hours", key, day=name, ranges=self._voice.ranges(day.ranges), **fields)
        if day.special is not None and day.special.note:
            text = f"{text.rstrip('.')} ({day.special.note.rstrip('.')})."
        why = f"{day.source}: {day.day.isoformat()} " + (spelt(day.ranges) or "closed")
        return Finding(text=text, citations=(str(day.source),), why=(why,), said=(name,))

    def _special_days(self) -> Finding:
        coming = [special for special in self._timetable.special_days() if special.day >= self._now.date()][
            :6
        ]
        if not coming:
            return self._week.all_days()
        found = [
            self._of_day(
                "day_closed_plain" if not special.ranges else "day", self._timetable.day(special.day)
            )
            for special in coming
        ]
        text = self._voice.say("hours", "special_list", lines="\n".join(f"- {one.text}" for one in found))
        every = merged(found)
        why = ("hours: special days ahead",)
        return Finding(text=text, citations=every.citations, why=why, said=every.said)

    # now

    def _open_now(self) -> Finding:
        running = self._timetable.open_at(self._now)
        if running is None:
            return self._reopening("closed_now")
        text = self._voice.say("hours", "open_now", closes=self._voice.until(running.closes.time()))
        return Finding(text=text, citations=(str(running.source),), why=(_reason(running, "open now"),))

    def _reopening(self, key: str) -> Finding:
        coming = self._timetable.next_opening(self._now)
        if coming is None:
            return Finding(
                text=self._voice.say("hours", "closed_now_unknown"),
                citations=("hours",),
                why=("hours: no opening ahead",),
            )
        name = self._names.on(coming.opens.date())
        text = self._voice.say("hours", key, day=name, opens=self._voice.at(coming.opens.time()))
        return Finding(
            text=text, citations=(str(coming.source),), why=(_reason(coming, "next opening"),), said=(name,)
        )

    def _closing_today(self, ask: Ask) -> Finding:
        last = self._timetable.last_closing(self._now)
        if last is None:
            return self._closed(self._timetable.day(self._now.date()), asked=not ask.says("closed_asked"))
        if last.closes <= self._now:
            return self._reopening("already_closed")
        day = self._timetable.day(last.opens.date())
        left = [span for span in self._timetable.openings(day.day, self._now) if span.closes > self._now]
        if len(left) > 1:
            return self._of_day("day", day)
        return self._of_day("closes", day, closes=self._voice.at(last.closes.time()))

    def _next_opening(self, ask: Ask) -> Finding:
        running = self._timetable.open_at(self._now)
        if running is not None:
            return self._of_day("already_open", self._timetable.day(running.opens.date()))
        coming = self._timetable.next_opening(self._now)
        if coming is None:
            return self._week.all_days()
        today = coming.opens.date() == self._now.date()
        if today or ask.says("reopens") or not ask.when.days:
            return self._of_day(
                "opens", self._timetable.day(coming.opens.date()), opens=self._voice.at(coming.opens.time())
            )
        return self._reopening("already_closed")


def _reason(span: Opening, what: str) -> str:
    return f"{span.source}: {what} {span.opens:%Y-%m-%d %H:%M}-{span.closes:%H:%M}"
