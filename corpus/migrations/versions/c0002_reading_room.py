"""The reading room: annotations with all their versions, names of colours, boxes of single characters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of the reading room."""
    op.create_table(
        "annotations",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("exact", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.Column("parent", sa.String(length=36), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created", sa.String(), nullable=False),
        *_what_people_change(),
        sa.ForeignKeyConstraint(["document"], ["documents.id"]),
        sa.ForeignKeyConstraint(["parent"], ["annotations.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("annotations_by_page", "annotations", ["document", "page"], unique=False)
    op.create_index(op.f("ix_annotations_parent"), "annotations", ["parent"], unique=False)
    op.create_table(
        "annotation_versions",
        sa.Column("annotation", sa.String(length=36), nullable=False),
        *_what_people_change(),
        sa.ForeignKeyConstraint(["annotation"], ["annotations.id"]),
        sa.PrimaryKeyConstraint("annotation", "version"),
    )
    op.create_table(
        "colours",
        sa.Column("colour", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("colour"),
    )
    op.create_table(
        "glyphs",
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"]),
        sa.PrimaryKeyConstraint("document", "page", "fingerprint"),
    )


def _what_people_change() -> list[sa.Column[object]]:
    return [
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("colour", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("editor", sa.String(), nullable=False),
        sa.Column("modified", sa.String(), nullable=False),
    ]
