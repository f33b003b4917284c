"""What can go wrong in the diary that a caller could not have expected.

DiaryError
├── TimeHasNoZone       a moment came without its zone: no appointment can be computed from it
├── BodyUnreadable      a sealed body, a state or a shop's document is not one that this build writes
├── ShopMissing         a request for a merchant whose shop was never delivered
├── BookingMissing      a booking that the diary itself noted is gone
├── BookingBusy         two changed one booking at once: the job starts again
└── CalendarSilent      the calendar does not say what became of a change: the job comes again
"""

from datetime import datetime
from uuid import UUID

from kernel.errors import MostradorError


class DiaryError(MostradorError):
    """Root of the diary's errors. None of these is cured by trying again, unless its class says so."""


class TimeHasNoZone(DiaryError):
    """A naive time."""

    def __init__(self, moment: datetime) -> None:
        super().__init__(f"{moment.isoformat()} has no time zone")


class BodyUnreadable(DiaryError):
    """A stored value that does not fit its type. The message never repeats the value."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is not in the form that this build writes")
        self.what = what


class ShopMissing(DiaryError):
    """No copy of the merchant's hours and services has been delivered."""


class BookingMissing(DiaryError):
    """There is no such booking."""

    def __init__(self, booking: UUID) -> None:
        super().__init__(f"booking {booking} is gone")
        self.booking = booking


class BookingBusy(DiaryError):
    """Somebody else changed the booking between two steps; what was intended is looked at again."""

    retryable = True


class CalendarSilent(DiaryError):
    """What was written may be there or not, and the calendar does not answer."""

    retryable = True
