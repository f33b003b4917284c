"""The database as a room sees it: one engine per process, one transaction per request or job.

A room connects as its own role. Inside a transaction that names a merchant, row-level security shows that
merchant's rows and no others (see `kernel.tenancy`).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from kernel.errors import DatabaseUnready
from kernel.ids import MerchantId
from kernel.tenancy import enter


class Database:
    """Hands out transactions. `url` is a `postgresql://` address with the room's own role."""

    def __init__(self, url: str, *, pool_size: int = 8) -> None:
        self.url = url
        self._engine = create_engine(
            url.replace("postgresql://", "postgresql+psycopg://", 1),
            pool_size=pool_size,
            max_overflow=4,
            pool_pre_ping=False,
        )

    @property
    def engine(self) -> Engine:
        return self._engine

    @contextmanager
    def transaction(self, merchant: MerchantId | None = None) -> Iterator[Session]:
        """One transaction, committed when the block ends well and rolled back when it raises."""
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            if merchant is not None:
                enter(session, merchant)
            yield session

    def check(self) -> None:
        """Raise `DatabaseUnready` unless the server answers."""
        try:
            with self._engine.connect() as connection:
                connection.execute(text("select 1"))
        except OperationalError as reason:
            raise DatabaseUnready(f"cannot reach the database: {reason.orig}") from reason

    def close(self) -> None:
        self._engine.dispose()
