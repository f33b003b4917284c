"""What a turn came to, read off the house: states by the names that scripts use for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from app.evaluation.theatre import Scene
from calendar_sync.bookings.reading import BookingReader
from calendar_sync.bookings.values import Booking
from kernel.ids import CustomerId
from sandbox.driver import Reply
from webhooks.grounds import grounds_of
from webhooks.models import ConversationRow, CustomerRow, OutboxRow, PersonRequestRow, RatingRow
from webhooks.phrases import LANGUAGES, phrase
from webhooks.sending import OPAQUE

OF_OUTCOME: Mapping[str, str] = {"held": "asked", "nothing": "answered"}
OF_RIGHT: Mapping[str, str] = {
    "opt_out": "opted_out",
    "opt_in": "opted_in",
    "erase": "deleted_requested",
    "export": "export_requested",
    "consent_given": "consent_recorded",
    "consent_withdrawn": "consent_declined",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The house between two turns."""

    rights: frozenset[UUID] = frozenset()
    ratings: int = 0
    wants_person: bool = False
    awaiting: str | None = None
    opted_out: bool = False
    bookings: tuple[Booking, ...] = ()


def look(scene: Scene) -> Seen:
    edge = scene.house.edge
    with edge.database.transaction(scene.play.merchant) as session:
        conversation = session.exec(select(ConversationRow)).first()
        if conversation is None:
            return Seen()
        customer = session.get_one(CustomerRow, conversation.customer_id)
        rights = frozenset(session.exec(select(PersonRequestRow.id)).all())
        ratings = len(session.exec(select(RatingRow.turn_id)).all())
    return Seen(
        rights=rights,
        ratings=ratings,
        wants_person=conversation.person_wanted_at is not None,
        awaiting=conversation.awaiting,
        opted_out=customer.opted_out_at is not None,
        bookings=_bookings(scene, CustomerId(customer.id)),
    )


def _bookings(scene: Scene, customer: CustomerId) -> tuple[Booking, ...]:
    diary = scene.desk.diary
    with diary.database.transaction(scene.play.merchant) as session:
        return BookingReader(session, diary.tray, diary.clock).of_customer(customer)


def states_of(scene: Scene, replies: Sequence[Reply], before: Seen, after: Seen) -> frozenset[str]:
    """Everything that this turn came to."""
    found: set[str] = set()
    edge = scene.house.edge
    with edge.database.transaction(scene.play.merchant) as session:
        for reply in replies:
            found |= _of_reply(session, scene, reply)
        found |= _of_rights(session, after.rights - before.rights)
    if after.ratings > before.ratings:
        found.add("rated")
    waits = any(phrase("person_waits", language) in reply.text for reply in replies for language in LANGUAGES)
    if after.wants_person and (waits or not before.wants_person):
        found.add("handoff")
    return frozenset(found or {"silent"})


def _of_reply(session: Session, scene: Scene, reply: Reply) -> set[str]:
    row = session.get(OutboxRow, UUID((reply.callback_data or "").removeprefix(OPAQUE)))
    if row is None:
        return set()
    found = {OF_OUTCOME.get(row.outcome, row.outcome)} if row.outcome else set()
    grounds = grounds_of(session, scene.house.edge, row.turn_id) if row.turn_id else None
    if grounds and (row.outcome is None or grounds.get("sources")):
        found |= {"unknown_answered", "out_of_scope"} if grounds["abstained"] else {"answered"}
    return found


def _of_rights(session: Session, fresh: frozenset[UUID]) -> set[str]:
    rows = session.exec(select(PersonRequestRow.kind).where(col(PersonRequestRow.id).in_(fresh))).all()
    return {OF_RIGHT[kind] for kind in rows if kind in OF_RIGHT}
