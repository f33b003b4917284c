"""A push from Google: headers without a signature, so a hint and no more. What it can cause is one sync."""

import hmac

import structlog
from sqlmodel import Session

from calendar_sync.connections.office import Office
from calendar_sync.connections.sealed import digest
from calendar_sync.mirror.jobs import sync_job
from calendar_sync.mirror.models import ChannelRow, SyncRow
from calendar_sync.requests import Push
from calendar_sync.tray import finish_request
from kernel.jobs import defer

_FIRST = "sync"
"""The state of the first push of a channel: it is open, nothing changed."""
_log = structlog.get_logger()


def hear(office: Office, push: Push) -> None:
    """Take a push from the tray; one that is genuine and new makes the calendar be read."""
    with office.diary.database.transaction(push.merchant) as session:
        if not finish_request(session, push.id):
            return
        row = session.get(ChannelRow, push.channel_id, with_for_update=True)
        if row is None or not is_genuine(row, push):
            _log.warning("push refused", merchant=str(push.merchant))
            return
        now = office.diary.clock.now()
        is_new = push.number > row.number
        row.number, row.heard_at = max(push.number, row.number), now
        row.resource_id = row.resource_id or push.resource_id
        if is_new and push.state != _FIRST:
            _want(session, office, row)


def is_genuine(row: ChannelRow, push: Push) -> bool:
    """Whether the push knows the channel's token; compared in constant time."""
    token = hmac.compare_digest(row.token_digest, digest("channel", push.token))
    resource = not row.resource_id or hmac.compare_digest(row.resource_id.encode(), push.resource_id.encode())
    return token and resource


def _want(session: Session, office: Office, row: ChannelRow) -> None:
    """Pushes that come while a sync is waiting are answered by that sync."""
    key = (row.merchant_id, row.digest)
    sync = session.get(SyncRow, key, with_for_update=True)
    if sync is None:
        sync = SyncRow(merchant_id=row.merchant_id, digest=row.digest)
        session.add(sync)
    waiting = sync.wanted_at is not None and (sync.synced_at is None or sync.wanted_at > sync.synced_at)
    sync.wanted_at = office.diary.clock.now()
    if not waiting:
        defer(session, sync_job(row.merchant_id))
