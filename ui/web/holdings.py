"""What is in a file that holds others (an archive, a mail), and which file a paper came in: with links to both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from corpus import tables
from corpus.listings import shown
from corpus.model import Audience, Document, Listing, Occurrence
from ui.web.room import Room

Json = dict[str, Any]

_INSIDE = "!/"
_MOST = 1000  # files that a list names


def holdings(room: Room, document: str) -> Json | None:
    """Return the files that came out of a document, by path, and those that could not be taken out of it.

    None where it held nothing. Of more than 1,000, `more` counts those left out.
    """
    files, lost = _files(room, document), _lost(room, document)
    if not files and not lost:
        return None
    return {
        "files": files[:_MOST],
        "lost": lost[:_MOST],
        "more": max(0, len(files) - _MOST) + max(0, len(lost) - _MOST),
    }


def unpaged(room: Room, listing: Listing) -> Json:
    """Return what is told of a paper without pages: what it holds, what it came in, where it was met."""
    document = listing.document
    return {
        "id": document.id,
        "title": listing.title,
        "agencies": list(listing.agencies),
        "releases": list(listing.releases),
        "notices": list(listing.notices),
        "date": listing.date,
        "media_type": document.media_type,
        "size": document.size,
        "state": document.state.value,
        "reason": document.reason.value,
        "detail": document.detail,
        "occurrences": occurrences(room, document.id, room.audience),
        "held": holdings(room, document.id),
        "original": f"/original/{document.id}?{room.signer.query('original', document.id)}",
    }


def occurrences(room: Room, document: str, audience: Audience) -> list[Json]:
    """Return where a paper was met, with the file that it came in (`parent`) where there is one."""
    store = room.corpus.store
    met = [occurrence for occurrence in store.occurrences(document) if not occurrence.removed]
    around = _parents(room, met, audience)
    deliveries, releases = store.deliveries(), store.releases()
    return [
        {
            "release": releases[deliveries[each.delivery].release].name,
            "received": deliveries[each.delivery].received,
            "path": shown(each.path),
            **({"parent": around[each.id]} if each.id in around else {}),
        }
        for each in met
        if audience.releases is None or deliveries[each.delivery].release in audience.releases
    ]


def _parents(room: Room, met: Iterable[Occurrence], audience: Audience) -> dict[str, Json]:
    """Return the files that a paper came in, by the id of the occurrence: {document, name}."""
    found = {}
    for each in met:
        if each.parent is not None:
            around = each.path.rpartition(_INSIDE)[0]
            found[each.id] = {"document": each.parent, "name": shown(_last(around) or each.parent[:12])}
    visible = room.corpus.store.visible(audience) if found else frozenset()
    return {id: parent for id, parent in found.items() if parent["document"] in visible}


def _files(room: Room, document: str) -> list[Json]:
    o, d = tables.occurrences, tables.deliveries
    query = (
        sa.select(o.c.document, o.c.path).join(d, d.c.id == o.c.delivery).where(o.c.parent == document, ~o.c.removed)
    )
    if room.audience.releases is not None:
        query = query.where(d.c.release.in_(room.audience.releases))
    with room.corpus.store.reading() as connection:
        rows = connection.execute(query.order_by(o.c.path)).all()
    inside = dict.fromkeys((row.path.rpartition(_INSIDE)[2], row.document) for row in rows)
    known = room.corpus.store.documents({id for _, id in inside})
    return [_file(path, known[id]) for path, id in inside]


def _file(path: str, document: Document) -> Json:
    folder, _, name = path.rpartition("/")
    return {
        "document": document.id,
        "folder": shown(folder),
        "name": shown(name),
        "size": document.size,
        "pages": document.pages,
        "state": document.state.value,
        "reason": document.reason.value,
    }


def _lost(room: Room, document: str) -> list[Json]:
    t = tables.stages
    query = sa.select(t).where(t.c.document == document, t.c.stage == "member").order_by(t.c.page)
    with room.corpus.store.reading() as connection:
        rows = connection.execute(query).all()
    return [{"reason": row.reason, "detail": shown(row.detail)} for row in rows]


def _last(path: str) -> str:
    return path.rpartition("/")[2]
