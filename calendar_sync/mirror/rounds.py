"""The rounds: every connection is looked at every few hours, so that a push that was lost costs hours and no booking."""

import random
from datetime import timedelta

import structlog
from sqlmodel import col, select

from calendar_sync.connections.examining import examine_merchant
from calendar_sync.connections.models import LinkedRow
from calendar_sync.connections.office import Office
from calendar_sync.google.backoff import pause
from calendar_sync.google.errors import GoogleUnready
from calendar_sync.google.troubles import Failed
from calendar_sync.mirror.channels import keep_open
from calendar_sync.mirror.jobs import sync_job, tend_job
from calendar_sync.mirror.syncing import Mirror, own_calendars, sync
from kernel.ids import MerchantId
from kernel.jobs import defer

WITH_PUSHES = timedelta(hours=3)
WITHOUT_PUSHES = timedelta(minutes=5)
_SPREAD = 0.25
_AT_ONCE = 500
_SOON = timedelta(seconds=20)
_LONG = timedelta(minutes=2)
"""A longer pause is a job for later, as a job that fails is repeated within seconds."""
_log = structlog.get_logger()


def make_rounds(office: Office) -> int:
    """Defer a look at every connection that is due; how many."""
    now = office.diary.clock.now()
    interval = WITH_PUSHES if office.google.app.push else WITHOUT_PUSHES
    with office.diary.database.transaction() as session:
        due = session.exec(
            select(LinkedRow)
            .where(col(LinkedRow.due_at) <= now)
            .limit(_AT_ONCE)
            .with_for_update(skip_locked=True)
        ).all()
        for row in due:
            # Spread, so that what was linked together is not asked for together for ever.
            row.due_at = now + interval * random.uniform(1 - _SPREAD, 1 + _SPREAD)  # noqa: S311
            defer(session, tend_job(row.merchant_id))
    return len(due)


def tend(mirror: Mirror, merchant: MerchantId) -> None:
    """A channel for every calendar that holds bookings, then the doctor, then the sweep."""
    calendars = own_calendars(mirror.office, merchant)
    for calendar in calendars.own if calendars else ():
        keep_open(mirror.office, merchant, calendar)
    examine_merchant(mirror.office, merchant)
    sync_now(mirror, merchant)


def sync_now(mirror: Mirror, merchant: MerchantId) -> None:
    """Sync; what was not settled is looked at again soon, what failed in passing is raised for the job to be repeated."""
    outcome = sync(mirror, merchant)
    if isinstance(outcome, Failed):
        _failed(mirror, merchant, outcome)
    elif outcome.again:
        _again(mirror, merchant, _SOON)


def _failed(mirror: Mirror, merchant: MerchantId, failed: Failed) -> None:
    after = pause(failed.trouble, 1, random.random())  # noqa: S311 - a spread, no secret
    if after is None:
        _log.warning("calendar not read", merchant=str(merchant), trouble=failed.trouble.value)
    elif after > _LONG:
        _again(mirror, merchant, after)
    else:
        raise GoogleUnready(failed.reason or failed.trouble.value, after)


def _again(mirror: Mirror, merchant: MerchantId, after: timedelta) -> None:
    at = mirror.office.diary.clock.now() + after
    with mirror.office.diary.database.transaction(merchant) as session:
        defer(session, sync_job(merchant, at))
