"""What is so before the first turn: the owner's busy times, the customer's appointments, seats that others took."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import httpx

from app.evaluation.scripts import Row, Script, moment
from app.evaluation.theatre import Play, Scene
from calendar_sync.availability.checking import check
from calendar_sync.availability.values import Ask, Busy, Situation, Slot, Window
from calendar_sync.bookings.store import Bookings
from calendar_sync.bookings.values import Booking, Party, Person
from calendar_sync.conversation.events import Booked
from calendar_sync.deeds import Changes
from calendar_sync.ids import BookingId, ConversationId, RequestId
from calendar_sync.shop.values import Shop
from kernel.ids import CustomerId
from sandbox.google.driver import Owner
from webhooks import customers
from webhooks.conversation import opened
from webhooks.people import Person as Sender


class GivenImpossible(ValueError):
    """What a script says is there cannot be: the script, or our reading of it, is wrong."""


def arrange(scene: Scene, script: Script) -> Mapping[str, BookingId]:
    """Make it so; the bookings by the script's own ids."""
    zone = ZoneInfo(scene.play.shop.timezone)
    _block(scene, script, zone)
    for row in script.class_bookings:
        _seats(scene, row, zone)
    if not script.appointments:
        return {}
    customer, conversation = _customer(scene)
    named = Person(name=script.name, phone=script.phone)
    party = Party(customer_id=customer, conversation_id=conversation, person=named)
    made = [(str(row.get("id", "")), _book(scene, row, zone, party)) for row in script.appointments]
    return {key: booking.id for key, booking in made}


def _block(scene: Scene, script: Script, zone: ZoneInfo) -> None:
    with httpx.Client(timeout=30) as client:
        owner = Owner(client, scene.house.google_url, scene.proprietor.email)
        for row in script.busy:
            calendar = scene.proprietor.calendar_of(str(row["staff"])) if row.get("staff") else ""
            edges = {edge: {"dateTime": moment(row[edge], zone).isoformat()} for edge in ("start", "end")}
            owner.add({"summary": "Ocupado", **edges}, calendar)


def _customer(scene: Scene) -> tuple[CustomerId, ConversationId]:
    """The customer as the edge will know them when they write."""
    edge, number = scene.house.edge, scene.play.number
    hidden = scene.customer.hides_number
    sender = Sender(
        wa_id=None if hidden else scene.customer.phone, user_id=scene.customer.user_id_for(number)
    )
    with edge.database.transaction(scene.play.merchant) as session:
        customer = customers.resolve(session, edge, scene.play.merchant, sender)
        conversation = opened(session, edge, customer, number.phone_number_id)
        return CustomerId(customer.id), ConversationId(conversation.id)


def _seats(scene: Scene, row: Row, zone: ZoneInfo) -> None:
    """Somebody else has so many places."""
    taken = next((row[key] for key in ("taken", "booked", "seats", "count", "party_size") if key in row), 1)
    if int(taken) > 0:
        _book(scene, dict(row) | {"party_size": int(taken)}, zone, Party(person=Person(name="Otros")))


def _book(scene: Scene, row: Row, zone: ZoneInfo, party: Party) -> Booking:
    shop = scene.play.shop
    slot = _slot(scene, row, zone)
    changes = Changes(
        premises=scene.desk,
        merchant=scene.play.merchant,
        shop=shop,
        agenda=scene.desk.agenda(scene.play.merchant, shop),
        request=RequestId(uuid4()),
        party=party,
        actor="operator",
    )
    named = party.person if not row.get("name") else Person(name=str(row["name"]), phone=party.person.phone)
    closing = changes.book(None, slot, named)
    with scene.desk.diary.database.transaction(scene.play.merchant) as session:
        done = closing(session)
    if not isinstance(done, Booked):
        raise GivenImpossible(f"{dict(row)}: {done}")
    return done.booking


def _slot(scene: Scene, row: Row, zone: ZoneInfo) -> Slot:
    """The slot that an appointment stands for: as it would be booked, else as it is written down."""
    key = next(str(row[name]) for name in ("service", "class", "table", "id") if row.get(name))
    start = moment(str(row["start"]), zone)
    service, group = service_of(scene.play, key)
    ask = Ask(
        service=service,
        window=Window(start, start + timedelta(minutes=1)),
        staff=row.get("staff"),
        party_size=int(row.get("party_size") or 1),
    )
    with scene.desk.diary.database.transaction(scene.play.merchant) as session:
        diary, shop = scene.desk.diary, scene.play.shop
        bookings = Bookings(session, diary.tray, scene.play.merchant, shop, diary.clock)
        taken = bookings.taken(Window(start - timedelta(days=1), start + timedelta(days=1)))
    found = check(Situation(shop=shop, busy=Busy(), taken=taken, now=scene.clock.now()), ask, start)
    return found if isinstance(found, Slot) else _written(shop, row, ask, start, group)


def _written(shop: Shop, row: Row, ask: Ask, start: datetime, group: Any) -> Slot:
    known = shop.service(ask.service)
    length = timedelta(minutes=int(row.get("duration_min") or (known.minutes if known else 30)))
    staff = row.get("staff") or (known.staff[0] if known and known.staff else None)
    return Slot(
        service=ask.service,
        start=start,
        end=start + length,
        staff=staff,
        group=group,
        party_size=ask.party_size,
    )


def service_of(play: Play, key: str) -> tuple[Any, Any]:
    """The service that a catalogue row, a class or a table's id stands for, and the class where it is one."""
    shop = play.shop
    if shop.service(key) is not None:
        return key, None
    group = next((one for one in shop.classes if one.id == key or str(one.id).startswith(f"{key}|")), None)
    if group is not None:
        return group.service, group.id
    at_table = next((one.id for one in shop.services if one.kind == "table"), None)
    return at_table or key, None
