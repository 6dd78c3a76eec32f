"""Tables on a page: where each cell's words stand in the page's text, and how a cell is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: `row` and `column` count from 1, `rows` and `columns` say how many it spans.

    `start` and `end` are the half-open stretch of the page's text that holds its words; equal where it has none. Where
    other words stand between them (a text that runs over the columns line by line), the stretches after the first are
    `more`. `box` is in PDF points, None where the page has no picture.
    """

    row: int
    column: int
    start: int
    end: int
    rows: int = 1
    columns: int = 1
    box: tuple[float, float, float, float] | None = None
    more: tuple[tuple[int, int], ...] = ()

    @property
    def stretches(self) -> tuple[tuple[int, int], ...]:
        return (self.start, self.end), *self.more


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `number` counts from 1 in the document's unit (a page, a sheet), cells stand row by row.

    `caption` is the stretch of the page's text that names it, None where nothing does.
    """

    number: int
    cells: tuple[Cell, ...]
    box: tuple[float, float, float, float] | None = None
    caption: tuple[int, int] | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Return how many rows and columns it has."""
        return (
            max((cell.row + cell.rows - 1 for cell in self.cells), default=0),
            max((cell.column + cell.columns - 1 for cell in self.cells), default=0),
        )

    def row(self) -> dict[str, Any]:
        """Return it as the catalogue keeps it."""
        return {
            "number": self.number,
            "box": list(self.box) if self.box else None,
            "caption": list(self.caption) if self.caption else None,
            "cells": [
                [c.row, c.column, c.start, c.end, c.rows, c.columns, list(c.box) if c.box else None, list(c.more)]
                for c in self.cells
            ],
        }

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> Table:
        """Return a table as `row` gave it."""
        cells = tuple(
            Cell(at, column, start, end, rows, columns, tuple(box) if box else None, tuple((a, z) for a, z in more))
            for at, column, start, end, rows, columns, box, more in row["cells"]
        )
        box, caption = row["box"], row["caption"]
        return cls(row["number"], cells, tuple(box) if box else None, tuple(caption) if caption else None)


def cell_at(tables: Iterable[Table], start: int, end: int) -> tuple[Table, Cell] | None:
    """Return the one cell, with its table, that a stretch of the page's text lies in; None if it lies in none or more.

    Of tables in tables, the innermost.
    """
    found = [
        (cell.end - cell.start, table.number, table, cell)
        for table in tables
        for cell in table.cells
        if any(a <= start and end <= z and a < z for a, z in cell.stretches)
    ]
    if not found:
        return None
    _, _, table, cell = min(found, key=lambda each: each[:2])
    return table, cell


def column_letters(column: int) -> str:
    """Return the letters of a spreadsheet's column, from 1: 1 is A, 27 is AA (ECMA-376-1, 18.18.62)."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def grid(table: Table, text: str) -> list[list[str]]:
    """Return the words of a table row by row; a cell that spans others stands at its first place, the rest is empty.

    Of a part of a sheet, the rows begin with the first that has cells. Of more than two million places,
    the rows and columns in which no cell begins are left out: a sheet may have one cell at A1 and one at XFD1048576.
    """
    first = min((cell.row for cell in table.cells), default=1)
    rows, columns = table.size
    if (rows - first + 1) * columns > _MOST_PLACES:
        table = _drawn_together(table)
        first, (rows, columns) = 1, table.size
    found: list[list[str]] = [[""] * columns for _ in range(first, rows + 1)]
    for cell in table.cells:
        words = " ".join(text[start:end] for start, end in cell.stretches)
        found[cell.row - first][cell.column - 1] = " ".join(words.split())
    return found


_MOST_PLACES = 2_000_000


def _drawn_together(table: Table) -> Table:
    begun = {cell.row for cell in table.cells}, {cell.column for cell in table.cells}
    rows, columns = ({at: n for n, at in enumerate(sorted(found), 1)} for found in begun)
    cells = (replace(c, row=rows[c.row], column=columns[c.column], rows=1, columns=1) for c in table.cells)
    return replace(table, cells=tuple(cells))
