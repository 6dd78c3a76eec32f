"""Black boxes painted into the picture of a page, as on a scan. Nothing here knows of a file format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.model import Box

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]

# A core is a square of dark pixels that no stroke of a letter is thick enough for.
_LEAST_HEIGHT = 6.5  # points
_LEAST_WIDTH = 12.0  # points: smaller spots abound
_FLAT = 1.2  # width by height, at least
_BLOCK = 40.0  # points: what is as wide and as high is no bullet
_CORE = 4.7  # points
_LEAST_PAPER = 140  # of 255: what is darker is a photo or a negative
_DARK = 0.45  # of the paper's grey
_SOLID = 0.97
_WHOLE = 0.85  # of a ragged block that lines make up
_AMID = 0.35  # of the rim that may be dark
_STEEPEST = 0.06  # a little over 3 degrees
_RAGGED = 1.6  # pixels
_JUMP = 2  # pixels
_SHORT = 24  # pixels: too few to tell a slope from
_SAME_EDGE = 0.8
_SMALL = 30.0  # points
_UNEVEN = 18.0  # of 255
_LEAST_SQUARE = 11.0  # points: bullets are smaller
_INK = 0.03, 0.5  # how much of a piece of paper is dark where words stand
_MOST_STRETCHES = 20_000
_RULE = 11.0  # points: what is lower and wider than most of the page is a rule
_MARGIN = 6.0  # points: where the edges of a copier's glass show


def painted_in(grey: NDArray[np.uint8], scale: float) -> list[Box]:
    """Return the solid dark boxes in the picture of a page, in points; upright boxes around those that are askew.

    `grey` has rows and columns of 0 (black) to 255, `scale` pixels to a point: 1.5 and more. Boxes up to 3 degrees
    askew are found. A box with words on it is not: a header looks the same.
    """
    paper = float(np.percentile(grey[::8, ::8], 70)) if grey.size else 0.0
    dark = grey < _DARK * paper
    if paper < _LEAST_PAPER or not _has_block(dark):
        return []
    sheet = _Sheet(grey, dark, scale, max(3, round(_CORE * scale)))
    found = [each for patch in _components(_cores(dark, sheet.side)) for each in _rectangles(patch, sheet)]
    return [
        (each.x0 / scale, each.top / scale, each.x1 / scale, each.bottom / scale)
        for each in found
        if _is_bar(each, sheet) and _is_plain(each, sheet)
    ]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page as grey and as dark pixels; `side` is that of a core, in pixels."""

    grey: NDArray[np.uint8]
    dark: Mask
    scale: float
    side: int


@dataclass(frozen=True, slots=True)
class _Bar:
    """The upright box around a dark box, in pixels; `slope` pixels down for each to the right."""

    x0: int
    top: int
    x1: int
    bottom: int
    slope: float = 0.0

    @property
    def tilt(self) -> int:
        """How much lower one end is than the other."""
        return round(abs(self.slope) * (self.x1 - self.x0))

    @property
    def high(self) -> int:
        """How high the box is, straightened."""
        return self.bottom - self.top - self.tilt


def _has_block(dark: Mask) -> bool:
    """Whether there is a dark square of 6 pixels anywhere on a grid of 3: quick, and pages of letters have none."""
    rows, columns = (size // 3 * 3 for size in dark.shape)
    cells = np.ones((rows // 3, columns // 3), np.bool_)
    for row in range(3):
        for column in range(3):
            cells &= dark[row:rows:3, column:columns:3]
    return bool((cells[1:, 1:] & cells[:-1, 1:] & cells[1:, :-1] & cells[:-1, :-1]).any())


def _cores(dark: Mask, side: int) -> Mask:
    """Return, for each place, whether the square of `side` pixels from there is dark, specks apart."""
    sums = np.zeros((dark.shape[0] + 1, dark.shape[1] + 1), np.int32)
    np.cumsum(np.cumsum(dark, axis=0, dtype=np.int32), axis=1, out=sums[1:, 1:])
    squares = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    cores: Mask = squares >= _SOLID * side * side
    return cores


def _components(mask: Mask) -> Iterator[Integers]:
    """Return the rows of (row, first column, last column and one) of each patch that hangs together."""
    padded = np.zeros((mask.shape[0], mask.shape[1] + 2), np.int8)
    padded[:, 1:-1] = mask
    wide = padded.shape[1]
    steps = np.diff(padded.ravel())
    starts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    if not 0 < len(starts) <= _MOST_STRETCHES:
        return
    low = np.searchsorted(ends, starts - wide, side="right")
    high = np.searchsorted(starts, ends - wide, side="left")
    owner = list(range(len(starts)))

    def root(at: int) -> int:
        while owner[at] != at:
            owner[at] = owner[owner[at]]
            at = owner[at]
        return at

    for at in np.flatnonzero(high > low).tolist():
        for above in range(int(low[at]), int(high[at])):
            owner[root(at)] = root(above)
    roots = np.array([root(at) for at in range(len(starts))])
    table = np.stack([starts // wide, starts % wide, ends % wide], axis=1)
    order = np.argsort(roots, kind="stable")
    yield from np.split(table[order], np.flatnonzero(np.diff(roots[order])) + 1)


def _rectangles(stretches: Integers, sheet: _Sheet) -> Iterator[_Bar]:
    """Return the rectangles of a patch: itself, or the lines that a ragged block of several is made of."""
    if _pixels(stretches) < sheet.side:
        return
    top, bottom = _profile(stretches)
    slope = _slope(top, bottom)
    solid = _pixels(stretches) >= _SOLID * float((bottom - top + 1).sum())
    if not (solid and slope is not None and _is_rectangle(top, bottom, slope)):
        yield from _levels(stretches, _slope_of_edges(top, bottom), sheet.side)
        return
    x0, upper, x1, lower = _bounds(stretches)
    bar = _Bar(x0, upper, x1 + sheet.side - 1, lower + sheet.side - 1, slope)
    if not _goes_on(bar, sheet) and not _is_amid(bar, sheet):
        yield bar


def _pixels(stretches: Integers) -> int:
    return int((stretches[:, 2] - stretches[:, 1]).sum())


def _bounds(stretches: Integers) -> tuple[int, int, int, int]:
    rows, first, last = stretches.T
    return int(first.min()), int(rows.min()), int(last.max()), int(rows.max()) + 1


def _profile(stretches: Integers) -> tuple[Floats, Floats]:
    """Return the first and the last row of a patch at each of its columns."""
    first, _, last, _ = _bounds(stretches)
    top = np.full(last - first, np.inf)
    bottom = np.full(last - first, -np.inf)
    for row, x0, x1 in stretches.tolist():
        part = slice(x0 - first, x1 - first)
        np.minimum(top[part], row, out=top[part])
        np.maximum(bottom[part], row, out=bottom[part])
    return top, bottom


def _slope(top: Floats, bottom: Floats) -> float | None:
    """Return how steep the middle line of a patch is: 0 where it is too short to tell, None where too steep."""
    if len(top) < _SHORT:
        return 0.0
    middle = (top + bottom) / 2
    inner = slice(len(top) // 20, -(len(top) // 20) or None)
    across = np.arange(len(top))[inner]
    slope = float(np.polyfit(across, middle[inner], 1)[0])
    return slope if abs(slope) <= _STEEPEST else None


def _slope_of_edges(top: Floats, bottom: Floats) -> float:
    """Return how steep the long edges of a patch are for the most part, 0 where they are no lines."""
    if len(top) < 2 * _SHORT:
        return 0.0
    step = len(top) // 3
    slope = float(np.median(np.concatenate([top[step:] - top[:-step], bottom[step:] - bottom[:-step]]))) / step
    return slope if abs(slope) <= _STEEPEST else 0.0


def _is_rectangle(top: Floats, bottom: Floats, slope: float) -> bool:
    """Whether both long edges are straight and alike, less the slanted ends of a box that is askew."""
    ends = int(abs(slope) * (float(np.median(bottom - top)) + 8)) + 2
    if len(top) <= 2 * ends + 3:
        return bool(np.ptp(top) <= 2 and np.ptp(bottom) <= 2)
    inner = slice(ends, -ends)
    across = slope * np.arange(len(top))[inner]
    for edge in (top[inner] - across, bottom[inner] - across):
        if float((np.abs(edge - np.median(edge)) <= _RAGGED).mean()) < _SOLID:
            return False
    return True


def _levels(stretches: Integers, slope: float, side: int) -> Iterator[_Bar]:
    """Cut a ragged patch where its left or right edge jumps: lines of text blacked out one by one."""
    x0, top, _, _ = _bounds(stretches)
    patch = _straightened(stretches, slope, side)
    some = np.flatnonzero(patch.any(axis=1))
    left, right = patch.argmax(axis=1)[some], patch.shape[1] - patch[:, ::-1].argmax(axis=1)[some]
    whole = patch.sum(axis=1)[some] >= _SOLID * (right - left)
    jumps = (np.abs(np.diff(left)) > _JUMP) | (np.abs(np.diff(right)) > _JUMP) | (np.diff(whole) != 0)
    bars, area = [], 0
    for rows in np.split(np.arange(len(some)), np.flatnonzero(jumps) + 1):
        if len(rows) >= side and whole[rows].all() and max(np.ptp(left[rows]), np.ptp(right[rows])) <= 2 * _JUMP:
            start, end = int(np.median(left[rows])), int(np.median(right[rows]))
            low, high = sorted((slope * start, slope * end))
            upper, lower = top + int(some[rows[0]]) - _shift(stretches, slope), top + int(some[rows[-1]]) + 1
            lower -= _shift(stretches, slope)
            bars.append(_Bar(x0 + start, upper + round(low), x0 + end, lower + round(high), slope))
            area += (end - start) * len(rows)
    if area >= _WHOLE * int(patch.sum()):
        yield from bars


def _shift(stretches: Integers, slope: float) -> int:
    """Return by how many rows the columns of a patch are moved at most to straighten it, if upwards."""
    x0, _, x1, _ = _bounds(stretches)
    return max(0, round(slope * (x1 - x0)))


def _straightened(stretches: Integers, slope: float, side: int) -> Mask:
    """Return the pixels of the squares that a patch is the corners of, columns moved by their slope."""
    x0, top, x1, bottom = _bounds(stretches)
    down = _shift(stretches, slope)
    rows = bottom - top + 2 * side + round(abs(slope) * (x1 - x0)) + 2
    mask = np.zeros((rows, x1 - x0 + side - 1), np.int32)
    for row, first, last in stretches.tolist():
        columns = np.arange(first - x0, last - x0)
        mask[row - top + down - np.rint(slope * columns).astype(np.int64), columns] = 1
    for axis in (0, 1):
        sums = np.cumsum(mask, axis=axis)
        late = np.roll(sums, side, axis=axis)
        late[(slice(None),) * axis + (slice(0, side),)] = 0
        mask = (sums - late > 0).astype(np.int32)
    return mask.astype(np.bool_)


def _goes_on(bar: _Bar, sheet: _Sheet) -> bool:
    """Whether dark goes on beyond the left or right end along both long edges: a header between two of its words."""
    reach, thick = round(4 * sheet.scale), max(1, round(1.5 * sheet.scale))
    at_left, at_right = (bar.tilt, 0) if bar.slope < 0 else (0, bar.tilt)
    for start, end, down in ((bar.x0 - reach - 1, bar.x0 - 1, at_left), (bar.x1 + 1, bar.x1 + reach + 1, at_right)):
        first, last = bar.top + down + 1, bar.top + down + bar.high - 1
        upper, lower = sheet.dark[first : first + thick, start:end], sheet.dark[last - thick : last, start:end]
        if start >= 0 and upper.size and lower.size and min(upper.mean(), lower.mean()) > _SAME_EDGE:
            return True
    return False


def _is_amid(bar: _Bar, sheet: _Sheet) -> bool:
    """Whether dark lies all around a box: a spot of a drawing. Not to be asked of what is much askew."""
    if bar.tilt > sheet.scale:
        return False
    rings = [(3, _AMID)]
    if bar.x1 - bar.x0 < _SMALL * sheet.scale:
        rings.append((8, _AMID - 0.05))  # so large are the squares of a code
    for reach, most in rings:
        around, within = _sum_around(bar, sheet, reach), _sum_around(bar, sheet, 1)
        rim = around[1] - within[1]
        if rim > 0 and (around[0] - within[0]) / rim > most:
            return True
    return False


def _sum_around(bar: _Bar, sheet: _Sheet, points: int) -> tuple[int, int]:
    """Return the dark pixels and all pixels of a box grown by some points."""
    by = round(points * sheet.scale)
    part = sheet.dark[max(0, bar.top - by) : bar.bottom + by, max(0, bar.x0 - by) : bar.x1 + by]
    return int(part.sum()), part.size


def _is_bar(bar: _Bar, sheet: _Sheet) -> bool:
    """Whether a box has the size of words and stands clear of the edges."""
    (height, width), margin = sheet.dark.shape, _MARGIN * sheet.scale
    if min(bar.x0, bar.top) < margin or bar.x1 > width - margin or bar.bottom > height - margin:
        return False
    wide, high = (bar.x1 - bar.x0) / sheet.scale, bar.high / sheet.scale
    if high < _LEAST_HEIGHT or wide < _LEAST_WIDTH or (high < _RULE and bar.x1 - bar.x0 > 0.6 * width):
        return False
    if wide >= _FLAT * high or min(wide, high) >= _BLOCK:
        return True
    return high >= _LEAST_SQUARE and wide >= 0.9 * high and _is_after_words(bar, sheet)


def _is_after_words(bar: _Bar, sheet: _Sheet) -> bool:
    """Whether there is writing close to the left of a box: there is none before a bullet."""
    near, far = round(sheet.scale), round(1.2 * (bar.bottom - bar.top))
    left = sheet.dark[bar.top : bar.bottom, max(0, bar.x0 - far) : max(0, bar.x0 - near)]
    return bool(left.size and _INK[0] < left.mean() < _INK[1])


def _is_plain(bar: _Bar, sheet: _Sheet) -> bool:
    """Whether a box is of one grey, noise apart: a dark photo is not."""
    part = sheet.grey[bar.top + 2 : bar.bottom - 2, bar.x0 + 2 : bar.x1 - 2]
    if bar.tilt > 2:
        part = sheet.grey[bar.top + bar.tilt : bar.bottom - bar.tilt, bar.x0 + 2 : bar.x1 - 2]
    if part.shape[0] < 8 or part.shape[1] < 8:
        return True
    rows, columns = part.shape[0] // 4 * 4, part.shape[1] // 4 * 4
    means = part[:rows, :columns].reshape(rows // 4, 4, columns // 4, 4).mean(axis=(1, 3))
    low, high = np.percentile(means, (5, 95))
    return bool(high - low <= _UNEVEN)
