"""Agendas of merchants whose Google calendar is not asked: one who books on local state, one who cannot book."""

from dataclasses import dataclass

from calendar_sync.google.agenda import (
    Busy,
    EventDraft,
    Put,
    Refused,
    Unknown,
    WhyRefused,
    WhyUnknown,
    Window,
    Written,
)
from calendar_sync.ids import EventId


class LocalAgenda:
    """For a merchant who chose to book without Google: nothing is busy but the bookings themselves."""

    def busy(self, window: Window) -> Busy | Unknown:  # noqa: ARG002 - the protocol's
        return Busy()

    def put(self, event: EventDraft) -> Put:  # noqa: ARG002
        return Written()

    def change(self, event_id: EventId, event: EventDraft) -> Put:  # noqa: ARG002
        return Written()

    def remove(self, event_id: EventId) -> Put:  # noqa: ARG002
        return Written()


@dataclass(frozen=True, slots=True)
class ClosedAgenda:
    """For a merchant whose calendar is not linked, or no longer: no slot, no write."""

    unknown: WhyUnknown
    refused: WhyRefused

    def busy(self, window: Window) -> Busy | Unknown:  # noqa: ARG002
        return Unknown(self.unknown)

    def put(self, event: EventDraft) -> Put:  # noqa: ARG002
        return Refused(self.refused)

    def change(self, event_id: EventId, event: EventDraft) -> Put:  # noqa: ARG002
        return Refused(self.refused)

    def remove(self, event_id: EventId) -> Put:  # noqa: ARG002
        return Refused(self.refused)


NOT_LINKED = ClosedAgenda(WhyUnknown.NOT_LINKED, WhyRefused.NOT_LINKED)
RECONNECT = ClosedAgenda(WhyUnknown.RECONNECT, WhyRefused.RECONNECT)
INCOMPLETE = ClosedAgenda(WhyUnknown.SCOPES, WhyRefused.SCOPES)
NO_CALENDAR = ClosedAgenda(WhyUnknown.CALENDAR, WhyRefused.NO_CALENDAR)
