"""A page's picture made ready to be recognised: how far it is askew, whether its lines run upright, where they are.

Skew is the angle at which the rows of a much reduced picture differ most (projection profile: Postl, 1986).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin, tan

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from corpus.model import Box

Ink = NDArray[np.bool_]

_REDUCED = 4  # pixels of the picture, across and down, to one that is looked at
_DARKER = 40  # than the paper, of 255: ink
_STEEPEST = 6.0  # degrees
_LEAST_SKEW = 0.25  # degrees; below, turning costs more than it gives
_FEWEST_POINTS, _MOST_POINTS = 50, 40_000
_LEAST_CONTRAST = 60.0  # of 255
_NEARLY = 0.12  # of the contrast
_SIDEWAYS = 1.3  # times the difference of rows that the difference of columns must be

_LINE_HEIGHTS = range(3, 20)  # of ink, in reduced pixels
_SAMPLE_WIDTH = 120  # reduced pixels
_SAMPLES = 3
_RIM = 6  # pixels left around a sample


@dataclass(frozen=True, slots=True)
class Sheet:
    """A grey picture whose lines run level. It is that of a page turned by `turn` (clockwise, 0, 90, 180 or 270) and
    then by `skew` degrees, anticlockwise and about its middle."""

    image: Image.Image
    turn: int
    skew: float

    def on_page(self, box: Box) -> Box:
        """Return where a box lies in the picture of the page not turned, in pixels of it; its size is kept."""
        width, height = self.image.size
        x, y = (box[0] + box[2]) / 2 - width / 2, (box[1] + box[3]) / 2 - height / 2
        sine, cosine = sin(radians(self.skew)), cos(radians(self.skew))
        across, down = x * cosine - y * sine + width / 2, x * sine + y * cosine + height / 2
        half_width, half_height = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
        level = (across - half_width, down - half_height, across + half_width, down + half_height)
        return _unturned(level, self.turn, width, height)


def _unturned(box: Box, turn: int, width: int, height: int) -> Box:
    """Undo a turn; `width` and `height` are those of the turned picture."""
    x0, top, x1, bottom = box
    if turn == 90:
        return top, width - x1, bottom, width - x0
    if turn == 180:
        return width - x1, height - bottom, width - x0, height - top
    if turn == 270:
        return height - bottom, x0, height - top, x1
    return box


_TURNS = {
    90: Image.Transpose.ROTATE_270,  # Pillow turns anticlockwise
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


def turned(image: Image.Image, turn: int) -> Image.Image:
    """Turn a picture clockwise by 0, 90, 180 or 270 degrees."""
    return image.transpose(_TURNS[turn]) if turn else image


def levelled(image: Image.Image, turn: int) -> Sheet:
    """Turn a grey picture so that its lines run level, if they are a few degrees off at most, and clear its paper."""
    skew = skew_of(ink_of(image))
    if abs(skew) < _LEAST_SKEW:
        return Sheet(_cleared(image), turn, 0.0)
    level = image.rotate(skew, Image.Resampling.BILINEAR, fillcolor=_paper(image))
    return Sheet(_cleared(level), turn, skew)


def _cleared(image: Image.Image) -> Image.Image:
    """Make all that is nearly paper white and all that is nearly ink black: small print is read better for it."""
    pixels = np.asarray(image)[::_REDUCED, ::_REDUCED]
    paper, ink = float(np.median(pixels)), float(np.percentile(pixels, 1))
    contrast = paper - ink
    if contrast < _LEAST_CONTRAST:
        return image
    black, white = ink + _NEARLY * contrast, paper - _NEARLY * contrast
    return image.point([min(255, max(0, round((grey - black) * 255 / (white - black)))) for grey in range(256)])


def ink_of(image: Image.Image) -> Ink:
    """Return where a grey picture is darker than its paper, reduced: true and false in rows and columns."""
    reduced = np.asarray(image.reduce(_REDUCED))
    ink: Ink = reduced < int(np.median(reduced)) - _DARKER
    return ink


def _paper(image: Image.Image) -> int:
    return int(np.median(np.asarray(image.reduce(2 * _REDUCED))))


def is_sideways(ink: Ink) -> bool:
    """Whether lines seem to run up or down: the columns differ more than the rows."""
    down, across = (float(np.square(np.diff(ink.sum(axis=axis, dtype=np.int64))).sum()) for axis in (1, 0))
    return across > _SIDEWAYS * down


def skew_of(ink: Ink) -> float:
    """Return by how many degrees, clockwise, the lines of a picture fall off to the right."""
    down, across = np.nonzero(ink[:-1] & ~ink[1:])  # lower edges: baselines show best, and solid areas hardly at all
    if len(down) < _FEWEST_POINTS:
        return 0.0
    step = -(-len(down) // _MOST_POINTS)
    ys, xs = down[::step].astype(np.float64), across[::step].astype(np.float64)
    coarse = _sharpest(ys, xs, np.arange(-_STEEPEST, _STEEPEST + 0.1, 0.5))
    return round(_sharpest(ys, xs, coarse + np.arange(-0.5, 0.51, 0.1)), 2)


def _sharpest(ys: NDArray[np.float64], xs: NDArray[np.float64], angles: NDArray[np.float64]) -> float:
    def sharpness(angle: float) -> float:
        rows = (ys - xs * tan(radians(angle))).astype(np.int64)
        counts = np.bincount(rows - rows.min())
        return float(np.square(counts.astype(np.float64)).sum())

    each: list[float] = angles.tolist()
    return max(each, key=lambda angle: (sharpness(angle), -abs(angle)))


def samples(image: Image.Image) -> list[Image.Image]:
    """Return some stretches of lines from different places of a level grey picture, the fullest first."""
    ink, paper = ink_of(image), _paper(image)
    chosen: list[tuple[int, int, int, int]] = []
    for _, *box in sorted(_stretches(ink), key=lambda stretch: -stretch[0]):
        left, top, right, bottom = box
        if all(abs(top - other[1]) > ink.shape[0] // 10 for other in chosen):
            chosen.append((left, top, right, bottom))
        if len(chosen) == _SAMPLES:
            break
    return [_framed(image.crop(_grown(box, image.size)), paper) for box in chosen]


def _stretches(ink: Ink) -> list[tuple[int, int, int, int, int]]:
    """Return (ink, left, top, right, bottom) of what may be stretches of lines, in reduced pixels."""
    width = ink.shape[1]
    found = []
    for left in range(0, max(1, width - _SAMPLE_WIDTH // 2), _SAMPLE_WIDTH):
        part = ink[:, left : left + _SAMPLE_WIDTH]
        rows = np.concatenate([[False], part.sum(axis=1) > 1, [False]])
        edges = np.flatnonzero(rows[1:] != rows[:-1]).tolist()
        for top, bottom in zip(edges[::2], edges[1::2], strict=True):
            area = part[top:bottom]
            filled = float(area.mean())
            if bottom - top in _LINE_HEIGHTS and 0.1 < filled < 0.7:
                across = int(area.any(axis=0).sum())
                found.append((across, left, top, min(width, left + _SAMPLE_WIDTH), bottom))
    return found


def _grown(box: tuple[int, int, int, int], size: tuple[int, int]) -> tuple[int, int, int, int]:
    left, top, right, bottom = (_REDUCED * edge for edge in box)
    return max(0, left - _RIM), max(0, top - _RIM), min(size[0], right + _RIM), min(size[1], bottom + _RIM)


def _framed(part: Image.Image, paper: int) -> Image.Image:
    framed = Image.new("L", (part.width + 4 * _RIM, part.height + 4 * _RIM), paper)
    framed.paste(part, (2 * _RIM, 2 * _RIM))
    return framed
