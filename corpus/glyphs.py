"""Where each character of a page stands: exact where the reader could say, else in proportion to its word.

Boxes are kept as packed bytes in the catalogue, one row for each page and extraction. What is withheld is kept with
the rest, since it may be released one day, and left out each time the boxes are used: a withheld code point has no
place of its own and fills, like a blank, the gap between its neighbours in equal parts, so that nothing tells how
wide the hidden letters are.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from unicodedata import east_asian_width

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from corpus import tables
from corpus.folding import HYPHEN
from corpus.model import Box, Page, Span
from corpus.store import Store
from corpus.visual_lines import Floats, Line, Places, boxes_on, lines_of

_STEPS = 65535
_FORM = b"\x01"
_HUNDREDTHS = 100.0


def pack(boxes: Floats, width: float, height: float) -> bytes:
    """Pack the boxes of a page's code points, rows of (x0, top, x1, bottom) in PDF points.

    The form: a byte 1, then zlib of four columns x0, top, x1, bottom, each one 16-bit little-endian number for each
    code point, in 1/65535 of the page's width or height (0.01 pt on a letter page); boxes are clipped to the page.
    """
    scale = np.array([_STEPS / (width or 1.0), _STEPS / (height or 1.0)] * 2)
    steps = np.clip(np.rint(np.nan_to_num(boxes) * scale), 0, _STEPS).astype("<u2")
    return _FORM + zlib.compress(np.ascontiguousarray(steps.T).tobytes(), 6)


def unpack(packed: bytes, count: int, width: float, height: float) -> Floats:
    """Return the boxes of `count` code points, rows of (x0, top, x1, bottom) in PDF points.

    Raises:
        ValueError: the bytes are of another form, damaged, or of another number of code points.
    """
    if packed[:1] != _FORM:
        raise ValueError("These boxes of characters are of another form.")
    size = 8 * count
    reading = zlib.decompressobj()
    try:
        columns = reading.decompress(packed[1:], size + 1)
    except zlib.error as error:
        raise ValueError(f"These boxes of characters are damaged ({error}).") from error
    if len(columns) != size or not reading.eof:
        raise ValueError("These boxes are not those of as many characters.")
    steps = np.frombuffer(columns, "<u2").reshape(4, count).T
    boxes: Floats = steps * np.array([width / _STEPS, height / _STEPS] * 2)
    return boxes


def text_digest(text: str) -> str:
    """Return the hash by which the worker knows that it reads the same text as the extraction did."""
    return sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The lines of a page and the places of its characters on them; `exact` unless guessed from the words' boxes.

    PDF points from the top left corner of the page with its rotation undone, as everywhere in the record.
    """

    lines: tuple[Line, ...]
    exact: bool

    def boxes(self, span: Span) -> list[Box]:
        """Return one rectangle for each visual line that a span touches, exact inside words."""
        return boxes_on(self.lines, span)

    def rows(self) -> list[list[int]]:
        """Return the lines as the viewer takes them, in 1/100 pt: start, end, direction, low, high, first edge, and
        for each code point the step to its other edge (negative for the directions 180 and 270)."""
        return [list(_row(line)) for line in self.lines]


def _row(line: Line) -> Iterator[int]:
    edges = [round(_HUNDREDTHS * at) for at in line.edges]
    yield from (line.start, line.end, line.direction)
    yield from (round(_HUNDREDTHS * line.low), round(_HUNDREDTHS * line.high), edges[0])
    yield from (after - before for before, after in pairwise(edges))


def exactly(page: Page, packed: bytes) -> Glyphs:
    """Make the glyphs of a page from its packed boxes.

    Raises:
        ValueError: the boxes are not those of this page's text, or are damaged.
    """
    boxes = unpack(packed, len(page.text), page.width, page.height)
    return Glyphs(lines_of(_places(page, boxes)), exact=True)


def from_words(page: Page) -> Glyphs:
    """Guess the places of characters from the boxes of their words, a Korean letter as wide as two Latin ones.

    Words that are withheld in part have no place, since their width would tell that of what is hidden.
    """
    boxes = np.zeros((len(page.text), 4))
    hidden = _withheld(page)
    for word in page.words:
        end = min(word.end, len(page.text))
        if word.start < end and not hidden[word.start : end].any():
            boxes[word.start : end] = _shared_out(page, word.start, end, word.box)
    return Glyphs(lines_of(_places(page, boxes)), exact=False)


def load(store: Store, page: Page) -> Glyphs | None:
    """Return the glyphs kept for a page as this extraction read it; None if there are none, or they are damaged."""
    t = tables.glyphs
    with store.reading() as connection:
        packed = connection.scalar(sa.select(t.c.packed).where(*_is(page)))
    try:
        return None if packed is None else exactly(page, packed)
    except ValueError:
        return None


def keep(store: Store, page: Page, packed: bytes) -> None:
    """Keep the packed boxes of a page, in place of what was kept."""
    t = tables.glyphs
    key = {"document": page.document, "page": page.number, "fingerprint": page.fingerprint}
    with store.writing() as record:
        record.connection.execute(sa.delete(t).where(*_is(page)))
        record.connection.execute(sa.insert(t).values(packed=packed, **key))


def _is(page: Page) -> Iterator[sa.ColumnElement[bool]]:
    t = tables.glyphs
    yield t.c.document == page.document
    yield t.c.page == page.number
    yield t.c.fingerprint == page.fingerprint


def _places(page: Page, boxes: Floats) -> Places:
    hidden = _withheld(page)
    blank = np.fromiter((char.isspace() for char in page.text), np.bool_, len(page.text))
    ends = np.fromiter((char in ("\n", HYPHEN) for char in page.text), np.bool_, len(page.text))
    known = (boxes[:, 2] > boxes[:, 0]) & (boxes[:, 3] > boxes[:, 1])
    return Places(boxes, known & ~blank & ~hidden, ends & ~hidden, hidden)


def _withheld(page: Page) -> NDArray[np.bool_]:
    hidden = np.zeros(len(page.text), np.bool_)
    for span in page.withheld:
        hidden[span.start : span.end] = True
    return hidden


def _shared_out(page: Page, start: int, end: int, box: Box) -> Floats:
    """Share a word's box out among its code points, along its longer side and the way that the page is turned."""
    x0, top, x1, bottom = box
    weights = [2.0 if east_asian_width(char) in "WF" else 1.0 for char in page.text[start:end]]
    parts = np.concatenate([[0.0], np.cumsum(weights)]) / sum(weights)
    upright = bottom - top > x1 - x0 and end - start > 1
    if page.rotation == 180 or (page.rotation == 90 and upright):
        parts = 1.0 - parts
    low, high = np.minimum(parts[:-1], parts[1:]), np.maximum(parts[:-1], parts[1:])
    shared = np.tile(np.array(box), (end - start, 1))
    along = (1, 3) if upright else (0, 2)
    first, size = (top, bottom - top) if upright else (x0, x1 - x0)
    shared[:, along[0]], shared[:, along[1]] = first + size * low, first + size * high
    return shared
