"""The roll: a merchant's list as it was imported last, and whether somebody is on it on a given day.

What it answers is yes or no: nothing of the list ever leaves through a check.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from sqlmodel import Session, col, delete, func, select

from calendar_sync.codec import from_json, to_json
from calendar_sync.members.documents import document_key
from calendar_sync.members.importing import Member
from calendar_sync.members.models import MemberRow
from calendar_sync.members.phones import phone_key
from kernel import ledger
from kernel.clock import Clock
from kernel.ids import MerchantId
from kernel.sealing import BlindIndex, Place, Sealer

TABLE = "calendar.member"


@dataclass(frozen=True, slots=True)
class Roll:
    """Reads and writes members' lists. `own` seals them, `index` finds them."""

    own: Sealer
    index: BlindIndex
    clock: Clock

    def replace(
        self, session: Session, merchant: MerchantId, members: Sequence[Member], *, actor: str
    ) -> int:
        """Put this list in the place of the one before; how many were on that. In the caller's transaction."""
        gone = delete(MemberRow).where(col(MemberRow.merchant_id) == merchant).returning(col(MemberRow.id))
        before = len(session.scalars(gone).all())
        session.add_all(self._row(merchant, member) for member in members)
        session.flush()
        detail = {"members": len(members), "before": before}
        ledger.append(
            session, self.clock, merchant, actor=actor, action="members' list replaced", detail=detail
        )
        return before

    def count(self, session: Session, merchant: MerchantId) -> int:
        return session.exec(
            select(func.count()).select_from(MemberRow).where(MemberRow.merchant_id == merchant)
        ).one()

    def has(
        self,
        session: Session,
        merchant: MerchantId,
        *,
        on: date,
        region: str,
        phone: str | None = None,
        document: str | None = None,
    ) -> bool:
        """Whether a person with this phone or document is a member on that day."""
        by_phone = self._digest(merchant, "phone", phone_key(phone, region) if phone else None)
        by_document = self._digest(merchant, "document", document_key(document) if document else None)
        keys = [
            col(column) == digest
            for column, digest in (
                (MemberRow.phone_digest, by_phone),
                (MemberRow.document_digest, by_document),
            )
            if digest is not None
        ]
        return any(_is_valid(row, on) for key in keys for row in session.exec(select(MemberRow).where(key)))

    def names(self, session: Session, merchant: MerchantId) -> list[Member]:
        """The list, for the merchant's own eyes."""
        rows = session.exec(select(MemberRow).where(MemberRow.merchant_id == merchant)).all()
        found = [from_json(Member, self.own.open(row.body, Place(merchant, TABLE, "body"))) for row in rows]
        return sorted(found, key=lambda member: member.row)

    def _row(self, merchant: MerchantId, member: Member) -> MemberRow:
        return MemberRow(
            id=uuid4(),
            merchant_id=merchant,
            phone_digest=self._digest(merchant, "phone", member.phone),
            document_digest=self._digest(merchant, "document", member.document),
            valid_from=member.valid_from,
            valid_until=member.valid_until,
            body=self.own.seal(to_json(Member, member), Place(merchant, TABLE, "body")),
            imported_at=self.clock.now(),
        )

    def _digest(self, merchant: MerchantId, column: str, key: str | None) -> bytes | None:
        return None if key is None else self.index.of(key, Place(merchant, TABLE, column))


def _is_valid(row: MemberRow, on: date) -> bool:
    begins, ends = row.valid_from or date.min, row.valid_until or date.max
    return begins <= on <= ends
