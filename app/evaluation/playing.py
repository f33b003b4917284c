"""Plays one script: says, taps, lets reminders come due, and checks what was expected of every turn."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

import httpx
import psycopg

from app.evaluation.given import arrange, service_of
from app.evaluation.scoring import normalised
from app.evaluation.scripts import Expect, Row, Script, ScriptTurn, moment
from app.evaluation.tapping import best_fit
from app.evaluation.theatre import Play, Scene
from app.evaluation.watching import Seen, look, states_of
from calendar_sync.bookings.values import Booking
from calendar_sync.ids import BookingId
from calendar_sync.jobs import remind_job
from kernel.jobs import defer
from sandbox.driver import Phone, Reply, Sent

PATIENCE = 55.0
TRIES = 2
SILENCE = 3.0
"""How long an answer is waited for where none may be due."""
BETWEEN_TURNS = timedelta(seconds=20)
_DUE = (
    "select count(*) from jobs.procrastinate_jobs where status in ('todo', 'doing')"
    " and (scheduled_at is null or scheduled_at <= now())"
)
_CHANGING = frozenset({"booked", "rescheduled"})
_ASKS = {"offer": {"slot", "offer"}}
"""What else a counter that awaits this has asked for."""


@dataclass(frozen=True, slots=True)
class Failed:
    """One expectation that was not met."""

    turn: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    who: str
    text: str


@dataclass(slots=True)
class Played:
    """What became of a script."""

    script: Script
    failed: list[Failed] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    states: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Player:
    scene: Scene
    script: Script
    phone: Phone
    played: Played
    appointments: dict[str, BookingId] = field(default_factory=dict)
    replies: tuple[Reply, ...] = ()
    reached: frozenset[str] = frozenset()
    sequence: int = 0

    async def through(self) -> None:
        for place, turn in enumerate(self.script.turns, start=1):
            name = f"turn {place}"
            if not await self._turn(name, turn):
                return
        self._final()

    async def _turn(self, name: str, turn: ScriptTurn) -> bool:
        clock = self.scene.clock
        clock.set(turn.now or clock.now() + BETWEEN_TURNS)
        before = look(self.scene)
        if turn.only_if is None or _has_asked(before, turn.only_if):
            sent = await self._act(name, turn, before)
            if sent is None:
                return False
            self.replies = await self._answers(sent, turn)
            self.reached = states_of(self.scene, self.replies, before, look(self.scene))
            self.played.states |= self.reached
            self._note()
        self._check(name, turn.expect)
        return True

    async def _act(self, name: str, turn: ScriptTurn, before: Seen) -> Sent | None:
        at = self.scene.clock.now()
        if turn.text is not None:
            self.played.lines.append(Line(who="customer", text=turn.text))
            return await self.phone.say(turn.text, at=at)
        if turn.tap is not None:
            return await self._tap(name, turn.tap)
        if turn.event == "reminder":
            return self._remind(name, turn, before)
        self._fail(name, f"the event {turn.event!r} is not known")
        return None

    async def _tap(self, name: str, meaning: str) -> Sent | None:
        choices = [(reply, one) for reply in self.replies for one in reply.choices]
        chosen = best_fit(meaning, [one for _, one in choices])
        if chosen is None:
            titles = [one.title for _, one in choices]
            self._fail(name, f"nothing to tap that means {meaning!r} among {titles}")
            return None
        reply = next(reply for reply, one in choices if one is chosen)
        self.played.lines.append(Line(who="customer taps", text=chosen.title or chosen.kind))
        if chosen.kind == "contact":
            return await self.phone.attach("contact")
        return await self.phone.tap(reply, chosen.title, at=self.scene.clock.now())

    def _remind(self, name: str, turn: ScriptTurn, before: Seen) -> Sent | None:
        """The reminder's own job, as if its hour had come."""
        booking = _booking(before, self.appointments.get(turn.appointment or ""))
        if booking is None:
            self._fail(name, f"no booking to remind of ({turn.appointment})")
            return None
        now, start = self.scene.clock.now(), booking.slot.start
        minutes = max(1, int((start - now).total_seconds() // 60))
        merchant, diary = self.scene.play.merchant, self.scene.desk.diary
        with diary.database.transaction(merchant) as session:
            defer(session, remind_job(merchant, booking.id, minutes, start, None))
        return Sent("", self.sequence)

    async def _answers(self, sent: Sent, turn: ScriptTurn) -> tuple[Reply, ...]:
        """Everything that came, once nobody in the house has anything left to do."""
        may_be_silent = turn.expect.state.get("is") == "silent"
        for _ in range(1 if may_be_silent else TRIES):
            if await self.phone.replies(sent, count=1, patience=SILENCE if may_be_silent else PATIENCE):
                break
        await self._quiet()
        replies = await self.phone.replies(sent, count=1, patience=0)
        self.sequence = max([sent.sequence, *(reply.sequence for reply in replies)])
        return replies

    async def _quiet(self) -> None:
        calm = 0
        with psycopg.connect(self.scene.administrator_url, autocommit=True) as connection:
            while calm < 3:
                row = connection.execute(_DUE).fetchone()
                calm = calm + 1 if row is not None and row[0] == 0 else 0
                await asyncio.sleep(0.05)

    def _note(self) -> None:
        for reply in self.replies:
            shown = [f"[{one.title}]" for one in reply.choices]
            self.played.lines.append(Line(who="counter", text=" ".join([reply.text, *shown])))
        self.played.lines.append(Line(who="", text=", ".join(sorted(self.reached))))

    # Checks

    def _check(self, name: str, expect: Expect) -> None:
        text = normalised("\n".join(_shown(reply) for reply in self.replies))
        if expect.any and not any(re.search(one, text) for one in expect.any):
            self._fail(name, f"none of {list(expect.any)} is in the reply")
        for one in expect.all:
            if not re.search(one, text):
                self._fail(name, f"{one!r} is not in the reply")
        for one in expect.none:
            if re.search(one, text):
                self._fail(name, f"{one!r} is in the reply")
        if expect.state:
            self._check_state(name, expect.state)

    def _check_state(self, name: str, wanted: Row) -> None:
        if wanted["is"] not in self.reached:
            self._fail(name, f"state {wanted['is']} was expected, it is {sorted(self.reached)}")
        if wanted["is"] in _CHANGING:
            now = look(self.scene).bookings
            if not any(fits(wanted, one, self.scene.play) for one in now):
                self._fail(name, f"no booking is {dict(wanted)}; there is {[told(one) for one in now]}")

    def _final(self) -> None:
        final, seen = dict(self.script.final), look(self.scene)
        expected = final.pop("bookings", None)
        if expected is not None and not _same_bookings(expected, seen.bookings, self.scene.play):
            have = [told(one) for one in seen.bookings]
            self._fail("final", f"bookings should be {list(expected)}, they are {have}")
        for flag, wanted in final.items():
            value = _flag(flag, seen, self.played.states)
            if value is None:
                self._fail("final", f"{flag} cannot be checked")
            elif value != bool(wanted):
                self._fail("final", f"{flag} should be {wanted}")

    def _fail(self, name: str, what: str) -> None:
        self.played.failed.append(Failed(name, what))


async def play(scene: Scene, script: Script) -> Played:
    """The whole script; what could not even be set up counts as failed."""
    played = Played(script)
    async with httpx.AsyncClient(base_url=scene.house.sandbox_url, timeout=60) as client:
        phone = Phone(client, scene.play.number.phone_number_id, scene.customer.key)
        player = Player(scene, script, phone, played)
        try:
            player.appointments = dict(arrange(scene, script))
            await player.through()
        except Exception as reason:  # noqa: BLE001 - one script that breaks must not cost the others
            played.failed.append(Failed("the script", f"{type(reason).__name__}: {reason}"))
    return played


def fits(wanted: Row, booking: Booking, play: Play) -> bool:
    """Whether a booking is what a script names; what it does not name does not matter."""
    slot, zone = booking.slot, ZoneInfo(play.shop.timezone)
    if "start" in wanted and moment(str(wanted["start"]), zone) != slot.start:
        return False
    if wanted.get("service") and not _is_service(str(wanted["service"]), booking, play):
        return False
    if wanted.get("staff") and wanted["staff"] != slot.staff:
        return False
    if wanted.get("party_size") and int(wanted["party_size"]) != slot.party_size:
        return False
    return not wanted.get("zone") or _zone_of(play, slot.table) == normalised(str(wanted["zone"]))


def _is_service(key: str, booking: Booking, play: Play) -> bool:
    slot = booking.slot
    if key in {slot.service, slot.group, slot.table} or str(slot.group or "").startswith(f"{key}|"):
        return True
    return slot.table is not None and service_of(play, key)[0] == slot.service


def _zone_of(play: Play, table: str | None) -> str:
    rows = play.raw.get("tables") or []
    return next((normalised(str(row.get("zone", ""))) for row in rows if str(row.get("id")) == table), "")


def told(booking: Booking) -> str:
    slot = booking.slot
    named = (slot.service, slot.group, slot.start.isoformat(), slot.staff, slot.party_size)
    return " ".join(str(one) for one in named if one is not None)


def _same_bookings(expected: Sequence[Row], bookings: Sequence[Booking], play: Play) -> bool:
    left = list(bookings)
    for wanted in expected:
        found = next((one for one in left if fits(wanted, one, play)), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def _flag(flag: str, seen: Seen, states: set[str]) -> bool | None:
    known = {"handoff": seen.wants_person, "opted_out": seen.opted_out}
    if flag in known:
        return known[flag]
    return flag in states if flag in _FLAGS else None


_FLAGS = frozenset(
    {
        "opted_in",
        "deleted_requested",
        "export_requested",
        "consent_recorded",
        "consent_declined",
        "waitlisted",
        "confirmed",
        "not_member",
        "blocked",
        "rated",
    }
)


def _has_asked(seen: Seen, what: str) -> bool:
    if seen.awaiting is None:
        return False
    return what in _ASKS.get(seen.awaiting, {seen.awaiting})


def _booking(seen: Seen, key: BookingId | None) -> Booking | None:
    if key is None:
        return seen.bookings[0] if len(seen.bookings) == 1 else None
    return next((one for one in seen.bookings if one.id == key), None)


def _shown(reply: Reply) -> str:
    """All that can be read on the phone, opened lists included."""
    return "\n".join([reply.text, *(f"{one.title} {one.description}" for one in reply.choices)])
