"""Alembic migrations of the catalogue; `HEAD` is the newest and must be kept in step (a test compares)."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

HEAD = "0005"


def upgrade(connection: Connection) -> None:
    """Bring the catalogue behind a connection to `HEAD`, in the connection's own transaction."""
    from alembic import command  # only a new or an old catalogue needs Alembic: it takes a third of a second to load
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
