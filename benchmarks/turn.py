"""What a turn costs beyond the model's own encode, and how long a message takes from webhook to send call.

    python -m benchmarks.turn [--rounds 60]

Runs the demo's dental clinic with the real model on the embedded PostgreSQL of this installation
(`mostrador init` first), one process, nothing else asking. The encode is timed inside the same turns.
"""

import argparse
import asyncio
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID, uuid4

import httpx
from rich.console import Console
from rich.table import Table

from app.commands.open import installed
from app.evaluation.database import passing_database
from app.evaluation.house import number_of
from app.evaluation.rehearsal import Rehearsal, rehearsal
from assistant import tray
from assistant.tasks import read_turn
from assistant.tray import TurnIn, put_turn
from kernel.clock import SystemClock
from kernel.ids import MerchantId
from knowledge.interchange import load_merchant
from sandbox.driver import Phone
from sandbox.meta.models import Customer, CustomerKey

MERCHANT = Path("app/demo/merchants/sonrisa/merchant.yaml")
QUESTIONS = (
    "¿cuánto vale la limpieza?",
    "a que hora cierran hoy",
    "tienen parqueadero?",
    "cuanto cuesta el blanqueamiento y cuanto se demora",
    "¿hacen carillas?",
)


class Stopwatch:
    """Times a method of an object without changing what it does."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def around(self, owner: object, name: str) -> None:
        inner: Callable[..., object] = getattr(owner, name)

        def timed(*args: object, **options: object) -> object:
            started = time.perf_counter()
            try:
                return inner(*args, **options)
            finally:
                self.seconds += time.perf_counter() - started

        setattr(owner, name, timed)


def own_cost(stage: Rehearsal, merchant: MerchantId, rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds of whole turns (job's start to the reading committed), and of the encode inside them."""
    # The house's own worker must not read these turns: they are laid without the job.
    tray.defer = lambda *_: None  # type: ignore[assignment]
    watch, encoder = Stopwatch(), stage.mind.library.encoder
    watch.around(encoder, "encode_queries")
    watch.around(encoder, "encode_tokens")
    turns, encodes = [], []
    for position in range(rounds + 5):
        turn = _laid(stage, merchant, QUESTIONS[position % len(QUESTIONS)])
        watch.seconds, started = 0.0, time.perf_counter()
        read_turn(stage.mind, merchant, turn)
        turns.append(1000 * (time.perf_counter() - started))
        encodes.append(1000 * watch.seconds)
    return turns[5:], encodes[5:]


def _laid(stage: Rehearsal, merchant: MerchantId, question: str) -> UUID:
    turn = TurnIn(
        turn_id=uuid4(),
        merchant=merchant,
        conversation_id=uuid4(),
        text=question,
        asked_at=SystemClock().now(),
    )
    with stage.house.edge.database.transaction(merchant) as session:
        put_turn(session, stage.mind.tray, turn)
    return turn.turn_id


async def round_trips(stage: Rehearsal, number: str, customers: Sequence[Customer]) -> list[float]:
    """Milliseconds from the customer's message leaving the sandbox to the send call coming back to it."""
    taken = []
    async with httpx.AsyncClient(base_url=stage.house.sandbox_url) as client:
        for position, customer in enumerate(customers):
            phone, started = Phone(client, number, customer.key), time.perf_counter()
            await phone.ask(QUESTIONS[position % len(QUESTIONS)])
            taken.append(1000 * (time.perf_counter() - started))
    return taken[3:]


def main() -> None:
    rounds = _rounds()
    base = load_merchant(MERCHANT).knowledge_base
    if base is None:
        raise SystemExit("run this at the project's root")
    number = number_of(1, base.profile.name)
    people = [
        Customer(key=CustomerKey(f"c{n}"), name=f"c{n}", phone=f"57300{n:07d}") for n in range(rounds + 3)
    ]
    with (
        passing_database(installed()) as passing,
        rehearsal(passing, [(base, number)], people, SystemClock()) as stage,
    ):
        trips = asyncio.run(round_trips(stage, number.phone_number_id, people))
        turns, encodes = own_cost(stage, stage.merchants[number.phone_number_id], rounds)
    _print(turns, encodes, trips)


def _rounds() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=60)
    return int(parser.parse_args().rounds)


def _print(turns: list[float], encodes: list[float], trips: list[float]) -> None:
    own = [turn - encode for turn, encode in zip(turns, encodes, strict=True)]
    bare = statistics.median(encodes)
    table = Table("", "median ms", "p95 ms", "ratio to the encode")
    rows = {
        "the model's encode of a turn's questions": encodes,
        "a turn's own cost (target: at most 1.0)": own,
        "webhook to send call, no burst wait (target: at most 150 ms)": trips,
    }
    for name, values in rows.items():
        middle, slow = statistics.median(values), statistics.quantiles(values, n=20)[-1]
        table.add_row(name, f"{middle:.1f}", f"{slow:.1f}", f"{middle / bare:.2f}")
    Console().print(table)


if __name__ == "__main__":
    main()
