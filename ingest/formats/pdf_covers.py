"""Text that is still there under a box, picture or annotation put over it: badly made redactions.

Three tests, cheapest first: a word lies under something opaque that was painted later; a character's centre does;
and the picture of the page stays the same around the character when its text object is left out of the drawing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from corpus.model import Box, Withheld
from ingest.formats import pdf_calls as calls
from ingest.formats.pdf_objects import Cover, Painted
from ingest.formats.pdf_pictures import picture_of
from ingest.formats.pdf_text import Floats, Frame, PageText, boxes_of

_INVISIBLE = frozenset({raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP})
_SAME_PLACE = 0.5  # points
_MOST_PICTURES = 8
_AT_ONCE = 500  # covers held against all words


@dataclass(frozen=True, slots=True)
class _Suspect:
    """A character (`at` in the page text) whose centre lies in a cover painted after its text object."""

    at: int
    box: Box
    cover: Cover
    item: int


def withheld(page: int, text: PageText, painted: Painted, frame: Frame) -> tuple[Withheld, ...]:
    """Return the runs of characters under covers. The page is left as it was."""
    if not painted.covers or not len(text.starts):
        return ()
    suspects = list(_suspects(text, painted, frame))
    if not suspects:
        return ()
    hidden = [suspect for suspect in suspects if suspect.cover.meant]
    hidden += _unseen(page, [suspect for suspect in suspects if not suspect.cover.meant], painted, frame)
    return tuple(_runs(text.text, hidden, frame))


def _suspects(text: PageText, painted: Painted, frame: Frame) -> Iterator[_Suspect]:
    orders = {item: order for order, item in enumerate(painted.order)}
    for word, covers in _words_under(text, painted.covers).items():
        at = int(text.starts[word])
        chars = text.chars[at : int(text.ends[word])]
        items = [calls.text_object(text.handle, char) or 0 for char in chars]
        before = [orders.get(item, -1) for item in items]
        later = [cover for cover in covers if cover.meant or cover.order > min(before)]
        if not later:
            continue
        for place, row in enumerate(boxes_of(text.handle, chars, frame).tolist()):
            cover = next((c for c in later if (c.meant or c.order > before[place]) and _holds_centre(c.box, row)), None)
            if cover:
                yield _Suspect(at + place, (row[0], row[1], row[2], row[3]), cover, items[place])


def _words_under(text: PageText, covers: list[Cover]) -> dict[int, list[Cover]]:
    """Return the words whose middle line runs through covers, in the order of the text."""
    under = defaultdict(list)
    for done in range(0, len(covers), _AT_ONCE):
        some = covers[done : done + _AT_ONCE]
        words, places = np.nonzero(_crossings(text.boxes, np.array([cover.box for cover in some])))
        for word, place in zip(words.tolist(), places.tolist(), strict=True):
            under[word].append(some[place])
    return dict(sorted(under.items()))


def _crossings(words: Floats, covers: Floats) -> NDArray[np.bool_]:
    """Return, for each word and cover, whether the word's middle line along its longer side runs through it."""
    x0, top, x1, bottom = words.T[:, :, None]
    left, upper, right, lower = covers.T
    middle, level = (x0 + x1) / 2, (top + bottom) / 2
    flat = (level > upper) & (level < lower) & (x1 > left) & (x0 < right)
    upright = (middle > left) & (middle < right) & (bottom > upper) & (top < lower)
    crossings: NDArray[np.bool_] = np.where(x1 - x0 >= bottom - top, flat, upright)
    return crossings


def _holds_centre(cover: Box, box: list[float]) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return cover[0] < x < cover[2] and cover[1] < y < cover[3]


def _unseen(page: int, suspects: list[_Suspect], painted: Painted, frame: Frame) -> list[_Suspect]:
    """Return those that a reader cannot see: leaving their text out of the drawing changes nothing."""
    suspects = [suspect for suspect in suspects if suspect.item and not _is_layer_under_scan(suspect)]
    unseen: list[_Suspect] = []
    for near in _neighbours(suspects):
        unseen += _unseen_within(page, near, _region([suspect.box for suspect in near], frame))
    again = {item for item, cover in {s.item: s.cover for s in unseen}.items() if _is_drawn_again(item, cover, painted)}
    return [suspect for suspect in unseen if suspect.item not in again]


def _neighbours(suspects: list[_Suspect]) -> Iterable[list[_Suspect]]:
    """Sort by cover, so that a few small pictures are drawn; for many covers one large picture costs less."""
    groups = defaultdict(list)
    for suspect in suspects:
        groups[id(suspect.cover)].append(suspect)
    return groups.values() if len(groups) <= _MOST_PICTURES else [suspects]


def _unseen_within(page: int, suspects: list[_Suspect], region: Box) -> list[_Suspect]:
    drawn = picture_of(page, region)
    suspects = [suspect for suspect in suspects if drawn.is_even(suspect.box) or not _must_be_even(suspect)]
    if not suspects:
        return []
    items = {suspect.item for suspect in suspects}
    for item in items:
        calls.set_active(item, False)
    try:
        left_out = picture_of(page, region)
    finally:
        for item in items:
            calls.set_active(item, True)
    return [suspect for suspect in suspects if drawn.is_same(left_out, suspect.box)]


def _must_be_even(suspect: _Suspect) -> bool:
    """Whether "no change" proves nothing: a picture may show the same text, and invisible text never shows."""
    return suspect.cover.picture or _is_invisible(suspect.item)


def _is_layer_under_scan(suspect: _Suspect) -> bool:
    """Whether this is the text layer that OCR puts, unseen, under the scanned picture of the same page."""
    return suspect.cover.picture and _is_invisible(suspect.item)


def _is_invisible(item: int) -> bool:
    return calls.text_mode(item) in _INVISIBLE


def _is_drawn_again(item: int, cover: Cover, painted: Painted) -> bool:
    """Whether the same text was painted over the cover: pdfium gives such twins once, as the lower one."""
    if cover.order > len(painted.order):
        return False
    own = calls.bounds_of(item)
    for later in painted.order[int(cover.order) + 1 :]:
        if calls.object_type(later) == raw.FPDF_PAGEOBJ_TEXT:
            other = calls.bounds_of(later)
            if own and other and max(abs(a - b) for a, b in zip(own, other, strict=True)) < _SAME_PLACE:
                return True
    return False


def _region(boxes: list[Box], frame: Frame) -> Box:
    edges: NDArray[np.float64] = np.array(boxes)
    x0, top = np.maximum(edges[:, :2].min(axis=0) - 2, 0).tolist()
    x1, bottom = np.minimum(edges[:, 2:].max(axis=0) + 2, (frame.width, frame.height)).tolist()
    return x0, top, x1, bottom


def _runs(text: str, hidden: list[_Suspect], frame: Frame) -> Iterator[Withheld]:
    """Join characters under one cover with nothing but blanks between; a run needs a letter or a digit."""
    run: list[_Suspect] = []
    for suspect in sorted(hidden, key=lambda suspect: suspect.at):
        if run and (suspect.cover is not run[-1].cover or text[run[-1].at + 1 : suspect.at].strip()):
            yield from _run(text, run, frame)
            run = []
        run.append(suspect)
    yield from _run(text, run, frame)


def _run(text: str, run: list[_Suspect], frame: Frame) -> Iterator[Withheld]:
    """Give a run out if it says something: a lone letter under a picture may be a stroke of the picture."""
    if run and sum(text[each.at].isalnum() for each in run) >= (3 if run[0].cover.picture else 1):
        x0, top, x1, bottom = run[0].cover.box
        box = max(0.0, x0), max(0.0, top), min(frame.width, x1), min(frame.height, bottom)
        yield Withheld(run[0].at, run[-1].at + 1, box)
