"""What the diary says by itself: a reminder, and what the owner did in the calendar."""

from calendar_sync.bookings.values import Booking
from calendar_sync.conversation import taps
from calendar_sync.conversation.paging import message
from calendar_sync.conversation.taps import Verb
from calendar_sync.conversation.tongue import Tongue, capital
from calendar_sync.conversation.values import Reply
from calendar_sync.outcomes import Awaiting, BookingFacts, Button, OutcomeKind
from calendar_sync.shop.values import Shop

_ANSWERS = ((Verb.COMING, "coming"), (Verb.MOVE, "move"), (Verb.CANCEL, "cancel"))


def reminder(booking: Booking, shop: Shop) -> Reply:
    """A reminder with its three answers; remember it with `machine.reminded`."""
    words = Tongue.of(shop, booking.language)
    return Reply(
        kind=OutcomeKind.REMINDER,
        message=message(
            words.say("notice.reminder", summary=words.booking(booking)), buttons=_buttons(booking, words)
        ),
        awaiting=Awaiting.REMINDER,
        booking=facts_of(booking, shop),
    )


def owner_moved(booking: Booking, shop: Shop) -> Reply:
    """The owner put the booking somewhere else."""
    words = Tongue.of(shop, booking.language)
    body = words.say("notice.owner_moved", summary=words.booking(booking))
    return Reply(
        kind=OutcomeKind.OWNER_MOVED,
        message=message(body, buttons=_buttons(booking, words)),
        awaiting=Awaiting.REMINDER,
        booking=facts_of(booking, shop),
    )


def owner_cancelled(booking: Booking, shop: Shop) -> Reply:
    """The owner took the booking out of the calendar."""
    words = Tongue.of(shop, booking.language)
    body = words.say(
        "notice.owner_cancelled",
        service=words.service(booking.slot.service),
        place=words.speech.place(),
        **words.instant(booking.slot.start),
    )
    buttons = (
        Button(taps.of(Verb.BOOK, 0), words.button("book")),
        Button(taps.of(Verb.HUMAN, 0), words.button("human")),
    )
    return Reply(
        kind=OutcomeKind.OWNER_CANCELLED,
        message=message(body, buttons=buttons),
        booking=facts_of(booking, shop),
    )


def template_values(booking: Booking, shop: Shop) -> tuple[str, str]:
    """What an approved template is filled with: the service; weekday, date, hour and zone."""
    words = Tongue.of(shop, booking.language)
    start = booking.slot.start
    when = words.say(
        "summary.when", day=words.day(start), at=words.speech.at(start), place=words.speech.place()
    )
    return words.service(booking.slot.service), capital(when)


def payloads(booking: Booking) -> tuple[str, str, str]:
    """Ids of a template's three quick replies: coming, move, cancel."""
    coming, move, cancel = (taps.about(verb, booking.id) for verb, _ in _ANSWERS)
    return coming, move, cancel


def _buttons(booking: Booking, words: Tongue) -> tuple[Button, ...]:
    return tuple(Button(taps.about(verb, booking.id), words.button(key)) for verb, key in _ANSWERS)


def facts_of(booking: Booking, shop: Shop) -> BookingFacts:
    """The booking as the edge and the console read it."""
    slot = booking.slot
    return BookingFacts(
        id=booking.id,
        service=slot.service,
        start=slot.start,
        end=slot.end,
        zone=shop.timezone,
        staff=slot.staff,
        party_size=slot.party_size,
        customer_id=booking.customer_id,
    )
