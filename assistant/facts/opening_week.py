"""Answers about the opening hours of every week, and what such answers share with those of one day."""

from collections.abc import Sequence
from datetime import time

from assistant.facts.findings import Finding
from assistant.facts.opening_ask import Ask
from assistant.facts.timetable import Timetable
from assistant.speech import DayNames, Voice, capital
from knowledge.entries import TimeRange

PARTS = {
    "morning": (time(6), time(12)),
    "midday": (time(12, 30), time(13, 30)),
    "afternoon": (time(14), time(19)),
    "evening": (time(19), time(23)),
}


class WeekDesk:
    """Says what the weekly timetable says of some or all days."""

    def __init__(self, timetable: Timetable, voice: Voice, names: DayNames) -> None:
        self._timetable = timetable
        self._voice = voice
        self._names = names

    def answer(self, ask: Ask) -> Finding:
        if len(ask.when.weekdays) > 2:
            return self.all_days(ask.when.weekdays)
        days = ask.when.weekdays
        same = len({self._timetable.weekday(day) for day in days}) == 1
        groups = [days] if same else [(day,) for day in days]
        return merged([self._each_week(ask, group) for group in groups])

    def _each_week(self, ask: Ask, weekdays: tuple[int, ...]) -> Finding:
        ranges = self._timetable.weekday(weekdays[0])
        name = self._names.every(weekdays)
        if not ranges:
            key = "day_closed_plain" if ask.says("closed_asked") else "day_closed"
        elif ask.when.part:
            begins, ends = PARTS[str(ask.when.part)]
            key = "day_yes" if any(overlaps(span, begins, ends) for span in ranges) else "day_only"
        elif ask.says("closes") and len(ranges) == 1:
            key = "closes"
        elif ask.says("opens"):
            key = "opens"
        else:
            key = "day_yes" if ask.wants_yes else "day"
        edges = (
            {"opens": self._voice.at(ranges[0].opens), "closes": self._voice.at(ranges[-1].closes)}
            if ranges
            else {}
        )
        text = self._voice.say("hours", key, day=name, ranges=self._voice.ranges(ranges), **edges)
        return Finding(
            text=text, citations=("hours",), why=(f"hours: weekday {weekdays} {spelt(ranges) or 'closed'}",)
        )

    def all_days(self, weekdays: Sequence[int] = range(7)) -> Finding:
        lines = []
        for group in self._groups(weekdays):
            ranges = self._timetable.weekday(group[0])
            key = "weekly_line" if ranges else "weekly_closed"
            lines.append(
                self._voice.say(
                    "hours",
                    key,
                    Days=capital(self._names.plain(group)),
                    days=self._names.plain(group),
                    ranges=self._voice.ranges(ranges),
                )
            )
        text = self._voice.say("hours", "weekly", lines="\n".join(capital(line) for line in lines))
        return Finding(text=text, citations=("hours",), why=("hours: the weekly timetable",))

    def _groups(self, weekdays: Sequence[int]) -> list[tuple[int, ...]]:
        groups: list[tuple[int, ...]] = []
        for day in weekdays:
            if groups and self._timetable.weekday(groups[-1][0]) == self._timetable.weekday(day):
                groups[-1] = (*groups[-1], day)
            else:
                groups.append((day,))
        return groups


def merged(found: Sequence[Finding]) -> Finding:
    if len(found) == 1:
        return found[0]
    return Finding(
        text="\n".join(one.text for one in found),
        citations=tuple(dict.fromkeys(key for one in found for key in one.citations)),
        why=tuple(line for one in found for line in one.why),
        said=tuple(word for one in found for word in one.said),
    )


def overlaps(span: TimeRange, begins: time, ends: time) -> bool:
    closes = time.max if span.closes <= span.opens else span.closes
    return span.opens < ends and closes > begins


def spelt(ranges: Sequence[TimeRange]) -> str:
    return " ".join(f"{span.opens:%H:%M}-{span.closes:%H:%M}" for span in ranges)
