"""Tables of papers on the terminal, as CSV and as JSON: the words of the cells, never what is withheld."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.cells import Table, column_letters, grid
from corpus.model import Page, UnitKind
from ui.cli import wording
from ui.cli.sheets import inert_cell
from ui.cli.terminal import line, text

if TYPE_CHECKING:
    from rich.console import Console

    from corpus import Corpus
    from corpus.model import Listing

_WIDEST = 40  # columns of a table on a terminal; CSV has them all


@dataclass(frozen=True, slots=True)
class Shown:
    """A table and the page it stands on."""

    page: Page
    table: Table

    @property
    def rows(self) -> list[list[str]]:
        return grid(self.table, self.page.visible)

    @property
    def title(self) -> str:
        """The words that name it in the paper, if any do."""
        caption = self.table.caption
        return " ".join(self.page.visible[slice(*caption)].split()) if caption else ""


def tables_of(corpus: Corpus, document: str, page: int | None, number: int | None) -> list[Shown]:
    """Return the tables of a document, or of one page (from 1), or the one of a number there."""
    pages = [corpus.store.page(document, page)] if page else corpus.store.pages(document)
    found = [Shown(each, table) for each in pages for table in corpus.store.tables(each)]
    return [each for each in found if number in (None, each.table.number)]


def show(listing: Listing, found: list[Shown], out: Console) -> None:
    """Print tables as grids."""
    from rich.box import SQUARE
    from rich.table import Table as Drawn

    for each in found:
        rows, columns = each.table.size
        line(out, (f"{listing.title}, {wording.unit(each.page)}, table {each.table.number} from the top", "bold"))
        line(out, f"{wording.count(rows, 'row')}, {wording.count(columns, 'column')}. {each.title}", indent=4)
        drawn = Drawn(box=SQUARE, show_header=False, show_lines=True)
        for _ in range(min(columns, _WIDEST)):
            drawn.add_column(overflow="fold")
        for row in each.rows:
            drawn.add_row(*(text(cell) for cell in row[:_WIDEST]))
        out.print(drawn)
        if columns > _WIDEST:
            line(out, f"{columns - _WIDEST} more columns: --csv has them all.", indent=4)


def csv_text(found: list[Shown]) -> str:
    """Return the cells row by row, each row led by its unit and table; no cell is a formula."""
    made = io.StringIO()
    writer = csv.writer(made)
    for each in found:
        where = wording.unit(each.page), f"table {each.table.number} from the top"
        for row in each.rows:
            writer.writerow([inert_cell(cell) for cell in (*where, *row)])
    return made.getvalue()


def form(listing: Listing, found: list[Shown]) -> dict[str, Any]:
    """Return tables as docs/json.md describes them."""
    return {
        "schema": 1,
        "document": listing.document.id,
        "title": listing.title,
        "tables": [
            {
                "page": each.page.number if each.page.kind is UnitKind.PAGE else None,
                "unit": {
                    "kind": each.page.kind.value,
                    "number": each.page.number,
                    "name": each.page.name,
                    "address": each.page.address,
                },
                "number": each.table.number,
                "caption": each.title or None,
                "box": each.table.box,
                "cells": [
                    {
                        "row": cell.row,
                        "column": cell.column,
                        "rows": cell.rows,
                        "columns": cell.columns,
                        "address": f"{column_letters(cell.column)}{cell.row}"
                        if each.page.kind is UnitKind.SHEET
                        else None,
                        "text": " ".join(" ".join(each.page.visible[a:z] for a, z in cell.stretches).split()),
                        "spans": [list(stretch) for stretch in cell.stretches],
                    }
                    for cell in each.table.cells
                ],
            }
            for each in found
        ],
    }
