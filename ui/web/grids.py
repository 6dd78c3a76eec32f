"""Tables of a page as the reader's component outlines them and lays them out, and the black boxes on it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from corpus import tables
from corpus.cells import Table
from corpus.model import Page, Redaction
from corpus.store import Store

Json = dict[str, Any]


def grids(store: Store, page: Page) -> list[Json]:
    """Return the tables on a page that have cells, in order.

    A cell is [row, column, start, end, rows, columns], then, where other words stand between its own, the other
    stretches that it has; offsets are those of the page's text. `running`: the cells stand one after the other in the
    text, so that the table can be cut out of it. `box` is in PDF points, None where it is not known.
    """
    return [
        {
            "number": table.number,
            "box": _rounded(table.box) if table.box else None,
            "caption": " ".join(page.visible[slice(*table.caption)].split()) if table.caption else "",
            "running": running(table),
            "cells": [[c.row, c.column, c.start, c.end, c.rows, c.columns, *map(list, c.more)] for c in table.cells],
        }
        for table in store.tables(page)
        if table.cells
    ]


def running(table: Table) -> bool:
    """Whether a table's cells stand one after the other in the text, none of them in pieces."""
    return all(one.end <= two.start for one, two in pairwise(table.cells)) and not any(c.more for c in table.cells)


def boxes(page: Page) -> list[Json]:
    """Return the black boxes on a page, in PDF points, and what is under each: nothing, words withheld, or released."""
    return [{"box": _rounded(each.box), "under": _under(page, each)} for each in page.redactions]


def boxed_pages(store: Store, document: str) -> list[list[Any]]:
    """Return the pages of a document that have black boxes: [number, printed label, how many]."""
    t = tables.pages
    query = sa.select(t.c.number, t.c.label, t.c.redactions).where(t.c.document == document, t.c.current)
    with store.reading() as connection:
        rows = connection.execute(query.order_by(t.c.number)).all()
    return [[number, label, len(redactions)] for number, label, redactions in rows if redactions]


def _under(page: Page, redaction: Redaction) -> str:
    if not redaction.bad:
        return "covered"
    x0, top, x1, bottom = redaction.box
    over = (w.box for w in page.withheld)
    hides = any(box[0] < x1 and x0 < box[2] and box[1] < bottom and top < box[3] for box in over)
    return "withheld" if hides else "released"


def _rounded(box: tuple[float, float, float, float]) -> list[float]:
    return [round(side, 2) for side in box]
