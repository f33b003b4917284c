"""What many tests need: a clock that stands still and a real PostgreSQL, migrated once, cloned per test."""

import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from pydantic import SecretStr

from app.database_setup import migrate
from kernel.clock import SetClock
from kernel.database import Database
from kernel.embedded import EmbeddedServer
from kernel.settings import OwnerSettings, Room

OWNER = Room.OWNER.role
TEMPLATE = "mostrador_template"
PASSWORDS = {room: SecretStr(secrets.token_urlsafe(16)) for room in Room}


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2026, 11, 23, 15, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedServer:
    """An embedded PostgreSQL of this test run's own, with a migrated template database."""
    folder = Path("/tmp") / f"mostrador-test-{secrets.token_hex(4)}"
    started = EmbeddedServer(folder, secrets.token_urlsafe(16))
    started.start()
    _prepare(started)
    return started


def _prepare(server: EmbeddedServer) -> None:
    password = PASSWORDS[Room.OWNER].get_secret_value()
    with psycopg.connect(server.url(), autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes"):
            connection.execute(f"alter system set {setting} = off")
        connection.execute("select pg_reload_conf()")
        connection.execute(
            sql.SQL("create role {} login createrole password {}").format(
                sql.Identifier(OWNER), sql.Literal(password)
            )
        )
        connection.execute(
            sql.SQL("create database {} owner {}").format(*map(sql.Identifier, (TEMPLATE, OWNER)))
        )
    migrate(owner_settings(server.url(OWNER, password, TEMPLATE)))


def owner_settings(url: str) -> OwnerSettings:
    return OwnerSettings(
        database_url=url,
        edge_password=PASSWORDS[Room.EDGE],
        mind_password=PASSWORDS[Room.MIND],
        diary_password=PASSWORDS[Room.DIARY],
    )


RoomUrl = Callable[[Room], str]


@pytest.fixture
def database_name(server: EmbeddedServer) -> Iterator[str]:
    """A fresh, migrated database, dropped after the test."""
    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(
            sql.SQL("create database {} template {} owner {}").format(
                *map(sql.Identifier, (name, TEMPLATE, OWNER))
            )
        )
    yield name
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@pytest.fixture
def room_url(server: EmbeddedServer, database_name: str) -> RoomUrl:
    """The address of the test's database for a room's own role."""
    return lambda room: server.url(room.role, PASSWORDS[room].get_secret_value(), database_name)


@pytest.fixture
def administrator_url(server: EmbeddedServer, database_name: str) -> str:
    """The same database, as the server's administrator, who is bound by no policy."""
    return server.url(database=database_name)


@pytest.fixture
def room_database(room_url: RoomUrl) -> Iterator[Callable[[Room], Database]]:
    """Databases of one fresh copy, each connected as the room's own role."""
    opened: list[Database] = []

    def connect(room: Room) -> Database:
        opened.append(Database(room_url(room), pool_size=2))
        return opened[-1]

    yield connect
    for database in opened:
        database.close()
