"""Opening, finding and loading merchants: what the command line, the demo and the evaluation share."""

from uuid import uuid4

from sqlmodel import Session, col, select

from app.shops import deliver_shop
from kernel import ledger
from kernel.clock import Clock
from kernel.database import Database
from kernel.ids import MerchantId
from kernel.models import MerchantRow
from knowledge.entries import KnowledgeBase
from knowledge.store import Outcome, import_knowledge

ACTOR = "operator"
"""Who the ledger names for what is done on the command line."""


def registered(database: Database) -> dict[str, MerchantId]:
    """All merchants by their slug. Only the edge's role sees the whole register."""
    with database.transaction() as session:
        rows = session.exec(select(MerchantRow).order_by(col(MerchantRow.slug))).all()
    return {row.slug: MerchantId(row.id) for row in rows}


def load_knowledge(database: Database, clock: Clock, base: KnowledgeBase) -> tuple[MerchantId, Outcome]:
    """Open the merchant if it is new, publish what it knows, in one transaction.

    The diary's copy is delivered in it too; vectors are made by a job.
    """
    slug = base.profile.slug
    known = registered(database).get(slug)
    merchant = known or MerchantId(uuid4())
    with database.transaction(merchant) as session:
        if known is None:
            _open(session, clock, merchant, slug)
        outcome = import_knowledge(session, clock, merchant, base, actor=ACTOR)
        deliver_shop(session, clock, merchant)
        return merchant, outcome


def _open(session: Session, clock: Clock, merchant: MerchantId, slug: str) -> None:
    session.add(MerchantRow(id=merchant, slug=slug, created_at=clock.now()))
    session.flush()
    ledger.append(session, clock, merchant, actor=ACTOR, action="merchant opened", detail={"slug": slug})
