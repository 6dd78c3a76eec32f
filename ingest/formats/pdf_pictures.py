"""Small pictures of parts of a page, to see whether a character shows."""

from __future__ import annotations

from ctypes import addressof, c_float
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from corpus.model import Box
from ingest.formats import pdf_calls as calls

_SCALE = 3.0  # pixels to a point
_MOST_PIXELS = 6_000_000
_WHITE = 0xFFFFFFFF
_EVEN = 12  # of 255; research/extraction.md section 6


@dataclass(frozen=True, slots=True)
class Picture:
    """A region of a page as pixels (rows, columns, 4 bytes); `scale` in pixels to a point."""

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

    def _cut(self, box: Box) -> NDArray[np.uint8]:
        """Return the pixels of a character's box, less a rim that its neighbours or the cover's edge reach into."""
        across = min(1.0, self.scale * (box[2] - box[0]) / 4)
        down = 0.12 * self.scale * (box[3] - box[1])
        left, upper, right, lower = ((edge - self.region[side % 2]) * self.scale for side, edge in enumerate(box))
        rows = slice(max(0, round(upper + down)), max(0, round(lower - down)) + 1)
        columns = slice(max(0, round(left + across)), max(0, round(right - across)) + 1)
        return self.pixels[rows, columns]


def picture_of(page: int, region: Box) -> Picture:
    """Draw a region (points, from the top left corner) of a loaded page, annotations included."""
    x0, top, x1, bottom = region
    across, down = max(1.0, x1 - x0), max(1.0, bottom - top)
    scale = min(_SCALE, sqrt(_MOST_PIXELS / (across * down)))
    width, height = ceil(across * scale), ceil(down * scale)
    pixels = np.empty((height, width, 4), np.uint8)
    bitmap = calls.create_bitmap(width, height, raw.FPDFBitmap_BGRx, pixels.ctypes.data, 4 * width)
    matrix = (c_float * 6)(scale, 0, 0, scale, -x0 * scale, -top * scale)
    clip = (c_float * 4)(0, 0, width, height)
    try:
        calls.fill_bitmap(bitmap, 0, 0, width, height, _WHITE)
        calls.render(bitmap, page, addressof(matrix), addressof(clip), raw.FPDF_ANNOT)
    finally:
        calls.close_bitmap(bitmap)
    return Picture(pixels, region, scale)
