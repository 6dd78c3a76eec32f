"""Lines as the eye sees them: runs of characters side by side, with the edge of each character along the run.

Marks and selections are rectangles cut out of these lines, so that all marks on a line have one height and a mark may
begin or end inside a word.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.model import Box, Span

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]

_DIRECTIONS = (0, 90, 270, 180)  # in this order of preference, where a line is too short to tell
_EVERY = (1 << len(_DIRECTIONS)) - 1
_AFAR = 1e6  # points between lines while all are put in order at once; a page has at most 14,400
_OVERLAP = 0.3  # of the smaller height, for two characters to stand on one line (a superscript does)
_LIKE = 2.2  # times as high, beyond which a character (a drop cap) is a line of its own
_GAP = 2.0  # heights between two characters, beyond which a line ends (a table's next cell, the next column)
_BACK = 0.2  # heights that a character may lie back (an accent)


@dataclass(frozen=True, slots=True)
class Line:
    """The code points `[start, end)`, their outer bounds across the line, and their `end - start + 1` edges along it.

    `direction` is the way the line runs, in degrees clockwise: 0 to the right, 90 down, 180 left, 270 up. For 0 and 180
    the edges are x and `low`, `high` are top and bottom; for 90 and 270 the edges are y and `low`, `high` left and
    right. Edges never go back: code point `i` lies between the edges `i - start` and `i - start + 1`. PDF points.
    """

    start: int
    end: int
    direction: int
    low: float
    high: float
    edges: tuple[float, ...]

    def box(self, start: int, end: int) -> Box:
        """Return the rectangle of the code points `[start, end)`, as far as they are on this line."""
        one, other = self.edges[max(start, self.start) - self.start], self.edges[min(end, self.end) - self.start]
        first, last = min(one, other), max(one, other)
        across = self.direction in (0, 180)
        return (first, self.low, last, self.high) if across else (self.low, first, self.high, last)


@dataclass(frozen=True, slots=True)
class Places:
    """Boxes of a page's code points, rows of (x0, top, x1, bottom), and what is known of each.

    `shown` code points have a place of their own; the others (blanks, withheld text) fill the gap between their
    neighbours. A line ends after each of `breaks`; across `bridges` it may run on over any distance.
    """

    boxes: Floats
    shown: Flags
    breaks: Flags
    bridges: Flags


def lines_of(places: Places) -> tuple[Line, ...]:
    """Cut code points into lines, which together hold every one of them, in order: none where nothing is shown."""
    at = np.flatnonzero(places.shown)
    if not len(at):
        return ()
    firsts, directions = zip(*_runs(_possible(places, at)), strict=True)
    number = np.zeros(len(at), np.int64)
    number[list(firsts[1:])] = 1
    number = np.cumsum(number)
    begin, end, low, high = _turned(places.boxes[at], np.array(directions)[number])
    starts = [0, *at[list(firsts[1:])].tolist(), len(places.shown)]
    edges = _edges(at, number, starts, *_side_by_side(begin, end, at, number))
    lows, highs = np.minimum.reduceat(low, firsts).tolist(), np.maximum.reduceat(high, firsts).tolist()
    return tuple(
        Line(start, stop, direction, lows[row], highs[row], _signed(edges[start + row : stop + row + 1], direction))
        for row, (start, stop, direction) in enumerate(zip(starts, starts[1:], directions, strict=False))
    )


def boxes_on(lines: Sequence[Line], span: Span) -> list[Box]:
    """Return one rectangle for each line that a span touches, in the order of the text; none without a width."""
    found = []
    first = max(0, bisect_right(lines, span.start, key=lambda line: line.start) - 1)
    for line in lines[first:]:
        if line.start >= span.end:
            break
        box = line.box(span.start, span.end) if line.end > span.start else (0.0, 0.0, 0.0, 0.0)
        if box[2] > box[0] and box[3] > box[1]:
            found.append(box)
    return found


def _along(boxes: Floats, direction: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Return where boxes begin and end along a direction, and their bounds across it."""
    x0, top, x1, bottom = boxes.T
    if direction == 0:
        return x0, x1, top, bottom
    if direction == 90:
        return top, bottom, x0, x1
    if direction == 180:
        return -x1, -x0, top, bottom
    return -bottom, -top, x0, x1


def _possible(places: Places, at: Integers) -> list[int]:
    """Return for each pair of neighbours among `at` a bit for each direction in which they may follow each other."""
    broken = np.cumsum(places.breaks)
    bridged = np.cumsum(places.bridges)
    parted = broken[at[1:] - 1] > broken[at[:-1]] - places.breaks[at[:-1]]
    far = bridged[at[1:]] > bridged[at[:-1]]
    bits = np.zeros(len(at) - 1, np.int64)
    for bit, direction in enumerate(_DIRECTIONS):
        bits |= np.where(_follow(places.boxes[at], direction, far) & ~parted, 1 << bit, 0)
    return [int(each) for each in bits]


def _follow(boxes: Floats, direction: int, far: Flags) -> Flags:
    """Whether each box but the first stands after the one before it on a line in this direction."""
    begin, end, low, high = _along(boxes, direction)
    size = high - low
    least, most = np.minimum(size[:-1], size[1:]), np.maximum(size[:-1], size[1:])
    overlap = np.minimum(high[:-1], high[1:]) - np.maximum(low[:-1], low[1:])
    step = (begin[1:] + end[1:] - begin[:-1] - end[:-1]) / 2
    near = far | (begin[1:] - end[:-1] <= _GAP * most)
    follows: Flags = (overlap >= _OVERLAP * least) & (most <= _LIKE * least) & (step >= -_BACK * least) & near
    return follows


def _runs(possible: list[int]) -> Iterator[tuple[int, int]]:
    """Yield where each run of characters begins that may follow each other in some one direction, and which it is."""
    first, left = 0, _EVERY
    for number, bits in enumerate(possible, start=1):
        if not left & bits:
            yield first, _preferred(left)
            first, left = number, _EVERY
        else:
            left &= bits
    yield first, _preferred(left)


def _preferred(bits: int) -> int:
    return next(direction for bit, direction in enumerate(_DIRECTIONS) if bits >> bit & 1)


def _turned(boxes: Floats, directions: Integers) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the same as `_along`, each box in the direction of its own line."""
    found = np.empty((4, len(boxes)))
    for direction in _DIRECTIONS:
        these = directions == direction
        if these.any():
            found[:, these] = _along(boxes[these], direction)
    begin, end, low, high = found
    return begin, end, low, high


def _side_by_side(begin: Floats, end: Floats, at: Integers, number: Integers) -> tuple[Floats, Floats]:
    """Move the ends of characters so that none lies over the next one on its line, and neighbours touch.

    Characters in one place (a ligature, a letter and its accent) share it in equal parts. `number` is each one's line.
    """
    width = end - begin
    other_line = np.diff(number) > 0
    step = begin[1:] + end[1:] - begin[:-1] - end[:-1]
    over = begin[1:] < end[:-1] - np.minimum(width[1:], width[:-1]) / 2
    groups = np.concatenate([[0], np.flatnonzero(other_line | ((step > 0) & ~over)) + 1])
    sizes = np.diff([*groups, len(begin)])
    first, last = np.minimum.reduceat(begin, groups), np.maximum.reduceat(end, groups)
    before = groups[1:] - 1
    meet = ~other_line[before] & ((np.diff(at)[before] == 1) | (first[1:] < last[:-1]))
    middle = (first[1:] + last[:-1]) / 2
    first[1:], last[:-1] = np.where(meet, middle, first[1:]), np.where(meet, middle, last[:-1])
    afar = _AFAR * number[groups]
    ordered = np.maximum.accumulate(np.stack([first + afar, last + afar], axis=1).ravel()).reshape(-1, 2)
    left, share = np.repeat(ordered[:, 0] - afar, sizes), np.repeat((ordered[:, 1] - ordered[:, 0]) / sizes, sizes)
    rank = np.arange(len(begin)) - np.repeat(groups, sizes)
    left, right = left + rank * share, left + (rank + 1) * share
    return _reaching(begin, end, other_line, left, right)


def _reaching(begin: Floats, end: Floats, other_line: Flags, left: Floats, right: Floats) -> tuple[Floats, Floats]:
    """Let every line reach as far as its characters do, also where a later one begins before the first."""
    firsts = np.concatenate([[0], np.flatnonzero(other_line) + 1])
    lasts = np.concatenate([firsts[1:] - 1, [len(begin) - 1]])
    left[firsts] = np.minimum(left[firsts], np.minimum.reduceat(begin, firsts))
    right[lasts] = np.maximum(right[lasts], np.maximum.reduceat(end, firsts))
    return left, right


def _edges(at: Integers, number: Integers, starts: list[int], left: Floats, right: Floats) -> Floats:
    """Return the edges of all code points of all lines one after the other, one more for each line than it has."""
    ends = np.flatnonzero(np.diff(number, append=number[-1] + 1))
    firsts = np.concatenate([[0], ends[:-1] + 1])
    rows = np.arange(len(ends))
    knots = np.concatenate([at + number, at + number + 1, starts[:-1] + rows, starts[1:] + rows])
    values = np.concatenate([left, right, left[firsts], right[ends]])
    order = np.argsort(knots, kind="stable")
    edges: Floats = np.interp(np.arange(starts[-1] + len(ends)), knots[order], values[order])
    return edges


def _signed(edges: Floats, direction: int) -> tuple[float, ...]:
    return tuple((-edges if direction in (180, 270) else edges).tolist())
