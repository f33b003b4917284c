"""Many customers race for one slot on a real PostgreSQL, in several processes.

    python -m benchmarks.race [--customers 1000] [--rounds 20] [--processes 4] [--threads 8]

Each customer asks for the same hour. Whoever gets it writes one event; everybody else is offered other times. Then the
same for a class of five. Uses the embedded PostgreSQL of this installation (`mostrador init` first). Fails when a slot
was given twice, an event is missing or left over, or somebody was offered nothing.
"""

import argparse
import multiprocessing
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from multiprocessing.synchronize import Barrier
from uuid import uuid4

from calendar_sync.availability.slots import find, options
from calendar_sync.availability.stretches import seconds
from calendar_sync.availability.values import Ask, Busy, Situation, Slot, Window
from calendar_sync.bookings.store import Bookings
from calendar_sync.bookings.values import Booking, Party
from calendar_sync.codec import from_json, to_json
from calendar_sync.ids import ClassId, EventId, RequestId, ServiceId, StaffId
from calendar_sync.shop.values import GroupClass, OpenRange, Service, ServiceKind, Shop, StaffMember
from kernel.clock import SetClock
from kernel.database import Database
from kernel.ids import CustomerId, MerchantId
from kernel.sealing import Sealer, new_keyset

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
WANTED = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
DAY = (OpenRange(clock_time(8), clock_time(20)),)
CUT, YOGA, ANA = ServiceId("cut"), ServiceId("yoga"), StaffId("ana")
SEATS = 5
SHOP = Shop(
    name="Race",
    timezone="America/Bogota",
    weekly=(DAY,) * 7,
    services=(
        Service(id=CUT, name="Cut", minutes=30),
        Service(id=YOGA, name="Yoga", minutes=60, kind=ServiceKind.GROUP),
    ),
    staff=(StaffMember(id=ANA, name="Ana"), StaffMember(id=StaffId("rosa"), name="Rosa")),
    classes=(
        GroupClass(
            id=ClassId("noon"),
            service=YOGA,
            days=tuple(range(7)),
            starts=clock_time(10),
            minutes=60,
            seats=SEATS,
            staff=StaffId("rosa"),
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """What every process is told."""

    url: str
    keyset: str
    merchant: MerchantId
    shop: bytes
    service: ServiceId
    staff: StaffId | None
    customers: int
    threads: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What became of one customer."""

    booked: bool
    event: EventId | None = None
    offered: int = 0
    offers_the_same: bool = False
    seconds: float = 0.0


class Customer:
    """Asks for the one hour, and for others when it is gone."""

    def __init__(self, race: Race, database: Database, sealer: Sealer) -> None:
        self._race, self._database, self._sealer = race, database, sealer
        self._shop = from_json(Shop, race.shop)
        self._clock = SetClock(NOW)

    def run(self, _number: int) -> Ending:
        started = time.perf_counter()
        ask = Ask(
            service=self._race.service,
            staff=self._race.staff,
            window=Window(WANTED, WANTED + timedelta(days=2)),
        )
        ending = self._book(ask) or self._look_elsewhere(ask)
        return Ending(
            booked=ending.booked,
            event=ending.event,
            offered=ending.offered,
            offers_the_same=ending.offers_the_same,
            seconds=time.perf_counter() - started,
        )

    def _book(self, ask: Ask) -> Ending | None:
        """Everybody has been offered the hour before anybody took it."""
        empty = Situation(shop=self._shop, busy=Busy(), now=NOW)
        slots = options(empty, ask, seconds(WANTED))
        party = Party(customer_id=CustomerId(uuid4()))
        with self._database.transaction(self._race.merchant) as session:
            made = self._bookings(session).begin_at_once(RequestId(uuid4()), slots, party)
        if not isinstance(made, Booking):
            return None
        event = made.event_id
        with self._database.transaction(self._race.merchant) as session:
            done = self._bookings(session).finish(made, "etag", "customer")
        assert isinstance(done, Booking), done
        return Ending(booked=True, event=event)

    def _look_elsewhere(self, ask: Ask) -> Ending:
        with self._database.transaction(self._race.merchant) as session:
            taken = self._bookings(session).taken(ask.window)
        found = find(Situation(shop=self._shop, busy=Busy(), taken=taken, now=NOW), ask, limit=10)
        return Ending(booked=False, offered=len(found), offers_the_same=_offers(found))

    def _bookings(self, session: object) -> Bookings:
        return Bookings(session, self._sealer, self._race.merchant, self._shop, self._clock)  # type: ignore[arg-type]


def _offers(found: Sequence[Slot]) -> bool:
    return any(slot.start == WANTED for slot in found)


def run_share(race: Race, barrier: Barrier, results: "multiprocessing.Queue[list[Ending]]") -> None:
    """One process's share of the customers."""
    database, sealer = Database(race.url, pool_size=race.threads), Sealer(race.keyset)
    customer = Customer(race, database, sealer)
    with ThreadPoolExecutor(race.threads) as pool:
        barrier.wait(timeout=60)
        results.put(list(pool.map(customer.run, range(race.customers))))
    database.close()


def run_race(
    url: str, *, service: ServiceId, staff: StaffId | None, customers: int, processes: int, threads: int
) -> list[Ending]:
    """All customers, spread over processes that start together."""
    context = multiprocessing.get_context("spawn")
    barrier, results = context.Barrier(processes), context.Queue()
    shop, keyset, merchant = to_json(Shop, SHOP), new_keyset(), MerchantId(uuid4())
    shares = [customers // processes + (number < customers % processes) for number in range(processes)]
    workers = []
    for share in shares:
        race = Race(
            url=url,
            keyset=keyset,
            merchant=merchant,
            shop=shop,
            service=service,
            staff=staff,
            customers=share,
            threads=threads,
        )
        workers.append(context.Process(target=run_share, args=(race, barrier, results)))
    for worker in workers:
        worker.start()
    endings = [ending for _ in workers for ending in results.get(timeout=300)]
    for worker in workers:
        worker.join()
    return endings


def judge(endings: Sequence[Ending], winners: int) -> list[str]:
    """What is wrong with how a race ended; nothing when all is well."""
    booked = [one for one in endings if one.booked]
    others = [one for one in endings if not one.booked]
    wrong = []
    if len(booked) != winners:
        wrong.append(f"{len(booked)} booked where {winners} could")
    if len({one.event for one in booked}) != winners:
        wrong.append("not one event for each booking")
    if any(one.offered == 0 for one in others):
        wrong.append(f"{sum(one.offered == 0 for one in others)} were offered nothing")
    if any(one.offers_the_same for one in others):
        wrong.append("somebody was offered what was gone")
    return wrong


def main() -> None:
    from app.commands.open import installed  # noqa: PLC0415 - children need no more than the race
    from app.evaluation.database import passing_database  # noqa: PLC0415
    from kernel.settings import Room  # noqa: PLC0415

    parser = argparse.ArgumentParser()
    for name, usual in (("customers", 1000), ("rounds", 20), ("processes", 4), ("threads", 8)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    given = parser.parse_args()
    faults: Counter[str] = Counter()
    with passing_database(installed()) as database:
        for service, staff, winners in ((CUT, ANA, 1), (YOGA, None, SEATS)):
            waits, spent = [], []
            for _ in range(given.rounds):
                started = time.perf_counter()
                endings = run_race(
                    database.url(Room.DIARY),
                    service=service,
                    staff=staff,
                    customers=given.customers,
                    processes=given.processes,
                    threads=given.threads,
                )
                spent.append(time.perf_counter() - started)
                waits += [one.seconds for one in endings]
                faults.update(judge(endings, winners))
            slow = statistics.quantiles(waits, n=100)
            print(
                f"{service}: {given.rounds} rounds of {given.customers}, {winners} booked in each;"
                f" round {statistics.median(spent):.1f} s,"
                f" customer p50 {slow[49] * 1000:.0f} ms p99 {slow[98] * 1000:.0f} ms"
            )
    if faults:
        raise SystemExit(f"WRONG: {dict(faults)}")
    print("no slot was given twice, and nobody was left without an offer")


if __name__ == "__main__":
    main()
