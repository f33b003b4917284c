from collections.abc import Callable, Iterator

import pytest

from kernel.clock import SetClock
from kernel.database import Database
from kernel.settings import Room
from tests.calendar_sync.connections.offices import Desk, desk_on
from tests.calendar_sync.google.little_google import LittleGoogle
from tests.calendar_sync.google.little_server import served


@pytest.fixture
def desk(
    room_database: Callable[[Room], Database], clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """An office whose merchant is linked."""
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    google = LittleGoogle()
    with served(google) as base:
        opened = desk_on(room_database, clock, google, base)
        opened.link()
        first = opened.office.google.wires
        yield opened
        for wires in (first, opened.office.google.wires):
            wires.close()
