"""The outlines of a path object: the boxes that it fills, or that its thick lines cover, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import hypot

import numpy as np

from corpus.model import Box
from ingest.formats import pdf_calls as calls
from ingest.formats.pdf_objects import Cover, Matrix
from ingest.formats.pdf_text import Frame

Point = tuple[float, float]

_MOST_SEGMENTS = 400
_STRAIGHT = 0.02  # of a rectangle's area that may be missing from it


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a cover: its box and the share of the box that its outline takes up, 0 for a side of a frame."""

    box: Box
    share: float
    made: str


def parts_of(cover: Cover, frame: Frame) -> list[Part]:
    """Return the parts of a cover: one for each outline of a path, or for each stroke of a thick line."""
    whole = [Part(cover.box, 1.0, cover.made)]
    if not cover.item or not 1 < calls.count_segments(cover.item) <= _MOST_SEGMENTS:
        return whole
    outlines = _outlines(cover.item, _matrix(cover))
    if cover.made == "line":
        return [part for outline in outlines for part in _strokes(outline, cover, frame)] or whole
    return [_part(outline, cover.made, frame) for outline in outlines if len(outline) > 2] or whole


def _outlines(path: int, matrix: Matrix) -> list[list[Point]]:
    outlines: list[list[Point]] = []
    a, b, c, d, e, f = matrix
    for index in range(calls.count_segments(path)):
        segment = calls.get_segment(path, index)
        if not segment or not calls.segment_point(segment, *calls.FLOAT_PLACES[:2]):
            continue
        x, y = calls.FLOATS[:2]
        if calls.segment_type(segment) == calls.MOVE_TO or not outlines:
            outlines.append([])
        outlines[-1].append((a * x + c * y + e, b * x + d * y + f))
    return outlines


def _matrix(cover: Cover) -> Matrix:
    a, b, c, d, e, f = calls.FLOATS[:6] if calls.object_matrix(cover.item, calls.FLOATS_AT) else (1, 0, 0, 1, 0, 0)
    if cover.matrix is None:
        return a, b, c, d, e, f
    g, h, i, j, k, m = cover.matrix
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _part(outline: list[Point], made: str, frame: Frame) -> Part:
    """Measure an outline; the control points of a curve stand for the curve."""
    xs, ys = np.array(outline).T
    box = _box(xs.min(), ys.min(), xs.max(), ys.max(), frame)
    area = abs(float(np.dot(xs, np.roll(ys, -1)) - np.dot(ys, np.roll(xs, -1)))) / 2
    share = area / ((box[2] - box[0]) * (box[3] - box[1]) or 1.0)
    corners = len(set(outline))
    return Part(box, share, "filled rectangle" if share > 1 - _STRAIGHT and corners <= 4 else "filled curve")


def _strokes(outline: list[Point], cover: Cover, frame: Frame) -> list[Part]:
    """Return the boxes of straight strokes, as wide as the line is: pdfium's bounds add that at the ends too."""
    matrix = _matrix(cover)
    scale = hypot(matrix[0], matrix[1])
    half = calls.FLOATS[0] / 2 * scale if calls.stroke_width(cover.item, calls.FLOATS_AT) else 0.0
    parts = []
    for (x0, y0), (x1, y1) in pairwise(outline):
        length = hypot(x1 - x0, y1 - y0) or 1.0
        across, up = half * abs(y1 - y0) / length, half * abs(x1 - x0) / length
        box = _box(min(x0, x1) - across, min(y0, y1) - up, max(x0, x1) + across, max(y0, y1) + up, frame)
        share = 2 * half * length / ((box[2] - box[0]) * (box[3] - box[1]) or 1.0)
        parts.append(Part(box, min(1.0, share) if len(outline) == 2 else 0.0, "line"))
    return parts


def _box(left: float, bottom: float, right: float, top: float, frame: Frame) -> Box:
    x0, upper, x1, lower = frame.from_top(np.array([[left, bottom, right, top]]))[0].tolist()
    return x0, upper, x1, lower
