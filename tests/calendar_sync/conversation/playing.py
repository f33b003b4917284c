"""Plays a script at a counter in memory and says where it departs from what was expected."""

from datetime import timedelta

from calendar_sync.availability.checking import check
from calendar_sync.availability.values import Ask, Slot, Window
from calendar_sync.bookings.values import Booking, BookingState
from calendar_sync.ids import ServiceId, StaffId
from calendar_sync.outcomes import Message
from tests.calendar_sync.conversation.counter import Counter
from tests.calendar_sync.conversation.shops import BY_NAME
from tests.calendar_sync.conversation.wishes import ZONE, Script, Tap, Told, Wait, moment


def play(script: Script) -> Counter:
    counter = start(script)
    for turn in script.turns:
        if isinstance(turn, Wait):
            _passes(counter, turn)
            continue
        _compare(script, turn, counter)
    if script.left is not None:
        assert tuple(sorted(map(_told, _live(counter)))) == tuple(sorted(script.left)), script.name
    assert counter.called == script.called, script.name
    return counter


def start(script: Script) -> Counter:
    """The counter as the script finds it."""
    counter = Counter(
        shop=BY_NAME[script.shop],
        now=moment(script.now),
        language=script.language,
        name=script.customer,
        phone=script.phone,
        member=script.member,
        busy=[Window(moment(start), moment(end)) for start, end in script.busy],
    )
    for text in script.has:
        service, staff, day, clock = text.split()
        start = moment(f"{day} {clock}")
        ask = Ask(
            service=ServiceId(service),
            window=Window(start, start + timedelta(minutes=1)),
            staff=None if staff == "-" else StaffId(staff),
        )
        slot = check(counter.situation(), ask, start)
        assert isinstance(slot, Slot), f"{text}: {slot}"
        counter.book(slot)
    return counter


def _passes(counter: Counter, wait: Wait) -> None:
    counter.now += timedelta(minutes=wait.minutes)
    counter.thieves += wait.thieves
    if wait.busy:
        counter.busy.append(Window(moment(wait.busy[0]), moment(wait.busy[1])))
    if wait.readable is not None:
        counter.readable = wait.readable
    if wait.phone is not None:
        counter.phone = wait.phone
    if wait.known is not None:
        counter.stubborn = wait.known


def _compare(script: Script, turn: Told, counter: Counter) -> None:
    if isinstance(turn.said, Tap):
        reply = counter.tap(turn.said.title)
    elif isinstance(turn.said, str):
        reply = counter.hear(tap=turn.said)
    else:
        wishes = turn.said if isinstance(turn.said, tuple) else (turn.said,)
        reply = counter.hear(*wishes)
    seen = shown(reply.message)
    where = f"{script.name}: {turn.said}\n{reply.kind} {reply.awaiting}\n{seen}"
    assert (reply.kind, reply.awaiting) == (turn.kind, turn.awaiting), where
    for words in turn.has:
        assert words in seen, f"lacks {words!r} in {where}"
    for words in turn.lacks:
        assert words not in seen, f"has {words!r} in {where}"


def shown(message: Message) -> str:
    """Everything that the customer sees."""
    choices = [f"[{one.title}]" for one in message.buttons]
    choices += [f"({one.title} · {one.description})" for one in message.rows]
    return "\n".join([message.body, *choices, "<contact>" if message.ask_contact else ""])


def _live(counter: Counter) -> list[Booking]:
    return [one for one in counter.bookings.values() if one.state is BookingState.BOOKED]


def _told(booking: Booking) -> str:
    slot = booking.slot
    start = slot.start.astimezone(ZONE)
    party = f" x{slot.party_size}" if slot.party_size > 1 else ""
    return f"{slot.service} {slot.staff or '-'} {start:%m-%d %H:%M}{party}"
