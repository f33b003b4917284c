import psycopg
from sqlmodel import SQLModel

from knowledge.models import SCHEMA


def columns_of(administrator_url: str) -> set[tuple[str, str, bool]]:
    with psycopg.connect(administrator_url) as connection:
        rows = connection.execute(
            "select table_name, column_name, is_nullable = 'YES' from information_schema.columns where table_schema = %s",
            (SCHEMA,),
        ).fetchall()
    return {(str(table), str(column), bool(nullable)) for table, column, nullable in rows}


def test_the_migration_makes_the_tables_that_the_models_describe(administrator_url: str) -> None:
    tables = [table for table in SQLModel.metadata.sorted_tables if table.schema == SCHEMA]
    described = {
        (table.name, column.name, bool(column.nullable)) for table in tables for column in table.columns
    }
    assert described == columns_of(administrator_url)


def test_every_table_names_its_merchant_and_no_foreign_key_leaves_the_package() -> None:
    for table in SQLModel.metadata.sorted_tables:
        if table.schema == SCHEMA:
            assert "merchant_id" in table.columns
            assert not table.foreign_keys
