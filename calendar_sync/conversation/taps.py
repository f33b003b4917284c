"""Ids of buttons and rows: what a tap says, so that one on an old message is known for what it is.

`d|<serial>|<verb>|<arguments>`. A serial that is not the last one shown is stale; verbs about a booking that stands
carry its id and a dash for the serial, and never grow stale.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from calendar_sync.availability.values import Slot
from calendar_sync.ids import BookingId

LONGEST = 200
"""What WhatsApp allows for a row's id; a button's may be longer."""
_MARK = "d"
_ANY = "-"


class Verb(StrEnum):
    PICK = "pick"
    MORE = "more"
    YES = "yes"
    NO = "no"
    OTHER = "other"
    ANYONE = "anyone"
    HUMAN = "human"
    BOOK = "book"
    COMING = "coming"
    MOVE = "move"
    CANCEL = "cancel"


OF_A_BOOKING = frozenset({Verb.COMING, Verb.MOVE, Verb.CANCEL})
TIMELESS = frozenset({Verb.HUMAN, Verb.BOOK})
"""They mean the same on any message."""


@dataclass(frozen=True, slots=True)
class Tap:
    verb: Verb
    serial: int | None
    rest: tuple[str, ...] = ()

    @property
    def index(self) -> int | None:
        return int(self.rest[0]) if self.rest and self.rest[0].isdecimal() else None

    @property
    def booking(self) -> BookingId | None:
        try:
            return BookingId(UUID(self.rest[0])) if self.rest else None
        except ValueError:
            return None

    @property
    def start(self) -> datetime | None:
        """When the slot was that an old row stood for."""
        if len(self.rest) < 2 or not self.rest[1].isdecimal() or len(self.rest[1]) > 11:
            return None
        return datetime.fromtimestamp(int(self.rest[1]), UTC)

    @property
    def service(self) -> str | None:
        return self.rest[2] if len(self.rest) > 2 else None


def of(verb: Verb, serial: int) -> str:
    return f"{_MARK}|{serial}|{verb}"


def about(verb: Verb, booking: BookingId) -> str:
    return f"{_MARK}|{_ANY}|{verb}|{booking}"


def pick(serial: int, index: int, slot: Slot | None = None) -> str:
    """A row's id. A slot's says which time it was: the offer it belonged to may be forgotten when it is tapped."""
    short = f"{_MARK}|{serial}|{Verb.PICK}|{index}"
    if slot is None:
        return short
    full = f"{short}|{int(slot.start.timestamp())}|{slot.service}"
    return full if len(full) <= LONGEST and "|" not in slot.service else short


def is_ours(tap: str) -> bool:
    """Whether the tapped id is one of the diary's."""
    return read(tap) is not None


def read(tap: str) -> Tap | None:
    """What was tapped; None where the id is not one of ours."""
    mark, *parts = tap.split("|")
    if mark != _MARK or len(parts) < 2 or parts[1] not in list(Verb):
        return None
    if parts[0] != _ANY and not (parts[0].isdecimal() and len(parts[0]) < 10):
        return None
    return Tap(Verb(parts[1]), None if parts[0] == _ANY else int(parts[0]), tuple(parts[2:]))
