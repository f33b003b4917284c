"""The states of a turn."""

from enum import StrEnum


class TurnState(StrEnum):
    ASKED = "asked"
    """In the mind's tray."""
    BOOKING = "booking"
    """In the diary's tray."""
    ANSWERED = "answered"
    NOTICED = "noticed"
    """Nothing in it could be read, and that was said."""
    ABANDONED = "abandoned"
    """Nobody answered it in time; the customer got an apology."""
