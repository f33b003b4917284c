"""What is published for a merchant: its head, its entries at any version, its history. Reads only.

Every function takes a session inside a transaction that is confined to the merchant, and gives frozen values.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, or_, select

from kernel.ids import MerchantId
from knowledge.codec import entry_from, profile_from
from knowledge.entries import Entry, KnowledgeBase, Profile
from knowledge.models import EntryRevisionRow, HeadRow, PublicationRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What is live now."""

    version: int
    profile: Profile
    serving_model: str
    vector_revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One line of a merchant's history."""

    version: int
    at: datetime
    actor: str
    origin: str
    added: int
    changed: int
    removed: int


def head(session: Session, merchant: MerchantId) -> Head | None:
    """The merchant's head, or None when nothing was published (or it is not this transaction's merchant)."""
    row = session.execute(
        select(HeadRow.version, HeadRow.profile, HeadRow.serving_model, HeadRow.vector_revision).where(
            HeadRow.merchant_id == merchant
        )
    ).one_or_none()
    if row is None or row.version == 0:
        return None
    return Head(
        version=row.version,
        profile=profile_from(row.profile),
        serving_model=row.serving_model,
        vector_revision=row.vector_revision,
    )


def load(session: Session, merchant: MerchantId, version: int | None = None) -> KnowledgeBase | None:
    """The merchant's knowledge as it is live, or as it was at an earlier version."""
    if version is None:
        version = session.execute(
            select(HeadRow.version).where(HeadRow.merchant_id == merchant)
        ).scalar_one_or_none()
    row = session.get(PublicationRow, (merchant, version)) if version else None
    if row is None:
        return None
    found = _entries(session, merchant, row.version)
    entries = tuple(found[key] for key in row.keys)
    return KnowledgeBase(profile=profile_from(row.profile), entries=entries, version=row.version)


def _entries(session: Session, merchant: MerchantId, version: int) -> dict[str, Entry]:
    rows = session.execute(
        select(EntryRevisionRow.key, EntryRevisionRow.kind, EntryRevisionRow.body).where(
            EntryRevisionRow.merchant_id == merchant,
            EntryRevisionRow.valid_from <= version,
            or_(col(EntryRevisionRow.valid_to).is_(None), col(EntryRevisionRow.valid_to) > version),
        )
    )
    return {key: entry_from(kind, body) for key, kind, body in rows}


def history(session: Session, merchant: MerchantId, limit: int = 100) -> tuple[Publication, ...]:
    """Published versions, the latest first."""
    rows = session.exec(
        select(PublicationRow)
        .where(PublicationRow.merchant_id == merchant)
        .order_by(col(PublicationRow.version).desc())
        .limit(limit)
    )
    return tuple(Publication(**row.model_dump(exclude={"merchant_id", "profile", "keys"})) for row in rows)
