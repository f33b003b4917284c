"""Answers about the staff: who does what, and who is there on a day."""

from collections.abc import Sequence
from datetime import date

from assistant.facts.findings import Finding
from assistant.facts.timetable import Timetable
from assistant.facts.when import When
from assistant.speech import DayNames, Voice
from knowledge.entries import Staff, StaffMember


class StaffDesk:
    def __init__(
        self, staff: Staff, timetable: Timetable | None, voice: Voice, names: DayNames, today: date
    ) -> None:
        self._staff = staff
        self._timetable = timetable
        self._voice = voice
        self._names = names
        self._today = today

    def about(
        self, members: Sequence[StaffMember], when: When, *, days_asked: bool, day_asked: bool
    ) -> Finding:
        """What there is to say of these members: their days if asked, else what they do."""
        if not members:
            return self._everybody(when)
        if day_asked and (when.days or when.weekdays):
            text = "\n".join(self._on(member, when) for member in members)
        elif days_asked:
            text = "\n".join(self._days(member) for member in members)
        else:
            text = "\n".join(self._is(member) for member in members)
        return self._finding(text, members, when)

    def _finding(self, text: str, members: Sequence[StaffMember], when: When) -> Finding:
        citations = [str(self._staff.key)]
        if self._timetable is not None and when.days:
            citations.append(str(self._timetable.day(when.days[0]).source))
        return Finding(
            text=text,
            citations=tuple(dict.fromkeys(citations)),
            why=tuple(f"staff: {member.name}, {member.role}" for member in members),
            said=tuple(self._names.on(day) for day in when.days),
        )

    def _days(self, member: StaffMember) -> str:
        if not member.days:
            return self._is(member)
        return self._voice.say("staff", "works_on", name=member.name, days=self._names.plain(member.days))

    def _is(self, member: StaffMember) -> str:
        line = (
            self._voice.say("staff", "is", name=member.name, role=member.role)
            if member.role
            else f"{member.name}."
        )
        return f"{line} {member.note}".strip()

    def _on(self, member: StaffMember, when: When) -> str:
        if when.days:
            day, name = when.days[0].weekday(), self._names.on(when.days[0])
            if self._timetable is not None and self._timetable.day(when.days[0]).is_closed:
                return self._voice.say("staff", "shop_closed", day=name)
        else:
            day, name = when.weekdays[0], self._names.every(when.weekdays)
        if not member.days:
            return self._is(member)
        key = "works_yes" if day in member.days else "works_no"
        return self._voice.say("staff", key, name=member.name, day=name, days=self._names.plain(member.days))

    def _everybody(self, when: When) -> Finding:
        day = when.days[0] if when.days else None
        present = [
            one for one in self._staff.members if day is None or not one.days or day.weekday() in one.days
        ]
        people = self._voice.listed([f"{one.name} ({one.role})" if one.role else one.name for one in present])
        if day is None:
            text = self._voice.say("staff", "who", people=people)
        elif self._timetable is not None and self._timetable.day(day).is_closed:
            text = self._voice.say("staff", "nobody", day=self._names.on(day))
        else:
            text = self._voice.say("staff", "on_day", day=self._names.on(day), people=people)
        return self._finding(text, present, when)
