"""Small pictures of parts of a page, to see whether a character shows and whether a box is dark all over."""

from __future__ import annotations

from collections.abc import Iterable
from ctypes import addressof, c_float
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from corpus.model import Box
from ingest.formats import pdf_calls as calls
from ingest.formats.pdf_objects import DARK

_SCALE = 3.0  # pixels to a point
_GREY_SCALE = 1.5
_MOST_PIXELS = 6_000_000
_WHITE = 0xFFFFFFFF
_EVEN = 12  # of 255; research/extraction.md section 6
_SOLID = 0.97
_PLAIN = 12
_LIGHT, _MOSTLY = 200, 0.6


@dataclass(frozen=True, slots=True)
class Picture:
    """A region of a page as pixels (rows, columns, 4 bytes or 1 of grey); `scale` in pixels to a point."""

    pixels: NDArray[np.uint8]
    region: Box
    scale: float

    def is_same(self, other: Picture, box: Box) -> bool:
        """Whether both show the same in a box."""
        return bool(np.array_equal(self._cut(box), other._cut(box)))

    def is_even(self, box: Box) -> bool:
        """Whether a box is of one colour."""
        part = self._cut(box)
        return part.size == 0 or int(np.ptp(part, axis=(0, 1)).max()) <= _EVEN

    def is_dark(self, box: Box, most: float = DARK) -> bool:
        """Whether a character's box is dark all over, so that the character does not show."""
        part = self._cut(box)[..., :3]
        return part.size > 0 and float((part.max(axis=2) <= most).mean()) >= _SOLID

    def is_light(self, boxes: Iterable[Box]) -> bool:
        """Whether most of some boxes is light, as of writing on paper."""
        shades = [self._cut(box)[..., :3].min(axis=2).ravel() for box in boxes]
        return bool(shades) and float((np.concatenate(shades) > _LIGHT).mean()) > _MOSTLY

    def is_solid(self, box: Box, apart: Iterable[Box]) -> bool:
        """Whether a box is dark all over, its rim and the words on it (`apart`) left out."""
        rows, columns = self._places(box, -1.5)
        shades = self.pixels[rows, columns, :3].max(axis=2)
        counted = np.ones(shades.shape, np.bool_)
        for words in apart:
            down, across = self._places(words, 1.0)
            counted[_less(down, rows.start), _less(across, columns.start)] = False
        some = shades[counted]
        if not len(some) or float((some <= DARK).mean()) < _SOLID:
            return False
        low, high = np.percentile(some[:: 1 + len(some) // 5000], (5, 95))
        return bool(high - low <= _PLAIN)  # else it is a dark photo

    def _places(self, box: Box, grown: float) -> tuple[slice, slice]:
        """Return rows and columns of a box, grown by pixels on all sides."""
        left, upper, right, lower = ((edge - self.region[side % 2]) * self.scale for side, edge in enumerate(box))
        rows = slice(max(0, round(upper - grown)), max(0, round(lower + grown)))
        return rows, slice(max(0, round(left - grown)), max(0, round(right + grown)))

    def _cut(self, box: Box) -> NDArray[np.uint8]:
        """Return the pixels of a character's box, less a rim that its neighbours or the cover's edge reach into."""
        across = min(1.0, self.scale * (box[2] - box[0]) / 4)
        down = 0.12 * self.scale * (box[3] - box[1])
        left, upper, right, lower = ((edge - self.region[side % 2]) * self.scale for side, edge in enumerate(box))
        rows = slice(max(0, round(upper + down)), max(0, round(lower - down)) + 1)
        columns = slice(max(0, round(left + across)), max(0, round(right - across)) + 1)
        return self.pixels[rows, columns]


def _less(places: slice, start: int) -> slice:
    return slice(max(0, places.start - start), max(0, places.stop - start))


def picture_of(page: int, region: Box) -> Picture:
    """Draw a region (points, from the top left corner) of a loaded page, annotations included."""
    return _drawn(page, region, _SCALE, raw.FPDFBitmap_BGRx, 4)


def grey_picture_of(page: int, region: Box) -> Picture:
    """Draw a region in grey and half as fine: for whole pages."""
    return _drawn(page, region, _GREY_SCALE, raw.FPDFBitmap_Gray, 1)


def _drawn(page: int, region: Box, scale: float, form: int, size: int) -> Picture:
    x0, top, x1, bottom = region
    across, down = max(1.0, x1 - x0), max(1.0, bottom - top)
    scale = min(scale, sqrt(_MOST_PIXELS / (across * down)))
    width, height = ceil(across * scale), ceil(down * scale)
    pixels = np.empty((height, width, size), np.uint8)
    bitmap = calls.create_bitmap(width, height, form, pixels.ctypes.data, size * width)
    matrix = (c_float * 6)(scale, 0, 0, scale, -x0 * scale, -top * scale)
    clip = (c_float * 4)(0, 0, width, height)
    try:
        calls.fill_bitmap(bitmap, 0, 0, width, height, _WHITE)
        calls.render(bitmap, page, addressof(matrix), addressof(clip), raw.FPDF_ANNOT)
    finally:
        calls.close_bitmap(bitmap)
    return Picture(pixels, region, scale)
