"""What Alembic runs: migrations in the connection it was handed."""

from __future__ import annotations

from alembic import context

from corpus.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
