"""Writing to the catalogue: what may be added to the record, inside one transaction.

Releases, documents, extractions and page texts are only ever added; what people set is a list of edits; every change
that a search should see gets a number in the change sequence.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Table, select

from corpus import cells, figure_rows, tables
from corpus.figures import PageFigures
from corpus.model import Delivery, Document, Extraction, Occurrence, Page, Reason, Release, State, now

INGEST, TOOK_IN = "ingest", "took in"  # entries of the log: a run (its delivery), and each place that it added (its id)


class Recorder:
    """Writes in one open transaction; made by `Store.writing()`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def release(self, release: Release) -> None:
        """Add a release; of one that is there already, what is given anew replaces what was known."""
        self._add(tables.releases, [_fields(release)])
        known = {name: value for name, value in _fields(release).items() if value is not None}
        t = tables.releases
        self.connection.execute(sa.update(t).where(t.c.id == release.id).values(**known))

    def delivery(self, delivery: Delivery) -> None:
        self._add(tables.deliveries, [_fields(delivery)])

    def document(self, document: Document) -> None:
        self._add(tables.documents, [_fields(document)])

    def run(self, delivery: Delivery, who: str) -> None:
        """Note that an ingest into a delivery begins: what `take_in` adds from now on is of this run."""
        self.log(who, INGEST, delivery.id)

    def take_in(self, occurrence: Occurrence, who: str) -> None:
        """Note where an ingest met a document, and in the log if that was not known before."""
        if self.occurrence(occurrence):
            self.log(who, TOOK_IN, occurrence.id)

    def occurrence(self, occurrence: Occurrence) -> bool:
        """Note where a document was met; a path whose file was replaced now stands for the new document.

        Returns whether the place was not known before.
        """
        t = tables.occurrences
        fields = _fields(occurrence)
        before = self.connection.scalar(select(t.c.document).where(t.c.id == occurrence.id))
        if before is not None and before != occurrence.document:
            self.change(before, "replaced")
        if self.connection.execute(sa.update(t).where(t.c.id == occurrence.id).values(**fields)).rowcount == 0:
            self._add(t, [fields])
        return before is None

    def extraction(self, extraction: Extraction) -> None:
        self._add(tables.extractions, [{**_fields(extraction), "settings": dict(extraction.settings)}])

    def pages(
        self, pages: Iterable[Page], figures: Iterable[PageFigures] | None = None, version: int | None = None
    ) -> None:
        """Add pages as read, each the current one of its number from now on; text already there is left alone.

        `figures` were recognised in them, by a recogniser of this `version`; pages without them get theirs when a
        writer brings the index up to date.
        """
        given = list(pages)
        rows = [_page_row(page) for page in given]
        if not rows:
            return
        t = tables.pages
        self._add(t, rows)
        marks = [{"d": row["document"], "n": row["number"], "f": row["fingerprint"]} for row in rows]
        same_page = (t.c.document == sa.bindparam("d")) & (t.c.number == sa.bindparam("n"))
        same_text = t.c.fingerprint == sa.bindparam("f")
        self.connection.execute(sa.update(t).where(same_page & ~same_text & t.c.current).values(current=False), marks)
        self.connection.execute(sa.update(t).where(same_page & same_text & ~t.c.current).values(current=True), marks)
        self._put_stages(
            {
                "document": row["document"],
                "page": row["number"],
                "stage": "text",
                "fingerprint": row["fingerprint"],
                "state": row["state"],
                "reason": row["reason"],
                "detail": "",
                "tries": 1,
            }
            for row in rows
        )
        for page in given:
            if page.tables:
                self.tables(page.document, page.number, page.fingerprint, page.tables)
        if figures is None or version is None:
            for document in {row["document"] for row in rows}:
                figure_rows.forget(self.connection, document)
        else:
            figure_rows.write(self.connection, figures, version)

    def tables(self, document: str, page: int, fingerprint: str, found: Iterable[cells.Table]) -> None:
        """Keep the tables found on one text of a page; those kept of it before are replaced."""
        t = tables.page_tables
        same_text = (t.c.document == document) & (t.c.page == page) & (t.c.fingerprint == fingerprint)
        self.connection.execute(sa.delete(t).where(same_text))
        key = {"document": document, "page": page, "fingerprint": fingerprint}
        if rows := [{**key, **table.row()} for table in found]:
            self.connection.execute(sa.insert(t), rows)

    def settle(self, document: Document, fingerprint: str, tries: int) -> int:
        """Give a document its listed state, and return the number of this change."""
        t = tables.documents
        values = {
            "media_type": document.media_type,
            "pages": document.pages,
            "state": document.state,
            "reason": document.reason,
            "detail": document.detail,
        }
        self.connection.execute(sa.update(t).where(t.c.id == document.id).values(**values))
        self._put_stages(
            [
                {
                    "document": document.id,
                    "page": 0,
                    "stage": "text",
                    "fingerprint": fingerprint,
                    "state": document.state,
                    "reason": document.reason,
                    "detail": document.detail,
                    "tries": tries,
                }
            ]
        )
        return self.change(document.id, "read")

    def lost(self, document: str, members: Iterable[tuple[str, Reason, str]]) -> None:
        """List the files in an archive or mail that could not be taken out of it: path there, reason, sentence."""
        t = tables.stages
        self.connection.execute(sa.delete(t).where((t.c.document == document) & (t.c.stage == "member")))
        rows = [
            {
                "document": document,
                "page": number,
                "stage": "member",
                "fingerprint": "",
                "state": State.NOT_SEARCHABLE,
                "reason": reason,
                "detail": f"{name}: {detail}",
                "tries": 1,
            }
            for number, (name, reason, detail) in enumerate(members, 1)
        ]
        if rows:
            self.connection.execute(sa.insert(t), rows)

    def stage(self, document: str, page: int, stage: str, fingerprint: str, came_to: tuple[State, Reason, str]) -> None:
        """Note what a later stage made of a page (0: of the document as a whole)."""
        key = {"document": document, "page": page, "stage": stage, "fingerprint": fingerprint}
        self._put_stages([{**key, **dict(zip(("state", "reason", "detail"), came_to, strict=True)), "tries": 1}])

    def restate(self, document: Document) -> None:
        """List a document under another state, since more of its pages can be read now."""
        said = {"state": document.state, "reason": document.reason, "detail": document.detail}
        d, s = tables.documents, tables.stages
        self.connection.execute(sa.update(d).where(d.c.id == document.id).values(**said))
        whole = (s.c.document == document.id) & (s.c.page == 0) & (s.c.stage == "text")
        self.connection.execute(sa.update(s).where(whole).values(**said))

    def edit(self, document: str, field: str, value: str | None, who: str) -> None:
        """Set a field of a document, or with None unset it; what was set before stays in the list."""
        row = {"document": document, "field": field, "value": value, "who": who, "at": now()}
        self.connection.execute(sa.insert(tables.edits), [row])
        self.change(document, "edited")

    def remove(self, occurrences: Iterable[Occurrence], who: str, removed: bool = True) -> None:
        """Put occurrences in the trash, or take them out of it."""
        t, places = tables.occurrences, list(occurrences)
        if not places:
            return
        kind, what, at = ("removed", "remove", now()) if removed else ("restored", "restore", now())
        of = t.c.id == sa.bindparam("o")
        self.connection.execute(sa.update(t).where(of).values(removed=removed), [{"o": each.id} for each in places])
        documents = dict.fromkeys(each.document for each in places)
        self.connection.execute(sa.insert(tables.changes), [{"document": each, "kind": kind} for each in documents])
        rows = [{"at": at, "who": who, "what": what, "detail": f"{each.document} {each.path}"} for each in places]
        self.connection.execute(sa.insert(tables.log), rows)

    def open_withheld(self, document: str, who: str) -> None:
        """Release the withheld text of a document to search and display; logged, with its author."""
        self._add(tables.opened, [{"document": document, "who": who, "at": now()}])
        self._search_withheld(document)
        figure_rows.forget(self.connection, document)
        self.log(who, "withheld text released", document)
        self.change(document, "withheld released")

    def _search_withheld(self, document: str) -> None:
        """List the pages as searchable that were so but for their withheld text, and with them the document."""
        for t, number in ((tables.pages, tables.pages.c.number), (tables.stages, tables.stages.c.page)):
            covered = (t.c.document == document) & (t.c.reason == Reason.WITHHELD) & (number > 0)
            self.connection.execute(sa.update(t).where(covered).values(state=State.SEARCHABLE, reason=Reason.NONE))
        p = tables.pages
        short = (p.c.document == document) & p.c.current & (p.c.state != State.SEARCHABLE)
        if self.connection.execute(sa.select(p.c.number).where(short).limit(1)).first() is None:
            whole = {"state": State.SEARCHABLE, "reason": Reason.NONE, "detail": ""}
            d, s = tables.documents, tables.stages
            self.connection.execute(sa.update(d).where(d.c.id == document).values(**whole))
            self.connection.execute(sa.update(s).where(s.c.document == document, s.c.page == 0).values(**whole))

    def change(self, document: str, kind: str) -> int:
        """Number a change that an index must take in."""
        result = self.connection.execute(sa.insert(tables.changes).values(document=document, kind=kind))
        assert result.inserted_primary_key is not None
        return int(result.inserted_primary_key[0])

    def log(self, who: str, what: str, detail: str) -> None:
        self.connection.execute(sa.insert(tables.log).values(at=now(), who=who, what=what, detail=detail))

    def _put_stages(self, rows: Iterable[dict[str, Any]]) -> None:
        t = tables.stages
        found = list(rows)
        keys = [{"d": row["document"], "p": row["page"], "s": row["stage"]} for row in found]
        match = (t.c.document == sa.bindparam("d")) & (t.c.page == sa.bindparam("p")) & (t.c.stage == sa.bindparam("s"))
        self.connection.execute(sa.delete(t).where(match), keys)
        self.connection.execute(sa.insert(t), found)

    def _add(self, table: Table, rows: list[dict[str, Any]]) -> None:
        """Insert rows, leaving those alone whose key is there already."""
        self.connection.execute(_insert_or_ignore(self.connection, table), rows)


def _insert_or_ignore(connection: Connection, table: Table) -> Any:
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as postgresql_insert

        return postgresql_insert(table).on_conflict_do_nothing()
    from sqlalchemy.dialects.sqlite import insert as sqlite_insert

    return sqlite_insert(table).on_conflict_do_nothing()


def _fields(record: Release | Delivery | Document | Occurrence | Extraction) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}


def _page_row(page: Page) -> dict[str, Any]:
    return {
        "document": page.document,
        "number": page.number,
        "fingerprint": page.fingerprint,
        "current": True,
        "label": page.label,
        "kind": page.kind,
        "name": page.name,
        "address": page.address,
        "width": page.width,
        "height": page.height,
        "rotation": page.rotation,
        "basis": page.basis,
        "confidence": page.confidence,
        "state": page.state,
        "reason": page.reason,
        "text": page.text,
        "words": page.words.packed,
        "furniture": [[mark.kind, mark.start, mark.end] for mark in page.furniture],
        "withheld": [[mark.start, mark.end, list(mark.box)] for mark in page.withheld],
        "confidences": page.confidences or None,
        "redactions": [[list(each.box), each.made, each.bad] for each in page.redactions] or None,
    }
