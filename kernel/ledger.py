"""The ledger: what was done, by whom, in a chain where each line carries the hash of the one before.

A line is written in the transaction of the change it records: no line, no change. Verification needs the
lines only, so an auditor can run it on an export, offline.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session, col, select

from kernel.clock import Clock, aware
from kernel.errors import LedgerBroken
from kernel.ids import MerchantId
from kernel.models import LedgerRow

GENESIS = bytes(32)
Detail = Mapping[str, str | int | bool | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    merchant: MerchantId
    sequence: int
    at: datetime
    actor: str
    action: str
    detail: Detail
    previous: bytes
    digest: bytes


def append(
    session: Session, clock: Clock, merchant: MerchantId, *, actor: str, action: str, detail: Detail
) -> LedgerLine:
    """Add a line to the merchant's chain, inside the caller's transaction."""
    # One writer per chain at a time; released with the transaction.
    session.execute(
        text("select pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": f"ledger|{merchant}"}
    )
    last = session.exec(
        select(LedgerRow).where(LedgerRow.merchant_id == merchant).order_by(col(LedgerRow.sequence).desc())
    ).first()
    sequence, previous = (last.sequence + 1, last.digest) if last else (1, GENESIS)
    at = clock.now()
    digest = digest_of(merchant, sequence, at, actor, action, detail, previous)
    line = LedgerLine(
        merchant=merchant,
        sequence=sequence,
        at=at,
        actor=actor,
        action=action,
        detail=detail,
        previous=previous,
        digest=digest,
    )
    session.add(
        LedgerRow(
            merchant_id=merchant,
            sequence=sequence,
            at=at,
            actor=actor,
            action=action,
            detail=dict(detail),
            previous=previous,
            digest=digest,
        )
    )
    session.flush()
    return line


def digest_of(
    merchant: MerchantId,
    sequence: int,
    at: datetime,
    actor: str,
    action: str,
    detail: Detail,
    previous: bytes,
) -> bytes:
    """SHA-256 over the line's canonical JSON and the digest before it."""
    body = json.dumps(
        [str(merchant), sequence, at.isoformat(), actor, action, dict(detail)],
        ensure_ascii=True,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(previous + body.encode()).digest()


def lines(session: Session, merchant: MerchantId) -> Iterable[LedgerLine]:
    """The merchant's chain in order, a row at a time."""
    rows = session.exec(
        select(LedgerRow)
        .where(LedgerRow.merchant_id == merchant)
        .order_by(col(LedgerRow.sequence))
        .execution_options(yield_per=1000)
    )
    for row in rows:
        values = row.model_dump(exclude={"merchant_id", "at"})
        yield LedgerLine(merchant=merchant, at=aware(row.at), **values)


def verify(chain: Iterable[LedgerLine]) -> int:
    """How many lines hold; raises `LedgerBroken` naming the first one that does not."""
    previous, count = GENESIS, 0
    for line in chain:
        count += 1
        if line.sequence != count:
            raise LedgerBroken(line.sequence, f"expected line {count}")
        if line.previous != previous:
            raise LedgerBroken(line.sequence, "does not follow from the line before it")
        expected = digest_of(
            line.merchant, line.sequence, line.at, line.actor, line.action, line.detail, previous
        )
        if line.digest != expected:
            raise LedgerBroken(line.sequence, "was changed after it was written")
        previous = line.digest
    return count
