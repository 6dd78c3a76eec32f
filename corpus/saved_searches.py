"""Searches that people keep by name: to ask them again, and to be told what is new for each.

A saved search never changes what it asks. It is renamed, put away and brought back, never deleted; the catalogue's log
has who did so, and who looked at what is new. Asking is done by search/watch.py.
"""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row, select

from corpus import tables
from corpus.errors import NotFound, UsageError
from corpus.folding import canonical
from corpus.model import EVERYTHING, Audience, now
from corpus.recording import Recorder
from corpus.store import Store
from corpus.written import name_of

_SHORTEST_ID = 4  # characters of an id that may be typed for it
_NOTHING: Mapping[str, Iterable[str]] = {}

Values = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search kept by name.

    `chosen` and `excluded` are values by facet, as `search.filters.Filters` has them. `releases` are the ids of those
    its author could see, None for everything: who may see less is not told of it. `seen` is the number of the last
    change of the catalogue that somebody has looked at for it. `created` and `modified` are ISO, UTC, to the second;
    `editor` is who last renamed it, put it away or brought it back, else the author.
    """

    id: str
    name: str
    query: str
    chosen: Values
    excluded: Values
    sort: str
    releases: frozenset[str] | None
    author: str
    created: str
    seen: int
    deleted: bool
    editor: str
    modified: str


# -- reading


def saved_searches(store: Store, audience: Audience = EVERYTHING, *, deleted: bool = False) -> list[SavedSearch]:
    """Return the saved searches an audience may know of, by name; with `deleted` those that were put away instead."""
    with store.reading() as connection:
        return _all(connection, audience, deleted)


def saved_search(store: Store, meant: str, audience: Audience = EVERYTHING, *, deleted: bool = False) -> SavedSearch:
    """Return the one saved search of a name, or whose id begins so; with `deleted`, the one last put away.

    Capital and small letters are the same in a name, and so are composed and decomposed Korean.

    Raises:
        NotFound: there is none, or several; the message lists what there is.
    """
    every = saved_searches(store, audience, deleted=deleted)
    found = [each for each in every if _plain(each.name) == _plain(meant)]
    if deleted and found:
        return max(found, key=lambda each: each.modified)
    if not found and len(meant) >= _SHORTEST_ID:
        found = [each for each in every if each.id.startswith(meant)]
    if len(found) != 1:
        raise NotFound(_which(meant, found, every, deleted))
    return found[0]


def changed_between(store: Store, since: int, until: int) -> dict[str, bool]:
    """Return the documents with a change after `since`, up to `until`, and of each whether it was new then."""
    t = tables.changes
    some = select(t.c.document).where(t.c.seq > since, t.c.seq <= until)
    query = select(t.c.document, sa.func.min(t.c.seq).label("first")).where(t.c.document.in_(some))
    with store.reading() as connection:
        return {row.document: row.first > since for row in connection.execute(query.group_by(t.c.document))}


def _which(meant: str, found: list[SavedSearch], every: list[SavedSearch], deleted: bool) -> str:
    if found:
        return f"{meant!r} fits {len(found)} saved searches; give the id of one: {', '.join(s.id for s in found)}"
    where = " in the trash" if deleted else ""
    named = ", ".join(dict.fromkeys(each.name for each in every))
    return f"No saved search{where} is called {meant!r}; " + (f"there are: {named}" if named else "there are none.")


# -- writing


def save(
    store: Store,
    name: str,
    query: str,
    *,
    author: str,
    sort: str = "relevance",
    chosen: Mapping[str, Iterable[str]] = _NOTHING,
    excluded: Mapping[str, Iterable[str]] = _NOTHING,
    audience: Audience = EVERYTHING,
) -> SavedSearch:
    """Keep a search; all that is in the catalogue now counts as looked at. Whether it can be asked is not checked.

    Raises:
        UsageError: the name is taken, empty or too long, or the query is empty.
    """
    name, author, at, key = name_of(name), name_of(author), now(), str(uuid.uuid4())
    query = canonical(query).strip()
    if not query:
        raise UsageError("The query is empty; write what to look for.")
    with store.writing() as record:
        _refuse_taken(record.connection, name, audience)
        row = {
            "id": key,
            "name": name,
            "query": query,
            "chosen": _listed(chosen),
            "excluded": _listed(excluded),
            "sort": sort,
            "releases": None if audience.releases is None else sorted(audience.releases),
            "author": author,
            "created": at,
            "seen": _last_change(record.connection),
            "deleted": False,
            "editor": author,
            "modified": at,
        }
        record.connection.execute(sa.insert(tables.saved_searches).values(**row))
        record.log(author, "search saved", f"{key} {name}: {query}")
        return _stored(record.connection, key, audience)


def rename(store: Store, id: str, name: str, *, editor: str, audience: Audience = EVERYTHING) -> SavedSearch:
    """Give a saved search another name; what was looked at for it stays. The name it has already changes nothing.

    Raises:
        NotFound: there is none of that id, not for this audience, or it was put away.
        UsageError: the name is that of another, empty or too long.
    """
    name, editor = name_of(name), name_of(editor)
    with store.writing() as record:
        found = _stored(record.connection, id, audience)
        if found.deleted:
            raise NotFound(
                f"The saved search {found.name!r} was removed; bring it back first: gongmun saved restore {id}"
            )
        if found.name == name:
            return found
        _refuse_taken(record.connection, name, audience, other_than=id)
        t = tables.saved_searches
        values = {"name": name, "editor": editor, "modified": now()}
        record.connection.execute(sa.update(t).where(t.c.id == id).values(**values))
        record.log(editor, "saved search renamed", f"{id} {found.name} → {name}: {found.query}")
        return _stored(record.connection, id, audience)


def remove(store: Store, id: str, *, editor: str, audience: Audience = EVERYTHING) -> SavedSearch:
    """Put a saved search away, to be brought back with `restore`; one that is away stays so.

    Raises:
        NotFound: there is none of that id, or not for this audience.
    """
    with store.writing() as record:
        return _put(record, _stored(record.connection, id, audience), True, name_of(editor), audience)


def restore(store: Store, id: str, *, editor: str, audience: Audience = EVERYTHING) -> SavedSearch:
    """Bring a saved search back, with what was looked at for it; one that is there stays so.

    Raises:
        NotFound: there is none of that id, or not for this audience.
        UsageError: another has its name meanwhile.
    """
    with store.writing() as record:
        found = _stored(record.connection, id, audience)
        if found.deleted:
            _refuse_taken(record.connection, found.name, audience)
        return _put(record, found, False, name_of(editor), audience)


def looked(store: Store, id: str, change: int, *, editor: str, audience: Audience = EVERYTHING) -> SavedSearch:
    """Note that somebody has looked at what is new for a search up to a change of the catalogue; never less than that.

    Raises:
        NotFound: there is none of that id, or not for this audience.
    """
    with store.writing() as record:
        found = _stored(record.connection, id, audience)
        upto = min(change, _last_change(record.connection))
        if upto <= found.seen:
            return found
        t = tables.saved_searches
        record.connection.execute(sa.update(t).where(t.c.id == id).values(seen=upto))
        record.log(name_of(editor), "saved search looked at", f"{id} {found.name}: changes {found.seen} to {upto}")
        return _stored(record.connection, id, audience)


def _put(record: Recorder, found: SavedSearch, deleted: bool, editor: str, audience: Audience) -> SavedSearch:
    if found.deleted == deleted:
        return found
    t = tables.saved_searches
    values = {"deleted": deleted, "editor": editor, "modified": now()}
    record.connection.execute(sa.update(t).where(t.c.id == found.id).values(**values))
    what = "saved search removed" if deleted else "saved search restored"
    record.log(editor, what, f"{found.id} {found.name}: {found.query}")
    return _stored(record.connection, found.id, audience)


def _refuse_taken(connection: Connection, name: str, audience: Audience, other_than: str = "") -> None:
    others = (each for each in _all(connection, audience, False) if each.id != other_than)
    taken = next((each for each in others if _plain(each.name) == _plain(name)), None)
    if taken is not None:
        raise UsageError(f"There is a saved search {taken.name!r} already; give another name, or remove that one.")


# -- rows


def _all(connection: Connection, audience: Audience, deleted: bool) -> list[SavedSearch]:
    t = tables.saved_searches
    query = select(t).where(t.c.deleted == deleted).order_by(t.c.name, t.c.created, t.c.id)
    return [each for each in map(_saved, connection.execute(query)) if _may_see(each, audience)]


def _stored(connection: Connection, id: str, audience: Audience) -> SavedSearch:
    t = tables.saved_searches
    row = connection.execute(select(t).where(t.c.id == id)).first()
    found = _saved(row) if row is not None else None
    if found is None or not _may_see(found, audience):
        raise NotFound(f"There is no saved search {id}; gongmun saved list shows them.")
    return found


def _may_see(found: SavedSearch, audience: Audience) -> bool:
    """Whether an audience sees all that the author saw: the words of a query may tell of what stands there."""
    if audience.releases is None:
        return True
    return found.releases is not None and found.releases <= audience.releases


def _saved(row: Row[Any]) -> SavedSearch:
    fields = dict(row._mapping)
    fields["releases"] = None if row.releases is None else frozenset(row.releases)
    for name in ("chosen", "excluded"):
        fields[name] = {facet: tuple(values) for facet, values in fields[name].items()}
    return SavedSearch(**fields)


def _listed(values: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    return {facet: sorted(some) for facet, some in sorted(values.items()) if some}


def _last_change(connection: Connection) -> int:
    return connection.scalar(select(sa.func.max(tables.changes.c.seq))) or 0


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()
