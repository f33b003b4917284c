"""Google's tokens and libraries are the diary's alone, and the diary talks to nobody but PostgreSQL and Google."""

import ast
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from kernel.database import Database
from kernel.settings import Room

ROOT = Path(__file__).resolve().parents[2]
SECRET = ("token", "link", "revocation", "sync", "channel", "linked")
"""Tables that hold tokens or lead to them."""
SHOWN = ("connection", "google_calendar", "receipt")
GOOGLE = {"googleapiclient", "google_auth_oauthlib", "google_auth_httplib2", "httplib2", "oauthlib"}
VERBS = ("select", "insert", "update", "delete")
RIGHTS = """
select r from unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) r
    where has_table_privilege('{role}', 'calendar.{table}', r)
union
select 'column ' || r from unnest(array['select', 'insert', 'update']) r
    where has_any_column_privilege('{role}', 'calendar.{table}', r)
"""

Rows = list[tuple[object, ...]]


@pytest.fixture
def rights(administrator_url: str) -> Callable[[Room, str], set[str]]:
    def ask(room: Room, table: str) -> set[str]:
        with psycopg.connect(administrator_url) as connection:
            rows: Rows = connection.execute(RIGHTS.format(role=room.role, table=table)).fetchall()  # type: ignore[arg-type]
        return {str(row[0]) for row in rows}

    return ask


@pytest.mark.parametrize("table", SECRET)
def test_the_edge_has_no_right_on(rights: Callable[[Room, str], set[str]], table: str) -> None:
    assert rights(Room.EDGE, table) == set()


@pytest.mark.parametrize("table", SHOWN)
def test_the_edge_may_only_read(rights: Callable[[Room, str], set[str]], table: str) -> None:
    assert rights(Room.EDGE, table) == {"select", "column select"}


@pytest.mark.parametrize("table", [*SECRET, *SHOWN])
def test_the_mind_has_no_right_on(rights: Callable[[Room, str], set[str]], table: str) -> None:
    assert rights(Room.MIND, table) == set()


@pytest.mark.parametrize("table", [*SECRET, *SHOWN])
def test_the_diary_may_do_its_work_on(rights: Callable[[Room, str], set[str]], table: str) -> None:
    assert set(VERBS) <= rights(Room.DIARY, table)


@pytest.mark.parametrize(
    ("grant", "noticed"),
    [
        ("grant select on calendar.token to mostrador_edge", "select"),
        ("grant select (refresh) on calendar.token to mostrador_edge", "column select"),
        ("grant select on calendar.token to public", "select"),
    ],
)
def test_any_right_of_the_edges_on_a_token_is_noticed(
    rights: Callable[[Room, str], set[str]], administrator_url: str, grant: str, noticed: str
) -> None:
    with psycopg.connect(administrator_url, autocommit=True) as connection:
        connection.execute(grant)
    assert noticed in rights(Room.EDGE, "token")


@pytest.mark.parametrize("room", [Room.EDGE, Room.MIND])
def test_who_asks_for_a_token_is_turned_away(room_database: Callable[[Room], Database], room: Room) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        room_database(room).transaction() as session,
    ):
        session.execute(text("select * from calendar.token"))


def test_every_table_of_the_calendar_has_been_thought_of(administrator_url: str) -> None:
    """A new table with the word token, secret or key in a column belongs on the list above."""
    with psycopg.connect(administrator_url) as connection:
        rows = connection.execute(
            "select distinct table_name from information_schema.columns where table_schema = 'calendar'"
            " and column_name ~ '(token|secret|verifier|refresh$|access$|ticket)'"
        ).fetchall()
    assert {str(row[0]) for row in rows} <= {*SECRET, "receipt"}


def imported(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    parts = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    return {name.split(".")[0] for name in plain | parts}


def doors(folder: Path) -> set[str]:
    """Packages of the product whose files import a Google library."""
    files = [file for file in folder.rglob("*.py") if ".venv" not in file.parts]
    return {".".join(file.relative_to(folder).parent.parts) for file in files if GOOGLE & imported(file)}


OURS = ("app", "console", "webhooks", "assistant", "knowledge", "calendar_sync", "privacy", "kernel")


def test_google_has_one_door() -> None:
    found = {f"{package}.{door}".rstrip(".") for package in OURS for door in doors(ROOT / package)}
    assert found == {"calendar_sync.google"}


def test_another_door_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "mirror").mkdir()
    (tmp_path / "mirror" / "short_cut.py").write_text("def f():\n    from googleapiclient import http\n")
    assert doors(tmp_path) == {"mirror"}


_IMPORT = """
import sys
import {names}
print("\\n".join(sorted({{name.split(".")[0] for name in sys.modules}})))
"""
WHAT_THE_EDGE_USES = (
    "calendar_sync.tray",
    "calendar_sync.requests",
    "calendar_sync.outcomes",
    "calendar_sync.connections.viewing",
    "calendar_sync.connections.doctor",
    "calendar_sync.connections.prefixes",
)


def loaded(*names: str) -> set[str]:
    command = [sys.executable, "-c", _IMPORT.format(names=", ".join(names))]
    return set(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split())


def test_what_the_edge_uses_of_the_diary_loads_no_google_library() -> None:
    assert GOOGLE & loaded(*WHAT_THE_EDGE_USES) == set()


def test_the_check_on_what_is_loaded_would_notice() -> None:
    assert loaded("calendar_sync.google.door") >= {"googleapiclient", "httplib2"}


WORK = ROOT / "tests" / "architecture" / "diary_at_work.py"
ABSENT = {
    "torch",
    "faiss",
    "sentence_transformers",
    "transformers",
    "onnxruntime",
    "assistant",
    "knowledge",
    "fastapi",
}


def test_the_diary_at_work_talks_to_google_only_and_loads_no_model(room_url: Callable[[Room], str]) -> None:
    """Linking, reading, booking, mirroring and unlinking in a fresh process whose every connection is written down."""
    command = [sys.executable, str(WORK), room_url(Room.DIARY), room_url(Room.EDGE)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    told = dict(line.split("=", 1) for line in ended.stdout.splitlines() if "=" in line)
    assert set(told["reached"].split()) == {told["google"]}
    assert told["refused"] == "GoogleMisaddressed"
    assert ABSENT & set(told["loaded"].split()) == set()
