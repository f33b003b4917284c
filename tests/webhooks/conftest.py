"""The edge with real keys and a real database, a merchant with a number, and a Meta that remembers."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import pytest

from app.booking_trays import BookingTrays
from app.trays import MindTrays
from kernel.clock import SetClock
from kernel.database import Database
from kernel.ids import MerchantId
from kernel.sealing import BlindIndex, Sealer, new_keyset
from kernel.settings import Room
from tests.webhooks import payloads
from tests.webhooks.houses import (
    EchoMind,
    FakeMeta,
    House,
    Plug,
    PluggedDatabase,
    ScriptedDiary,
    register_number,
)
from webhooks.bursts import BurstSettings
from webhooks.filing import Desk
from webhooks.receipt import ReceiptSettings
from webhooks.room import Edge

RoomUrl = Callable[[Room], str]

SECRET = b"app-secret-for-tests"


@pytest.fixture(scope="session")
def sealer() -> Sealer:
    return Sealer(new_keyset())


@pytest.fixture(scope="session")
def blind_index() -> BlindIndex:
    return BlindIndex(os.urandom(32))


@pytest.fixture
def desk(sealer: Sealer, blind_index: BlindIndex) -> Desk:
    return Desk(sealer, blind_index)


@pytest.fixture
def edge_url(room_url: RoomUrl) -> str:
    return room_url(Room.EDGE)


@pytest.fixture
def database(room_database: Callable[[Room], Database]) -> Database:
    return room_database(Room.EDGE)


@pytest.fixture
def merchant(database: Database, sealer: Sealer, clock: SetClock) -> MerchantId:
    """A merchant whose number is the one that the payloads are addressed to."""
    merchant = MerchantId(uuid4())
    register_number(database, sealer, clock, merchant, payloads.NUMBER_ID, payloads.WABA)
    return merchant


@pytest.fixture
def receipt_settings() -> ReceiptSettings:
    return ReceiptSettings(app_secret=SECRET, verify_token="SYNTH")


@pytest.fixture
def house(
    room_url: RoomUrl,
    room_database: Callable[[Room], Database],
    administrator_url: str,
    sealer: Sealer,
    blind_index: BlindIndex,
    desk: Desk,
    clock: SetClock,
    merchant: MerchantId,
) -> Iterator[House]:
    """The edge and an echoing mind on one database; no burst is waited for unless a test asks for it."""
    plug = Plug()
    tray_sealer, diary_sealer = Sealer(new_keyset()), Sealer(new_keyset())
    meta = FakeMeta(plug)
    database = PluggedDatabase(room_url(Room.EDGE), plug)
    edge = Edge(
        database=database,
        clock=clock,
        sealer=sealer,
        blind_index=blind_index,
        desk=desk,
        messenger=meta,
        trays=MindTrays(tray_sealer),
        diary=BookingTrays(diary_sealer, clock),
        bursts=BurstSettings(quiet=timedelta(), cap=timedelta()),
        jitter=lambda: 0.5,
    )
    mind = EchoMind(room_database(Room.MIND), tray_sealer, clock)
    diary = ScriptedDiary(room_database(Room.DIARY), diary_sealer, clock)
    yield House(edge, meta, mind, diary, merchant, clock, plug, room_url(Room.EDGE), administrator_url)
    database.close()
