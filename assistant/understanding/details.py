"""Which details of a message belong to which of its intents."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.expressions.values import Role
from assistant.intents import Named, Slots, When
from assistant.understanding.lines import Found
from assistant.understanding.reading import Read
from assistant.understanding.times import Timed, as_when, said_times
from assistant.understanding.values import Slot

_WITHOUT = frozenset({"complaint", "human", "greeting", "thanks", "goodbye", "opt_out", "opt_in_yes", "rate"})
"""Intents that have no details of their own: a remark names things without wanting them."""
_BOOKING = frozenset({"book", "reschedule", "availability"})
_ASKING = frozenset({"ask_form", "price", "ask_open", "ask_fact"})


def details_of(read: Read, kinds: Collection[str]) -> Slots:
    """All details of a message that means these intents."""
    if kinds and set(kinds) <= _WITHOUT:
        return Slots()
    wished, old = _times(read, kinds)
    return Slots(
        service=_named(read, Slot.SERVICE),
        staff=_named(read, Slot.STAFF),
        person_name=_name(read),
        party_size=_number(read, Slot.SIZE),
        ordinal=_number(read, Slot.ORDINAL),
        when=wished,
        from_when=old,
    )


def _named(read: Read, slot: Slot) -> tuple[Named, ...]:
    found = [
        Named(read.line.said(one.first, one.last), one.value if isinstance(one.value, str) else None)
        for one in read.of(slot)
    ]
    return tuple({one.said.lower(): one for one in reversed(found)}.values())[::-1]


def _name(read: Read) -> str | None:
    found = read.of(Slot.NAME)
    return read.line.said(found[0].first, found[0].last) if found else None


def _number(read: Read, slot: Slot) -> int | None:
    return next((one.value for one in read.of(slot) if isinstance(one.value, int)), None)


def _times(read: Read, kinds: Collection[str]) -> tuple[tuple[When, ...], tuple[When, ...]]:
    """What is wished, and the old time of a booking that is moved."""
    said = said_times(read.times)
    if "reschedule" in kinds:
        return _moved(read, said)
    if "cancel" in kinds or "my_bookings" in kinds:
        return _whens(said), ()
    wished = [one for one in said if one.role is not Role.EXCLUDED]
    if kinds and set(kinds) & _BOOKING and "question" in kinds:
        wished = _outside_questions(read, wished)
    return _whens(wished), ()


def _moved(read: Read, said: Sequence[Timed]) -> tuple[tuple[When, ...], tuple[When, ...]]:
    old = [one for one in said if one.role in {Role.OLD, Role.EXCLUDED}]
    wished = [one for one in said if one not in old]
    if not old and len(wished) > 1 and not _are_alternatives(read, wished[0], wished[1]):
        old, wished = wished[:1], wished[1:]
    return _whens(wished), _whens(old)


def _are_alternatives(read: Read, one: Timed, other: Timed) -> bool:
    """As in "el martes o el jueves": both would do, neither is the old time."""
    between = read.line.plain[one.found.last : other.found.first]
    return not {"o", "u", "ou", "or", "entre"}.isdisjoint(between) or len(between) == 0


def _outside_questions(read: Read, times: Sequence[Timed]) -> list[Timed]:
    """Where one clause asks about a day and another books one, the booking's."""
    asking = [
        bool(signs & _ASKING) and "book_verb" not in signs and "avail" not in signs
        for signs in read.clause_signs
    ]
    outside = [one for one in times if not asking[_clause(read, one.found)]]
    return list(outside or times)


def _clause(read: Read, found: Found) -> int:
    return next((number for number, clause in enumerate(read.line.clauses) if found.first in clause), 0)


def _whens(times: Sequence[Timed]) -> tuple[When, ...]:
    return tuple(dict.fromkeys(as_when(one.mention.when) for one in times))


def only_for(kind: str, slots: Slots) -> Slots:
    """The details that an intent of this kind carries on."""
    return slots if kind == "reschedule" else replace(slots, from_when=())
