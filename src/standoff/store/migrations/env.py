"""What Alembic runs: the migrations, in the transaction of the connection that it is given."""

from __future__ import annotations

from alembic import context

from standoff.store import schema

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema.metadata,
    # Our SQLite connections begin their transactions themselves, so tables are made all or none.
    transactional_ddl=True,
    # Another application in the same database may use Alembic, too.
    version_table="standoff_version",
)
context.run_migrations()
