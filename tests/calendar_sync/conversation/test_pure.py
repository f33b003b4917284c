"""The conversation is a function of what it is given."""

import ast
from importlib.resources import files

ALLOWED = (
    "babel",
    "calendar_sync",
    "collections",
    "dataclasses",
    "datetime",
    "enum",
    "functools",
    "importlib",
    "re",
)
ALLOWED_TOO = ("types", "typing", "unicodedata", "uuid", "yaml", "zoneinfo")
OURS = (
    "calendar_sync.availability",
    "calendar_sync.bookings.values",
    "calendar_sync.conversation",
    "calendar_sync.ids",
    "calendar_sync.moments",
    "calendar_sync.outcomes",
    "calendar_sync.requests",
    "calendar_sync.shop.values",
)


def imported() -> set[str]:
    folder = files("calendar_sync").joinpath("conversation")
    trees = [ast.parse(one.read_text("utf-8")) for one in folder.iterdir() if one.name.endswith(".py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


def test_it_imports_no_database_no_network_and_no_clock() -> None:
    strangers = {name for name in imported() if name.split(".")[0] not in (*ALLOWED, *ALLOWED_TOO)}
    assert strangers == set()


def test_of_the_diary_it_knows_values_only() -> None:
    known = {name for name in imported() if name.startswith("calendar_sync")}
    assert {name for name in known if not name.startswith(OURS)} == set()


def test_it_never_asks_what_time_it_is() -> None:
    folder = files("calendar_sync").joinpath("conversation")
    text = "\n".join(one.read_text("utf-8") for one in folder.iterdir() if one.name.endswith(".py"))
    assert ".now()" not in text
    assert "today()" not in text
