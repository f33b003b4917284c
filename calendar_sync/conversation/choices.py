"""Which of those offered is meant: by ordinal, by time, or by name."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from calendar_sync.availability import clocks
from calendar_sync.availability.values import Slot
from calendar_sync.bookings.values import Booking
from calendar_sync.conversation.naming import service_meant, staff_meant
from calendar_sync.conversation.values import ChoiceKind, Offer, View
from calendar_sync.conversation.windows import fits, fits_clock, of_a_day
from calendar_sync.requests import Details, Grain, When

_HALF_DAY = 12 * 60


@dataclass(frozen=True, slots=True)
class Chosen:
    """Indices into the offer: one = chosen, several = it must be asked which, none = it is none of these."""

    indices: tuple[int, ...] = ()
    outside: bool = False
    """A number was named that the list does not have."""

    @property
    def index(self) -> int | None:
        return self.indices[0] if len(self.indices) == 1 else None


NOT_CHOSEN = Chosen()


def choose(offer: Offer, details: Details, view: View) -> Chosen:
    if details.ordinal is not None:
        return _by_ordinal(offer, details.ordinal)
    if offer.kind is ChoiceKind.SLOTS:
        return _by_time(offer, details, view)
    if offer.kind is ChoiceKind.BOOKINGS:
        return _by_booking(offer, details, view)
    return _by_name(offer, details, view)


def _by_ordinal(offer: Offer, ordinal: int) -> Chosen:
    place = offer.shown + ordinal if ordinal < 0 else ordinal - 1
    if not 0 <= place < offer.shown:
        return Chosen(outside=True)
    return Chosen((offer.first + place,))


def _by_time(offer: Offer, details: Details, view: View) -> Chosen:
    """On the page that is seen first, then in the whole offer; a bare hour may be on any of its days."""
    if not details.when:
        return NOT_CHOSEN
    seen = range(offer.first, offer.first + offer.shown)
    for places in (seen, range(offer.size)):
        for test in _tests(details.when, view):
            found = tuple(place for place in places if test(offer.slots[place]))
            if found:
                return Chosen(found)
    return NOT_CHOSEN


def _tests(whens: Sequence[When], view: View) -> Iterable[Callable[[Slot], bool]]:
    zone = view.shop.timezone
    yield lambda slot: any(fits(one, slot.start, zone) for one in whens)
    today = clocks.local_day(view.now, zone)
    loose = [one for one in whens if of_a_day(one) and _is_on(one, today, zone)]
    yield lambda slot: any(fits_clock(one, slot.start, zone) for one in loose)
    points = [one for one in loose if one.grain in (Grain.MINUTE, Grain.APPROX)]
    yield lambda slot: any(_half_a_day_off(one, slot, zone) for one in points)


def _is_on(when: When, day: object, zone: str) -> bool:
    """Words without a day come as today's."""
    edge = when.start if when.start is not None else when.end
    return edge is not None and clocks.local_day(edge, zone) == day  # type: ignore[arg-type]


def _half_a_day_off(when: When, slot: Slot, zone: str) -> bool:
    """An "a las 8" is read by today's hours; on the day that was offered it may be the other eight o'clock."""
    local = slot.start.astimezone(clocks.zone(zone))
    wanted = when.start.astimezone(clocks.zone(zone))  # type: ignore[union-attr]
    apart: int = local.hour * 60 + local.minute - wanted.hour * 60 - wanted.minute
    return apart % _HALF_DAY == 0


def _by_booking(offer: Offer, details: Details, view: View) -> Chosen:
    found = bookings_meant(view.bookings, details, view)
    keys = {str(one.id) for one in found}
    if len(found) == len(view.bookings):
        return NOT_CHOSEN
    return Chosen(tuple(place for place, key in enumerate(offer.keys) if key in keys))


def bookings_meant(bookings: Sequence[Booking], details: Details, view: View) -> tuple[Booking, ...]:
    """The customer's bookings that fit the words; all of them where the words say nothing that tells them apart."""
    found = tuple(bookings)
    whens = details.from_when or details.when
    if whens:
        found = _kept(found, lambda one: is_at(one, whens, view))
    services = {key for one in details.service for key in service_meant(one, view.shop).keys}
    if services:
        found = _kept(found, lambda one: one.slot.service in services)
    staff = {key for one in details.staff for key in staff_meant(one, view.shop.staff).keys}
    return _kept(found, lambda one: one.slot.staff in staff) if staff else found


def is_at(booking: Booking, whens: Sequence[When], view: View) -> bool:
    return means(whens, booking.slot.start, view)


def means(whens: Sequence[When], start: datetime, view: View) -> bool:
    """Whether it is what was said, the day left out or not."""
    zone = view.shop.timezone
    today = clocks.local_day(view.now, zone)
    return any(
        fits(one, start, zone)
        or (of_a_day(one) and _is_on(one, today, zone) and fits_clock(one, start, zone))
        for one in whens
    )


def _kept(bookings: tuple[Booking, ...], test: Callable[[Booking], bool]) -> tuple[Booking, ...]:
    return tuple(one for one in bookings if test(one))


def _by_name(offer: Offer, details: Details, view: View) -> Chosen:
    shop = view.shop
    if offer.kind is ChoiceKind.SERVICES:
        offered = [one for one in shop.services if one.id in offer.keys]
        keys = [key for one in details.service for key in service_meant(one, shop, offered).keys]
    else:
        people = [one for one in shop.staff if one.id in offer.keys]
        keys = [key for one in details.staff for key in staff_meant(one, people).keys]
    return Chosen(tuple(place for place, key in enumerate(offer.keys) if key in keys))
