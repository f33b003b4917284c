"""Going on with what was chosen from an offer."""

from dataclasses import replace

from calendar_sync.conversation.booking import proceed
from calendar_sync.conversation.existing import with_booking
from calendar_sync.conversation.holding import take
from calendar_sync.conversation.replying import refused
from calendar_sync.conversation.values import ChoiceKind, Offer, State, Step, View
from calendar_sync.ids import ServiceId, StaffId


def pick(state: State, view: View, offer: Offer, place: int) -> Step:
    if offer.kind is ChoiceKind.SLOTS:
        return take(state, view, offer.slots[place])
    key = offer.keys[place]
    if offer.kind is ChoiceKind.SERVICES:
        return proceed(replace(state, service=ServiceId(key), offer=None), view)
    if offer.kind is ChoiceKind.STAFF:
        return proceed(replace(state, staff=StaffId(key), offer=None), view)
    booking = next((one for one in view.bookings if str(one.id) == key), None)
    return refused(state, view, "gone") if booking is None else with_booking(booking, state, view)
