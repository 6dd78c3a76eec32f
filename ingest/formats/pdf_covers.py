"""Text that is still there under a box, picture or annotation put over it: badly made redactions.

Three tests, cheapest first: a word lies under something opaque that was painted later; a character's centre does;
and the picture of the page stays the same around the character when its text object is left out of the drawing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from corpus.model import Box, Withheld
from ingest.formats import pdf_calls as calls
from ingest.formats.pdf_objects import Cover, Painted
from ingest.formats.pdf_pictures import Picture, picture_of
from ingest.formats.pdf_text import Floats, Frame, PageText, boxes_of

INVISIBLE = frozenset({raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP})
_SAME_PLACE = 0.5  # points
_MOST_PICTURES = 8
_PATCH, _FLAT = 3.0, 1.3  # a picture put over words is at most so many times as high as they, and wider than high
_SQUARE = 0.9
_SAYS = 3  # letters or digits
_AT_ONCE = 500  # covers held against all words


@dataclass(frozen=True, slots=True)
class Hidden:
    """A character (`at` in the page text) whose centre lies in a cover; `item` is its text object."""

    at: int
    box: Box
    cover: Cover
    item: int = 0


def hidden_under(page: int, text: PageText, painted: Painted, frame: Frame) -> list[Hidden]:
    """Return the characters under covers that were painted later. The page is left as it was."""
    if not painted.covers or not len(text.starts):
        return []
    suspects = list(_suspects(text, painted, frame))
    if not suspects:
        return []
    hidden = [suspect for suspect in suspects if suspect.cover.meant]
    return hidden + _unseen(page, [suspect for suspect in suspects if not suspect.cover.meant], painted, frame)


def characters_on(text: PageText, covers: list[Cover], frame: Frame) -> Iterator[Hidden]:
    """Return the characters whose centre lies in a cover, painted before it or after: one for each such cover."""
    for word, under in _words_under(text, covers).items():
        at = int(text.starts[word])
        chars = text.chars[at : int(text.ends[word])]
        for place, row in enumerate(boxes_of(text.handle, chars, frame).tolist()):
            for cover in (cover for cover in under if _holds_centre(cover.box, row)):
                item = calls.text_object(text.handle, chars[place]) or 0
                yield Hidden(at + place, (row[0], row[1], row[2], row[3]), cover, item)


def _suspects(text: PageText, painted: Painted, frame: Frame) -> Iterator[Hidden]:
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
                yield Hidden(at + place, (row[0], row[1], row[2], row[3]), cover, items[place])


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


def _unseen(page: int, suspects: list[Hidden], painted: Painted, frame: Frame) -> list[Hidden]:
    """Return those that a reader cannot see: leaving their text out of the drawing changes nothing."""
    suspects = [suspect for suspect in suspects if suspect.item and not _is_layer_under_scan(suspect)]
    unseen: list[Hidden] = []
    for near in _neighbours(suspects):
        unseen += _unseen_within(page, near, _region([suspect.box for suspect in near], frame))
    again = {item for item, cover in {s.item: s.cover for s in unseen}.items() if _is_drawn_again(item, cover, painted)}
    return [suspect for suspect in unseen if suspect.item not in again]


def _neighbours(suspects: list[Hidden]) -> Iterable[list[Hidden]]:
    """Sort by cover, so that a few small pictures are drawn; for many covers one large picture costs less."""
    groups = defaultdict(list)
    for suspect in suspects:
        groups[id(suspect.cover)].append(suspect)
    return groups.values() if len(groups) <= _MOST_PICTURES else [suspects]


def _unseen_within(page: int, suspects: list[Hidden], region: Box) -> list[Hidden]:
    drawn = picture_of(page, region)
    patches = _patches(drawn, suspects)
    suspects = [
        suspect
        for suspect in suspects
        if drawn.is_even(suspect.box) or not _must_be_even(suspect) or (suspect.cover in patches and suspect.item)
    ]
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


def _patches(drawn: Picture, suspects: list[Hidden]) -> list[Cover]:
    """Return the pictures that were put over words to hide them: flat, about as high as a line, and not writing.

    Anything else that is not even, such as a stamp or the picture of the same words, proves nothing.
    """
    under = defaultdict(list)
    for suspect in suspects:
        if suspect.cover.made == "image" and not _is_invisible(suspect.item):
            under[suspect.cover].append(suspect.box)
    found = []
    for cover, boxes in under.items():
        if _is_as_high(cover.box, boxes) and not drawn.is_light(boxes):
            found.append(cover)
    return found


def _is_as_high(cover: Box, letters: list[Box], flat: float = _FLAT) -> bool:
    """Whether a cover is not much higher than the letters under it, and `flat` times as wide as high."""
    high = max(min(box[2] - box[0], box[3] - box[1]) for box in letters)
    sides = sorted((cover[2] - cover[0], cover[3] - cover[1]))
    return sides[0] <= _PATCH * high and sides[1] >= flat * sides[0]


def _must_be_even(suspect: Hidden) -> bool:
    """Whether "no change" proves nothing: a picture may show the same text, and invisible text never shows."""
    return suspect.cover.picture or _is_invisible(suspect.item)


def _is_layer_under_scan(suspect: Hidden) -> bool:
    """Whether this is the text layer that OCR puts, unseen, under the scanned picture of the same page."""
    return suspect.cover.picture and _is_invisible(suspect.item)


def _is_invisible(item: int) -> bool:
    return calls.text_mode(item) in INVISIBLE


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


def runs(text: str, hidden: Sequence[Hidden]) -> list[tuple[Withheld, list[Hidden]]]:
    """Join characters under one cover with nothing but blanks between; a run needs a letter or a digit."""
    said: dict[int, int] = defaultdict(int)
    for each in hidden:
        said[id(each.cover)] += text[each.at].isalnum()
    found: list[tuple[Withheld, list[Hidden]]] = []
    run: list[Hidden] = []
    for each in sorted(hidden, key=lambda each: each.at):
        if run and (each.cover is not run[-1].cover or text[run[-1].at + 1 : each.at].strip()):
            found += _run(text, run, said[id(run[0].cover)])
            run = []
        run.append(each)
    return found + list(_run(text, run, said[id(run[0].cover)] if run else 0))


def _run(text: str, run: list[Hidden], said: int) -> Iterator[tuple[Withheld, list[Hidden]]]:
    """Give a run out if it says something; `said` are the letters and digits under the same cover.

    A lone letter under a picture may be a stroke of the picture, but for one as high as the letters that hides more.
    """
    own = sum(text[each.at].isalnum() for each in run)
    if not own:
        return
    cover = run[0].cover
    if not cover.picture or own >= _SAYS or (said > 1 and _is_as_high(cover.box, [each.box for each in run], _SQUARE)):
        yield Withheld(run[0].at, run[-1].at + 1, cover.box), run
