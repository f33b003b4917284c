"""A page of an offer as one WhatsApp message: up to three buttons, else a list of up to ten rows.

Its lines are numbered in the text, so that it can be answered by typing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from calendar_sync.availability.values import Slot
from calendar_sync.conversation import taps
from calendar_sync.conversation.taps import Verb
from calendar_sync.conversation.tongue import Tongue, clip
from calendar_sync.conversation.values import ChoiceKind, Offer, View
from calendar_sync.outcomes import (
    BUTTON_TITLE,
    BUTTONS,
    LIST_TITLE,
    ROW_DESCRIPTION,
    ROW_TITLE,
    ROWS,
    Button,
    Message,
    Row,
)

BODY, BODY_WITH_BUTTONS = 4096, 1024


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that can be chosen: in full for the text, short for a button."""

    text: str
    title: str
    description: str = ""


def turned_to(offer: Offer, first: int) -> Offer:
    """The offer with the page that begins there: ten rows, or nine and the one for more."""
    left = offer.size - first
    fits = left if left <= ROWS else ROWS - 1
    shown = offer.head if first == 0 and 0 < offer.head < fits else fits
    return replace(offer, first=first, shown=shown)


def shows_all(offer: Offer) -> bool:
    return offer.first + offer.shown >= offer.size


def page(offer: Offer, view: View, lead: str, tail: str) -> Message:
    """`lead`, the numbered lines, `tail`."""
    tongue = Tongue.of(view.shop, view.language)
    lines = _lines(offer, view, tongue)
    body = "\n".join([lead, *(f"{number}. {line.text}" for number, line in enumerate(lines, 1)), "", tail])
    choices = [(_id(offer, offer.first + place), line) for place, line in enumerate(lines)]
    if offer.size <= BUTTONS and _are_short(lines):
        return message(body, buttons=tuple(Button(key, line.title) for key, line in choices))
    rows = [
        Row(key, clip(line.title, ROW_TITLE), clip(line.description, ROW_DESCRIPTION))
        for key, line in choices
    ]
    if not shows_all(offer):
        rows.append(
            Row(taps.of(Verb.MORE, offer.serial), tongue.button("more"), tongue.button("more_detail"))
        )
    return message(body, rows=tuple(rows), list_title=clip(tongue.button("choose"), LIST_TITLE))


def message(
    body: str,
    *,
    buttons: tuple[Button, ...] = (),
    rows: tuple[Row, ...] = (),
    list_title: str = "",
    ask_contact: bool = False,
) -> Message:
    """A message whose text is within what WhatsApp takes, whatever a merchant's names are."""
    most = BODY_WITH_BUTTONS if buttons or ask_contact else BODY
    text = body if len(body) <= most else body[: most - 1].rstrip() + "…"
    return Message(body=text, buttons=buttons, rows=rows, list_title=list_title, ask_contact=ask_contact)


def _id(offer: Offer, place: int) -> str:
    slot = offer.slots[place] if offer.kind is ChoiceKind.SLOTS else None
    return taps.pick(offer.serial, place, slot)


def _are_short(lines: Sequence[Line]) -> bool:
    titles = {line.title for line in lines}
    return len(titles) == len(lines) and all(len(title) <= BUTTON_TITLE for title in titles)


def _lines(offer: Offer, view: View, tongue: Tongue) -> list[Line]:
    places = range(offer.first, offer.first + offer.shown)
    if offer.kind is ChoiceKind.SLOTS:
        return [_slot(offer, place, tongue) for place in places]
    names = {
        ChoiceKind.SERVICES: tongue.service,
        ChoiceKind.STAFF: tongue.staff,
    }
    if offer.kind in names:
        named = [names[offer.kind](offer.keys[place]) for place in places]
        return [Line(name, name, _rest(name)) for name in named]
    bookings = {str(one.id): one for one in view.bookings}
    return [_booking(bookings[offer.keys[place]].slot, tongue) for place in places]


def _slot(offer: Offer, place: int, tongue: Tongue) -> Line:
    slot = offer.slots[place]
    staff = tongue.staff(slot.staff) if offer.names_staff else ""
    when = f"{tongue.speech.day(slot.start)}, {tongue.speech.clock(slot.start)}"
    seats = tongue.say("offer.seats", seats=slot.free) if slot.group and slot.free is not None else ""
    text = tongue.say("offer.line_staff", when=when, staff=staff) if staff else when
    beside = " · ".join(filter(None, (tongue.say("offer.with", staff=staff) if staff else "", seats)))
    return Line(text, tongue.speech.short(slot.start), beside)


def _booking(slot: Slot, tongue: Tongue) -> Line:
    return Line(tongue.line(slot), tongue.speech.short(slot.start), tongue.service(slot.service))


def _rest(name: str) -> str:
    """A name that is too long for its row is repeated in full below."""
    return name if len(name) > ROW_TITLE else ""
