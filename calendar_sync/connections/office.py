"""What the work on connections needs: the diary's room and the door to Google."""

from dataclasses import dataclass

from calendar_sync.google.door import GoogleDoor
from calendar_sync.room import Diary


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    diary: Diary
    google: GoogleDoor
