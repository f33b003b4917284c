from collections.abc import Callable, Iterator

import pytest

from kernel.clock import SetClock
from kernel.database import Database
from kernel.settings import Room
from tests.calendar_sync.connections.offices import Desk, desk_on
from tests.calendar_sync.google.little_google import LittleGoogle
from tests.calendar_sync.google.little_server import served


@pytest.fixture
def google() -> LittleGoogle:
    return LittleGoogle()


@pytest.fixture
def desk(
    room_database: Callable[[Room], Database],
    clock: SetClock,
    google: LittleGoogle,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Desk]:
    # Set by the product itself for a stand-in on this machine; put back after the test.
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    with served(google) as base:
        opened = desk_on(room_database, clock, google, base)
        first = opened.office.google.wires
        yield opened
        for wires in (first, opened.office.google.wires):
            wires.close()
