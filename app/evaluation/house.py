"""The whole product in one process, with a clock that can be set: for evaluation and end-to-end tests.

Edge, mind, diary and the stand-ins for WhatsApp and Google each run in a thread with a loop of its own and talk over
real local sockets and a real database; what they are made of is exactly what their own processes run.
"""

import asyncio
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime

from pydantic import SecretStr

from app.diary import OPTIONS as DIARY_OPTIONS
from app.diary import build_desk
from app.diary import work as work_diary
from app.edge import OPTIONS as EDGE_OPTIONS
from app.edge import edge_application
from app.evaluation.threads import Looping, Served, open_door, url_of
from app.google_addresses import at_stand_in
from app.mind import OPTIONS as MIND_OPTIONS
from app.mind import work
from assistant.room import Mind
from calendar_sync.desk import Desk
from kernel.clock import Clock
from kernel.database import Database
from kernel.ids import MerchantId
from kernel.sealing import Sealer
from kernel.settings import DiarySettings, EdgeSettings
from sandbox.application import create_application
from sandbox.google.settings import GoogleSettings
from sandbox.meta.models import BusinessNumber, Customer, PhoneNumberId, Template, WabaId
from sandbox.settings import Limits, Pace, SandboxSettings
from webhooks.numbers import Number, enter_number
from webhooks.room import Edge

_AT_ONCE = Pace(sent=0.0, delivered=0.0)
_UNHURRIED = Limits(pair_seconds=0.0, messages_per_second=10_000)


class SandboxClock:
    """The house's clock as the sandbox wants it: set from outside, while waiting takes real time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        return self._clock.now()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@dataclass(frozen=True, slots=True)
class House:
    """A running house: where the phone is, and the edge for a look inside."""

    sandbox_url: str
    edge_url: str
    edge: Edge
    desk: Desk | None = None
    """The diary's room, where the house has one."""

    @property
    def google_url(self) -> str:
        """Where the stand-in for Google is, if there is one."""
        return f"{self.sandbox_url}/google"


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryRoom:
    """What a house needs that books: the diary's settings, the world that its Google plays, and templates."""

    settings: DiarySettings
    google: GoogleSettings
    templates: Sequence[Template] = ()


def number_of(position: int, name: str) -> BusinessNumber:
    """The sandbox's number of the n-th merchant."""
    return BusinessNumber(
        phone_number_id=PhoneNumberId(f"1000000000{position:05d}"),
        waba_id=WabaId(f"2000000000{position:05d}"),
        display_phone_number=f"+57 601 555 {position:04d}",
        verified_name=name,
        token=f"EAA{secrets.token_hex(24)}",
    )


def enter_numbers(
    database: Database, keyset: SecretStr, numbers: Mapping[MerchantId, BusinessNumber]
) -> None:
    """Connect each merchant's sandbox number to the edge."""
    sealer = Sealer(keyset.get_secret_value())
    for merchant, number in numbers.items():
        with database.transaction(merchant) as session:
            connected = Number(
                phone_number_id=number.phone_number_id,
                waba_id=number.waba_id,
                display_phone_number=number.display_phone_number,
                token=number.token,
            )
            enter_number(session, sealer, merchant, connected)


@contextmanager
def open_house(
    settings: EdgeSettings,
    database: Database,
    mind: Mind,
    clock: Clock,
    numbers: Sequence[BusinessNumber],
    customers: Sequence[Customer],
    diary: DiaryRoom | None = None,
) -> Iterator[House]:
    """Start everything; whatever addresses the settings name, the house's sandbox takes their place."""
    sandbox_door, edge_door = open_door(), open_door()
    edge_settings = settings.model_copy(update={"graph_url": url_of(sandbox_door)})
    sandbox_settings = SandboxSettings(
        callback_url=url_of(edge_door) + settings.webhook_path,
        app_secret=settings.whatsapp_app_secret.get_secret_value(),
        verify_token=settings.whatsapp_verify_token.get_secret_value(),
        public_url=url_of(sandbox_door),
        numbers=tuple(numbers),
        customers=tuple(customers),
        pace=_AT_ONCE,
        limits=_UNHURRIED,
        google=diary.google if diary else None,
        templates=tuple(diary.templates) if diary else (),
    )
    edge = edge_application(edge_settings, database, clock, EDGE_OPTIONS)
    sandbox = create_application(sandbox_settings, clock=SandboxClock(clock))
    desk = _desk(diary, url_of(sandbox_door), clock) if diary else None
    with ExitStack() as stack:
        stack.enter_context(Served(sandbox, sandbox_door))
        stack.enter_context(Served(edge, edge_door))
        stack.enter_context(Looping(lambda: work(mind, MIND_OPTIONS)))
        if desk is not None:
            stack.callback(desk.diary.database.close)
            stack.callback(desk.office.google.wires.close)
            stack.enter_context(Looping(lambda: work_diary(desk, DIARY_OPTIONS)))
        yield House(url_of(sandbox_door), url_of(edge_door), edge.state.edge, desk)


def _desk(diary: DiaryRoom, sandbox_url: str, clock: Clock) -> Desk:
    settings = at_stand_in(diary.settings, f"{sandbox_url}/google", diary.google)
    return build_desk(settings, Database(settings.database_url), clock)
