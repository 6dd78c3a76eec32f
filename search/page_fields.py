"""Fields of pages, answered from the catalogue: basis, unit, confidence, printed label, what a page has, tags.

Everything is asked of the pages as they are currently read, and of the documents that may be seen alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import sqlalchemy as sa

from corpus import tables
from corpus.model import Basis
from corpus.store import PageKey, Store
from search.query_nodes import Choice, ConfidenceRange, Leaf, Prefix, TextField

BASES = {"text": Basis.TEXT_LAYER, "ocr": Basis.OCR, "corrected": Basis.CORRECTED, "checked": Basis.CHECKED}


def pages_with(
    field: Choice | ConfidenceRange | TextField, store: Store, visible: frozenset[str]
) -> frozenset[PageKey]:
    """Return the pages of some documents of which a field is true."""
    t = tables.pages
    match field:
        case Choice("basis", value):
            return _pages(store, visible, t.c.basis == BASES[value].value)
        case Choice("unit", value):
            return _pages(store, visible, t.c.kind == value)
        case Choice("has", "ocr"):
            return _pages(store, visible, t.c.basis == Basis.OCR.value)
        case Choice("has", "withheld"):
            return _pages(store, visible - _opened(store), sa.cast(t.c.withheld, sa.String) != "[]")
        case Choice("has", "annotation"):
            return frozenset(key for key, _ in _annotated(store) if key[0] in visible)
        case ConfidenceRange(first, last):
            return _pages(store, visible, t.c.confidence.between(first or 0.0, 1.0 if last is None else last))
        case TextField("label", value):
            return _pages(store, visible, t.c.label.is_not(None), value)
        case TextField("tag", value):
            return frozenset(key for key, tags in _annotated(store) if key[0] in visible and _any_is(tags, value))
        case _:
            return frozenset()  # has:table: tables are not kept yet


def _pages(
    store: Store, visible: frozenset[str], condition: sa.ColumnElement[bool], label: Leaf | None = None
) -> frozenset[PageKey]:
    t = tables.pages
    query = sa.select(t.c.document, t.c.number, t.c.label).where(t.c.current, condition)
    with store.reading() as connection:
        rows = connection.execute(query).all()
    return frozenset(
        (row.document, row.number)
        for row in rows
        if row.document in visible and (label is None or _any_is([row.label], label))
    )


def _annotated(store: Store) -> list[tuple[PageKey, list[str]]]:
    t = tables.annotations
    with store.reading() as connection:
        rows = connection.execute(sa.select(t.c.document, t.c.page, t.c.tags).where(~t.c.deleted)).all()
    return [((row.document, row.page), row.tags) for row in rows]


def _opened(store: Store) -> frozenset[str]:
    with store.reading() as connection:
        return frozenset(connection.scalars(sa.select(tables.opened.c.document)))


def _any_is(names: Iterable[str], value: Leaf) -> bool:
    """Whether one of some names is a word or phrase, or begins as one with * does; case and width aside."""
    sought = _plain(value.text)
    if isinstance(value, Prefix):
        return any(_plain(name).startswith(sought) for name in names)
    return any(_plain(name) == sought for name in names)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
