from collections.abc import Callable, Iterator

import pytest

from kernel.clock import SetClock
from kernel.database import Database
from kernel.ids import MerchantId
from kernel.models import MerchantRow
from kernel.settings import Room
from tests.calendar_sync.desk.counters import Counter, open_counter


@pytest.fixture
def counter(
    room_database: Callable[[Room], Database], room_url: Callable[[Room], str], clock: SetClock
) -> Iterator[Counter]:
    """A clinic's counter on Monday 23 November 2026, ten in the morning in Bogotá."""
    edge = room_database(Room.EDGE)

    def register(merchant: MerchantId) -> None:
        with edge.transaction(merchant) as session:
            session.add(MerchantRow(id=merchant, slug=f"m-{merchant.hex}", created_at=clock.now()))

    opened = open_counter(room_database, room_url(Room.DIARY), clock, register)
    yield opened
    opened.desk.diary.database.close()
