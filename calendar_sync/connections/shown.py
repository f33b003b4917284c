"""What the console may see of a connection, sealed with the trays' key. The edge may use this: no Google library is loaded."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from calendar_sync.connections.models import GoogleCalendarRow
from calendar_sync.connections.sealed import digest, open_json
from kernel.ids import MerchantId
from kernel.sealing import Sealer

NAME = ("calendar.google_calendar", "name")
ALIAS = "primary"
"""Google's alias of an account's main calendar."""
MADE = "made"
"""The role of a calendar that this service made for itself."""
WRITABLE = ("owner", MADE)
ACCOUNT = ("calendar.connection", "account")
FINDINGS = ("calendar.connection", "findings")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenCalendar:
    """A calendar as Google lists it."""

    id: str
    name: str
    role: str
    is_primary: bool = False

    @property
    def digest(self) -> bytes:
        return digest("calendar", self.id)


@dataclass(frozen=True, slots=True)
class ChosenCalendar:
    """The same with what the merchant chose it for."""

    seen: SeenCalendar
    blocks: bool
    writes: bool
    wrote: bool
    staff: tuple[str, ...]


def chosen_calendars(session: Session, tray: Sealer, merchant: MerchantId) -> list[ChosenCalendar]:
    """Every calendar of the connection, the primary one first."""
    rows = session.exec(
        select(GoogleCalendarRow)
        .where(GoogleCalendarRow.merchant_id == merchant)
        .order_by(col(GoogleCalendarRow.is_primary).desc(), col(GoogleCalendarRow.digest))
    )
    return [_chosen(row, tray, merchant) for row in rows]


def _chosen(row: GoogleCalendarRow, tray: Sealer, merchant: MerchantId) -> ChosenCalendar:
    named = open_json(tray, merchant, NAME, row.name)
    seen = SeenCalendar(id=named["id"], name=named["name"], role=row.role, is_primary=row.is_primary)
    return ChosenCalendar(seen, row.blocks, row.writes, row.wrote, tuple(row.staff))
