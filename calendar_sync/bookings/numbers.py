"""A number for each unit of each resource: what the exclusion constraint tells them apart by."""

from collections.abc import Sequence

from sqlalchemy import tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from calendar_sync.availability.values import Need, Resource, ResourceKind
from calendar_sync.bookings.models import ResourceRow
from kernel.ids import MerchantId

Numbers = dict[tuple[Resource, int], int]


def lock(session: Session, merchant: MerchantId, needs: Sequence[Need]) -> Numbers:
    """The numbers of all units of these resources, which nobody else may take from until the transaction ends."""
    wanted = {(need.resource, unit) for need in needs for unit in range(need.capacity)}
    numbers = _known(session, merchant, needs)
    missing = wanted - numbers.keys()
    if missing:
        _make(session, merchant, sorted(missing))
        numbers = _known(session, merchant, needs)
    first = sorted(number for (_, unit), number in numbers.items() if unit == 0)
    session.exec(
        select(ResourceRow.number)
        .where(col(ResourceRow.number).in_(first))
        .order_by(col(ResourceRow.number))
        .with_for_update()
    ).all()
    return numbers


def _known(session: Session, merchant: MerchantId, needs: Sequence[Need]) -> Numbers:
    resources = [(need.resource.kind.value, need.resource.key) for need in needs]
    rows = session.exec(
        select(ResourceRow.kind, ResourceRow.key, ResourceRow.unit, ResourceRow.number)
        .where(ResourceRow.merchant_id == merchant)
        .where(tuple_(col(ResourceRow.kind), col(ResourceRow.key)).in_(resources))
    ).all()
    return {
        (Resource(ResourceKind(kind), key), unit): number
        for kind, key, unit, number in rows
        if number is not None
    }


def _make(session: Session, merchant: MerchantId, missing: Sequence[tuple[Resource, int]]) -> None:
    rows = [
        {"merchant_id": merchant, "kind": resource.kind.value, "key": resource.key, "unit": unit}
        for resource, unit in missing
    ]
    session.execute(insert(ResourceRow).values(rows).on_conflict_do_nothing())
