"""Plain text, CSV and Markdown.

A text is cut into units at form feeds and after some length; a paragraph is a line, so that `¶12` is the line that an
editor numbers 12. A CSV file is read as the table that a spreadsheet shows, its rows and columns with the same names.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from io import StringIO
from itertools import islice
from pathlib import Path

from corpus.cells import column_letters
from corpus.folding import CANONICAL_VERSION
from corpus.model import Page, Reason, State, UnitKind
from ingest.formats.blocks import Block, BlockCell, BlockKind, count, sections, write
from ingest.formats.encodings import Decoded, decode
from ingest.formats.model import FormatError, Outline

_READER = "1"  # to be raised with every change of what is read
TOOL = f"Gongmun's reader of plain text {_READER}"
FINGERPRINT = "txt1-" + sha256(f"{TOOL}, canonical {CANONICAL_VERSION}".encode()).hexdigest()[:12]

_MOST_BYTES = 32 << 20
_ROWS = 500  # of a table on a page
_CELLS = 20_000
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_SIGNS = ",\t;|"  # between the cells of a row


def outline(path: Path, password: str | None = None) -> Outline:
    """Return how many units a text is cut into, and its encoding."""
    decoded = _decoded(path)
    return Outline(count(_lines(decoded.text)), {"encoding": decoded.encoding})


def read(path: Path, first: int, last: int, password: str | None = None, document: str = "") -> list[Page]:
    """Return the units `first` to `last` of a text, from 1 and inclusive."""
    decoded = _decoded(path)
    return _told(sections(_lines(decoded.text), document, FINGERPRINT, first, last), decoded)


def outline_markdown(path: Path, password: str | None = None) -> Outline:
    """Return how many units a text in Markdown is cut into, and its encoding."""
    decoded = _decoded(path)
    return Outline(count(_marked(decoded.text)), {"encoding": decoded.encoding})


def read_markdown(path: Path, first: int, last: int, password: str | None = None, document: str = "") -> list[Page]:
    """Return the units `first` to `last` of a text in Markdown, cut at its headings."""
    decoded = _decoded(path)
    return _told(sections(_marked(decoded.text), document, FINGERPRINT, first, last), decoded)


def outline_csv(path: Path, password: str | None = None) -> Outline:
    """Return how many stretches of rows a CSV file is cut into, and its encoding."""
    decoded = _decoded(path)
    return Outline(sum(1 for _ in _stretches(decoded.text)), {"encoding": decoded.encoding})


def read_csv(path: Path, first: int, last: int, password: str | None = None, document: str = "") -> list[Page]:
    """Return the stretches of rows `first` to `last` of a CSV file, each a table whose cells have the file's rows."""
    decoded = _decoded(path)
    pages = []
    for number, cells in enumerate(islice(_stretches(decoded.text), last), 1):
        if number >= first:
            address = f"A{cells[0].row}:{column_letters(max(cell.column for cell in cells))}{cells[-1].row}"
            page = Page(document, number, FINGERPRINT, "", kind=UnitKind.SHEET, address=address)
            pages.append(write(page, [Block("", BlockKind.TABLE, cells=tuple(cells))]))
    return _told(pages, decoded)


def _decoded(path: Path) -> Decoded:
    facts = path.stat()
    if facts.st_size > _MOST_BYTES:
        raise FormatError(
            Reason.TOO_LARGE,
            f"A text of more than {_MOST_BYTES >> 20} MB is not read; cut it into parts and ingest these.",
        )
    return _read_whole(path, facts.st_size, facts.st_mtime_ns)


@lru_cache(maxsize=1)
def _read_whole(path: Path, size: int, modified_ns: int) -> Decoded:
    """Return the text of a file; kept for the next batch of its units."""
    decoded = decode(path.read_bytes())
    if not decoded.text.strip():
        raise FormatError(Reason.EMPTY, "There is nothing in this file but blanks; ask the agency for the whole file.")
    return decoded


def _told(pages: list[Page], decoded: Decoded) -> list[Page]:
    """Say of the pages with bad bytes that they are damaged."""
    if not decoded.damaged:
        return pages
    return [
        replace(page, state=State.IN_PART, reason=Reason.DAMAGED) if "\ufffd" in page.text else page for page in pages
    ]


def _lines(text: str) -> Iterator[Block]:
    """Yield the lines of a text; a page of a print-out, after a form feed, begins a unit."""
    for number, part in enumerate(text.removesuffix("\n").split("\f")):
        for at, line in enumerate(part.split("\n")):
            yield Block(line, starts=bool(number) and not at)


def _marked(text: str) -> Iterator[Block]:
    """Yield the lines of a text in Markdown (CommonMark 0.31, ATX headings); all signs but a heading's stay."""
    fence = ""
    for line in text.removesuffix("\n").split("\n"):
        bar = _FENCE.match(line)
        if bar and fence in ("", bar[1]):
            fence = "" if fence else bar[1]
        heading = None if fence else _HEADING.fullmatch(line)
        if heading and heading[2]:
            yield Block(heading[2], BlockKind.HEADING, len(heading[1]))
        else:
            yield Block(line)


def _stretches(text: str) -> Iterator[list[BlockCell]]:
    """Yield the cells of each page: of at most so many rows and so many cells. Empty cells are left out."""
    cells: list[BlockCell] = []
    rows = 0
    for number, row in enumerate(_rows(text, _sign(text)), 1):
        found = [BlockCell(number, column, cell) for column, cell in enumerate(row, 1) if cell.strip()]
        if cells and (rows == _ROWS or len(cells) + len(found) > _CELLS):
            yield cells
            cells, rows = [], 0
        cells += found
        rows += bool(found)
    if cells:
        yield cells


def _rows(text: str, sign: str) -> Iterator[list[str]]:
    csv.field_size_limit(_MOST_BYTES)
    return csv.reader(StringIO(text, newline=""), delimiter=sign)


def _sign(text: str) -> str:
    """Return the sign between cells: the one by which most of the first rows fall into the same number of cells."""
    marks = []
    for place, sign in enumerate(_SIGNS):
        widths = [len(row) for row in islice(_rows(text, sign), 50) if row]
        usual = max(set(widths), key=widths.count) if widths else 1
        marks.append((usual > 1, widths.count(usual) / len(widths) if widths else 0.0, usual, -place, sign))
    return max(marks)[-1]
