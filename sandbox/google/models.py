"""What the stand-in keeps: people, programs, calendars, events, channels. Frozen; change makes a new value."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType

Json = dict[str, Any]
Subject = NewType("Subject", str)
ClientId = NewType("ClientId", str)
CalendarId = NewType("CalendarId", str)
EventId = NewType("EventId", str)


class Role(StrEnum):
    FREE_BUSY_READER = "freeBusyReader"
    READER = "reader"
    WRITER = "writer"
    OWNER = "owner"


RANK = {role: rank for rank, role in enumerate(Role)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person at Google. ``subject`` never changes, the address may."""

    subject: Subject
    email: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthClient:
    """A program that asks for access, as it was registered in Google's console."""

    client_id: ClientId
    client_secret: str = field(repr=False)
    redirect_uris: tuple[str, ...]
    name: str = "Mostrador"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    subject: Subject
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """``made_by`` is the program that created it, if one did."""

    calendar_id: CalendarId
    summary: str
    zone: str
    owner: Subject
    shares: tuple[Share, ...] = ()
    color: str = "#2f6f62"
    made_by: ClientId | None = None

    def role_of(self, subject: Subject) -> Role | None:
        if subject == self.owner:
            return Role.OWNER
        return next((share.role for share in self.shares if share.subject == subject), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent:
    """``change`` is the place of its latest change among all changes of the stand-in."""

    calendar_id: CalendarId
    body: Json
    change: int

    @property
    def event_id(self) -> EventId:
        return EventId(self.body["id"])

    @property
    def etag(self) -> str:
        return str(self.body["etag"])

    @property
    def cancelled(self) -> bool:
        return bool(self.body["status"] == "cancelled")

    @property
    def recurring(self) -> bool:
        return bool(self.body.get("recurrence"))

    @property
    def series(self) -> EventId | None:
        return self.body.get("recurringEventId")


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A promise to tell ``address`` when a calendar's events change."""

    channel_id: str
    resource_id: str
    calendar_id: CalendarId
    subject: Subject
    client_id: ClientId
    address: str
    token: str | None
    expires: datetime
    told: int = 0
