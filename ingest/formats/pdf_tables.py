"""Ruled tables of a PDF: pdfplumber's table finder over the paths that pdfium has parsed.

pdfplumber spends its time parsing a page, not finding tables; given pdfium's paths it finds the same ones ten times
faster (benchmarks/tables.py). Left out are rules drawn as pictures or as dashes of single rectangles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, repeat
from pathlib import Path
from typing import Any

import numpy as np
from pypdfium2 import raw

from corpus.cells import Cell, Table
from corpus.model import Box, Page, Word
from ingest.formats import pdf_calls as calls
from ingest.formats.pdf_captions import captions
from ingest.formats.pdf_text import Frame

FINGERPRINT = "tables2"  # to be raised with every change of what is found

_DEEPEST = 8
_MOST_PATHS = 20_000  # a map or a drawing has more, and no table that could be told from it
_LEAST_PATHS = 2
_SAME = 1.0  # points between two edges of cells that are one
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table as its rules draw it: the boxes of its cells, each with its place and what it spans, from 1."""

    box: Box
    cells: tuple[tuple[int, int, int, int, Box], ...]  # row, column, rows, columns, box


def ruled_on(path: Path, numbers: Iterable[int], password: str | None = None) -> dict[int, list[Ruled]]:
    """Return the tables on some pages (from 1) by their number, from top to bottom.

    Raises:
        FormatError: the file cannot be opened.
    """
    found = {}
    with calls.opened(path, password) as document:
        for number in numbers:
            with calls.loaded(document, number - 1) as page:
                found[number] = _ruled(page) if page else []
    return found


def tables_of(page: Page, ruled: Iterable[Ruled]) -> tuple[Table, ...]:
    """Return tables with the stretches of a page's text that stand in their cells: the words centred there."""
    words, found = list(page.words), list(ruled)
    named = captions(page, [table.box for table in found])
    return tuple(
        Table(number, tuple(_cell(each, words) for each in table.cells), table.box, caption)
        for number, (table, caption) in enumerate(zip(found, named, strict=True), 1)
    )


def _cell(place: tuple[int, int, int, int, Box], words: list[Word]) -> Cell:
    row, column, rows, columns, box = place
    x0, top, x1, bottom = box
    stretches: list[tuple[Word, int]] = []  # the first word of each, and where it ends
    last = -2
    for at, word in enumerate(words):
        across, down = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
        if not (x0 <= across < x1 and top <= down < bottom):
            continue
        if at == last + 1:
            stretches[-1] = stretches[-1][0], word.end
        else:
            stretches.append((word, word.end))
        last = at
    seen = sorted(stretches, key=lambda each: _as_read(each[0].box))
    (start, end), *more = [(first.start, until) for first, until in seen] or [(0, 0)]
    return Cell(row, column, start, end, rows, columns, box, tuple(more))


def _as_read(box: Box) -> tuple[int, float]:
    """Return what sorts boxes line by line, from left to right."""
    _, top, _, bottom = box
    return round((top + bottom) / 2 / max(4.0, 0.6 * (bottom - top))), box[0]


def _ruled(page: int) -> list[Ruled]:
    calls.set_rotation(page, 0)
    calls.page_box(page, calls.FLOATS_AT)
    left, top, right, bottom = calls.FLOATS[:4]
    frame = Frame(left, top, right - left, top - bottom)
    paths = list(_paths(page))
    if not _LEAST_PATHS <= len(paths) <= _MOST_PATHS:
        return []
    from pdfplumber.table import TableFinder

    found = TableFinder(_Drawn(frame, paths)).tables  # type: ignore[arg-type]  # it asks no more of a page
    return [_table(table.cells) for table in sorted(found, key=lambda each: (each.bbox[1], each.bbox[0]))]


def _table(cells: list[Box]) -> Ruled:
    xs = _lines(edge for x0, _, x1, _ in cells for edge in (x0, x1))
    ys = _lines(edge for _, top, _, bottom in cells for edge in (top, bottom))
    placed = []
    for x0, top, x1, bottom in cells:
        column, row = _line(xs, x0), _line(ys, top)
        spans = max(1, _line(ys, bottom) - row), max(1, _line(xs, x1) - column)
        placed.append((row + 1, column + 1, *spans, (float(x0), float(top), float(x1), float(bottom))))
    return Ruled((xs[0], ys[0], xs[-1], ys[-1]), tuple(sorted(placed)))


def _lines(edges: Iterable[float]) -> list[float]:
    """Return the places of grid lines; edges nearly at one place are one line."""
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > _SAME:
            found.append(float(edge))
    return found


def _line(lines: list[float], edge: float) -> int:
    return min(range(len(lines)), key=lambda at: abs(lines[at] - edge))


def _paths(page: int) -> Iterator[tuple[int, Matrix]]:
    """Yield the path objects of a page, those in form objects too, with the matrix to the page's space."""
    count = calls.count_objects(page)
    yield from _among(map(calls.get_object, repeat(page), range(count)), (1, 0, 0, 1, 0, 0), 0)


def _among(items: Iterable[int], outer: Matrix, depth: int) -> Iterator[tuple[int, Matrix]]:
    for item in items:
        kind = calls.object_type(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield item, _composed(_own(item), outer)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = map(calls.get_inner, repeat(item), range(calls.count_inner(item)))
            yield from _among(list(inner), _composed(_own(item), outer), depth + 1)


def _own(item: int) -> Matrix:
    a, b, c, d, e, f = calls.FLOATS[:6] if calls.object_matrix(item, calls.FLOATS_AT) else (1, 0, 0, 1, 0, 0)
    return a, b, c, d, e, f


def _composed(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


class _Drawn:
    """What TableFinder asks of a page: its box and its edges."""

    def __init__(self, frame: Frame, paths: list[tuple[int, Matrix]]) -> None:
        self.bbox = (0.0, 0.0, frame.width, frame.height)
        self.edges: list[dict[str, Any]] = []
        outlines = [points for path, matrix in paths for points in _outlines(path, matrix)]
        if not outlines:
            return
        flat = np.array([point for points in outlines for point in points], np.float64)
        placed = frame.from_top(np.hstack((flat, flat)))[:, :2].tolist()  # at once: a call takes longer than a point
        done = 0
        for points in outlines:
            self._add(placed[done : done + len(points)])
            done += len(points)

    def _add(self, points: list[list[float]]) -> None:
        """Add the edges of a straight outline as pdfplumber makes them: a rectangle has four, a line one."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        x0, x1, top, bottom = min(xs), max(xs), min(ys), max(ys)
        upright = len({round(x, 2) for x in xs}) <= 2 and len({round(y, 2) for y in ys}) <= 2
        if len(points) == 2:
            self._edge(x0, top, x1, bottom, "h" if top == bottom else "v", "line")
        elif len(points) in (4, 5) and upright:
            for y in (top, bottom):
                self._edge(x0, y, x1, y, "h", "rect_edge")
            for x in (x0, x1):
                self._edge(x, top, x, bottom, "v", "rect_edge")
        else:
            for (ax, ay), (bx, by) in pairwise(points):
                way = "v" if ax == bx else "h" if ay == by else None
                self._edge(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), way, "curve_edge")

    def _edge(self, x0: float, top: float, x1: float, bottom: float, way: str | None, kind: str) -> None:
        sides = {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top}
        self.edges.append({**sides, "orientation": way, "object_type": kind})


def _outlines(path: int, matrix: Matrix) -> list[list[Point]]:
    """Return the straight outlines of a path as points of the page; curved ones are left out."""
    a, b, c, d, e, f = matrix
    found: list[list[Point]] = []
    curved: set[int] = set()
    for index in range(calls.count_segments(path)):
        segment = calls.get_segment(path, index)
        kind = calls.segment_type(segment)
        if kind == calls.MOVE_TO or not found:
            found.append([])
        if kind == calls.CURVE_TO:
            curved.add(len(found) - 1)
        calls.segment_point(segment, *calls.FLOAT_PLACES[:2])
        x, y = calls.FLOATS[:2]
        found[-1].append((a * x + c * y + e, b * x + d * y + f))
    return [points for at, points in enumerate(found) if at not in curved and len(points) > 1]
