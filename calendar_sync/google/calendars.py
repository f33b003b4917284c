"""Which of a merchant's calendars are read, and which one is written to."""

from dataclasses import dataclass

from calendar_sync.ids import StaffId


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendars:
    """The merchant's choice. `of_staff`: calendars that block one person only."""

    writing: str
    blocking: tuple[str, ...]
    of_staff: tuple[tuple[StaffId, str], ...] = ()
    earlier: tuple[str, ...] = ()
    """Calendars that bookings were written to before: those events stay where they are."""

    @property
    def own(self) -> tuple[str, ...]:
        """Every calendar that may hold events of ours."""
        return tuple(dict.fromkeys((self.writing, *self.earlier)))

    @property
    def read(self) -> tuple[str, ...]:
        """Every calendar whose times matter, once."""
        return tuple(dict.fromkeys((*self.blocking, *(calendar for _, calendar in self.of_staff))))
