"""What commands need open: this installation's database as the edge, or as the mind."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.installation import Installation, prepare_database
from kernel.database import Database
from kernel.errors import SettingMissing
from kernel.settings import EdgeSettings, HomeSettings, MindSettings, Room, read_settings


def installed() -> Installation:
    """The installation of this folder; an error that names the remedy when there is none."""
    installation = Installation(HomeSettings())
    if not installation.home.secrets_file(Room.OWNER).exists():
        raise SettingMissing(
            "MOSTRADOR_HOME", f"no installation in {installation.home.mostrador_home}: run `mostrador init`"
        )
    return installation


@contextmanager
def open_edge_database() -> Iterator[Database]:
    installation = installed()
    prepare_database(installation)
    database = Database(read_settings(EdgeSettings, Room.EDGE, installation.home).database_url)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def open_mind() -> Iterator[tuple[MindSettings, Database]]:
    installation = installed()
    prepare_database(installation)
    settings = read_settings(MindSettings, Room.MIND, installation.home)
    database = Database(settings.database_url)
    try:
        yield settings, database
    finally:
        database.close()
