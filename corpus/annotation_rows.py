"""The rows of annotations: an annotation, its versions, and how they are read and written in an open transaction.

What is returned here is as it is stored: nothing of it is covered, so only `corpus.annotations` may show it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row, select

from corpus import tables
from corpus.model import PageSpan, Passage, Selector, Span
from corpus.recording import Recorder


@dataclass(frozen=True, slots=True)
class Version:
    """What can change of an annotation; `version` counts from 1, `modified` is ISO, UTC, to the millisecond."""

    version: int
    colour: str
    note: str
    tags: tuple[str, ...]
    deleted: bool
    editor: str
    modified: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """A mark on a stretch of a page, as it is now.

    `page` counts from 1 in the file; `fingerprint` names the extraction whose code points `selector` counts in. `note`
    is plain text, "" for a mere highlight. `parent` is the annotation this one replies to. `created` and `modified` are
    ISO, UTC, to the millisecond.
    """

    id: str
    document: str
    page: int
    fingerprint: str
    selector: Selector
    colour: str
    note: str
    tags: tuple[str, ...]
    parent: str | None
    author: str
    created: str
    editor: str
    modified: str
    version: int
    deleted: bool

    @property
    def span(self) -> Span:
        return Span(self.selector.start, self.selector.end)

    @property
    def passage(self) -> Passage:
        """The place as `corpus.citation.cite_passage` takes it."""
        return (PageSpan(self.page, self.selector.start, self.selector.end),)

    @property
    def newest(self) -> Version:
        return Version(self.version, self.colour, self.note, self.tags, self.deleted, self.editor, self.modified)


def stored(connection: Connection, id: str) -> Annotation | None:
    """Return an annotation as it is stored: not for showing."""
    row = connection.execute(select(tables.annotations).where(tables.annotations.c.id == id)).first()
    return annotation_of(row) if row is not None else None


def versions(connection: Connection, id: str) -> list[Version]:
    t = tables.annotation_versions
    rows = connection.execute(select(t).where(t.c.annotation == id).order_by(t.c.version))
    return [
        Version(row.version, row.colour, row.note, tuple(row.tags), row.deleted, row.editor, row.modified)
        for row in rows
    ]


def add(record: Recorder, made: Annotation) -> None:
    """Add an annotation that is not there yet, and its version to the history."""
    selector = made.selector
    row = {
        **_row(made.newest),
        **{name: getattr(made, name) for name in ("id", "document", "page", "fingerprint", "parent", "author")},
        **{name: getattr(selector, name) for name in ("start", "end", "exact", "prefix", "suffix")},
        "created": made.created,
    }
    record.connection.execute(sa.insert(tables.annotations).values(**row))
    keep(record, made.id, made.newest)


def supersede(record: Recorder, id: str, version: Version) -> None:
    """Make a version, higher than all before it, the one that holds."""
    t = tables.annotations
    record.connection.execute(sa.update(t).where(t.c.id == id).values(**_row(version)))
    keep(record, id, version)


def keep(record: Recorder, id: str, version: Version) -> None:
    """Put a version into the history alone."""
    record.connection.execute(sa.insert(tables.annotation_versions).values(annotation=id, **_row(version)))


def _row(version: Version) -> dict[str, Any]:
    return {name: getattr(version, name) for name in Version.__slots__} | {"tags": list(version.tags)}


def annotation_of(row: Row[Any]) -> Annotation:
    fields = {name: getattr(row, name) for name in Annotation.__slots__ if name not in ("selector", "tags")}
    selector = Selector(row.exact, row.prefix, row.suffix, row.start, row.end)
    return Annotation(**fields, selector=selector, tags=tuple(row.tags))
