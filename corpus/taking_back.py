"""Taking back what came in: the trash, the ingests that can be undone, a delivery moved to another release.

Nothing is deleted here: papers in the trash are neither found, counted nor cited, and can be brought back. What an
ingest added is in the log, which has an entry for each run and one for each place where that run met a paper first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy import select

from corpus import tables
from corpus.listings import shown
from corpus.model import Delivery, Occurrence, Release
from corpus.recording import INGEST, TOOK_IN, Recorder
from corpus.store import Store

INSIDE = "!/"  # between the path of an archive or mail and that of a file in it
_UNDO, _REDO = "undo", "undo taken back"


def with_contents(store: Store, places: Iterable[Occurrence]) -> list[Occurrence]:
    """Return places where papers were met, and after them all that came out of the archives and mails among them.

    A paper that came out of an archive and was also met elsewhere keeps that other place.
    """
    given = {place.id: place for place in places}
    beginnings: dict[str, tuple[str, ...]] = {}
    for place in given.values():
        beginnings[place.delivery] = (*beginnings.get(place.delivery, ()), place.path + INSIDE)
    for delivery, begins in beginnings.items():
        inside = (each for each in store.occurrences(delivery=delivery) if each.path.startswith(begins))
        given.update((each.id, each) for each in inside)
    return list(given.values())


# -- the trash


@dataclass(frozen=True, slots=True)
class Trashed:
    """A paper in the trash: its name as received, its places there, and who put it there when (ISO, UTC), if known.

    `elsewhere` says that it was also met at a place that is not in the trash, and so is found all the same.
    """

    document: str
    name: str
    places: tuple[Occurrence, ...]
    releases: tuple[str, ...]
    at: str | None
    who: str | None
    elsewhere: bool


def trash(store: Store) -> list[Trashed]:
    """Return what is in the trash, what was put there last first."""
    releases, deliveries, seen = store.releases(), store.deliveries(), store.visible()
    places: dict[str, list[Occurrence]] = {}
    for each in store.occurrences():
        if each.removed:
            places.setdefault(each.document, []).append(each)
    put = _put_there(store)
    found = []
    for document, met in places.items():
        names = dict.fromkeys(releases[deliveries[each.delivery].release].name for each in met)
        _, at, who = max((put.get(f"{document} {each.path}", (0, None, None)) for each in met), key=lambda by: by[0])
        found.append(Trashed(document, shown(met[0].name), tuple(met), tuple(names), at, who, document in seen))
    return sorted(found, key=lambda each: (each.at or "", each.name), reverse=True)


def _put_there(store: Store) -> dict[str, tuple[int, str | None, str | None]]:
    """Return the last entry of the log by which each document at each path was removed: number, time, who."""
    t = tables.log
    with store.reading() as connection:
        rows = connection.execute(select(t.c.seq, t.c.at, t.c.who, t.c.detail).where(t.c.what == "remove"))
        return {row.detail: (row.seq, row.at, row.who) for row in rows.all()}


# -- undoing an ingest


@dataclass(frozen=True, slots=True)
class Run:
    """An ingest as the log has it: `number` of its entry, who began it when, and the ids of the places it added."""

    number: int
    delivery: str
    who: str
    at: str
    added: tuple[str, ...]
    undone: int | None  # the number of the entry by which it was undone


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing an ingest put in the trash, or what taking that back brought from there.

    `places` are where papers were met; `known` are the documents among them that were met elsewhere too, and stay.
    """

    run: Run
    places: tuple[Occurrence, ...]
    known: frozenset[str] = field(default_factory=frozenset)


def runs(store: Store) -> list[Run]:
    """Return the ingests that the log knows of, the newest first; those of older versions of Gongmun are not noted."""
    t = tables.log
    with store.reading() as connection:
        query = select(t).where(t.c.what.in_([INGEST, TOOK_IN, _UNDO, _REDO])).order_by(t.c.seq)
        rows = connection.execute(query).all()
    begun = [row for row in rows if row.what == INGEST]
    added: dict[int, list[str]] = {row.seq: [] for row in begun}
    undone: dict[int, int | None] = {}
    last = None
    for row in rows:
        if row.what == INGEST:
            last = row.seq
        elif row.what == TOOK_IN and last is not None:
            added[last].append(row.detail)
        elif row.what in (_UNDO, _REDO):
            undone[int(row.detail)] = row.seq if row.what == _UNDO else None
    made = [Run(r.seq, r.detail, r.who, r.at, tuple(added[r.seq]), undone.get(r.seq)) for r in begun]
    return made[::-1]


def undo(store: Store, who: str) -> Undone | None:
    """Put in the trash what the last ingest added that is not undone yet; None if there is none with anything there.

    A paper that was met before that ingest keeps its older places. Hold the writer lock: an ingest that is under way
    would go on.
    """
    met = {each.id: each for each in store.occurrences()}
    for run in runs(store):
        places = [met[each] for each in run.added if each in met and not met[each].removed]
        if run.undone is None and places:
            with store.writing() as record:
                record.log(who, _UNDO, str(run.number))
                record.remove(places, who)
            still = store.visible()
            return Undone(run, tuple(places), frozenset(each.document for each in places if each.document in still))
    return None


def redo(store: Store, who: str) -> Undone | None:
    """Bring back what the last undoing put in the trash, and nothing that was there before; None if nothing is undone.

    Of two undone one after the other, the one undone last comes back first.
    """
    undone = [run for run in runs(store) if run.undone is not None]
    if not undone:
        return None
    run = max(undone, key=lambda each: each.undone or 0)
    put = _put_there(store)
    ours = set(run.added)
    places = [
        each
        for each in store.occurrences()
        if each.id in ours and each.removed and put.get(f"{each.document} {each.path}", (0,))[0] > (run.undone or 0)
    ]
    with store.writing() as record:
        record.log(who, _REDO, str(run.number))
        record.remove(places, who, removed=False)
    return Undone(run, tuple(places))


# -- moving


def move(store: Store, delivery: Delivery, release: Release, who: str) -> int:
    """Count a delivery to another release, which is made if it is not there; return how many documents that concerns.

    The release that it leaves stays, even without any delivery. The delivery keeps its id: the same folder taken in
    again under the old release is the same delivery still.
    """
    if delivery.release == release.id:
        return 0
    documents = dict.fromkeys(each.document for each in store.occurrences(delivery=delivery.id))
    with store.writing() as record:
        record.release(release)
        _reassign(record, delivery, release)
        record.log(who, "delivery moved", f"{delivery.id}: {delivery.release} → {release.id}")
        for document in documents:
            record.change(document, "moved")
    return len(documents)


def _reassign(record: Recorder, delivery: Delivery, release: Release) -> None:
    t = tables.deliveries
    record.connection.execute(sa.update(t).where(t.c.id == delivery.id).values(release=release.id))


def same_delivery(made: Delivery, known: Mapping[str, Delivery]) -> Delivery:
    """Return the delivery of this release, day and place that is there already, perhaps moved from another release."""
    facts = (made.release, made.source, made.received)
    moved = (each for each in known.values() if (each.release, each.source, each.received) == facts)
    return known.get(made.id) or next(moved, made)
