"""Durable acknowledgement: the edge's receipt beside a plain one-insert-per-request handler, on the same server.

    python -m benchmarks.acknowledge [SECONDS] [ROUNDS]

Each handler runs in a uvicorn process of its own, on one embedded PostgreSQL that really syncs its commits; the
load comes from a third process over 32 kept connections. Rounds are interleaved and medians compared, so the
ratios hold on a busy machine. Both answer 200 only after the commit; ours has deferred the job as well.
"""

import asyncio
import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import psycopg
import uvicorn
from fastapi import FastAPI, Request, Response
from psycopg import sql
from psycopg_pool import AsyncConnectionPool
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from app.database_setup import migrate
from kernel.clock import SystemClock
from kernel.embedded import EmbeddedServer
from kernel.sealing import BlindIndex, Sealer, new_keyset
from kernel.settings import OwnerSettings, Room
from webhooks.application import create
from webhooks.filing import Desk
from webhooks.intake import Intake
from webhooks.receipt import Receipt, ReceiptSettings
from webhooks.signature import is_genuine, sign

SECRET = b"benchmark"
PATH = "/webhooks/whatsapp"
CONNECTIONS = 32
NUMBER = "200000000000001"
HOST = "127.0.0.1"


def plain_handler(url: str) -> FastAPI:
    """What one would write first: check, parse, insert, commit, 200."""
    pool = AsyncConnectionPool(url, min_size=8, max_size=8, open=False, kwargs={"autocommit": True})

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with pool:
            yield

    app = FastAPI(lifespan=lifespan)

    @app.post(PATH)
    async def take(request: Request) -> Response:
        body = await request.body()
        if not is_genuine(SECRET, body, request.headers.get("x-hub-signature-256")):
            return Response(status_code=401)
        message = json.loads(body)["entry"][0]["changes"][0]["value"]["messages"][0]["id"]
        async with pool.connection() as connection:
            await connection.execute(
                "insert into plain (id, body) values (%s, %s) on conflict do nothing", (message, body)
            )
        return Response()

    return app


def our_handler(url: str) -> FastAPI:
    desk = Desk(Sealer(new_keyset()), BlindIndex(os.urandom(32)))
    settings = ReceiptSettings(app_secret=SECRET, verify_token="benchmark", path=PATH)  # noqa: S106 - no secret
    return create(Receipt(settings, Intake(url), desk, SystemClock()))


HANDLERS = {"plain": plain_handler, "ours": our_handler}


def serve(name: str, url: str, port: int) -> None:
    uvicorn.run(HANDLERS[name](url), host=HOST, port=port, log_level="error", loop="uvloop", http="httptools")


def request_bytes() -> bytes:
    """A whole HTTP request: a message of its own, by a customer of its own, about 700 bytes like a real one."""
    customer = secrets.randbelow(10**7)
    message = {
        "from": f"57300{customer:07}",
        "from_user_id": f"CO.1020304050607{customer:07}",
        "id": f"wamid.{secrets.token_hex(28)}",
        "timestamp": str(int(time.time())),
        "type": "text",
        "text": {"body": "hola, buenas tardes, quisiera saber el precio de la limpieza facial " * 2},
    }
    metadata = {"display_phone_number": "12025550143", "phone_number_id": NUMBER}
    contact = {"profile": {"name": "Ana"}, "wa_id": message["from"], "user_id": message["from_user_id"]}
    value = {
        "messaging_product": "whatsapp",
        "metadata": metadata,
        "contacts": [contact],
        "messages": [message],
    }
    entry = [{"id": "100000000000001", "changes": [{"field": "messages", "value": value}]}]
    body = json.dumps({"object": "whatsapp_business_account", "entry": entry}).encode()
    head = (
        f"POST {PATH} HTTP/1.1\r\nhost: {HOST}\r\ncontent-length: {len(body)}\r\n"
        f"x-hub-signature-256: {sign(SECRET, body)}\r\n\r\n"
    )
    return head.encode() + body


@dataclass(frozen=True, slots=True)
class Round:
    rate: float
    p50: float
    p99: float
    processor: float = 0.0
    """Milliseconds of processor that handler and database took for a request: holds on the busiest machine."""


async def load(port: int, seconds: float) -> Round:
    """Every connection asks again as soon as it was answered."""
    waits: list[float] = []
    end = time.perf_counter() + seconds
    requests = iter([request_bytes() for _ in range(int(6000 * seconds))])

    async def ask() -> None:
        reader, writer = await asyncio.open_connection(HOST, port)
        while time.perf_counter() < end and (given := next(requests, None)) is not None:
            begin = time.perf_counter()
            writer.write(given)
            head = await reader.readuntil(b"\r\n\r\n")
            waits.append(time.perf_counter() - begin)
            assert head.startswith(b"HTTP/1.1 200"), head
        writer.close()

    begin = time.perf_counter()
    end = begin + seconds
    await asyncio.gather(*(ask() for _ in range(CONNECTIONS)))
    rate = len(waits) / (time.perf_counter() - begin)
    cuts = statistics.quantiles(waits, n=100)
    return Round(rate, 1000 * cuts[49], 1000 * cuts[98])


def processor_seconds(handler: int, postmaster: int) -> float:
    """What a handler's process and the database server with all its children have used so far."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            pid, fields = int(stat.parent.name), stat.read_text().rpartition(")")[2].split()
            if pid in {handler, postmaster} or int(fields[1]) == postmaster:
                ticks += int(fields[11]) + int(fields[12])
            if pid == postmaster:
                # Backends that have ended are counted with their parent.
                ticks += int(fields[13]) + int(fields[14])
    return ticks / os.sysconf("SC_CLK_TCK")


def measured(handler: "Served", postmaster: int, seconds: float) -> Round:
    before = processor_seconds(handler.pid, postmaster)
    found = asyncio.run(load(handler.port, seconds))
    used = processor_seconds(handler.pid, postmaster) - before
    return replace(found, processor=1000 * used / (found.rate * seconds))


@contextmanager
def prepared_server() -> Iterator[tuple[str, int]]:
    """An embedded PostgreSQL with the product's tables, one merchant's number and the plain handler's table."""
    with tempfile.TemporaryDirectory(prefix="mostrador-bench-", ignore_cleanup_errors=True) as folder:
        server = EmbeddedServer(Path(folder), secrets.token_urlsafe(16))
        server.start()
        password = secrets.token_urlsafe(16)
        _create_owner(server, password)
        edge = secrets.token_urlsafe(16)
        migrate(_owner_settings(server.url(Room.OWNER.role, password, "bench"), edge))
        with psycopg.connect(server.url(database="bench"), autocommit=True) as connection:
            route = "insert into webhooks.number_route values (%s, '100000000000001', %s)"
            connection.execute(route, (NUMBER, uuid4()))
            connection.execute("create table jobs.plain (id text primary key, body bytea not null)")
            connection.execute("grant insert, select on jobs.plain to mostrador_edge")
        postmaster = int((Path(folder) / "postmaster.pid").read_text().split()[0])
        yield server.url(Room.EDGE.role, edge, "bench"), postmaster


def _create_owner(server: EmbeddedServer, password: str) -> None:
    role = sql.Identifier(Room.OWNER.role)
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(
            sql.SQL("create role {} login createrole password {}").format(role, sql.Literal(password))
        )
        connection.execute(sql.SQL("create database bench owner {}").format(role))


def _owner_settings(url: str, edge: str) -> OwnerSettings:
    other = SecretStr(secrets.token_urlsafe(16))
    return OwnerSettings(
        database_url=url, edge_password=SecretStr(edge), mind_password=other, diary_password=other
    )


@dataclass(frozen=True, slots=True)
class Served:
    port: int
    pid: int


@contextmanager
def served(name: str, url: str) -> Iterator[Served]:
    port = 20000 + int(sha256(f"{name}{url}".encode()).hexdigest(), 16) % 20000
    command = [sys.executable, "-m", "benchmarks.acknowledge", "serve", name, url, str(port)]
    process = subprocess.Popen(command)
    try:
        asyncio.run(_until_open(port))
        yield Served(port, process.pid)
    finally:
        process.terminate()
        process.wait()


async def _until_open(port: int) -> None:
    for _ in range(600):
        try:
            _, writer = await asyncio.open_connection(HOST, port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise TimeoutError(f"nothing answers on port {port}")


def main(seconds: float, rounds: int) -> None:
    found: dict[str, list[Round]] = {name: [] for name in HANDLERS}
    with prepared_server() as (url, postmaster), served("plain", url) as plain, served("ours", url) as ours:
        handlers = {"plain": plain, "ours": ours}
        for handler in handlers.values():
            asyncio.run(load(handler.port, 1.0))
        for _ in range(rounds):
            for name, handler in handlers.items():
                found[name].append(measured(handler, postmaster, seconds))
    show(found)


def show(found: dict[str, list[Round]]) -> None:
    table = Table("handler", "per second", "ratio", "p50 ms", "p99 ms", "processor ms", "ratio")
    middle = {
        name: {
            key: statistics.median(getattr(r, key) for r in rounds)
            for key in ("rate", "p50", "p99", "processor")
        }
        for name, rounds in found.items()
    }
    base = middle["plain"]
    for name, row in middle.items():
        rates = f"{row['rate']:.0f}", f"{row['rate'] / base['rate']:.2f}"
        waits = f"{row['p50']:.1f}", f"{row['p99']:.1f}"
        table.add_row(
            name, *rates, *waits, f"{row['processor']:.2f}", f"{row['processor'] / base['processor']:.2f}"
        )
    Console().print(table)
    ratios = [ours.rate / plain.rate for ours, plain in zip(found["ours"], found["plain"], strict=True)]
    Console().print("ratio by round: " + ", ".join(f"{ratio:.2f}" for ratio in ratios))


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        serve(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        arguments = [*sys.argv[1:], "4", "5"] if len(sys.argv) == 1 else [*sys.argv[1:], "5"]
        main(float(arguments[0]), int(arguments[1]))
