"""Brings a database to the shape this build needs: migrations and the roles' passwords."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from psycopg import sql
from pydantic import SecretStr
from sqlalchemy import Connection, create_engine, text

from kernel.settings import OwnerSettings, Room

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(settings: OwnerSettings) -> None:
    """Run every migration that is missing, as the owner, and give the rooms' roles their passwords."""
    engine = create_engine(settings.database_url.replace("postgresql://", "postgresql+psycopg://", 1))
    try:
        with engine.connect() as connection:
            _upgrade(connection)
        with engine.begin() as connection:
            for room, password in passwords(settings).items():
                _set_password(connection, room, password)
    finally:
        engine.dispose()


def passwords(settings: OwnerSettings) -> dict[Room, SecretStr]:
    return {
        Room.EDGE: settings.edge_password,
        Room.MIND: settings.mind_password,
        Room.DIARY: settings.diary_password,
    }


def _upgrade(connection: Connection) -> None:
    connection.execute(text("create schema if not exists kernel"))
    connection.commit()
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.commit()


def _set_password(connection: Connection, room: Room, password: SecretStr) -> None:
    driver = connection.connection.driver_connection
    if driver is None:  # pragma: no cover - SQLAlchemy's type allows it, an open connection never is
        raise RuntimeError("no connection")
    driver.execute(
        sql.SQL("alter role {} password {}").format(
            sql.Identifier(room.role), sql.Literal(password.get_secret_value())
        )
    )
