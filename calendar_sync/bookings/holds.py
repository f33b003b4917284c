"""What bookings occupy. Two can never have the same resource at the same time: the database refuses the second.

Before anything is taken, the resources are locked in one order, so that those who race for a slot wait for one
another instead of failing, and what has lapsed is given back.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg.errors import ExclusionViolation
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, insert, select

from calendar_sync.availability.stretches import Stretch, minus, seconds, stretch, union, window
from calendar_sync.availability.values import Need, Resource, ResourceKind, Taken, Window
from calendar_sync.bookings.models import BookingRow, HoldRow, ResourceRow
from calendar_sync.bookings.numbers import Numbers, lock
from calendar_sync.bookings.values import BookingState
from calendar_sync.ids import BookingId
from kernel.ids import MerchantId


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """Who takes: a booking, for now or for where it is being moved to, for good or until a moment."""

    merchant: MerchantId
    booking: BookingId
    beside: BookingId | None = None
    """What this booking occupies is not in the way either: it is to be moved here."""
    is_next: bool = False
    expires_at: datetime | None = None

    @property
    def own(self) -> tuple[BookingId | None, ...]:
        return (self.booking, self.beside)


@dataclass(frozen=True, slots=True)
class Claim:
    """One unit of a resource, by its number, for some time."""

    number: int
    stretch: Stretch


def claim(session: Session, claimant: Claimant, needs: Sequence[Need], now: datetime) -> list[Claim] | None:
    """What to take, all of it, or None where another booking is in the way. Nobody else may take it from now on."""
    numbers = lock(session, claimant.merchant, needs)
    _give_back_lapsed(session, numbers.values(), now)
    claims: list[Claim] = []
    for need in needs:
        chosen = _choose(session, claimant, need, numbers)
        if chosen is None:
            return None
        claims += chosen
    return claims


def _choose(session: Session, claimant: Claimant, need: Need, numbers: Numbers) -> list[Claim] | None:
    """As many units as are needed of those that no other booking has, its own first."""
    units = [numbers[need.resource, unit] for unit in range(need.capacity)]
    mine, others = _held(session, claimant, units, stretch(need.window))
    free = sorted((number for number in units if number not in others), key=lambda n: n not in mine)
    if len(free) < need.units:
        return None
    return [
        Claim(number, part)
        for number in free[: need.units]
        for part in minus([stretch(need.window)], mine.get(number, ()))
    ]


def occupy(session: Session, claimant: Claimant, needs: Sequence[Need], now: datetime) -> None:
    """The booking has exactly this from now on, except where another one has it.

    For a move that is done, and for what the owner decided over our heads. Nobody can come between.
    """
    numbers = lock(session, claimant.merchant, needs)
    _give_back_lapsed(session, numbers.values(), now)
    give_back(session, claimant.booking)
    claims = [claim for need in needs for claim in _freest(session, claimant, need, numbers)]
    _insert(session, claimant, claims)


def _freest(session: Session, claimant: Claimant, need: Need, numbers: Numbers) -> list[Claim]:
    """The units with most time left, and what is left of them."""
    units = [numbers[need.resource, unit] for unit in range(need.capacity)]
    _, others = _held(session, claimant, units, stretch(need.window))
    left = {number: minus([stretch(need.window)], others.get(number, ())) for number in units}
    most = sorted(units, key=lambda number: -sum(end - start for start, end in left[number]))
    return [Claim(number, part) for number in most[: need.units] for part in left[number]]


Held = Mapping[int, Sequence[Stretch]]


def _held(session: Session, claimant: Claimant, units: Sequence[int], when: Stretch) -> tuple[Held, Held]:
    """What of these units is taken in this time: by the claimant itself, and by others."""
    start, end = when
    rows = session.exec(
        select(HoldRow.resource, HoldRow.starts, HoldRow.ends, HoldRow.booking_id)
        .where(col(HoldRow.resource).in_(units))
        .where(col(HoldRow.starts) < end, col(HoldRow.ends) > start)
    ).all()
    mine: dict[int, list[Stretch]] = {}
    others: dict[int, list[Stretch]] = {}
    for number, starts, ends, holder in rows:
        (mine if holder in claimant.own else others).setdefault(number, []).append((starts, ends))
    return ({n: union(x) for n, x in mine.items()}, {n: union(x) for n, x in others.items()})


def write(session: Session, claimant: Claimant, claims: Sequence[Claim]) -> bool:
    """Take it. False, and nothing written, where the constraint finds it taken after all."""
    try:
        with session.begin_nested():
            _insert(session, claimant, claims)
    except IntegrityError as reason:
        if isinstance(reason.orig, ExclusionViolation):
            return False
        raise
    return True


def _insert(session: Session, claimant: Claimant, claims: Sequence[Claim]) -> None:
    rows = [
        {
            "merchant_id": claimant.merchant,
            "booking_id": claimant.booking,
            "resource": claim.number,
            "starts": claim.stretch[0],
            "ends": claim.stretch[1],
            "is_next": claimant.is_next,
            "expires_at": claimant.expires_at,
        }
        for claim in claims
    ]
    if rows:
        session.execute(insert(HoldRow), rows)


def _give_back_lapsed(session: Session, numbers: Collection[int], now: datetime) -> None:
    """Holds on these resources that nobody confirmed in time."""
    lapsed = (
        select(HoldRow.booking_id)
        .where(col(HoldRow.resource).in_(numbers), col(HoldRow.expires_at) <= now)
        .distinct()
    )
    expire(session, session.exec(lapsed).all(), now)


def expire(session: Session, bookings: Collection[object], now: datetime) -> int:
    """Those of the bookings that are still held and have lapsed expire, and what they occupied is free."""
    if not bookings:
        return 0
    held = (
        select(BookingRow.id)
        .where(col(BookingRow.id).in_(bookings), col(BookingRow.state) == BookingState.HELD.value)
        .where(col(BookingRow.expires_at) <= now)
        .order_by(col(BookingRow.id))
        # One that somebody is just deciding about is left to them: to wait for it while resources are locked
        # could make two wait for each other.
        .with_for_update(skip_locked=True)
    )
    gone = session.exec(held).all()
    session.execute(
        update(BookingRow)
        .where(col(BookingRow.id).in_(gone))
        .values(
            state=BookingState.EXPIRED.value,
            expires_at=None,
            version=BookingRow.version + 1,
            changed_at=now,
        )
    )
    session.execute(delete(HoldRow).where(col(HoldRow.booking_id).in_(gone)))
    return len(gone)


def expire_due(session: Session, now: datetime) -> int:
    """All of the merchant's that have lapsed expire."""
    held = col(BookingRow.state) == BookingState.HELD.value
    due = select(BookingRow.id).where(held, col(BookingRow.expires_at) <= now)
    return expire(session, session.exec(due).all(), now)


def make_lasting(session: Session, booking: BookingId) -> None:
    """What was kept for a moment is kept for good."""
    session.execute(update(HoldRow).where(col(HoldRow.booking_id) == booking).values(expires_at=None))


def give_back(session: Session, booking: BookingId, *, only_next: bool = False) -> None:
    """Nothing is occupied by this booking any more, or nothing but its present slot."""
    gone = delete(HoldRow).where(col(HoldRow.booking_id) == booking)
    session.execute(gone.where(col(HoldRow.is_next).is_(True)) if only_next else gone)


def taken(session: Session, merchant: MerchantId, when: Window, now: datetime) -> tuple[Taken, ...]:
    """Everything that is occupied in this time, without holds that have lapsed."""
    rows = session.exec(
        select(HoldRow, ResourceRow)
        .join(ResourceRow, col(ResourceRow.number) == col(HoldRow.resource))
        .where(HoldRow.merchant_id == merchant)
        .where(col(HoldRow.starts) < seconds(when.end), col(HoldRow.ends) > seconds(when.start))
        .where(col(HoldRow.expires_at).is_(None) | (col(HoldRow.expires_at) > now))
    ).all()
    return tuple(
        Taken(
            resource=Resource(ResourceKind(resource.kind), resource.key),
            window=window((hold.starts, hold.ends)),
            booking=BookingId(hold.booking_id),
            unit=resource.unit,
        )
        for hold, resource in rows
    )
