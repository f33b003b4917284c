"""A database of its own for an evaluation, gone when it is over."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql

from app.database_setup import migrate
from app.installation import Installation, read_secrets
from kernel.embedded import EmbeddedServer
from kernel.settings import OwnerSettings, Room


@dataclass(frozen=True, slots=True)
class PassingDatabase:
    """Addresses of the rooms in a database that is dropped afterwards."""

    server: EmbeddedServer
    name: str
    passwords: dict[Room, str]

    def url(self, room: Room) -> str:
        return self.server.url(room.role, self.passwords[room], self.name)


@contextmanager
def passing_database(installation: Installation) -> Iterator[PassingDatabase]:
    """A fresh, migrated database on this installation's embedded server."""
    secret = read_secrets(installation.home.secrets_file(Room.OWNER))
    server = EmbeddedServer(installation.database_folder, secret["ADMINISTRATOR_PASSWORD"])
    server.start()
    passwords = {room: secret[f"{room.name}_PASSWORD"] for room in Room}
    database = PassingDatabase(server, f"evaluation_{secrets.token_hex(4)}", passwords)
    name = sql.Identifier(database.name)
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(
            sql.SQL("create database {} owner {}").format(name, sql.Identifier(Room.OWNER.role))
        )
    try:
        migrate(_owner(database))
        yield database
    finally:
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute(sql.SQL("drop database {} with (force)").format(name))


def _owner(database: PassingDatabase) -> OwnerSettings:
    rooms = {f"{room.value}_password": database.passwords[room] for room in Room if room is not Room.OWNER}
    return OwnerSettings.model_validate({"database_url": database.url(Room.OWNER), **rooms})
