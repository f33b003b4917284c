"""Gaps: questions that the merchant's knowledge did not answer, counted, and what becomes of them.

A gap that the merchant answers with an entry teaches a phrasing: the customers' own words for it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID, uuid4

from sqlalchemy import case, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from kernel.clock import Clock
from kernel.ids import MerchantId
from knowledge.entries import EntryKey
from knowledge.models import GapRow, LearntPhrasingRow
from knowledge.publishing import Outcome, republish
from knowledge.readers import clean
from knowledge.scrub import scrub
from knowledge.terms import words_of

GapId = NewType("GapId", UUID)

_LONGEST = 500


class GapStatus(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    id: GapId
    question: str
    language: str
    count: int
    status: GapStatus
    first_at: datetime
    last_at: datetime
    answered_by: EntryKey | None


def record_gap(session: Session, merchant: MerchantId, question: str, *, language: str, at: datetime) -> None:
    """Count a question that could not be answered, without what would tell who asked it.

    An answered gap that is asked again is open again; one that was dismissed stays so.
    """
    kept = scrub(clean(question))[:_LONGEST]
    folded = " ".join(words_of(kept))
    if not folded:
        return
    statement = insert(GapRow).values(
        id=uuid4(), merchant_id=merchant, question=kept, folded=folded, language=language[:2], count=1,
        status=GapStatus.OPEN.value, first_at=at, last_at=at,
    )  # fmt: skip
    reopened = case(
        (col(GapRow.status) == GapStatus.ANSWERED.value, GapStatus.OPEN.value), else_=col(GapRow.status)
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["merchant_id", "folded"],
            set_={"count": GapRow.count + 1, "last_at": statement.excluded["last_at"], "status": reopened},
        )
    )


def gaps(session: Session, merchant: MerchantId, status: GapStatus = GapStatus.OPEN) -> tuple[Gap, ...]:
    """Gaps of one status, the most asked first."""
    rows = session.exec(
        select(GapRow)
        .where(GapRow.merchant_id == merchant, GapRow.status == status.value)
        .order_by(col(GapRow.count).desc(), col(GapRow.last_at).desc())
        .execution_options(populate_existing=True)
    )
    return tuple(_gap(row) for row in rows)


def _gap(row: GapRow) -> Gap:
    return Gap(
        id=GapId(row.id),
        question=row.question,
        language=row.language,
        count=row.count,
        status=GapStatus(row.status),
        first_at=row.first_at,
        last_at=row.last_at,
        answered_by=None if row.answered_by is None else EntryKey(row.answered_by),
    )


def dismiss_gap(session: Session, merchant: MerchantId, gap: GapId) -> None:
    """The merchant does not want to answer this."""
    _settle(session, merchant, gap, {"status": GapStatus.DISMISSED.value, "answered_by": None})


def answer_gap(
    session: Session, clock: Clock, merchant: MerchantId, gap: GapId, entry: EntryKey, *, actor: str
) -> Outcome | None:
    """The entry answers this gap: learn the question as a phrasing of it and publish. None = no such gap."""
    question = session.execute(
        select(GapRow.question).where(GapRow.merchant_id == merchant, GapRow.id == gap)
    ).scalar_one_or_none()
    if question is None:
        return None
    _settle(session, merchant, gap, {"status": GapStatus.ANSWERED.value, "answered_by": entry})
    return learn_phrasing(session, clock, merchant, entry, question, actor=actor)


def learn_phrasing(
    session: Session, clock: Clock, merchant: MerchantId, entry: EntryKey, text: str, *, actor: str
) -> Outcome:
    """Customers ask for this entry in these words. Live with the version that this publishes."""
    row = {"merchant_id": merchant, "entry_key": entry, "text": clean(text), "learnt_at": clock.now()}
    session.execute(insert(LearntPhrasingRow).values(row).on_conflict_do_nothing())
    return republish(session, clock, merchant, actor=actor)


def _settle(session: Session, merchant: MerchantId, gap: GapId, values: dict[str, object]) -> None:
    session.execute(
        update(GapRow)
        .where(col(GapRow.merchant_id) == merchant, col(GapRow.id) == gap)
        .values(values)
        .execution_options(synchronize_session=False)
    )
