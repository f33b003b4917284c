"""Channels by which Google tells that a calendar changed: asked for early enough that no moment is without one."""

import secrets
from datetime import UTC, datetime, timedelta

import structlog
from sqlmodel import Session, col, delete, select

from calendar_sync.connections.agendas import caller_for
from calendar_sync.connections.office import Office
from calendar_sync.connections.prefixes import channel_prefix
from calendar_sync.connections.sealed import digest
from calendar_sync.google import calls
from calendar_sync.google.access import Caller
from calendar_sync.google.door import Answered
from calendar_sync.google.troubles import Failed
from calendar_sync.mirror.models import ChannelRow
from kernel.ids import MerchantId

LIFE = timedelta(days=7)
_RENEWED = timedelta(days=2)
"""How long before its end a channel is followed by another."""
_log = structlog.get_logger()


def keep_open(office: Office, merchant: MerchantId, calendar: str) -> Failed | None:
    """See to it that the calendar has a channel, and that it is stopped when the next one has taken over."""
    if not office.google.app.push:
        return None
    caller = caller_for(office, merchant)
    with office.diary.database.transaction(merchant) as session:
        if _lasting(session, calendar, office.diary.clock.now()):
            return None
        channel, token = _prepared(session, office, merchant, calendar)
    answer = caller.call(
        calls.watch(calendar, channel=channel, token=token, address=office.google.app.push, life=LIFE)
    )
    if isinstance(answer, Failed):
        _log.warning("channel refused", merchant=str(merchant), reason=answer.reason)
        return answer
    with office.diary.database.transaction(merchant) as session:
        _open(session, channel, answer)
        earlier = _earlier(session, calendar, channel)
    for old, resource in earlier:
        stop(office, merchant, caller, old, resource)
    return None


def stop(office: Office, merchant: MerchantId, caller: Caller, channel: str, resource: str) -> None:
    """Stop a channel at Google and forget it; one that cannot be stopped lapses by itself."""
    caller.call(calls.stop(channel, resource))
    with office.diary.database.transaction(merchant) as session:
        session.execute(delete(ChannelRow).where(col(ChannelRow.id) == channel))


def _lasting(session: Session, calendar: str, now: datetime) -> bool:
    found = select(ChannelRow).where(
        ChannelRow.digest == digest("calendar", calendar),
        col(ChannelRow.ends_at) > now + _RENEWED,
        ChannelRow.resource_id != "",
    )
    return session.exec(found.limit(1)).first() is not None


def _prepared(session: Session, office: Office, merchant: MerchantId, calendar: str) -> tuple[str, str]:
    """The row comes first: Google's first push may be faster than its answer."""
    now = office.diary.clock.now()
    channel, token = f"{channel_prefix(merchant)}-{secrets.token_hex(15)}", secrets.token_urlsafe(32)
    session.execute(delete(ChannelRow).where(col(ChannelRow.ends_at) <= now))
    session.add(
        ChannelRow(
            id=channel,
            merchant_id=merchant,
            digest=digest("calendar", calendar),
            token_digest=digest("channel", token),
            made_at=now,
            ends_at=now + LIFE,
        )
    )
    return channel, token


def _open(session: Session, channel: str, answer: Answered) -> None:
    row = session.get(ChannelRow, channel)
    if row is None:
        return
    row.resource_id = str(answer.body.get("resourceId", ""))
    expiration = answer.body.get("expiration")
    if expiration:
        # Milliseconds, as text; Google may have cut the life that was asked for.
        row.ends_at = datetime.fromtimestamp(int(expiration) / 1000, UTC)
    _log.info("channel open", merchant=str(row.merchant_id), ends_at=row.ends_at.isoformat())


def _earlier(session: Session, calendar: str, channel: str) -> list[tuple[str, str]]:
    rows = session.exec(
        select(ChannelRow).where(
            ChannelRow.digest == digest("calendar", calendar),
            ChannelRow.id != channel,
            ChannelRow.resource_id != "",
        )
    )
    return [(row.id, row.resource_id) for row in rows]
