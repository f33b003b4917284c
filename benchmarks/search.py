"""Search in one merchant's knowledge beside faiss alone over the same vectors, on one thread.

    python -m benchmarks.search [SIZES...]

The question's own encoding is left out on both sides. Vectors are random: they cost what real ones cost.
"""

import hashlib
import random
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from pathlib import Path
from uuid import uuid4

import faiss
import numpy as np
import psycopg
from psycopg import sql
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from app.database_setup import migrate
from kernel.clock import SystemClock
from kernel.database import Database
from kernel.embedded import EmbeddedServer
from kernel.ids import MerchantId
from kernel.settings import OwnerSettings, Room
from knowledge.embedding.encoder import TextKind, TokenVectors, Vectors
from knowledge.entries import Entry, EntryKey, Faq, Item, KnowledgeBase, Profile
from knowledge.index import MerchantIndex
from knowledge.library import Library, embed_missing
from knowledge.passages import cut_all
from knowledge.store import import_knowledge
from knowledge.vectors import encode_passages

DIMENSIONS = 384
SIZES = (50, 100, 500, 5000)
PROFILE = Profile(
    slug="b", name="B", timezone="America/Bogota", locale="es-CO", languages=("es",), currency="COP"
)


class RandomEncoder:
    """A vector for every text, the same each time, that means nothing."""

    name, version, dimensions = "random", "1", DIMENSIONS

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        vectors = np.stack([self._vector(text) for text in texts])
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    encode_documents = encode_queries

    def encode_tokens(self, texts: Sequence[str], kind: TextKind) -> list[TokenVectors]:
        raise NotImplementedError

    @staticmethod
    def _vector(text: str) -> Vectors:
        seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())
        return np.random.default_rng(seed).standard_normal(DIMENSIONS).astype(np.float32)


ENCODER = RandomEncoder()


def shop(size: int) -> KnowledgeBase:
    """Half a catalogue, half FAQs, in words as unevenly used as those of a language."""
    chance = random.Random(size)  # noqa: S311 - a pretend shop, no secret
    words = [
        "".join(chance.choices("abcdefgilmnoprstu", k=chance.randint(3, 9))) for _ in range(200 + 4 * size)
    ]
    weights = [1 / rank for rank in range(1, len(words) + 1)]

    def say(count: int) -> str:
        return " ".join(chance.choices(words, weights, k=count))

    def entry(number: int) -> Entry:
        key = EntryKey(f"e{number}")
        if number % 2:
            return Faq(key=key, question=f"¿{say(7)}?", answer=f"{say(25)}.")
        price = Decimal(chance.randrange(1000, 90000))
        return Item(key=key, name=say(3), description=f"{say(12)}.", price=price, duration_minutes=30)

    return KnowledgeBase(profile=PROFILE, entries=tuple(entry(number) for number in range(size)))


def best_ms(run: Callable[[], object], times: int) -> float:
    """The quickest of several runs: what the work takes when no other process interrupts it."""
    run()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return min(taken) * 1000


def _mean_of_best(searches: Sequence[Callable[[], object]]) -> float:
    return statistics.fmean(best_ms(search, 30) for search in searches)


@contextmanager
def database() -> Iterator[dict[Room, Database]]:
    """An embedded, migrated PostgreSQL, as the edge and as the mind see it."""
    with tempfile.TemporaryDirectory(prefix="mostrador-bench-") as folder:
        server = EmbeddedServer(Path(folder), secrets.token_urlsafe(16))
        server.start()
        passwords = {room: SecretStr(secrets.token_urlsafe(16)) for room in Room}
        owner, role = passwords[Room.OWNER].get_secret_value(), Room.OWNER.role
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute(
                sql.SQL("create role {} login createrole password {}").format(
                    sql.Identifier(role), sql.Literal(owner)
                )
            )
            connection.execute(sql.SQL("create database bench owner {}").format(sql.Identifier(role)))
        migrate(
            OwnerSettings(
                database_url=server.url(role, owner, "bench"),
                edge_password=passwords[Room.EDGE],
                mind_password=passwords[Room.MIND],
                diary_password=passwords[Room.DIARY],
            )
        )
        rooms = {
            room: Database(server.url(room.role, passwords[room].get_secret_value(), "bench"), pool_size=2)
            for room in (Room.EDGE, Room.MIND)
        }
        yield rooms
        for room in rooms.values():
            room.close()


def stocked(rooms: dict[Room, Database], base: KnowledgeBase) -> MerchantId:
    """A merchant with everything published and embedded."""
    merchant = MerchantId(uuid4())
    with rooms[Room.EDGE].transaction(merchant) as session:
        import_knowledge(session, SystemClock(), merchant, base, actor="bench")
    with rooms[Room.MIND].transaction(merchant) as session:
        embed_missing(session, merchant, ENCODER)
    return merchant


def measure(size: int, rooms: dict[Room, Database]) -> list[str]:
    base = shop(size)
    passages = cut_all(base)
    vectors = encode_passages(ENCODER, [(one.kind, one.text) for one in passages])
    questions = [entry.question for entry in base.entries if isinstance(entry, Faq)][:50]
    asked = list(zip(questions, ENCODER.encode_queries(questions), strict=True))
    rounds = max(3, 2000 // size)

    plain = faiss_of(vectors)
    faiss_search = best_ms(lambda: [plain.search(vector[None], 10) for _, vector in asked], rounds) / len(
        asked
    )
    faiss_build = best_ms(lambda: faiss_of(vectors), rounds)
    build = best_ms(lambda: MerchantIndex.build(passages, vectors, languages=("es",)), rounds)
    index = MerchantIndex.build(passages, vectors, languages=("es",))
    search = _mean_of_best([partial(index.search, text, vector) for text, vector in asked])
    merchant = stocked(rooms, base)
    mind = rooms[Room.MIND]

    def shelf(library: Library) -> int:
        with mind.transaction(merchant) as session:
            found = library.shelf(session, merchant)
            assert found is not None
            assert found.index.missing_vectors == 0
            return found.nbytes

    cold = best_ms(lambda: shelf(Library([ENCODER])), rounds)
    library = Library([ENCODER])
    warm = best_ms(lambda: shelf(library), 50)
    return [
        f"{size:,} / {len(passages):,}",
        f"{faiss_search:.3f}",
        f"{search:.3f} ({search / faiss_search:.1f}x)",
        f"{faiss_build:.2f}",
        f"{build:.2f} ({build / faiss_build:.0f}x)",
        f"{cold:.1f} ({cold / faiss_build:.0f}x)",
        f"{warm:.2f}",
        f"{shelf(library) / 1e6:.2f}",
    ]


def faiss_of(vectors: Vectors) -> faiss.IndexFlatIP:
    index = faiss.IndexFlatIP(DIMENSIONS)
    index.add(vectors)
    return index


def main() -> None:
    faiss.omp_set_num_threads(1)
    table = Table(
        title="Milliseconds, quickest of several runs; in brackets against faiss alone in the same run"
    )
    for heading in (
        "entries / passages", "faiss search", "hybrid search", "faiss build", "hybrid build",
        "cold shelf from PostgreSQL", "warm shelf, checked", "shelf MB",
    ):  # fmt: skip
        table.add_column(heading, justify="right")
    with database() as rooms:
        for size in map(int, sys.argv[1:]) if sys.argv[1:] else SIZES:
            table.add_row(*measure(size, rooms))
    Console(width=150).print(table)


if __name__ == "__main__":
    main()
