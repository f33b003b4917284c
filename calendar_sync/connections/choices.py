"""Which calendar the merchant chose for what: as rows, and as the agenda wants it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlmodel import Session, col, delete

from calendar_sync.connections.models import GoogleCalendarRow
from calendar_sync.connections.sealed import seal_json
from calendar_sync.connections.shown import ALIAS, MADE, NAME, WRITABLE, ChosenCalendar, SeenCalendar
from calendar_sync.google.calendars import Calendars
from calendar_sync.ids import StaffId
from kernel.ids import MerchantId
from kernel.sealing import Sealer


def calendars_for(chosen: Iterable[ChosenCalendar]) -> Calendars | None:
    """The merchant's choice as the agenda wants it; None where nothing is written to."""
    listed = list(chosen)
    writing = next((each.seen.id for each in listed if each.writes), None)
    if writing is None:
        return None
    return Calendars(
        writing=writing,
        blocking=tuple(each.seen.id for each in listed if each.blocks),
        of_staff=tuple((StaffId(staff), each.seen.id) for each in listed for staff in each.staff),
        earlier=tuple(each.seen.id for each in listed if each.wrote and not each.writes),
    )


def save_calendars(
    session: Session, tray: Sealer, merchant: MerchantId, chosen: Sequence[ChosenCalendar]
) -> None:
    """Replace the merchant's calendars by these."""
    session.execute(delete(GoogleCalendarRow).where(col(GoogleCalendarRow.merchant_id) == merchant))
    session.add_all(_row(each, tray, merchant) for each in chosen)
    session.flush()


def _row(each: ChosenCalendar, tray: Sealer, merchant: MerchantId) -> GoogleCalendarRow:
    named = {"id": each.seen.id, "name": each.seen.name}
    return GoogleCalendarRow(
        merchant_id=merchant,
        digest=each.seen.digest,
        name=seal_json(tray, merchant, NAME, named),
        role=each.seen.role,
        is_primary=each.seen.is_primary,
        blocks=each.blocks,
        writes=each.writes,
        wrote=each.wrote,
        staff=list(each.staff),
    )


def with_new_list(before: Iterable[ChosenCalendar], seen: Iterable[SeenCalendar]) -> list[ChosenCalendar]:
    """A fresh list with the choices that were made; a chosen calendar that is not listed any more stays, unseen."""
    chosen, fresh = _same_names(list(before), list(seen))
    old = {each.seen.id: each for each in chosen}
    names = {each.id for each in fresh}
    lost = [
        replace(each, seen=replace(each.seen, role="none"))
        for each in chosen
        if each.seen.id not in names and (each.blocks or each.writes or each.wrote or each.staff)
    ]
    return [*(_again(each, old) for each in fresh), *lost]


def _same_names(
    before: list[ChosenCalendar], seen: list[SeenCalendar]
) -> tuple[list[ChosenCalendar], list[SeenCalendar]]:
    """The main calendar has an alias, which is all that is known of it where calendars may not be listed."""
    main = next((each for each in seen if each.is_primary and each.id != ALIAS), None)
    if main is not None:
        named = [replace(each, seen=main) if each.seen.id == ALIAS else each for each in before]
        return named, seen
    known = [each.seen for each in before]
    if any(each.is_primary and each.id != ALIAS for each in known):
        # Not listed this time: what an earlier list said is better than an alias beside it.
        ids = {each.id for each in known}
        return before, [*known, *(each for each in seen if each.id not in {ALIAS, *ids})]
    return before, seen


def _again(seen: SeenCalendar, old: Mapping[str, ChosenCalendar]) -> ChosenCalendar:
    before = old.get(seen.id)
    if before is None:
        return ChosenCalendar(seen, blocks=False, writes=False, wrote=False, staff=())
    return replace(before, seen=seen)


def written_to(chosen: Iterable[ChosenCalendar], calendar: SeenCalendar) -> list[ChosenCalendar]:
    """The same choice with bookings on this calendar, which blocks as well."""
    return [
        replace(
            each,
            writes=each.seen.id == calendar.id,
            wrote=each.wrote or each.writes,
            blocks=each.blocks or each.seen.id == calendar.id,
        )
        for each in chosen
    ]


def by_default(chosen: Iterable[ChosenCalendar]) -> list[ChosenCalendar]:
    """The first choice, until the owner picks others: their main calendar blocks, and what is ours is written to."""
    listed = list(chosen)
    writing = next((each.seen for each in listed if each.seen.role == MADE), None) or next(
        (each.seen for each in listed if each.seen.is_primary and each.seen.role in WRITABLE), None
    )
    return [
        replace(each, blocks=each.seen.is_primary or each.seen is writing, writes=each.seen is writing)
        for each in listed
    ]
