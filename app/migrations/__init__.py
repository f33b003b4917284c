"""Alembic migrations: roles, schemas, tables, policies and grants of all rooms, one file per package."""
