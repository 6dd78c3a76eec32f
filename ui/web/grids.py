"""Tables of a page as the reader's component lays them out: as a grid, where their words run on in the text."""

from __future__ import annotations

from itertools import pairwise

from corpus.model import Page
from corpus.store import Store


def grids(store: Store, page: Page) -> list[list[list[int]]]:
    """Return the tables whose cells stand one after the other in the text: those that can be cut out of it.

    A cell is [row, column, start, end, rows, columns]; offsets are those of the page's text.
    """
    found = []
    for table in store.tables(page):
        cells = table.cells
        running = all(one.end <= two.start for one, two in pairwise(cells))
        if cells and running and not any(cell.more for cell in cells):
            found.append([[c.row, c.column, c.start, c.end, c.rows, c.columns] for c in cells])
    return found
