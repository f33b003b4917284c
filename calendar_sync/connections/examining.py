"""Examining a connection: what is stored and what Google says now, gathered into facts for the doctor."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from calendar_sync.connections.access import choice_of
from calendar_sync.connections.agendas import caller_for
from calendar_sync.connections.attempts import list_calendars
from calendar_sync.connections.choices import save_calendars, with_new_list
from calendar_sync.connections.doctor import Facts, Finding, examine
from calendar_sync.connections.models import ConnectionRow
from calendar_sync.connections.office import Office
from calendar_sync.connections.sealed import seal_json
from calendar_sync.connections.shown import FINDINGS, WRITABLE, ChosenCalendar, chosen_calendars
from calendar_sync.connections.states import ConnectionState
from calendar_sync.connections.store import connection_of
from calendar_sync.google import calls
from calendar_sync.google.access import Caller
from calendar_sync.google.agenda import Window
from calendar_sync.google.door import Answered
from calendar_sync.google.scopes import Ability, Grant
from calendar_sync.google.troubles import Failed, Trouble
from calendar_sync.mirror.models import ChannelRow, SyncRow
from kernel.ids import MerchantId

_IN_THE_WAY = {
    Trouble.SETUP: "setup",
    Trouble.UNCLEAR: "unreachable",
    Trouble.BACKEND: "unreachable",
    Trouble.RATE: "unreachable",
    Trouble.QUOTA: "unreachable",
}


def examine_merchant(office: Office, merchant: MerchantId) -> tuple[Finding, ...]:
    """Ask Google, store what was found for the console, and return it."""
    facts = _stored(office, merchant)
    if facts.is_set_up and facts.is_linked and not facts.lost:
        facts = _asked(office, merchant, facts)
    findings = examine(facts)
    with office.diary.database.transaction(merchant) as session:
        row = connection_of(session, merchant, lock=True)
        if row is not None:
            row.examined_at = facts.now
            plain = [[finding.kind.value, dict(finding.facts)] for finding in findings]
            row.findings = seal_json(office.diary.tray, merchant, FINDINGS, plain)
    return findings


def _stored(office: Office, merchant: MerchantId) -> Facts:
    """What the diary knows without asking."""
    now, app = office.diary.clock.now(), office.google.app
    with office.diary.database.transaction(merchant) as session:
        row = connection_of(session, merchant)
        facts = Facts(now=now, is_set_up=app.is_set_up, is_linked=row is not None, push=bool(app.push))
        if row is None:
            return facts
        chosen = chosen_calendars(session, office.diary.tray, merchant)
        return _with_pushes(session, _of_row(facts, row, chosen))


def _of_row(facts: Facts, row: ConnectionRow, chosen: Sequence[ChosenCalendar]) -> Facts:
    grant = Grant.of(row.granted)
    writing = next((each.seen for each in chosen if each.writes), None)
    return replace(
        facts,
        lost=row.state == ConnectionState.RECONNECT,
        linked_at=row.linked_at,
        lost_at=row.lost_at,
        refresh_ends_at=row.refresh_ends_at,
        missing=tuple(ability.value for ability in grant.missing(choice_of(row))),
        can_pick=grant.can(Ability.PICK) or row.choice == "b",
        writing=(writing.name or writing.id) if writing else "",
        writable=writing is None or writing.role in WRITABLE,
        skew_seconds=row.skew_seconds or 0,
    )


def _with_pushes(session: Session, facts: Facts) -> Facts:
    channel = session.exec(select(ChannelRow).order_by(col(ChannelRow.made_at).desc())).first()
    missed = sum(row.missed for row in session.exec(select(SyncRow)))
    return replace(
        facts,
        channel_since=channel.made_at if channel else None,
        heard_at=channel.heard_at if channel else None,
        missed=missed,
    )


def _asked(office: Office, merchant: MerchantId, facts: Facts) -> Facts:
    """The same with what Google says: may we still, which calendars are there, what time is it."""
    caller = caller_for(office, merchant)
    with office.diary.database.transaction(merchant) as session:
        chosen = chosen_calendars(session, office.diary.tray, merchant)
    blocking = [each for each in chosen if each.blocks or each.staff]
    answer = caller.call(calls.free_busy([each.seen.id for each in blocking], _tomorrow(facts.now)))
    facts = _told(facts, answer, blocking)
    if isinstance(answer, Failed):
        lost = answer.trouble is Trouble.NO_ACCESS
        return replace(_stored(office, merchant), trouble=facts.trouble) if lost else facts
    return _relisted(office, merchant, caller, facts)


def _told(facts: Facts, answer: Answered | Failed, blocking: Sequence[ChosenCalendar]) -> Facts:
    if isinstance(answer, Failed):
        client = answer.trouble is Trouble.SETUP and "client" in answer.reason
        return replace(facts, trouble="client" if client else _IN_THE_WAY.get(answer.trouble, ""))
    entries = answer.body.get("calendars", {})
    unreadable = tuple(
        each.seen.name or each.seen.id
        for each in blocking
        if entries.get(each.seen.id, {}).get("errors") or each.seen.id not in entries
    )
    skew = round((answer.at - facts.now) / timedelta(seconds=1)) if answer.at else facts.skew_seconds
    return replace(facts, unreadable=unreadable, skew_seconds=skew)


def _relisted(office: Office, merchant: MerchantId, caller: Caller, facts: Facts) -> Facts:
    """Roles as they are now: a calendar may have been taken away from the account."""
    with office.diary.database.transaction(merchant) as session:
        row = connection_of(session, merchant)
        can_pick = row is not None and Grant.of(row.granted).can(Ability.PICK) and row.choice == "a"
    listed = list_calendars(caller.call) if can_pick else None
    if listed is None or isinstance(listed, Failed):
        return facts
    with office.diary.database.transaction(merchant) as session:
        row = connection_of(session, merchant, lock=True)
        if row is None:
            return facts
        fresh = with_new_list(chosen_calendars(session, office.diary.tray, merchant), listed)
        save_calendars(session, office.diary.tray, merchant, fresh)
        return replace(facts, writable=all(each.seen.role in WRITABLE for each in fresh if each.writes))


def _tomorrow(now: datetime) -> Window:
    return Window(now, now + timedelta(days=1))
