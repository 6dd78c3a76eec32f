"""Figures and mentions of dates as rows of the catalogue: writing them, and finding pages by value.

Values are kept as decimal texts beside texts that sort as they do (`figures.sort_key`), so that comparing them is exact
in SQLite and PostgreSQL alike. A document is `recognised` when all its pages have their rows, by which version.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from corpus import tables
from corpus.figures import Figure, FigureKind, Mention, PageFigures, day_number, days, plain, sort_key
from corpus.model import State

PageKey = tuple[str, int]
COUNTED = (FigureKind.QUANTITY, FigureKind.PERCENT, FigureKind.MONEY)


def write(connection: Connection, pages: Iterable[PageFigures], version: int) -> None:
    """Put the rows of pages in the place of those that were there, and note the version of who recognised them."""
    made = list(pages)
    if not made:
        return
    keys = [{"d": page.document, "p": page.page, "f": page.fingerprint} for page in made]
    rows: tuple[tuple[sa.Table, list[dict[str, Any]]], ...] = (
        (tables.figures, [_figure_row(page, each) for page in made for each in page.figures]),
        (tables.mentions, [_mention_row(page, each) for page in made for each in page.mentions]),
    )
    for table, found in rows:
        t = table.c
        same = (t.document == sa.bindparam("d")) & (t.page == sa.bindparam("p")) & (t.fingerprint == sa.bindparam("f"))
        connection.execute(sa.delete(table).where(same), keys)
        if found:
            connection.execute(sa.insert(table), found)
    note(connection, {page.document for page in made}, version)


def note(connection: Connection, documents: Iterable[str], version: int) -> None:
    """Note that all pages of documents have their rows."""
    for document in documents:
        forget(connection, document)
        connection.execute(sa.insert(tables.recognised).values(document=document, version=version))


def forget(connection: Connection, document: str) -> None:
    """Note that pages of a document have no rows, or no right ones any more."""
    connection.execute(sa.delete(tables.recognised).where(tables.recognised.c.document == document))


def unrecognised(connection: Connection, version: int) -> list[str]:
    """Return the documents with text of which not all pages have rows of this version, in order of their ids."""
    d, r = tables.documents, tables.recognised
    done = sa.select(r.c.document).where(r.c.version == version)
    read = sa.select(tables.pages.c.document).where(tables.pages.c.document == d.c.id).exists()
    query = sa.select(d.c.id).where(d.c.id.not_in(done), d.c.state != State.NOT_SEARCHABLE.value, read).order_by(d.c.id)
    return list(connection.scalars(query))


def of_page(connection: Connection, document: str, page: int, fingerprint: str) -> PageFigures:
    """Return what is kept of a page."""
    found: list[list[Any]] = []
    for table in (tables.figures, tables.mentions):
        t = table.c
        query = sa.select(table).where(t.document == document, t.page == page, t.fingerprint == fingerprint)
        found.append(list(connection.execute(query.order_by(t.start))))
    return PageFigures(document, page, fingerprint, tuple(map(_figure, found[0])), tuple(map(_mention, found[1])))


def pages_with_figure(connection: Connection, wanted: Figure, close: bool) -> set[PageKey]:
    """Return the pages as currently read whose text states a value that overlaps with the one wanted, of its unit.

    Ordinals and articles are no values. With `close` only statements of about one value count: bounded ones, that
    differ from the wanted bounds by a tenth at most.
    """
    t = tables.figures.c
    low, high = sort_key(wanted.low, "0"), sort_key(wanted.high, "9")
    below, above = (sa.true(), sa.true())
    overlap = sa.and_(
        sa.or_(t.low_key < high, sa.and_(t.low_key == high, ~t.low_open)) if wanted.high is not None else below,
        sa.or_(t.high_key > low, sa.and_(t.high_key == low, ~t.high_open)) if wanted.low is not None else above,
    )
    query = _current(tables.figures).where(t.kind.in_([kind.value for kind in COUNTED]), overlap)
    if wanted.unit is not None:
        query = query.where(t.unit == wanted.unit)
    if not close:
        return {(row.document, row.page) for row in connection.execute(query)}
    query = query.add_columns(*tables.figures.c)
    return {(row.document, row.page) for row in connection.execute(query) if is_close(_figure(row), wanted)}


def is_close(stated: Figure, wanted: Figure) -> bool:
    """Whether a statement is of one value, about the wanted one: both its bounds within a tenth of it."""
    if stated.low is None or stated.high is None or wanted.low is None or wanted.high is None:
        return False
    room = max(abs(wanted.low), abs(wanted.high)) / 10
    return stated.low >= wanted.low - room and stated.high <= wanted.high + room


def pages_with_mention(connection: Connection, first: str | None, last: str | None) -> set[PageKey]:
    """Return the pages as currently read that mention a day between two, in part at least.

    Without a year (--04-22) days of any year are meant, and only mentions that give the day (or month) count; with one,
    mentions without a year do not.
    """
    t = tables.mentions.c
    query = _current(tables.mentions)
    if (first or last or "").startswith("-"):
        low, high = day_number(first or last or "", False), day_number(last or first or "", True)
        length = 10 if len(first or "") > 4 else 7
        same_year = sa.and_(
            sa.func.length(t.first) >= length, sa.func.substr(t.first, 1, 4) == sa.func.substr(t.last, 1, 4)
        )
        in_year = sa.and_(t.first_day > 10_000, same_year, t.first_day % 10_000 <= high, t.last_day % 10_000 >= low)
        query = query.where(sa.or_(sa.and_(t.last_day < 10_000, t.first_day <= high, t.last_day >= low), in_year))
    else:
        query = query.where(t.first_day > 10_000)
        if last is not None:
            query = query.where(t.first_day <= day_number(last, True))
        if first is not None:
            query = query.where(t.last_day >= day_number(first, False))
    return {(row.document, row.page) for row in connection.execute(query)}


def _current(table: sa.Table) -> sa.Select[Any]:
    """Select the pages of rows whose extraction is the current one."""
    p, t = tables.pages.c, table.c
    same = (p.document == t.document) & (p.number == t.page) & (p.fingerprint == t.fingerprint)
    return sa.select(t.document, t.page).join(tables.pages, same).where(p.current)


def _figure_row(page: PageFigures, figure: Figure) -> dict[str, Any]:
    return {
        "document": page.document,
        "page": page.page,
        "fingerprint": page.fingerprint,
        "start": figure.start,
        "end": figure.end,
        "kind": figure.kind.value,
        "low": None if figure.low is None else plain(figure.low),
        "high": None if figure.high is None else plain(figure.high),
        "low_key": sort_key(figure.low, "0"),
        "high_key": sort_key(figure.high, "9"),
        "low_open": figure.low_open,
        "high_open": figure.high_open,
        "unit": figure.unit,
    }


def _mention_row(page: PageFigures, mention: Mention) -> dict[str, Any]:
    first_day, last_day = days(mention)
    return {
        "document": page.document,
        "page": page.page,
        "fingerprint": page.fingerprint,
        "start": mention.start,
        "end": mention.end,
        "first": mention.first,
        "last": mention.last,
        "first_day": first_day,
        "last_day": last_day,
    }


def _figure(row: Any) -> Figure:
    low, high = (None if value is None else Decimal(value) for value in (row.low, row.high))
    return Figure(FigureKind(row.kind), low, high, row.low_open, row.high_open, row.unit, row.start, row.end)


def _mention(row: Any) -> Mention:
    return Mention(row.first, row.last, row.start, row.end)
