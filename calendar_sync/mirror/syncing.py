"""Bringing home what the owner did, calendar by calendar."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session

from calendar_sync.connections.choices import calendars_for
from calendar_sync.connections.office import Office
from calendar_sync.connections.shown import chosen_calendars
from calendar_sync.connections.states import ConnectionState
from calendar_sync.connections.store import connection_of
from calendar_sync.google.calendars import Calendars
from calendar_sync.google.troubles import Failed
from calendar_sync.mirror.changes import OwnerChange
from calendar_sync.mirror.reading import Reading, Synced
from kernel.ids import MerchantId

ApplyChange = Callable[[Session, MerchantId, OwnerChange], None]
"""Makes a change of the owner's true in the diary, inside the transaction that remembers having seen it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirror:
    """What the mirror's jobs need."""

    office: Office
    apply: ApplyChange


def sync(mirror: Mirror, merchant: MerchantId) -> Synced | Failed:
    """Bring home what the owner did on every calendar that holds bookings."""
    calendars = own_calendars(mirror.office, merchant)
    if calendars is None:
        return Synced()
    done = Synced()
    for calendar in calendars.own:
        outcome = Reading(mirror.office, mirror.apply, merchant, calendars, calendar).go()
        if isinstance(outcome, Failed):
            return outcome
        done = Synced(done.changes + outcome.changes, again=done.again or outcome.again)
    return done


def own_calendars(office: Office, merchant: MerchantId) -> Calendars | None:
    """The calendars of a connection that works; None where there is nothing to mirror."""
    with office.diary.database.transaction(merchant) as session:
        connection = connection_of(session, merchant)
        if connection is None or connection.state == ConnectionState.RECONNECT:
            return None
        return calendars_for(chosen_calendars(session, office.diary.tray, merchant))
