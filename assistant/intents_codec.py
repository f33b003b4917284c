"""Intents as JSON and back: the form in which a reading carries them over the tray.

Absent details are left out. Dates are "YYYY-MM-DD", times ISO with their offset.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from assistant import intents as values
from assistant.errors import IntentUnknownError
from assistant.intents import Grain, Intent, Named, Slots, When

_PLAIN: Mapping[str, Callable[[], Intent]] = {
    "greeting": values.Greeting,
    "thanks": values.Thanks,
    "goodbye": values.Goodbye,
    "human": values.Human,
    "complaint": values.Complaint,
    "opt_in_yes": values.OptInYes,
    "opt_out": values.OptOut,
    "delete_data": values.DeleteData,
    "export_data": values.ExportData,
    "reminder_confirm": values.ReminderConfirm,
    "unsure": values.Unsure,
}
_SLOTTED: Mapping[str, type[values.MyBookings | values.Book | values.Availability | values.Cancel]] = {
    "my_bookings": values.MyBookings,
    "book": values.Book,
    "availability": values.Availability,
    "cancel": values.Cancel,
}
_KINDS: Mapping[object, str] = {made: kind for kind, made in (*_PLAIN.items(), *_SLOTTED.items())} | {
    values.Reschedule: "reschedule",
    values.Question: "question",
    values.Rate: "rate",
}
_NO_SLOTS = Slots()
KINDS = tuple(sorted(_KINDS.values()))


def kind_of(intent: Intent) -> str:
    """The intent's name in JSON, tables and labelled cases."""
    return _KINDS[type(intent)]


def to_json(intents: Iterable[Intent]) -> list[dict[str, Any]]:
    return [_intent(intent) for intent in intents]


def from_json(rows: Sequence[Mapping[str, Any]]) -> tuple[Intent, ...]:
    return tuple(_read(row) for row in rows)


def make(kind: str, *, text: str = "", slots: Slots = _NO_SLOTS, rating: int | None = None) -> Intent:
    """The intent of this name with what it may carry of the rest."""
    if kind == "question":
        return values.Question(text, slots)
    if kind == "rate":
        return values.Rate(rating)
    if kind == "reschedule":
        return values.Reschedule(slots)
    if kind in _SLOTTED:
        return _SLOTTED[kind](slots)
    if kind in _PLAIN:
        return _PLAIN[kind]()
    raise IntentUnknownError(kind)


def slots_json(slots: Slots) -> dict[str, Any]:
    """Details as JSON, absent ones left out."""
    found = {
        "service": [_named(one) for one in slots.service],
        "staff": [_named(one) for one in slots.staff],
        "person_name": slots.person_name,
        "party_size": slots.party_size,
        "ordinal": slots.ordinal,
        "when": [_when(one) for one in slots.when],
        "from_when": [_when(one) for one in slots.from_when],
    }
    return {key: value for key, value in found.items() if value not in (None, [])}


def _intent(intent: Intent) -> dict[str, Any]:
    row: dict[str, Any] = {"kind": kind_of(intent)}
    match intent:
        case values.Question(text, slots):
            row |= {"text": text} | _with_slots(slots_json(slots))
        case values.Rate(score):
            row |= _with_slots({} if score is None else {"rating": score})
        case (
            values.Book(slots)
            | values.Availability(slots)
            | values.Reschedule(slots)
            | values.Cancel(slots)
            | values.MyBookings(slots)
        ):
            row |= _with_slots(slots_json(slots))
        case _:
            pass
    return row


def _with_slots(slots: Mapping[str, Any]) -> dict[str, Any]:
    return {"slots": dict(slots)} if slots else {}


def _named(named: Named) -> dict[str, str]:
    return {"said": named.said} if named.id is None else {"said": named.said, "id": named.id}


def _when(when: When) -> dict[str, Any]:
    row: dict[str, Any] = {"grain": when.grain.value}
    if when.start is not None:
        row["start"] = when.start.isoformat()
    if when.end is not None:
        row["end"] = when.end.isoformat()
    if when.exclude:
        row["exclude"] = [day.isoformat() for day in when.exclude]
    if when.shift is not None:
        row["shift_minutes"] = int(when.shift.total_seconds() // 60)
    return row


def _read(row: Mapping[str, Any]) -> Intent:
    given: Mapping[str, Any] = row.get("slots", {})
    return make(row["kind"], text=row.get("text", ""), slots=_read_slots(given), rating=given.get("rating"))


def _read_slots(row: Mapping[str, Any]) -> Slots:
    return Slots(
        service=tuple(_read_named(one) for one in row.get("service", ())),
        staff=tuple(_read_named(one) for one in row.get("staff", ())),
        person_name=row.get("person_name"),
        party_size=row.get("party_size"),
        ordinal=row.get("ordinal"),
        when=tuple(_read_when(one) for one in row.get("when", ())),
        from_when=tuple(_read_when(one) for one in row.get("from_when", ())),
    )


def _read_named(row: Mapping[str, str]) -> Named:
    return Named(row["said"], row.get("id"))


def _read_when(row: Mapping[str, Any]) -> When:
    minutes = row.get("shift_minutes")
    return When(
        grain=Grain(row["grain"]),
        start=_read_edge(row.get("start")),
        end=_read_edge(row.get("end")),
        exclude=tuple(date.fromisoformat(day) for day in row.get("exclude", ())),
        shift=None if minutes is None else timedelta(minutes=minutes),
    )


def _read_edge(text: str | None) -> date | datetime | None:
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
