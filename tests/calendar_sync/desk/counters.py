"""A desk on a real database with an agenda in memory; a plug that can be pulled at every step, as a kill would."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from sqlmodel import Session, select

from calendar_sync.bookings.reading import BookingReader
from calendar_sync.bookings.values import Booking
from calendar_sync.connections.office import Office
from calendar_sync.desk import Desk, serve
from calendar_sync.google.app import GoogleApp
from calendar_sync.google.door import GoogleDoor
from calendar_sync.ids import ConversationId, OutcomeId, RequestId, outcome_id
from calendar_sync.members.store import Roll
from calendar_sync.models import OutcomeRow
from calendar_sync.outcomes import Outcome, Report
from calendar_sync.requests import AnyRequest, Book, Customer, Details, Grain, Named, Request, When
from calendar_sync.room import Diary
from calendar_sync.shop.store import deliver
from calendar_sync.shop.values import Shop
from calendar_sync.tray import put_request, take_outcome
from kernel.clock import SetClock
from kernel.database import Database
from kernel.ids import CustomerId, MerchantId
from kernel.jobs import Job
from kernel.sealing import BlindIndex, Sealer, new_keyset
from kernel.settings import Room
from tests.calendar_sync.google.agendas import FakeWorld
from tests.calendar_sync.shops import CLINIC

BOGOTA = ZoneInfo("America/Bogota")
NOBODY = GoogleApp(
    client_id="",
    client_secret=SecretStr(""),
    api="",
    authorise="",
    token="",
    revoke="",
    userinfo="",
    certs="",
)


class Killed(BaseException):
    """The process is gone."""


@dataclass
class Plug:
    """Counts the steps; pulled at one of them, everything in hand is lost."""

    at: int = 0
    steps: int = 0
    names: list[str] = field(default_factory=list)

    def step(self, name: str) -> None:
        self.steps += 1
        self.names.append(name)
        if self.steps == self.at:
            raise Killed(name)


class PluggedDatabase(Database):
    def __init__(self, url: str, plug: Plug) -> None:
        super().__init__(url, pool_size=2)
        self.plug = plug

    @contextmanager
    def transaction(self, merchant: MerchantId | None = None) -> Iterator[Session]:
        self.plug.step("begin")
        with super().transaction(merchant) as session:
            yield session
            self.plug.step("before commit")
        self.plug.step("after commit")


class PluggedAgenda:
    """Every call is two steps: before it takes effect and after."""

    def __init__(self, world: FakeWorld, plug: Plug) -> None:
        self.world, self.plug = world, plug

    def __getattr__(self, name: str) -> Any:
        call = getattr(self.world.agenda, name)

        def made(*given: Any) -> Any:
            self.plug.step(f"before {name}")
            answer = call(*given)
            self.plug.step(f"after {name}")
            return answer

        return made


@dataclass
class Counter:
    """One merchant, one customer who talks, and everything that can be looked at."""

    desk: Desk
    edge: Database
    clock: SetClock
    world: FakeWorld
    plug: Plug
    merchant: MerchantId
    customer: Customer
    conversation: ConversationId

    def ask(self, *wishes: Any, tap: str | None = None, **more: Any) -> Outcome:
        """Lay a turn in the tray, serve it, take what was answered."""
        request = self.lay(*wishes, tap=tap, **more)
        self.serve(request.id)
        outcome = self.taken(outcome_id(request.id))
        assert isinstance(outcome, Outcome)
        return outcome

    def lay(self, *wishes: Any, tap: str | None = None, **more: Any) -> Request:
        request = Request(
            id=RequestId(uuid4()),
            merchant=self.merchant,
            conversation_id=self.conversation,
            customer=self.customer,
            asked_at=self.clock.now(),
            language="es",
            wishes=wishes,
            tap=tap,
            **more,
        )
        self.put(request)
        return request

    def put(self, request: AnyRequest) -> None:
        with self.edge.transaction(self.merchant) as session:
            put_request(session, self.desk.diary.tray, request, self.clock.now())

    def serve(self, request: RequestId) -> None:
        serve(self.desk, self.merchant, request)

    def taken(self, key: OutcomeId) -> Outcome | Report | None:
        with self.edge.transaction(self.merchant) as session:
            return take_outcome(session, self.desk.diary.tray, self.merchant, key)

    def news(self) -> list[Outcome | Report]:
        """Everything that lies in the out-tray."""
        with self.edge.transaction(self.merchant) as session:
            keys = session.exec(select(OutcomeRow.id)).all()
        return [found for key in keys if (found := self.taken(OutcomeId(key)))]

    def bookings(self) -> tuple[Booking, ...]:
        with self.desk.diary.database.transaction(self.merchant) as session:
            diary = self.desk.diary
            return BookingReader(session, diary.tray, diary.clock).of_customer(self.customer.id)

    def another(self, phone: str = "+573009990000") -> "Counter":
        """Somebody else at the same counter."""
        customer = Customer(id=CustomerId(uuid4()), phone=phone, name="Otra")
        return replace(self, customer=customer, conversation=ConversationId(uuid4()))


def open_counter(
    room_database: Any, url: str, clock: SetClock, administrator: Any, shop: Shop = CLINIC
) -> Counter:
    plug, world = Plug(), FakeWorld()
    diary = Diary(
        database=PluggedDatabase(url, plug),
        clock=clock,
        tray=Sealer(new_keyset()),
        own=Sealer(new_keyset()),
        outcome_job=lambda merchant, outcome: Job(
            task="edge:outcome", queue="edge", args={"outcome": str(outcome)}
        ),
    )
    office = Office(diary=diary, google=GoogleDoor(NOBODY))
    agenda: Any = PluggedAgenda(world, plug)
    desk = Desk(
        office=office,
        roll=Roll(diary.own, BlindIndex(bytes(32)), clock),
        agendas=lambda _merchant: agenda,
        wait=lambda _pause: None,
    )
    merchant, edge = MerchantId(uuid4()), room_database(Room.EDGE)
    administrator(merchant)
    with edge.transaction(merchant) as session:
        deliver(session, merchant, shop, clock.now())
    customer = Customer(id=CustomerId(uuid4()), phone="+573001112233", name="Ana Ruiz")
    conversation = ConversationId(uuid4())
    return Counter(desk, edge, clock, world, plug, merchant, customer, conversation)


def local(text: str) -> datetime:
    """ "11-26 10:00" in Bogotá."""
    return datetime.fromisoformat(f"2026-{text.replace(' ', 'T')}").replace(tzinfo=BOGOTA)


def at(text: str) -> When:
    return When(grain=Grain.MINUTE, start=local(text))


def book(text: str = "", service: str = "cut", **more: Any) -> Book:
    named = (Named(service, service),) if service else ()
    return Book(Details(service=named, when=(at(text),) if text else (), **more))


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


def key(text: str) -> UUID:
    return UUID(text)
