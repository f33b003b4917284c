"""Alembic's entry: runs the steps on the connection that `app.database_setup.migrate` hands over."""

from alembic import context

connection = context.config.attributes["connection"]
# alembic's own table stays with the owner; no room sees it.
context.configure(connection=connection, version_table_schema="kernel", transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
