"""A logical dump of the catalogue: what two runs over the same files must agree on, however often they were stopped."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row, Table, select

from corpus import tables
from corpus.store import Store

Dump = dict[str, list[dict[str, Any]]]

_RECORD = (tables.releases, tables.deliveries, tables.documents, tables.occurrences, tables.extractions, tables.stages)
_LEFT_OUT = {"modified_ns", "tries"}  # these tell of the file system and of the run, not of the record


def logical_dump(store: Store) -> Dump:
    """Return the record's rows by table, in the order of their keys, without change numbers, times and tries.

    Of each page as currently read there is what identifies it, its state, and one hash of all the rest.
    """
    dump = {table.name: _rows(store, table) for table in _RECORD}
    for row in dump["occurrences"]:
        row.pop("id", None)  # made of the delivery, the path and the document, which are here
    return {**dump, "pages": _pages(store)}


def _rows(store: Store, table: Table) -> list[dict[str, Any]]:
    columns = [column for column in table.c if column.name not in _LEFT_OUT]
    with store.reading() as connection:
        return [dict(row._mapping) for row in connection.execute(select(*columns).order_by(*table.primary_key))]


def _pages(store: Store) -> list[dict[str, Any]]:
    t = tables.pages
    query = select(t).where(t.c.current).order_by(t.c.document, t.c.number)
    with store.reading() as connection:
        found = connection.execution_options(yield_per=500).execute(query)
        return [_page(row, t) for row in found]


def _page(row: Row[Any], table: sa.Table) -> dict[str, Any]:
    named = {name: getattr(row, name) for name in ("document", "number", "fingerprint", "state", "reason")}
    rest = {column.name: getattr(row, column.name) for column in table.c if column.name not in named}
    rest["words"] = bytes(rest["words"]).hex()
    plain = json.dumps(rest, ensure_ascii=True, sort_keys=True)
    return {**named, "content": sha256(plain.encode()).hexdigest()}
