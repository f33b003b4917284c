"""How long it takes to find the free times of a week for a shop with five people.

    python -m benchmarks.availability [--rounds 200]

Pure functions over values: no database, no calendar; processor time, so that other work on the machine does not count. Every person is booked for a third of the week, the shop's own
calendar blocks forty minutes in every five hours, and times are offered every quarter of an hour.
"""

import argparse
import statistics
import time
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from uuid import UUID

from calendar_sync.availability.checking import check
from calendar_sync.availability.slots import find
from calendar_sync.availability.values import Ask, Busy, Resource, ResourceKind, Situation, Taken, Window
from calendar_sync.ids import BookingId, ServiceId, StaffId
from calendar_sync.shop.values import OpenRange, Service, Shop, StaffMember

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CUT = ServiceId("cut")
PEOPLE = tuple(StaffId(f"s{number}") for number in range(5))
SPLIT = (OpenRange(clock_time(8), clock_time(12)), OpenRange(clock_time(14), clock_time(18)))


def crowded_week() -> Situation:
    shop = Shop(
        name="Bench",
        timezone="America/Santiago",
        weekly=(SPLIT,) * 7,
        services=(Service(id=CUT, name="Cut", minutes=30, before=5, after=5),),
        staff=tuple(StaffMember(id=one, name=one) for one in PEOPLE),
    )
    hours = [NOW + timedelta(hours=hour) for hour in range(168)]
    everybody = tuple(Window(at, at + timedelta(minutes=40)) for at in hours[::5])
    taken = tuple(
        Taken(
            resource=Resource(ResourceKind.STAFF, one),
            window=Window(at, at + timedelta(minutes=30)),
            booking=BookingId(UUID(int=number)),
        )
        for offset, one in enumerate(PEOPLE)
        for number, at in enumerate(hours[offset % 3 :: 3])
    )
    busy = Busy(everybody, tuple((one, everybody[::2]) for one in PEOPLE))
    return Situation(shop=shop, busy=busy, taken=taken, now=NOW)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=200)
    rounds = parser.parse_args().rounds
    situation, week = crowded_week(), Window(NOW, NOW + timedelta(days=7))
    for name, ask in (
        ("anybody", Ask(service=CUT, window=week)),
        ("one person", Ask(service=CUT, window=week, staff=PEOPLE[3])),
    ):
        spent = []
        for _ in range(rounds):
            started = time.process_time()
            found = find(situation, ask)
            spent.append((time.process_time() - started) * 1000)
        print(f"a week, {name}: {len(found)} slots, median {statistics.median(spent):.1f} ms")
    started = time.process_time()
    for _ in range(rounds):
        check(situation, Ask(service=CUT, window=week), NOW + timedelta(hours=26))
    print(f"one time: {(time.process_time() - started) / rounds * 1000:.2f} ms")


if __name__ == "__main__":
    main()
