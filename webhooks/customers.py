"""Who somebody is: numbers and user ids point to one customer, whose key seals all that is theirs.

People change numbers, user ids are made anew, and one person may first be seen by the one and then by the other;
when a message carries both and they point to two customers, the younger is merged into the older.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, delete, select

from kernel.ids import CustomerId, MerchantId
from kernel.sealing import PersonSealer, Place
from webhooks.ids import new_id
from webhooks.messages import Address
from webhooks.models import AliasRow, CustomerRow
from webhooks.people import Person
from webhooks.room import Edge

CUSTOMER = "webhooks.customer"
ALIAS = "webhooks.alias"
WA_ID = "wa_id"
USER_ID = "user_id"
SEEN_LATELY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Alias:
    kind: str
    value: str
    digest: bytes


def resolve(session: Session, edge: Edge, merchant: MerchantId, person: Person) -> CustomerRow:
    """The customer behind these ids, made or merged where need be, with every id learnt."""
    aliases = aliases_of(edge, merchant, person)
    customer = _known(session, edge, aliases) or _settle(session, edge, merchant, aliases)
    _learn_name(edge, merchant, customer, person)
    return customer


def _known(session: Session, edge: Edge, aliases: Sequence[Alias]) -> CustomerRow | None:
    """The usual case, without a lock or a write: every id is known, of the same person, and was seen lately."""
    rows = _rows(session, aliases)
    lately = edge.clock.now() - SEEN_LATELY
    if len(rows) < len(aliases) or any(row.seen_at < lately for row in rows):
        return None
    owners = {row.customer_id for row in rows}
    return session.get(CustomerRow, owners.pop()) if len(owners) == 1 else None


def _settle(session: Session, edge: Edge, merchant: MerchantId, aliases: Sequence[Alias]) -> CustomerRow:
    _lock(session, aliases)
    found = _customers(session, aliases)
    customer = found[0] if found else _create(session, edge, merchant)
    for other in found[1:]:
        _merge(session, edge, other, customer)
    _learn(session, edge, merchant, customer, aliases)
    return customer


def rename(session: Session, edge: Edge, merchant: MerchantId, old: Person, new: Person) -> CustomerRow:
    """The person of the old ids has new ones. A number that was given up may soon be somebody else's."""
    customer = resolve(session, edge, merchant, old)
    aliases = aliases_of(edge, merchant, new)
    _lock(session, aliases)
    for other in _customers(session, aliases):
        if other.id != customer.id:
            _merge(session, edge, other, customer)
    _learn(session, edge, merchant, customer, aliases)
    if new.wa_id and old.wa_id and new.wa_id != old.wa_id:
        gone = next(alias for alias in aliases_of(edge, merchant, old) if alias.kind == WA_ID)
        session.execute(delete(AliasRow).where(col(AliasRow.digest) == gone.digest))
    return customer


def learn_number(
    session: Session, edge: Edge, merchant: MerchantId, customer: CustomerRow, wa_id: str
) -> None:
    """A number that the customer shared, or that Meta named in its answer."""
    aliases = aliases_of(edge, merchant, Person(wa_id=wa_id))
    _lock(session, aliases)
    if not _customers(session, aliases):
        _learn(session, edge, merchant, customer, aliases)


def person_sealer(edge: Edge, customer: CustomerRow) -> PersonSealer | None:
    """The person's own key; None once they were erased."""
    if customer.data_key is None:
        return None
    place = Place(MerchantId(customer.merchant_id), CUSTOMER, "data_key")
    return PersonSealer(edge.sealer.open(customer.data_key, place))


def address_of(session: Session, edge: Edge, customer: CustomerRow) -> Address:
    """Where to write to them: the number and the user id that were seen last."""
    whole = survivor(session, customer)
    sealer = person_sealer(edge, whole)
    rows = session.exec(
        select(AliasRow).where(AliasRow.customer_id == whole.id).order_by(col(AliasRow.seen_at))
    )
    place = Place(MerchantId(whole.merchant_id), ALIAS, "value")
    known = {row.kind: sealer.open(row.value, place).decode() for row in rows} if sealer else {}
    return Address(wa_id=known.get(WA_ID), user_id=known.get(USER_ID))


def survivor(session: Session, customer: CustomerRow) -> CustomerRow:
    """The customer that this one was merged into, or itself."""
    while customer.merged_into is not None:
        merged = session.get(CustomerRow, customer.merged_into)
        if merged is None:
            break
        customer = merged
    return customer


def erase(session: Session, customer_id: CustomerId) -> None:
    """Destroy the person's key and ids, also of who was merged into them: what was sealed stays unreadable."""
    family = session.exec(
        select(CustomerRow).where(
            (col(CustomerRow.id) == customer_id) | (col(CustomerRow.merged_into) == customer_id)
        )
    ).all()
    for customer in family:
        customer.data_key = None
        customer.name = None
    ids = [customer.id for customer in family]
    session.execute(delete(AliasRow).where(col(AliasRow.customer_id).in_(ids)))


def aliases_of(edge: Edge, merchant: MerchantId, person: Person) -> list[Alias]:
    given = ((USER_ID, person.user_id), (WA_ID, person.wa_id))
    place = Place(merchant, ALIAS, "digest")
    return [
        Alias(kind, value, edge.blind_index.of(f"{kind}|{value}", place)) for kind, value in given if value
    ]


def _lock(session: Session, aliases: Iterable[Alias]) -> None:
    """One at a time per id, so that two jobs never make the same person twice."""
    keys = sorted(int.from_bytes(alias.digest[:8], "big", signed=True) for alias in aliases)
    for key in keys:
        session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": key})


def _rows(session: Session, aliases: Iterable[Alias]) -> Sequence[AliasRow]:
    digests = [alias.digest for alias in aliases]
    return session.exec(select(AliasRow).where(col(AliasRow.digest).in_(digests))).all()


def _customers(session: Session, aliases: Iterable[Alias]) -> list[CustomerRow]:
    """Every customer that one of the ids points to, the oldest first."""
    owners = {row.customer_id for row in _rows(session, aliases)}
    query = select(CustomerRow).where(col(CustomerRow.id).in_(owners))
    return list(session.exec(query.order_by(col(CustomerRow.created_at), col(CustomerRow.id))))


def _create(session: Session, edge: Edge, merchant: MerchantId) -> CustomerRow:
    now = edge.clock.now()
    key = edge.sealer.seal(PersonSealer.new_key(), Place(merchant, CUSTOMER, "data_key"))
    customer = CustomerRow(id=new_id(now), merchant_id=merchant, data_key=key, created_at=now)
    session.add(customer)
    session.flush()
    return customer


def _merge(session: Session, edge: Edge, younger: CustomerRow, older: CustomerRow) -> None:
    """Ids move over; the younger's lines stay under its own key, which is found through `merged_into`."""
    merchant = MerchantId(older.merchant_id)
    opener = person_sealer(edge, younger)
    place = Place(merchant, ALIAS, "value")
    rows = session.exec(select(AliasRow).where(AliasRow.customer_id == younger.id)).all()
    kept = [(row.kind, row.digest, opener.open(row.value, place).decode()) for row in rows] if opener else []
    _learn(session, edge, merchant, older, [Alias(kind, value, digest) for kind, digest, value in kept])
    younger.merged_into = older.id
    older.opted_out_at = older.opted_out_at or younger.opted_out_at
    older.marketing_stopped_at = older.marketing_stopped_at or younger.marketing_stopped_at


def _learn(
    session: Session, edge: Edge, merchant: MerchantId, customer: CustomerRow, aliases: Iterable[Alias]
) -> None:
    sealer = person_sealer(edge, customer)
    if sealer is None:
        return
    now = edge.clock.now()
    for alias in aliases:
        row = {
            "customer_id": customer.id,
            "kind": alias.kind,
            "value": sealer.seal(alias.value.encode(), Place(merchant, ALIAS, "value")),
            "seen_at": now,
        }
        learnt = insert(AliasRow).values(merchant_id=merchant, digest=alias.digest, **row)
        session.execute(learnt.on_conflict_do_update(index_elements=["merchant_id", "digest"], set_=row))


def _learn_name(edge: Edge, merchant: MerchantId, customer: CustomerRow, person: Person) -> None:
    sealer = person_sealer(edge, customer)
    if sealer is None or not person.name or customer.name is not None:
        return
    customer.name = sealer.seal(person.name.encode(), Place(merchant, CUSTOMER, "name"))


def name_of(edge: Edge, customer: CustomerRow) -> str | None:
    """The name that the customer goes by on WhatsApp, for the merchant's eyes."""
    sealer = person_sealer(edge, customer)
    if sealer is None or customer.name is None:
        return None
    return sealer.open(customer.name, Place(MerchantId(customer.merchant_id), CUSTOMER, "name")).decode()


def find(session: Session, edge: Edge, merchant: MerchantId, person: Person) -> UUID | None:
    """The customer of these ids, without making one."""
    found = _customers(session, aliases_of(edge, merchant, person))
    return found[0].id if found else None
