"""A migration keeps the functions as it made them; what the product ships must be what the newest one makes."""

import re
from importlib.resources import files
from pathlib import Path

import psycopg
import pytest

SHIPPED = sorted(one.name for one in files("webhooks").iterdir() if one.name.endswith(".sql"))


def body_of(text: str) -> str:
    found = re.search(r"as \$body\$(.*)\$body\$", text, re.DOTALL)
    assert found is not None
    return found[1]


def migrated(administrator_url: str, name: str) -> list[str]:
    with psycopg.connect(administrator_url) as connection:
        rows = connection.execute(
            "select prosrc from pg_proc where pronamespace = 'webhooks'::regnamespace and proname = %s",
            (name,),
        ).fetchall()
    return [str(row[0]) for row in rows]


@pytest.mark.parametrize("file", SHIPPED)
def test_a_shipped_function_is_the_one_that_the_migrations_make(administrator_url: str, file: str) -> None:
    shipped = body_of(files("webhooks").joinpath(file).read_text("utf-8"))
    assert migrated(administrator_url, Path(file).stem) == [shipped], (
        f"webhooks/{file} was changed: write a migration that drops the function and makes it from a copy"
    )


def test_there_are_functions_to_compare() -> None:
    assert SHIPPED == ["overdue.sql", "receive.sql"]


def test_the_first_migration_of_a_function_reads_no_file_that_changes_with_the_product() -> None:
    source = files("app.migrations.versions").joinpath("0003_webhooks.py").read_text("utf-8")
    assert 'files("webhooks")' not in source
