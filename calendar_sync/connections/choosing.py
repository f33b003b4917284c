"""The merchant's choice of calendars: which block time, for whom, and which one bookings are written to."""

from dataclasses import replace

from sqlmodel import Session

from calendar_sync.connections.answering import answer, close
from calendar_sync.connections.choices import save_calendars
from calendar_sync.connections.models import LinkedRow
from calendar_sync.connections.office import Office
from calendar_sync.connections.shown import WRITABLE, ChosenCalendar, chosen_calendars
from calendar_sync.connections.states import ChoiceFailure
from calendar_sync.connections.store import connection_of
from calendar_sync.outcomes import ReportKind
from calendar_sync.requests import ChooseCalendars
from kernel import ledger


def choose(office: Office, request: ChooseCalendars) -> None:
    """Keep the choice, or say what is wrong with it. Events that were written before stay where they are."""
    with office.diary.database.transaction(request.merchant) as session:
        if not close(session, request):
            return
        if connection_of(session, request.merchant, lock=True) is None:
            _refuse(session, office, request, ChoiceFailure.NOT_LINKED)
            return
        chosen = chosen_calendars(session, office.diary.tray, request.merchant)
        failure = fault_of(chosen, request)
        if failure is not None:
            _refuse(session, office, request, failure)
            return
        save_calendars(session, office.diary.tray, request.merchant, applied(chosen, request))
        _look_now(session, office, request)
        facts = {"blocking": str(len(request.blocking))}
        answer(session, office.diary, request, ReportKind.CALENDARS_CHOSEN, facts)
        _write_down(session, office, request)


def fault_of(chosen: list[ChosenCalendar], request: ChooseCalendars) -> ChoiceFailure | None:
    """What is wrong with a choice."""
    roles = {each.seen.id: each.seen.role for each in chosen}
    named = {request.writing, *request.blocking, *(calendar for _, calendar in request.of_staff)}
    if not named <= roles.keys():
        return ChoiceFailure.UNKNOWN_CALENDAR
    return None if roles[request.writing] in WRITABLE else ChoiceFailure.UNWRITABLE


def applied(chosen: list[ChosenCalendar], request: ChooseCalendars) -> list[ChosenCalendar]:
    return [
        replace(
            each,
            blocks=each.seen.id in request.blocking,
            writes=each.seen.id == request.writing,
            wrote=each.wrote or each.writes,
            staff=tuple(staff for staff, calendar in request.of_staff if calendar == each.seen.id),
        )
        for each in chosen
    ]


def _look_now(session: Session, office: Office, request: ChooseCalendars) -> None:
    """The next round is now: the chosen calendar is to be mirrored."""
    row = session.get(LinkedRow, request.merchant)
    if row is not None:
        row.due_at = office.diary.clock.now()


def _write_down(session: Session, office: Office, request: ChooseCalendars) -> None:
    detail = {"blocking": len(request.blocking), "of_staff": len(request.of_staff)}
    ledger.append(
        session,
        office.diary.clock,
        request.merchant,
        actor=request.actor,
        action="calendar.chosen",
        detail=detail,
    )


def _refuse(session: Session, office: Office, request: ChooseCalendars, reason: ChoiceFailure) -> None:
    answer(session, office.diary, request, ReportKind.REFUSED, {"reason": reason})
