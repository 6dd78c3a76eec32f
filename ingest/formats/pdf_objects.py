"""What is painted on a PDF page and in which order: pictures, paths, and whatever may cover text.

Form XObjects are walked with their matrices composed. Boxes are in points from the page's top left corner.
"""

from __future__ import annotations

from collections.abc import Sequence
from ctypes import addressof, c_int
from dataclasses import dataclass, field
from itertools import repeat
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from corpus.model import Box
from ingest.formats import pdf_calls as calls
from ingest.formats.pdf_text import Floats, Frame, run

Matrix = tuple[float, float, float, float, float, float]

_DEEPEST = 8
_MOST = 300_000
_LEAST_COVER = 4.0  # points, in both directions
_MOST_QUADS = 200
_RECTANGLE = 6  # segments, at most
_WHITE = 243  # of 255, each of red, green and blue
DARK = 80  # the same, at most
_BARE = frozenset(
    {
        raw.FPDF_ANNOT_TEXT,
        raw.FPDF_ANNOT_LINK,
        raw.FPDF_ANNOT_POPUP,
        raw.FPDF_ANNOT_WIDGET,
        raw.FPDF_ANNOT_UNDERLINE,
        raw.FPDF_ANNOT_SQUIGGLY,
        raw.FPDF_ANNOT_STRIKEOUT,
    }
)
"""Annotations that do not cover text. A highlight may: in black, or opaque."""
_SHAPES = frozenset(
    {
        raw.FPDF_ANNOT_HIGHLIGHT,
        raw.FPDF_ANNOT_SQUARE,
        raw.FPDF_ANNOT_CIRCLE,
        raw.FPDF_ANNOT_POLYGON,
        raw.FPDF_ANNOT_LINE,
        raw.FPDF_ANNOT_POLYLINE,
        raw.FPDF_ANNOT_INK,
    }
)
"""Annotations whose look is no picture: stamps, notes and magnifiers may show the text that lies under them."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Something opaque that may hide text painted before it (`order` in paint order, infinite for annotations).

    `picture` may itself show text. `meant` is a redaction annotation: its text is to be withheld even though it
    still shows. `made` says how it was put there, as `corpus.model.Redaction` does. `dark` is said of paths only;
    `item` is the path, 0 for all else, and `matrix` leads from its container's space to the page's.
    """

    box: Box
    order: float
    picture: bool = False
    meant: bool = False
    made: str = "annotation"
    dark: bool = False
    item: int = 0
    matrix: Matrix | None = None


@dataclass(slots=True)
class Painted:
    """The leaf objects of a page in paint order, by address, and what was noticed of them.

    `covers` are those that were painted later than some text or picture. `dark` are those, painted before it too,
    that may be bars in the place of words. `white` are the text objects in the colour of bare paper, `grounds` the
    boxes of another colour that they may be seen on.
    """

    frame: Frame
    order: list[int] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)
    dark: list[Cover] = field(default_factory=list)
    grounds: list[Box] = field(default_factory=list)
    white: list[int] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    paths: int = 0
    texts: int = 0
    first: float = inf

    def scan(self, items: Sequence[int], matrix: Matrix | None = None, depth: int = 0) -> None:
        """Take in a container's objects; `matrix` leads from its space to the page's."""
        kinds = list(map(calls.object_type, items))
        done = 0
        if raw.FPDF_PAGEOBJ_FORM in kinds and depth < _DEEPEST:
            for at in (at for at, kind in enumerate(kinds) if kind == raw.FPDF_PAGEOBJ_FORM):
                self._scan_leaves(items[done:at], kinds[done:at], matrix)
                self._scan_form(items[at], matrix, depth)
                done = at + 1
        self._scan_leaves(items[done:], kinds[done:], matrix)

    def _scan_form(self, form: int, matrix: Matrix | None, depth: int) -> None:
        count = calls.count_inner(form)
        if count <= 0 or len(self.order) + count > _MOST:
            return
        own = (calls.FLOATS[:6]) if calls.object_matrix(form, calls.FLOATS_AT) else (1, 0, 0, 1, 0, 0)
        inner = list(map(calls.get_inner, repeat(form), range(count)))
        self.scan(inner, _composed(tuple(own), matrix), depth + 1)

    def _scan_leaves(self, items: Sequence[int], kinds: list[int], matrix: Matrix | None) -> None:
        start = len(self.order)
        self.order.extend(items)
        texts = kinds.count(raw.FPDF_PAGEOBJ_TEXT)
        if self.first == inf:
            marks = (at for at, kind in enumerate(kinds) if kind in (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_IMAGE))
            self.first = start + next(marks, inf)
        self.texts += texts
        if texts:
            self._note_white([item for item, kind in zip(items, kinds, strict=True) if kind == raw.FPDF_PAGEOBJ_TEXT])
        if texts == len(kinds):
            return
        self.paths += kinds.count(raw.FPDF_PAGEOBJ_PATH)
        rest = [at for at, kind in enumerate(kinds) if kind != raw.FPDF_PAGEOBJ_TEXT]
        boxes = self._boxes([items[at] for at in rest], matrix)
        large = (boxes[:, 2:] - boxes[:, :2] > _LEAST_COVER).all(axis=1)
        for index in np.flatnonzero(large):
            at = rest[index]
            self._note(items[at], kinds[at], _box(boxes[index]), start + at, matrix)

    def _boxes(self, items: list[int], matrix: Matrix | None) -> Floats:
        corners = np.zeros((len(items), 4), np.float32)
        at = corners.ctypes.data
        places = [range(at + 4 * side, at + 4 * side + corners.nbytes, 16) for side in range(4)]
        run(map(calls.object_bounds, items, *places))
        return self.frame.from_top(corners if matrix is None else _moved(corners, matrix))

    def _note_white(self, items: list[int]) -> None:
        colours = np.zeros((len(items), 4), np.uint32)
        at = colours.ctypes.data
        run(
            map(
                calls.fill_colour,
                items,
                *(range(at + 4 * part, at + 4 * part + colours.nbytes, 16) for part in range(4)),
            )
        )
        self.white += [items[index] for index in np.flatnonzero((colours[:, :3] >= _WHITE).all(axis=1))]

    def _note(self, item: int, kind: int, box: Box, order: int, matrix: Matrix | None) -> None:
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            self.pictures.append(box)
        is_path = kind == raw.FPDF_PAGEOBJ_PATH
        made = _made(item) if is_path else "image" if kind == raw.FPDF_PAGEOBJ_IMAGE else "filled curve"
        if not made:
            return
        low, high = _shades(item, made) if is_path else (0, 0)
        if low < _WHITE:
            self.grounds.append(box)
        dark = high <= DARK
        if not (dark or order > self.first) or calls.is_see_through(item):
            return
        path = item if is_path else 0
        cover = Cover(box, order, made == "image", made=made, dark=dark and is_path, item=path, matrix=matrix)
        if dark:
            self.dark.append(cover)
        if order > self.first:
            self.covers.append(cover)


def painted_on(page: int, frame: Frame) -> Painted:
    """Walk the objects and the annotations of a loaded page."""
    painted = Painted(frame)
    count = min(calls.count_objects(page), _MOST)
    painted.scan(list(map(calls.get_object, repeat(page), range(count))))
    for index in range(calls.count_annotations(page)):
        _note_annotation(painted, page, index)
    return painted


def _note_annotation(painted: Painted, page: int, index: int) -> None:
    annotation = calls.get_annotation(page, index)
    if not annotation:
        return
    try:
        kind = calls.annotation_type(annotation)
        unseen = calls.annotation_flags(annotation) & (raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW)
        if kind in _BARE or unseen or not calls.annotation_rect(annotation, calls.FLOATS_AT):
            return
        left, top, right, bottom = calls.FLOATS[:4]
        boxes = _quads(annotation) if kind == raw.FPDF_ANNOT_HIGHLIGHT else []
    finally:
        calls.close_annotation(annotation)
    corners = boxes or [(min(left, right), min(top, bottom), max(left, right), max(top, bottom))]
    meant = kind == raw.FPDF_ANNOT_REDACT
    made = "unapplied annotation" if meant else "annotation"
    for row in painted.frame.from_top(np.array(corners)):
        cover = Cover(_box(row), inf, picture=kind not in _SHAPES, meant=meant, made=made)
        painted.covers.append(cover)
        painted.dark.append(cover)


def _quads(annotation: int) -> list[tuple[float, float, float, float]]:
    """Return the lines that a highlight lies on: left, bottom, right, top in PDF space."""
    quads = []
    for index in range(min(calls.count_quads(annotation), _MOST_QUADS)):
        if calls.get_quad(annotation, index, calls.FLOATS_AT):
            xs, ys = calls.FLOATS[0:8:2], calls.FLOATS[1:8:2]
            quads.append((min(xs), min(ys), max(xs), max(ys)))
    return quads


_FILL, _STROKE = c_int(), c_int()
_MODES = addressof(_FILL), addressof(_STROKE)


def _made(path: int) -> str:
    """Return how a path may cover something, nothing if it cannot."""
    if _is_filled(path):
        return "filled rectangle" if calls.count_segments(path) <= _RECTANGLE else "filled curve"
    return "line" if _is_thick(path) else ""


def _shades(path: int, made: str) -> tuple[int, int]:
    """Return the least and the greatest of a path's red, green and blue; of a pattern (0, 255)."""
    get_colour = calls.stroke_colour if made == "line" else calls.fill_colour
    if not get_colour(path, *calls.NUMBER_PLACES):
        return 0, 255
    red, green, blue = calls.NUMBERS[:3]
    return min(red, green, blue), max(red, green, blue)


def _is_filled(path: int) -> bool:
    return bool(calls.draw_mode(path, *_MODES)) and _FILL.value != raw.FPDF_FILLMODE_NONE


def _is_thick(path: int) -> bool:
    """Whether a path is a line thicker than the least cover; to be asked after `_is_filled`."""
    return (
        bool(_STROKE.value) and bool(calls.stroke_width(path, calls.FLOATS_AT)) and bool(calls.FLOATS[0] > _LEAST_COVER)
    )


def _box(row: Floats) -> Box:
    x0, top, x1, bottom = row.tolist()
    return x0, top, x1, bottom


def _composed(inner: tuple[Any, ...], outer: Matrix | None) -> Matrix:
    a, b, c, d, e, f = inner
    if outer is None:
        return a, b, c, d, e, f
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _moved(corners: NDArray[Any], matrix: Matrix) -> NDArray[Any]:
    """Return the upright boxes around boxes that a matrix has turned."""
    a, b, c, d, e, f = matrix
    xs, ys = corners[:, [0, 2, 0, 2]], corners[:, [1, 1, 3, 3]]
    across, up = a * xs + c * ys + e, b * xs + d * ys + f
    return np.stack([across.min(axis=1), up.min(axis=1), across.max(axis=1), up.max(axis=1)], axis=1)
