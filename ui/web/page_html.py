"""A page's visible text as HTML without scripts: tables as tables, the head of a mail as a list, all escaped."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from corpus.cells import Cell, Table, column_letters
from corpus.folding import HYPHEN
from corpus.model import COVER, Page, UnitKind
from corpus.written import harmless
from ui.web.grids import running

STYLE = """
table { border-collapse: collapse; margin: .8em 0; max-width: 100% }
caption { text-align: left; font-size: .85em; padding: .2em 0 }
td, th { border: 1px solid #888; padding: .15em .5em; vertical-align: top; text-align: left }
td, th { overflow-wrap: break-word; word-break: keep-all }
th { font-weight: normal; font-size: .85em; opacity: .75; text-align: center }
dl { margin: 0 0 1em; display: grid; grid-template-columns: max-content 1fr; gap: .1em .8em }
dt { font-weight: 600 } dd { margin: 0; overflow-wrap: anywhere }
"""
_HANGUL = re.compile("[가-힣]")
_COVERED = re.compile(f"{COVER}+")
_NAME = re.compile(r"([^:\s][^:\n]{0,29}):[ \t]*(.*)")
_MOST_PLACES = 60_000  # of a table, those without a cell included; a larger one stays text


@dataclass(frozen=True, slots=True)
class Written:
    """Writes one page; `covered` and `table` (with {n}) are texts in the reader's language."""

    page: Page
    tables: Sequence[Table]
    covered: str
    table: str

    def html(self) -> str:
        """Return the whole page; a table whose words do not stand together in the text follows after it."""
        text, own = self.page.visible, [each for each in self.tables if each.cells and _fits(each)]
        whole = [each for each in own if running(each) and each.cells[-1].end > each.cells[0].start]
        head = _head_end(self.page)
        made = self._list(text[:head]) + self._within(head, len(text), whole)
        return made + "".join(self._table(each, []) for each in own if each not in whole)

    def piece(self, text: str) -> str:
        """Return words of the page; a stretch that is covered says so to who cannot see it."""
        said = escape(self.covered)
        written = escape(harmless(text.replace(HYPHEN, "-\n")))
        return _COVERED.sub(lambda found: f'<span role="img" aria-label="{said}">{found[0]}</span>', written)

    def _within(self, start: int, end: int, tables: Sequence[Table]) -> str:
        """Return a stretch of the page with the tables in it; of tables that cut into each other, the first stays."""
        made, at = [], start
        left = sorted(tables, key=lambda each: (each.cells[0].start, -each.cells[-1].end))
        for number, table in enumerate(left):
            first, last = table.cells[0].start, table.cells[-1].end
            if first < at or last > end:
                continue
            made.append(self._run(at, first))
            made.append(self._table(table, left[number + 1 :]))
            at = last
        return "".join([*made, self._run(at, end)])

    def _run(self, start: int, end: int) -> str:
        """Return running text line by line as it stands; running heads and notes are set apart."""
        text = self.page.visible
        if not text[start:end].strip():
            return ""
        pieces, done = [], start
        for mark in sorted(self.page.furniture, key=lambda each: each.start):
            if done <= mark.start and mark.end <= end:
                head = f'<span class="head">{self.piece(text[mark.start : mark.end])}</span>'
                pieces += [self.piece(text[done : mark.start]), head]
                done = mark.end
        pieces.append(self.piece(text[done:end]))
        return f'<p class="text" lang="{_language(text[start:end])}">{"".join(pieces).strip(chr(10))}</p>'

    def _table(self, table: Table, inner: Sequence[Table]) -> str:
        rows, columns = _begun(table)
        sheet = self.page.kind is UnitKind.SHEET
        lines = []
        if sheet:
            letters = "".join(f'<th scope="col">{column_letters(column)}</th>' for column in columns)
            lines.append(f"<tr><th></th>{letters}</tr>")
        taken: set[tuple[int, int]] = set()
        cells = {(cell.row, cell.column): cell for cell in table.cells}
        for row in rows:
            places = [f'<th scope="row">{row}</th>'] if sheet else []
            for column in columns:
                cell = cells.get((row, column))
                if cell is not None:
                    down, across = _covered(rows, row, cell.rows), _covered(columns, column, cell.columns)
                    taken.update((y, x) for y in down for x in across)
                    places.append(f"<td{_spans(len(down), len(across))}>{self._words(cell, inner)}</td>")
                elif (row, column) not in taken:
                    places.append("<td></td>")
            lines.append(f"<tr>{''.join(places)}</tr>")
        caption = escape(self.table.format(n=table.number))
        words = self.page.visible[slice(table.cells[0].start, table.cells[-1].end)]
        return f'<table lang="{_language(words)}"><caption>{caption}</caption>{"".join(lines)}</table>'

    def _words(self, cell: Cell, inner: Sequence[Table]) -> str:
        """Return what stands in a cell, tables in it included."""
        held = [each for each in inner if cell.start <= each.cells[0].start and each.cells[-1].end <= cell.end]
        if held:
            return self._within(cell.start, cell.end, held)
        return "<br>".join(self.piece(self.page.visible[a:z]).replace("\n", "<br>") for a, z in cell.stretches)

    def _list(self, head: str) -> str:
        """Return the head of a mail as a list of names and what they say."""
        rows: list[tuple[str, str]] = []
        for line in head.strip("\n").split("\n"):
            named = _NAME.fullmatch(line)
            if named:
                rows.append((named[1], named[2]))
            elif line.strip():
                rows.append(("", line))
        items = "".join(f"<dt>{self.piece(name)}</dt><dd>{self.piece(said)}</dd>" for name, said in rows)
        return f'<dl lang="{_language(head)}">{items}</dl>' if items else ""


def _head_end(page: Page) -> int:
    """Return where the head of a mail ends, 0 on any other page."""
    if page.kind is not UnitKind.MESSAGE:
        return 0
    end = page.visible.find("\n\n")
    return len(page.text) if end < 0 else end + 1


def _begun(table: Table) -> tuple[list[int], list[int]]:
    """Return the rows and columns that a cell begins in: of a sheet with a cell far from all others, those alone."""
    return sorted({cell.row for cell in table.cells}), sorted({cell.column for cell in table.cells})


def _covered(shown: Sequence[int], first: int, count: int) -> Sequence[int]:
    return shown[bisect_left(shown, first) : bisect_left(shown, first + count)]


def _spans(down: int, across: int) -> str:
    return (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")


def _fits(table: Table) -> bool:
    rows, columns = _begun(table)
    return len(rows) * len(columns) <= _MOST_PLACES


def _language(text: str) -> str:
    return "ko" if _HANGUL.search(text) else "en"


def page_html(page: Page, tables: Sequence[Table], said: Mapping[str, str], table: str) -> str:
    """Return a page's visible text as HTML; `said` are the texts of `reading`, `table` what a table is called ({n})."""
    return Written(page, tables, said["covered"], table).html()
