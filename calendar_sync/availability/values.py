"""What availability is asked with, and what it answers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from calendar_sync.google.agenda import Busy, Unknown, Window
from calendar_sync.ids import BookingId, ClassId, RoomId, ServiceId, StaffId, TableId
from calendar_sync.moments import checked
from calendar_sync.shop.values import Shop

__all__ = [
    "Ask",
    "Busy",
    "Need",
    "Purpose",
    "Refusal",
    "Refused",
    "Resource",
    "ResourceKind",
    "Situation",
    "Slot",
    "Taken",
    "Unknown",
    "Window",
]


class ResourceKind(StrEnum):
    SHOP = "shop"
    STAFF = "staff"
    ROOM = "room"
    CLASS = "class"
    TABLE = "table"


@dataclass(frozen=True, slots=True, order=True)
class Resource:
    """What an appointment occupies: a person, a room, a table, or units of a class or of the shop itself."""

    kind: ResourceKind
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """So many units of a resource that has `capacity` of them, for this long (buffers included)."""

    resource: Resource
    window: Window
    units: int = 1
    capacity: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A unit of a resource that a booking or a hold of this diary occupies."""

    resource: Resource
    window: Window
    booking: BookingId
    unit: int = 0
    """Which of the resource's units, counted from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A time at which a service can be had, with whom and where. All of it is taken together or not at all."""

    service: ServiceId
    start: datetime
    end: datetime
    staff: StaffId | None = None
    room: RoomId | None = None
    group: ClassId | None = None
    table: TableId | None = None
    party_size: int = 1
    free: int | None = None
    """Seats that are left in a class, before this booking."""

    def __post_init__(self) -> None:
        checked(self.start, self.end)

    @property
    def window(self) -> Window:
        return Window(self.start, self.end)


class Purpose(StrEnum):
    """What the slot is looked for: each has its own notice."""

    BOOK = "book"
    MOVE = "move"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Which slots are looked for."""

    service: ServiceId
    window: Window
    """Slots begin in it."""
    staff: StaffId | None = None
    party_size: int = 1
    purpose: Purpose = Purpose.BOOK
    moving: BookingId | None = None
    """What this booking occupies is as good as free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that decides which slots are free: the shop, what blocks it, and what time it is."""

    shop: Shop
    busy: Busy | Unknown
    taken: tuple[Taken, ...] = ()
    now: datetime

    def __post_init__(self) -> None:
        checked(self.now)


class Refusal(StrEnum):
    """Why a time cannot be had; the first that applies, in this order."""

    NO_SERVICE = "no_service"
    NO_STAFF = "no_staff"
    """Nobody of that name does this."""
    PARTY_TOO_LARGE = "party_too_large"
    PAST = "past"
    NOTICE = "notice"
    """Sooner than the merchant allows."""
    HORIZON = "horizon"
    """Further ahead than the merchant allows."""
    CLOSED_DAY = "closed_day"
    NOT_THAT_DAY = "not_that_day"
    """The shop is open, but the service or the person is not there on that day."""
    OUTSIDE_HOURS = "outside_hours"
    ENDS_AFTER_CLOSING = "ends_after_closing"
    NOT_A_CLASS_TIME = "not_a_class_time"
    OFF_GRID = "off_grid"
    UNKNOWN = "unknown"
    """The calendar could not be read."""
    TAKEN = "taken"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Refused:
    """The time cannot be had."""

    reason: Refusal
