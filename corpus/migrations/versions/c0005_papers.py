"""Tables and black boxes of pages, confidence of words, corrections, pages read by eye, papers alike."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add what is known of pages beyond their text; papers read before have none of it until they are read again."""
    op.add_column("pages", sa.Column("confidences", sa.LargeBinary(), nullable=True))
    op.add_column("pages", sa.Column("redactions", sa.JSON(), nullable=True))
    op.create_table(
        "page_tables",
        *_page_key(),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("box", sa.JSON(), nullable=True),
        sa.Column("caption", sa.JSON(), nullable=True),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"]),
        sa.PrimaryKeyConstraint("document", "page", "fingerprint", "number"),
    )
    op.create_table(
        "corrections",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        *_page_key(),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *_by(),
        sa.ForeignKeyConstraint(["document"], ["documents.id"]),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("corrections_by_page", "corrections", ["document", "page"], unique=False)
    op.create_table(
        "checked",
        *_page_key(),
        *_by(),
        sa.ForeignKeyConstraint(["document"], ["documents.id"]),
        sa.PrimaryKeyConstraint("document", "page", "fingerprint"),
    )
    op.create_table(
        "wanted",
        sa.Column("document", sa.String(length=64), nullable=False),
        *_by(),
        sa.ForeignKeyConstraint(["document"], ["documents.id"]),
        sa.PrimaryKeyConstraint("document"),
    )
    op.create_table(
        "alike",
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column("other", sa.String(length=64), nullable=False),
        sa.Column("likeness", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"]),
        sa.ForeignKeyConstraint(["other"], ["documents.id"]),
        sa.PrimaryKeyConstraint("document", "other"),
    )
    op.create_index("alike_by_other", "alike", ["other"])


def _page_key() -> list[sa.Column[Any]]:
    return [
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
    ]


def _by() -> list[sa.Column[Any]]:
    return [sa.Column("who", sa.String(), nullable=False), sa.Column("at", sa.String(), nullable=False)]
