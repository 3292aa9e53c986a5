"""Run by Alembic: the connection, its transaction and its lock are `ghapp.database.schema`'s."""

from alembic import context

from ghapp.database.schema import VERSION_TABLE
from ghapp.database.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,  # SQLite alters a table by copying it
)
with context.begin_transaction():
    context.run_migrations()
