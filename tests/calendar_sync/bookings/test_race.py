"""Many customers want the same hour at once, in several processes; `benchmarks/race.py` runs it at full size."""

from collections.abc import Callable

import pytest

from benchmarks.race import ANA, CUT, SEATS, YOGA, Ending, judge, run_race
from calendar_sync.ids import EventId, ServiceId, StaffId
from kernel.settings import Room


@pytest.mark.parametrize(("service", "staff", "winners"), [(CUT, ANA, 1), (YOGA, None, SEATS)])
def test_one_slot_goes_to_one_and_five_seats_to_five(
    room_url: Callable[[Room], str], service: ServiceId, staff: StaffId | None, winners: int
) -> None:
    endings = run_race(
        room_url(Room.DIARY), service=service, staff=staff, customers=80, processes=2, threads=8
    )
    assert len(endings) == 80
    assert judge(endings, winners) == []


def test_a_race_that_ended_badly_is_noticed() -> None:
    won = Ending(booked=True, event=EventId("a"))
    lost = Ending(booked=False, offered=3)
    assert judge([won, lost], 1) == []
    assert judge([won, won, lost], 1)
    assert judge([lost], 1)
    assert judge([won, won], 2) == ["not one event for each booking"]
    assert judge([won, Ending(booked=False)], 1) == ["1 were offered nothing"]
    assert judge([won, Ending(booked=False, offered=3, offers_the_same=True)], 1)
