"""Events come into being, change and go, by the rules that hold for programs and owners alike."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sandbox.clock import Clock
from sandbox.google.drafts import EVENT_ID, WRITABLE, drafted, patched
from sandbox.google.ids import Mint
from sandbox.google.models import Account, Calendar, Json, StoredEvent
from sandbox.google.recurrence import occurrence, series_id
from sandbox.google.refusals import (
    DELETED,
    DUPLICATE,
    ETAG_DIFFERS,
    NOT_FOUND,
    NOT_ORGANIZER,
    Refusal,
    invalid,
)
from sandbox.google.store import Store
from sandbox.google.times import stamp

_SHARED = ("start", "end", "summary", "description", "location", "recurrence", "attendees")
_ANY = {None, "*"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    store: Store
    clock: Clock
    mint: Mint

    def insert(
        self, calendar: Calendar, who: Account, body: Json, conference: bool = False
    ) -> StoredEvent | Refusal:
        draft = drafted(body, ZoneInfo(calendar.zone))
        if isinstance(draft, Refusal):
            return draft
        event_id = body.get("id") or self.mint.event_id()
        if not isinstance(event_id, str) or not EVENT_ID.fullmatch(event_id):
            return invalid("id", "Invalid resource id value.")
        if body.get("iCalUID") and body.get("id"):
            return invalid("iCalUID", "The iCalUID and the id cannot both be given.")
        if self.store.find(calendar.calendar_id, event_id):
            return DUPLICATE
        born = self._born(calendar, who, event_id, body.get("iCalUID"))
        return self.store.put(calendar.calendar_id, born | _met(draft, event_id, conference))

    def find(self, calendar: Calendar, event_id: str) -> StoredEvent | None:
        """An event, or an occurrence of a series that nobody has touched yet."""
        found = self.store.find(calendar.calendar_id, event_id)
        if found:
            return found
        series = self.store.find(calendar.calendar_id, series_id(event_id) or "")
        if series is None or not series.recurring:
            return None
        return occurrence(series, ZoneInfo(calendar.zone), event_id)

    def update(
        self,
        calendar: Calendar,
        event_id: str,
        body: Json,
        if_match: str | None = None,
        conference: bool = False,
    ) -> StoredEvent | Refusal:
        old = self._current(calendar, event_id, if_match)
        if isinstance(old, Refusal):
            return old
        kept = {key: value for key, value in old.body.items() if key not in WRITABLE}
        status = {"status": old.body["status"]} if old.cancelled else {"status": "confirmed"}
        return self._rewritten(calendar, old, kept, status | body, conference)

    def patch(
        self,
        calendar: Calendar,
        event_id: str,
        body: Json,
        if_match: str | None = None,
        conference: bool = False,
    ) -> StoredEvent | Refusal:
        old = self._current(calendar, event_id, if_match)
        if isinstance(old, Refusal):
            return old
        kept = {key: value for key, value in old.body.items() if key not in WRITABLE}
        return self._rewritten(calendar, old, kept, patched(old.body, body), conference)

    def delete(self, calendar: Calendar, event_id: str, if_match: str | None = None) -> Refusal | None:
        old = self._current(calendar, event_id, if_match)
        if isinstance(old, Refusal):
            return old
        if old.cancelled:
            return DELETED
        self.store.put(calendar.calendar_id, old.body | {"status": "cancelled"})
        for each in self.store.events(calendar.calendar_id):
            if each.series == old.event_id and not each.cancelled:
                self.store.put(calendar.calendar_id, each.body | {"status": "cancelled"})
        return None

    def _current(self, calendar: Calendar, event_id: str, if_match: str | None) -> StoredEvent | Refusal:
        old = self.find(calendar, event_id)
        if old is None:
            return NOT_FOUND
        return old if if_match in _ANY or if_match == old.etag else ETAG_DIFFERS

    def _rewritten(
        self, calendar: Calendar, old: StoredEvent, kept: Json, body: Json, conference: bool
    ) -> StoredEvent | Refusal:
        draft = drafted(body, ZoneInfo(calendar.zone))
        if isinstance(draft, Refusal):
            return draft
        if self._organized_elsewhere(calendar, old) and any(
            draft.get(key) != old.body.get(key) for key in _SHARED
        ):
            return NOT_ORGANIZER
        met = _met(draft, old.event_id, conference, old.body.get("conferenceData"))
        sequence = old.body["sequence"] + (
            draft["start"] != old.body["start"] or draft["end"] != old.body["end"]
        )
        new = kept | met | {"sequence": max(sequence, int(met.get("sequence", 0)))}
        return self.store.put(calendar.calendar_id, new, touch=not _private_only(old.body, new))

    def _organized_elsewhere(self, calendar: Calendar, event: StoredEvent) -> bool:
        organizer = event.body["organizer"]["email"]
        return organizer not in {calendar.calendar_id, self.store.accounts[calendar.owner].email}

    def _born(self, calendar: Calendar, who: Account, event_id: str, uid: object) -> Json:
        owner = self.store.accounts[calendar.owner]
        secondary = calendar.calendar_id != owner.email
        name = {"displayName": calendar.summary} if secondary else {}
        return {
            "kind": "calendar#event",
            "id": event_id,
            "status": "confirmed",
            "htmlLink": f"https://www.google.com/calendar/event?eid={event_id}",
            "created": stamp(self.clock.now()),
            "creator": {"email": who.email},
            "organizer": {"email": calendar.calendar_id} | name,
            "iCalUID": uid or f"{event_id}@google.com",
            "sequence": 0,
            "reminders": {"useDefault": True},
            "eventType": "default",
        }


def _private_only(old: Json, new: Json) -> bool:
    """Reminders are each reader's own: to change them is not to change the event."""
    ignored = {"reminders", "updated", "etag"}
    return {k: v for k, v in old.items() if k not in ignored} == {
        k: v for k, v in new.items() if k not in ignored
    }


def _met(draft: Json, event_id: str, conference: bool, before: Json | None = None) -> Json:
    """A caller that does not speak of conferences neither makes nor loses one."""
    if not conference:
        kept = {"conferenceData": before} if before else {}
        return {key: value for key, value in draft.items() if key != "conferenceData"} | kept
    asked = draft.get("conferenceData", {}).get("createRequest")
    if not asked:
        return draft
    link = f"https://meet.google.com/{event_id[:10]}"
    made = {
        "createRequest": asked | {"status": {"statusCode": "success"}},
        "entryPoints": [{"entryPointType": "video", "uri": link}],
        "conferenceSolution": {"key": {"type": "hangoutsMeet"}, "name": "Google Meet"},
        "conferenceId": event_id[:10],
    }
    return draft | {"conferenceData": made, "hangoutLink": link}
