"""Taking a connection back, at once and without waiting for Google; what is left to do there is a job of `revoking`."""

from uuid import UUID

from sqlmodel import Session

from calendar_sync.connections.answering import answer, close
from calendar_sync.connections.erasing import erase_bookings
from calendar_sync.connections.office import Office
from calendar_sync.connections.severing import sever
from calendar_sync.connections.states import Reason
from calendar_sync.outcomes import ReportKind
from calendar_sync.requests import Unlink
from kernel.ids import MerchantId


def unlink(office: Office, request: Unlink) -> None:
    """The merchant takes the account back. Google is not waited for."""
    with office.diary.database.transaction(request.merchant) as session:
        if not close(session, request):
            return
        receipt = sever(session, office, request.merchant, Reason.UNLINKED, request.actor)
        if not request.keep_bookings:
            erased = erase_bookings(session, request.merchant)
            receipt.deleted = {**receipt.deleted, "bookings": erased}
        facts = {"receipt": str(receipt.id), "revocation": receipt.revocation}
        answer(session, office.diary, request, ReportKind.UNLINKED, facts)


def close_account(session: Session, office: Office, merchant: MerchantId, actor: str) -> UUID:
    """The same on the closing of a merchant's account, bookings included; the id of the receipt."""
    receipt = sever(session, office, merchant, Reason.CLOSED, actor)
    receipt.deleted = {**receipt.deleted, "bookings": erase_bookings(session, merchant)}
    return receipt.id
