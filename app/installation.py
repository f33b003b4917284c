"""`mostrador init`: secrets for every room, the embedded database, the model. Safe to run again."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from app.database_setup import migrate
from kernel.embedded import EmbeddedServer
from kernel.sealing import new_keyset
from kernel.settings import HomeSettings, OwnerSettings, Room, read_settings

DATABASE = "mostrador"


@dataclass(frozen=True, slots=True)
class Installation:
    """The files of one installation."""

    home: HomeSettings

    @property
    def database_folder(self) -> Path:
        return self.home.mostrador_home.resolve() / "database"

    @property
    def model_folder(self) -> Path:
        return self.home.mostrador_home.resolve() / "model"


def create_secrets(installation: Installation) -> bool:
    """Write the secrets that are missing, of which an earlier build may not have known; True when any were made."""
    files = {room: installation.home.secrets_file(room) for room in Room}
    kept = {room: read_secrets(file) if file.exists() else {} for room, file in files.items()}
    if all(name in kept[room] for room in Room for name in SECRETS_OF[room]):
        return False
    # What two rooms share is the same in both, also where only one of them has it yet.
    known = {
        name: value for values in kept.values() for name, value in values.items() if name != "DATABASE_URL"
    }
    values = _fresh_values() | known
    for room, file in files.items():
        write_secrets(file, kept[room] | {name: values[name] for name in SECRETS_OF[room]})
    return True


SECRETS_OF: Mapping[Room, tuple[str, ...]] = {
    Room.OWNER: (
        "ADMINISTRATOR_PASSWORD",
        "OWNER_PASSWORD",
        "EDGE_PASSWORD",
        "MIND_PASSWORD",
        "DIARY_PASSWORD",
    ),
    Room.EDGE: (
        "EDGE_KEYSET",
        "TRAY_KEYSET",
        "DIARY_TRAY_KEYSET",
        "BLIND_INDEX_KEY",
        "WHATSAPP_APP_SECRET",
        "WHATSAPP_VERIFY_TOKEN",
    ),
    Room.MIND: ("TRAY_KEYSET",),
    Room.DIARY: ("DIARY_KEYSET", "DIARY_TRAY_KEYSET", "DIARY_INDEX_KEY"),
}
"""Which secrets each room holds. Only the trays' keys are in two rooms each: what they seal passes between them."""


KEYSETS = ("EDGE_KEYSET", "TRAY_KEYSET", "DIARY_TRAY_KEYSET", "DIARY_KEYSET")


def _fresh_values() -> dict[str, str]:
    """One value for each secret; a value that two rooms share is made once."""
    return {
        **{name: secrets.token_urlsafe(24) for name in SECRETS_OF[Room.OWNER]},
        **{name: new_keyset().replace("\n", "") for name in KEYSETS},
        "BLIND_INDEX_KEY": secrets.token_hex(32),
        "DIARY_INDEX_KEY": secrets.token_hex(32),
        "WHATSAPP_APP_SECRET": secrets.token_hex(16),
        "WHATSAPP_VERIFY_TOKEN": secrets.token_urlsafe(16),
    }


def write_secrets(file: Path, values: Mapping[str, str]) -> None:
    """Replace a secrets file; readable by its owner only."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.touch(mode=0o600)
    file.write_text("".join(f"{name}='{value}'\n" for name, value in values.items()))


def read_secrets(file: Path) -> dict[str, str]:
    """The values of a secrets file."""
    pairs = (line.split("=", 1) for line in file.read_text().splitlines() if "=" in line)
    return {name: value.strip("'") for name, value in pairs}


def prepare_database(installation: Installation) -> None:
    """Make the database reachable and tell every room its own address of it.

    With `DATABASE_URL` in the environment that server is used (the address is the owner's, who may create
    roles); otherwise the embedded server of this installation is started or joined.
    """
    owner = read_secrets(installation.home.secrets_file(Room.OWNER))
    external = os.environ.get("DATABASE_URL")
    if external:
        _tell_external_addresses(installation, external, owner)
    else:
        _start_embedded(installation, owner)


def _tell_external_addresses(installation: Installation, url: str, owner: Mapping[str, str]) -> None:
    _tell_address(installation, Room.OWNER, url)
    for room in (Room.EDGE, Room.MIND, Room.DIARY):
        address = make_url(url).set(username=room.role, password=owner[f"{room.name}_PASSWORD"])
        _tell_address(installation, room, address.render_as_string(hide_password=False))


def _start_embedded(installation: Installation, owner: Mapping[str, str]) -> None:
    server = EmbeddedServer(installation.database_folder, owner["ADMINISTRATOR_PASSWORD"])
    server.start()
    _create_database(server, owner["OWNER_PASSWORD"])
    for room in Room:
        _tell_address(installation, room, server.url(room.role, owner[f"{room.name}_PASSWORD"], DATABASE))


def _create_database(server: EmbeddedServer, owner_password: str) -> None:
    """Owner and database, each only where it is missing: an earlier start may have been cut between them."""
    owner, password = sql.Identifier(Room.OWNER.role), sql.Literal(owner_password)
    with psycopg.connect(server.url(), autocommit=True) as connection:
        if not connection.execute("select 1 from pg_roles where rolname = %s", [Room.OWNER.role]).fetchone():
            connection.execute(sql.SQL("create role {} login createrole").format(owner))
        connection.execute(sql.SQL("alter role {} password {}").format(owner, password))
        if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
            connection.execute(sql.SQL("create database {} owner {}").format(sql.Identifier(DATABASE), owner))


def _tell_address(installation: Installation, room: Room, url: str) -> None:
    file = installation.home.secrets_file(room)
    values = read_secrets(file)
    if values.get("DATABASE_URL") != url:
        write_secrets(file, values | {"DATABASE_URL": url})


def migrate_installation(installation: Installation) -> None:
    """Bring the installation's database to this build's shape."""
    migrate(read_settings(OwnerSettings, Room.OWNER, installation.home))
