"""The tables as the code sees them and as the migrations make them are the same."""

from typing import Any

import psycopg
from sqlalchemy import Column
from sqlmodel import SQLModel

from webhooks import models, receipt_models
from webhooks.columns import SCHEMA

PACKAGE = (models, receipt_models)
"""Imported so that their tables are known."""


def columns_of_models() -> set[tuple[str, str, bool]]:
    tables = [t for t in SQLModel.metadata.sorted_tables if t.schema == SCHEMA]
    return {(table.name, column.name, _nullable(column)) for table in tables for column in table.columns}


def _nullable(column: Column[Any]) -> bool:
    return bool(column.nullable) and not column.primary_key


def test_every_column_of_the_models_is_in_the_database_and_no_other(administrator_url: str) -> None:
    with psycopg.connect(administrator_url) as connection:
        rows = connection.execute(
            "select table_name, column_name, is_nullable = 'YES' from information_schema.columns"
            " where table_schema = 'webhooks'"
        ).fetchall()
    assert set(rows) == columns_of_models()


def test_no_foreign_key_leaves_the_package() -> None:
    tables = [t for t in SQLModel.metadata.sorted_tables if t.schema == SCHEMA]
    targets = {key.target_fullname.split(".")[0] for table in tables for key in table.foreign_keys}
    assert targets == {SCHEMA}
