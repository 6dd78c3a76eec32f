"""The catalogue: the record's rows, through SQLAlchemy (SQLite by default).

Reading never waits for a writer (WAL); writing goes through `Store.writing()`, one short transaction each.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, Row, event, select

from corpus import disk, tables
from corpus.cells import Table
from corpus.errors import CorpusTooNew, NotFound
from corpus.migrations import HEAD, upgrade
from corpus.model import (
    EVERYTHING,
    Audience,
    Basis,
    Coverage,
    Delivery,
    Document,
    Extraction,
    Furniture,
    FurnitureKind,
    Occurrence,
    Page,
    Reason,
    Redaction,
    Release,
    State,
    UnitKind,
    Withheld,
    Words,
)
from corpus.recording import Recorder

PageKey = tuple[str, int]  # document id, page number from 1
_BATCH = 400  # SQLite takes 32,766 parameters a statement; this keeps statements small


_TEXT = [column for column in tables.pages.c if column.name != "words"]
_THE_PAGE = (
    (tables.pages.c.document == sa.bindparam("d"))
    & (tables.pages.c.number == sa.bindparam("n"))
    & tables.pages.c.current
)
_ONE_PAGE, _ONE_TEXT = select(tables.pages).where(_THE_PAGE), select(*_TEXT).where(_THE_PAGE)


class Store:
    """The catalogue of one corpus; safe to share between threads (each use takes a connection of its own)."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)

    def migrate(self) -> None:
        """Bring the catalogue to this version's form.

        Raises:
            CorpusTooNew: a newer Gongmun has written it.
        """
        with self.engine.connect() as connection:
            found = _version(connection)
        if found == HEAD:
            return
        if found is not None and found > HEAD:
            raise CorpusTooNew(f"The catalogue is of version {found}, newer than {HEAD}; install a newer Gongmun.")
        with self.engine.execution_options(writing=True).begin() as connection:
            upgrade(connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the catalogue for as long as it is open."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Recorder]:
        """A write transaction; keep it under 200 ms and wait for nothing inside it."""
        with self.engine.execution_options(writing=True).begin() as connection:
            yield Recorder(connection)

    def close(self) -> None:
        self.engine.dispose()

    # -- documents and where they were met

    def document(self, beginning: str) -> Document:
        """Return the document whose id begins so.

        Raises:
            NotFound: none or more than one does.
        """
        t = tables.documents
        with self.reading() as connection:
            rows = connection.execute(select(t).where(t.c.id.startswith(beginning, autoescape=True)).limit(2)).all()
        if len(rows) != 1:
            many = "More than one document begins" if rows else "No document begins"
            raise NotFound(f"{many} with {beginning!r}; gongmun status --files lists them all.")
        return _document(rows[0])

    def documents(self, ids: Iterable[str] | None = None) -> dict[str, Document]:
        t = tables.documents
        return {row.id: _document(row) for row in self._rows(t, t.c.id, ids)}

    def occurrences(self, document: str | None = None, delivery: str | None = None) -> list[Occurrence]:
        """Return where documents were met, removed ones too, by path."""
        t = tables.occurrences
        query = select(t).order_by(t.c.path)
        if document is not None:
            query = query.where(t.c.document == document)
        if delivery is not None:
            query = query.where(t.c.delivery == delivery)
        with self.reading() as connection:
            return [Occurrence(**row._mapping) for row in connection.execute(query)]

    def releases(self) -> dict[str, Release]:
        with self.reading() as connection:
            return {row.id: Release(**row._mapping) for row in connection.execute(select(tables.releases))}

    def deliveries(self) -> dict[str, Delivery]:
        with self.reading() as connection:
            return {row.id: Delivery(**row._mapping) for row in connection.execute(select(tables.deliveries))}

    def visible(self, audience: Audience = EVERYTHING) -> frozenset[str]:
        """Return the ids of the documents an audience may see: those met, and not removed, in its releases."""
        o, d = tables.occurrences, tables.deliveries
        query = select(o.c.document).join(d, d.c.id == o.c.delivery).where(~o.c.removed).distinct()
        if audience.releases is not None:
            query = query.where(d.c.release.in_(audience.releases))
        with self.reading() as connection:
            return frozenset(connection.scalars(query))

    # -- what was read out of them

    def page(self, document: str, number: int, fingerprint: str | None = None) -> Page:
        """Return one page, as its current extraction has it or as the one named (by the only beginning that fits).

        Raises:
            NotFound: there is no such page.
        """
        t = tables.pages
        query = select(t).where(t.c.document == document, t.c.number == number)
        named = t.c.current if fingerprint is None else t.c.fingerprint.startswith(fingerprint, autoescape=True)
        with self.reading() as connection:
            rows = connection.execute(query.where(named)).all()
            alone = rows and (fingerprint is None or len(rows) == 1)
            row = rows[0] if alone else next((row for row in rows if row.fingerprint == fingerprint), None)
            if row is None:
                raise NotFound(
                    f"Document {document[:12]} has no page {number}; gongmun show {document[:12]} counts them."
                )
            return _page(row, document in self._opened(connection))

    def pages(self, document: str) -> list[Page]:
        """Return a document's pages as currently read, in order."""
        t = tables.pages
        query = select(t).where(t.c.document == document, t.c.current).order_by(t.c.number)
        with self.reading() as connection:
            opened = document in self._opened(connection)
            return [_page(row, opened) for row in connection.execute(query)]

    def tables(self, page: Page) -> tuple[Table, ...]:
        """Return the tables on a page, of the text it has here; `pages` and the like leave them out."""
        t = tables.page_tables
        same_text = (t.c.document == page.document) & (t.c.page == page.number) & (t.c.fingerprint == page.fingerprint)
        with self.reading() as connection:
            found = connection.execute(select(t).where(same_text).order_by(t.c.number))
            return tuple(Table.of_row(dict(row._mapping)) for row in found)

    def some_pages(self, keys: Iterable[PageKey], words: bool = True) -> dict[PageKey, Page]:
        """Return the pages of the given keys that exist, as currently read; without `words` they come without boxes."""
        query = _ONE_PAGE if words else _ONE_TEXT
        found = {}
        with self.reading() as connection:
            opened = self._opened(connection)
            for document, number in keys:
                # One ready-made statement many times is quicker than one made for the occasion.
                row = connection.execute(query, {"d": document, "n": number}).first()
                if row is not None:
                    found[document, number] = _page(row, document in opened)
        return found

    def labels(self, document: str) -> list[str | None]:
        """Return the printed label of each page of a document as currently read, that of page n at n - 1."""
        t = tables.pages
        with self.reading() as connection:
            query = select(t.c.number, t.c.label).where(t.c.document == document, t.c.current)
            found = {row.number: row.label for row in connection.execute(query)}
        return [found.get(number) for number in range(1, max(found, default=0) + 1)]

    def extraction(self, document: str, fingerprint: str) -> Extraction | None:
        """Return what is kept of one reading of a document; None if there was none of that fingerprint."""
        t = tables.extractions
        with self.reading() as connection:
            query = select(t).where(t.c.document == document, t.c.fingerprint == fingerprint)
            row = connection.execute(query).first()
        return Extraction(**row._mapping) if row is not None else None

    def facts(self) -> dict[str, Mapping[str, str]]:
        """Return what each file says of itself, by document."""
        t = tables.extractions
        with self.reading() as connection:
            return {row.document: row.facts for row in connection.execute(select(t.c.document, t.c.facts))}

    def edits(self) -> dict[str, dict[str, str]]:
        """Return what people set, newest first wins, by document and field; a field set to nothing is absent."""
        t = tables.edits
        found: dict[str, dict[str, str]] = {}
        with self.reading() as connection:
            for row in connection.execute(select(t).order_by(t.c.seq)):
                fields = found.setdefault(row.document, {})
                if row.value is None:
                    fields.pop(row.field, None)
                else:
                    fields[row.field] = row.value
        return found

    # -- stages, changes, coverage

    def last_change(self) -> int:
        with self.reading() as connection:
            return connection.scalar(select(sa.func.max(tables.changes.c.seq))) or 0

    def changed_since(self, seq: int) -> tuple[int, list[str]]:
        """Return the last change and the documents changed after `seq`, each once, in order."""
        t = tables.changes
        with self.reading() as connection:
            rows = connection.execute(select(t.c.seq, t.c.document).where(t.c.seq > seq).order_by(t.c.seq)).all()
        return (rows[-1].seq if rows else seq), list(dict.fromkeys(row.document for row in rows))

    def tries(self) -> dict[str, tuple[str, int]]:
        """Return for each document the fingerprint it was last read with, and how often."""
        t = tables.stages
        with self.reading() as connection:
            query = select(t.c.document, t.c.fingerprint, t.c.tries).where(t.c.page == 0, t.c.stage == "text")
            return {row.document: (row.fingerprint, row.tries) for row in connection.execute(query)}

    def page_states(self, document: str) -> dict[int, tuple[State, Reason]]:
        """Return the listed state of each page of a document, by number."""
        t = tables.pages
        query = select(t.c.number, t.c.state, t.c.reason).where(t.c.document == document, t.c.current)
        with self.reading() as connection:
            return {row.number: (State(row.state), Reason(row.reason)) for row in connection.execute(query)}

    def coverage(self, audience: Audience = EVERYTHING) -> Coverage:
        """Count what can be searched of what an audience may see."""
        seen = self.visible(audience)
        t = tables.pages
        pages: dict[tuple[State, Reason], int] = {}
        query = select(t.c.document, t.c.state, t.c.reason, sa.func.count().label("n")).where(t.c.current)
        with self.reading() as connection:
            for row in connection.execute(query.group_by(t.c.document, t.c.state, t.c.reason)):
                if row.document in seen:
                    key = (State(row.state), Reason(row.reason))
                    pages[key] = pages.get(key, 0) + row.n
        files: dict[tuple[State, Reason], int] = {}
        documents = [d for d in self.documents().values() if d.id in seen]
        for document in documents:
            files[document.state, document.reason] = files.get((document.state, document.reason), 0) + 1
        return Coverage(pages, files, tuple(d for d in documents if d.state is not State.SEARCHABLE))

    def log(self) -> list[Row[Any]]:
        with self.reading() as connection:
            return list(connection.execute(select(tables.log).order_by(tables.log.c.seq)))

    def _rows(self, table: sa.Table, column: sa.Column[Any], ids: Iterable[str] | None) -> Iterator[Row[Any]]:
        with self.reading() as connection:
            if ids is None:
                yield from connection.execute(select(table).order_by(column))
                return
            for some in _batches(list(ids)):
                yield from connection.execute(select(table).where(column.in_(some)))

    def _opened(self, connection: Connection) -> frozenset[str]:
        return frozenset(connection.scalars(select(tables.opened.c.document)))


def _engine(url: str) -> Engine:
    parsed = sa.engine.make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return sa.create_engine(parsed)
    if parsed.database:
        disk.refuse_network(Path(parsed.database).parent)
    engine = sa.create_engine(parsed, json_serializer=lambda value: json.dumps(value, ensure_ascii=False))

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves: IMMEDIATE for writing
        for pragma in ("busy_timeout=20000", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        _turn_to_wal(connection)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _turn_to_wal(connection: Any) -> None:
    """Use a write-ahead log. Of two that turn a new file to it at once, SQLite refuses one without letting it wait."""
    for attempt in range(200):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or attempt == 199:
                raise
            time.sleep(0.05)


def _version(connection: Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return str(found) if found is not None else None


def _batches(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]


def _document(row: Row[Any]) -> Document:
    return Document(row.id, row.size, row.media_type, row.pages, State(row.state), Reason(row.reason), row.detail)


def _page(row: Row[Any], opened: bool) -> Page:
    return Page(
        document=row.document,
        number=row.number,
        fingerprint=row.fingerprint,
        text=row.text,
        label=row.label,
        kind=UnitKind(row.kind),
        name=row.name,
        address=row.address,
        width=row.width,
        height=row.height,
        rotation=row.rotation,
        basis=Basis(row.basis),
        confidence=row.confidence,
        words=Words(getattr(row, "words", b""), row.width, row.height),
        furniture=tuple(Furniture(FurnitureKind(kind), start, end) for kind, start, end in row.furniture),
        withheld=() if opened else tuple(Withheld(start, end, tuple(box)) for start, end, box in row.withheld),
        state=State(row.state),
        reason=Reason(row.reason),
        confidences=row.confidences or b"",
        redactions=tuple(Redaction(tuple(box), made, bad) for box, made, bad in row.redactions or ()),
    )
