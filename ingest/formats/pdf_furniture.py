"""Running heads, running feet and page numbers: lines at the edge of the page that come again on other pages.

Nothing is marked by its place alone. A line is marked if it, or its like with other digits, stands at the same height
on three pages of those given, or if it is the page's number; and only from the edge of the page inwards, so that
a line of body text ends the search.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

import numpy as np

from corpus.model import Furniture, FurnitureKind, Page
from ingest.formats.pdf_text import WORD_ROWS, Floats

_BAND = 0.12  # of the page height, at the top and at the bottom
_MOST_LINES = 3
_LEAST_PAGES = 3
_SAME_HEIGHT = 0.008  # of the page height: 7 pt on A4
_LEAST_GAP = 0.8  # line heights; the head of a table that runs over pages stands nearer to its rows
_STEPS = 65535
_NUMBER = re.compile(
    r"""(?P<open>[-–—~<(\[]\s*|page\s|p\.\s?|제\s?)?
        (?P<number>\d{1,4}|[ivxlc]{1,7})
        (?P<close>\s*[-–—~>)\]]|\s?쪽|\s?면|\s?(?:/|of)\s?\d{1,4})?$""",
    re.VERBOSE | re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_Heights = dict[str, list[tuple[float, int]]]  # by likeness: the (height, page) of its lines

_LETTER = re.compile(r"[^\W\d_]")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line in a band; `height` is its middle as a fraction of the page, from the top.

    `gap` is the clear space between it and what stands further in, in heights of the line.
    """

    page: int
    start: int
    end: int
    text: str
    height: float
    gap: float

    @property
    def likeness(self) -> str:
        """What the line has in common with its like on other pages."""
        if _NUMBER.match(self.text):
            return "#"
        plain = _BLANKS.sub(" ", self.text)
        return _DIGITS.sub("#", plain) if _LETTER.search(plain) else plain  # else any two dates of a table are alike


def mark(pages: Sequence[Page]) -> list[Page]:
    """Return the pages with their furniture marked anew; pages read together see each other's lines."""
    edges = [_edges(index, page) for index, page in enumerate(pages)]
    heights: _Heights = defaultdict(list)
    for line in (line for edge in edges for lines in edge for line in lines):
        heights[line.likeness].append((line.height, line.page))
    for places in heights.values():
        places.sort()
    return [
        replace(page, furniture=tuple(sorted(_marked(page, edge, heights, len(pages)), key=lambda each: each.start)))
        for page, edge in zip(pages, edges, strict=True)
    ]


def _marked(page: Page, edges: tuple[list[_Line], list[_Line]], heights: _Heights, pages: int) -> list[Furniture]:
    found = []
    for lines, kind in zip(edges, (FurnitureKind.HEAD, FurnitureKind.FOOT), strict=True):
        known = [(line, _repeats(line, heights)) for line in lines]
        known = list(takewhile(lambda each: each[1] >= _LEAST_PAGES or _is_number(each[0], page), known))
        while known and not (_is_number(known[-1][0], page) or _stands_apart(*known[-1], pages)):
            known.pop()
        for line, _ in known:
            number = _NUMBER.match(line.text) is not None
            found.append(Furniture(FurnitureKind.NUMBER if number else kind, line.start, line.end))
    return found


def _stands_apart(line: _Line, repeats: int, pages: int) -> bool:
    """Whether a line is apart from the body: by clear space, or by coming again on two pages of five."""
    return line.gap >= _LEAST_GAP or (repeats >= 2 * _LEAST_PAGES and repeats >= 0.4 * pages)


def _is_number(line: _Line, page: Page) -> bool:
    """Whether a line is the page's number: dressed as one (- 3 -), or its number in the file or on its label."""
    match = _NUMBER.match(line.text)
    if not match:
        return False
    dressed = match["close"] and (match["open"] or match["close"].strip() not in "-–—~>)]")
    return bool(dressed) or match["number"] in (str(page.number), page.label)


def _repeats(line: _Line, heights: _Heights) -> int:
    """Count the pages with such a line at this height, this one included."""
    places = heights[line.likeness]
    low = bisect_left(places, (line.height - _SAME_HEIGHT, 0))
    high = bisect_right(places, (line.height + _SAME_HEIGHT, line.page + len(places)))
    return len({page for _, page in places[low:high]})


def _edges(index: int, page: Page) -> tuple[list[_Line], list[_Line]]:
    """Return the lines in the top and in the bottom band, each from the edge of the page inwards."""
    rows = np.frombuffer(page.words.packed, WORD_ROWS)
    if not len(rows):
        return [], []
    tops, bottoms = _upright(rows["box"] / _STEPS, page.rotation)
    inner = (bottoms > _BAND) & (tops < 1 - _BAND)
    if inner.all():
        return [], []
    starts = rows["start"].astype(np.int64)
    lines = []
    for start, end in _lines_at(page.text, starts[~inner].tolist()):
        words = slice(*np.searchsorted(starts, (start, end)).tolist())
        top, bottom = float(tops[words].min()), float(bottoms[words].max())
        if bottom <= _BAND or top >= 1 - _BAND:
            middle = (top + bottom) / 2
            below = tops[tops > middle].min(initial=1.0) - bottom
            above = top - bottoms[bottoms < middle].max(initial=0.0)
            gap = float(below if middle <= _BAND else above) / ((bottom - top) or 1.0)
            lines.append(_Line(index, start, end, page.text[start:end].strip(), middle, gap))
    lines.sort(key=lambda line: line.height)
    head = [line for line in lines if line.height <= _BAND]
    foot = [line for line in reversed(lines) if line.height > _BAND]
    return head[:_MOST_LINES], foot[:_MOST_LINES]


def _lines_at(text: str, offsets: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the lines, without their ends, that ascending offsets stand in."""
    end = -1
    for at in offsets:
        if at > end:
            start = text.rfind("\n", 0, at) + 1
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            yield start, end


def _upright(boxes: Floats, rotation: int) -> tuple[Floats, Floats]:
    """Return top and bottom of boxes, as fractions, on the page as a viewer turns it."""
    near, far = (0, 2) if rotation in (90, 270) else (1, 3)
    if rotation in (0, 90):
        return boxes[:, near], boxes[:, far]
    return 1 - boxes[:, far], 1 - boxes[:, near]
