"""Columns that the tables of this package have in common."""

from typing import Any

from sqlalchemy import Column, DateTime, ForeignKey, LargeBinary, Uuid

SCHEMA = "webhooks"


def moment(*, nullable: bool = False) -> Column[Any]:
    return Column(DateTime(timezone=True), nullable=nullable)


def sealed(*, nullable: bool = False) -> Column[Any]:
    return Column(LargeBinary, nullable=nullable)


def within(table: str, *, primary_key: bool = False, nullable: bool = False) -> Column[Any]:
    """A reference inside this schema; no foreign key leaves the package."""
    key = ForeignKey(f"{SCHEMA}.{table}.id", ondelete="CASCADE")
    return Column(Uuid, key, primary_key=primary_key, nullable=nullable)
