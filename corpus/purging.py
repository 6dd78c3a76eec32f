"""Purging: deleting for good what is in the trash, from the catalogue and the originals.

Of a purged document its SHA-256 stays, so that a citation can be told that its source is gone and the same bytes are
not taken in again unawares, and what people noted on it, their quotations covered. The log names it by its hash alone.

Rows go first, a few documents at a time: whatever is killed after that is done again by `finish`. Bytes, pictures, the
index and the room that SQLite has not given back follow (ingest/purging.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import select

from corpus import tables
from corpus.errors import CorpusUnusable, UsageError
from corpus.failpoints import failpoint
from corpus.model import COVER, Occurrence, Reason, State
from corpus.recording import Recorder
from corpus.store import Store
from corpus.taking_back import INSIDE, with_contents

_BEGUN, _OF_PLACES, _DONE = "purge", "purge of places", "purge finished"
_AT_ONCE = 25  # documents in one transaction
_RENAMED = "received under another name"  # ui/web/jobs.py
_HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be purged: documents, and places where others were met that are in the trash there and stay elsewhere.

    Papers out of an archive come before it, so that a purge that was cut off can be asked for again by its name.
    """

    documents: tuple[str, ...]
    places: tuple[Occurrence, ...]

    @property
    def stay(self) -> frozenset[str]:
        return frozenset(each.document for each in self.places) - frozenset(self.documents)


def plan(store: Store, named: Iterable[Occurrence]) -> Plan:
    """Return what purging some places, and all that came out of archives there, would delete.

    Raises:
        UsageError: not all of it is in the trash, or an archive that stays holds the bytes of it.
    """
    places = sorted(with_contents(store, named), key=lambda each: (-each.path.count(INSIDE), each.path))
    lively = [each for each in places if not each.removed]
    if lively:
        more = f" (nor are {len(lively) - 1} more)" if len(lively) > 1 else ""
        raise UsageError(
            f"{lively[0].path} is not in the trash{more}; only what is there can be purged, so first: gongmun remove"
        )
    dropped = {each.id for each in places}
    gone = []
    for document in dict.fromkeys(each.document for each in places):
        if all(each.id in dropped for each in store.occurrences(document)):
            gone.append(document)
    _refuse_what_is_held(store, gone, places)
    return Plan(tuple(gone), tuple(places))


def _refuse_what_is_held(store: Store, gone: Sequence[str], places: Sequence[Occurrence]) -> None:
    """Refuse to purge a paper whose bytes stay in the archive or mail it came out of."""
    deleted = frozenset(gone) | purged(store)
    for each in places:
        if each.document in gone and each.parent is not None and each.parent not in deleted:
            holder = each.path.rpartition(INSIDE)[0]
            raise UsageError(
                f"{each.path} came out of {holder}, which would keep its bytes; remove and purge that, and ingest "
                "again what else you need of it."
            )


def purged(store: Store) -> frozenset[str]:
    """Return the documents of which only the hash is left."""
    d, o = tables.documents, tables.occurrences
    met = select(o.c.id).where(o.c.document == d.c.id).exists()
    with store.reading() as connection:
        return frozenset(connection.scalars(select(d.c.id).where(d.c.reason == Reason.PURGED, ~met)))


def when_purged(store: Store, document: str) -> str | None:
    """Return when a document was purged (ISO, UTC); None if it was not."""
    t = tables.log
    with store.reading() as connection:
        query = select(sa.func.max(t.c.at)).where(t.c.what == _BEGUN, t.c.detail == document)
        at = connection.scalar(query)
    return str(at) if at is not None and document in purged(store) else None


def unfinished(store: Store) -> bool:
    """Whether a purge was cut off: its rows are gone, and perhaps not its bytes, pictures or entries in the index."""
    t = tables.log
    with store.reading() as connection:
        last = connection.scalar(
            select(t.c.what).where(t.c.what.in_([_BEGUN, _OF_PLACES, _DONE])).order_by(t.c.seq.desc()).limit(1)
        )
    return last in (_BEGUN, _OF_PLACES)


# -- deleting rows


def erase(store: Store, planned: Plan, who: str) -> None:
    """Delete the rows of what is planned, each document wholly or not at all. Hold the writer lock."""
    gone = set(planned.documents)
    places: dict[str, list[Occurrence]] = {}
    for place in planned.places:
        places.setdefault(place.document, []).append(place)
    listed = list(places)
    for start in range(0, len(listed), _AT_ONCE):
        some = listed[start : start + _AT_ONCE]
        with store.writing() as record:
            if record.connection.dialect.name == "sqlite":
                record.connection.exec_driver_sql("PRAGMA secure_delete=ON")
            met = [place for document in some for place in places[document]]
            _erase(record, [document for document in some if document in gone], met)
            for document in some:
                record.change(document, "purged" if document in gone else "edited")
                record.log(who, _BEGUN if document in gone else _OF_PLACES, document)
        failpoint("purge rows")


def finished(store: Store, who: str) -> None:
    """Note that nothing is left of what was purged."""
    with store.writing() as record:
        record.log(who, _DONE, "")


def _erase(record: Recorder, gone: list[str], places: list[Occurrence]) -> None:
    _delete_rows(record, gone)
    _cover_annotations(record, gone)
    d, o = tables.documents, tables.occurrences
    left = {"media_type": "", "pages": None, "state": State.NOT_SEARCHABLE, "reason": Reason.PURGED, "detail": ""}
    record.connection.execute(sa.update(d).where(d.c.id.in_(gone)).values(**left))
    record.connection.execute(sa.delete(o).where(o.c.id == sa.bindparam("o")), [{"o": each.id} for each in places])
    _forget_names(record, set(gone), places)
    _forget_sources(record, places)


def _delete_rows(record: Recorder, documents: list[str]) -> None:
    """Delete every row that is about some documents, of whatever table, but for what people wrote beside them."""
    for table in reversed(tables.metadata.sorted_tables):
        if table is tables.annotations:
            continue
        about = [column for column in table.c if column.references(tables.documents.c.id)]
        if about:
            record.connection.execute(sa.delete(table).where(sa.or_(*(column.in_(documents) for column in about))))


def _cover_annotations(record: Recorder, documents: list[str]) -> None:
    """Cover the words that annotations quote; what people wrote, its versions and its answers stay."""
    t = tables.annotations
    columns = (t.c.exact, t.c.prefix, t.c.suffix)
    for row in record.connection.execute(select(t.c.id, *columns).where(t.c.document.in_(documents))).all():
        values = {column.name: COVER * len(row._mapping[column.name]) for column in columns}
        record.connection.execute(sa.update(t).where(t.c.id == row.id).values(**values))


def _forget_names(record: Recorder, gone: set[str], places: list[Occurrence]) -> None:
    """Rewrite the entries of the log that name papers by their paths, so that they have the hash alone."""
    t = tables.log
    met = {f"{place.document} {place.path}": place.document for place in places}
    stored = {place.path: place.document for place in places}
    some = (sa.func.length(t.c.detail) > 64) | (t.c.what == _RENAMED)  # runs and their many places are shorter
    changed = []
    for row in record.connection.execute(select(t.c.seq, t.c.what, t.c.detail).where(some)).all():
        of = met.get(row.detail) or next((each for each in _HASH.findall(row.detail) if each in gone), None)
        if row.what == _RENAMED:
            of = of or stored.get(row.detail.rpartition(" was ")[0])
        if of is not None:
            changed.append({"s": row.seq, "d": of})
    if changed:
        rewrite = sa.update(t).where(t.c.seq == sa.bindparam("s")).values(detail=sa.bindparam("d"))
        record.connection.execute(rewrite, changed)


def _forget_sources(record: Recorder, places: list[Occurrence]) -> None:
    """Delete deliveries that nothing is left of; where one names a paper as one of its files, name its hash."""
    o, t = tables.occurrences, tables.deliveries
    for key in dict.fromkeys(place.delivery for place in places):
        if record.connection.scalar(select(o.c.id).where(o.c.delivery == key).limit(1)) is None:
            record.connection.execute(sa.delete(t).where(t.c.id == key))
            continue
        before = record.connection.scalar(select(t.c.source).where(t.c.id == key)) or ""
        source = without_names(before, [place for place in places if place.delivery == key])
        if source != before:
            record.connection.execute(sa.update(t).where(t.c.id == key).values(source=source))


def without_names(source: str, places: Iterable[Occurrence]) -> str:
    """Return what a delivery was taken in from, with hashes in place of the files that were met at some places."""
    hashed = {place.path.rpartition("/")[2]: place.document[:12] for place in places}
    parts = []
    for part in source.split("; "):
        folder, slash, name = part.replace("\\", "/").rpartition("/")
        parts.append(f"{folder}{slash}{hashed[name]}" if name in hashed else part)
    return "; ".join(parts)


# -- what SQLite has not given back


def give_back(store: Store) -> None:
    """Write the catalogue anew without what was deleted from it, and empty its write-ahead log.

    SQLite leaves what was deleted in free room of its file, and in its log, until something else is written there
    (https://www.sqlite.org/pragma.html#pragma_secure_delete, https://www.sqlite.org/lang_vacuum.html). Of another
    database, that is for whoever looks after it.

    Raises:
        CorpusUnusable: another process reads or writes the catalogue all the time.
    """
    if store.engine.dialect.name != "sqlite":
        return
    connection = store.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute("VACUUM")
        for _ in range(2):  # each waits for readers as long as the busy timeout
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            if not busy:
                return
    finally:
        connection.close()
    raise CorpusUnusable(
        "Another process goes on reading the catalogue, so that its log still has what was purged; end it, then run: "
        "gongmun purge"
    )
