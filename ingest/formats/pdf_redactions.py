"""The redactions of a PDF page, and the text that is still there under them or cannot be seen for its colour.

Cheapest first: what covers text (pdf_covers), text in the colour of the paper, dark boxes with nothing on them, and
the picture of a page that is a scan.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from math import inf

import numpy as np

from corpus.model import Box, Redaction, Withheld
from ingest.formats import pdf_calls as calls
from ingest.formats.pdf_bars import Lines, has_code, is_code, is_label, is_large
from ingest.formats.pdf_covers import INVISIBLE, Hidden, characters_on, hidden_under, runs
from ingest.formats.pdf_objects import Cover, Painted
from ingest.formats.pdf_pictures import Picture, grey_picture_of, picture_of
from ingest.formats.pdf_shapes import Part, parts_of
from ingest.formats.pdf_text import Floats, Frame, PageText, boxes_of
from ingest.redactions import painted_in

_MOST_DARK, _MOST_CURVES = 2000, 60  # more of them are a drawing
_FULL = 0.93  # of its box that a dark shape takes up
_LARGEST_PICTURE = 0.05  # of the page: a larger one is not looked at for being black all over
_MOST_PICTURES = 8
_SCAN = 0.6  # of the page under pictures
_PANEL = 0.4  # of the page
_SPREAD = 4.0  # times the area of the words under it: a panel, not a box put over them
_MARGIN = 30.0  # points
_LEAST_SAID = 3  # letters or digits in the paper's colour
_SCANNED_BLACK = 110.0
_LONG = 1.8  # a word's length by its height, for its direction to be certain
_SAME = 0.8  # of a box inside another one


@dataclass(slots=True)
class _Sight:
    """A loaded page, and what was found on it so far."""

    page: int
    text: PageText
    painted: Painted
    frame: Frame
    rotation: int
    hidden: list[Hidden] = field(default_factory=list)
    bars: list[Cover] = field(default_factory=list)


def redactions_of(
    page: int, text: PageText, painted: Painted, frame: Frame, rotation: int
) -> tuple[tuple[Withheld, ...], tuple[Redaction, ...]]:
    """Return what is withheld of a loaded page's text, and its redactions. The page is left as it was.

    `rotation` is what viewers turn the page by, here undone.
    """
    sight = _Sight(page, text, painted, frame, rotation)
    sight.hidden = hidden_under(page, text, painted, frame)
    sight.bars = [cover for cover in painted.covers if cover.meant]
    _find_in_paper_colour(sight)
    _find_bars(sight)
    _find_coded(sight)
    _find_in_scan(sight)
    if not sight.hidden and not sight.bars:
        return (), ()
    return _told(sight)


def _find_in_paper_colour(sight: _Sight) -> None:
    """Find white text on bare paper; not in the margins, where printers leave marks for themselves."""
    text, white = sight.text, set(sight.painted.white)
    if not white:
        return
    room = _inner(sight.frame)
    suspects = [each for each in _of_items(text, white, sight.frame) if _is_on(each.box, [room])]
    suspects = [each for each in suspects if not _is_on(each.box, sight.painted.grounds)]
    if sum(text.text[each.at].isalnum() for each in suspects) < _LEAST_SAID:
        return
    drawn = picture_of(sight.page, _around([each.box for each in suspects], sight.frame))
    taken = {each.at for each in sight.hidden}
    sight.hidden += [each for each in suspects if each.at not in taken and drawn.is_even(each.box)]


def _of_items(text: PageText, items: set[int], frame: Frame) -> Iterator[Hidden]:
    """Return the characters of text objects, a word belonging to that of its first."""
    bare = Cover((0.0, 0.0, frame.width, frame.height), -1, made="")
    for start, end in zip(text.starts.tolist(), text.ends.tolist(), strict=True):
        item = calls.text_object(text.handle, text.chars[start]) or 0
        if item in items and calls.text_mode(item) not in INVISIBLE:
            for place, row in enumerate(boxes_of(text.handle, text.chars[start:end], frame).tolist()):
                yield Hidden(start + place, (row[0], row[1], row[2], row[3]), bare, item)


def _inner(frame: Frame) -> Box:
    return _MARGIN, _MARGIN, frame.width - _MARGIN, frame.height - _MARGIN


def _is_on(box: Box, grounds: list[Box]) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(left < x < right and top < y < bottom for left, top, right, bottom in grounds)


# Dark boxes


def _find_bars(sight: _Sight) -> None:
    """Find dark boxes that words were taken out of, and words that still lie there unseen."""
    shapes = list(_shapes(sight))
    if not shapes:
        return
    lines = _lines(sight, shapes)
    fit = [cover for cover in shapes if lines.has_shape(_upright(cover.box, sight))]
    shapes = list({tuple(map(round, cover.box)): cover for cover in fit}.values())
    on: dict[Cover, list[Hidden]] = defaultdict(list)
    for each in characters_on(sight.text, shapes, sight.frame):
        on[each.cover].append(each)
    taken = {each.at for each in sight.hidden}
    orders = {item: order for order, item in enumerate(sight.painted.order)} if on else {}
    asked = [cover for cover in shapes if _may_be_bar(cover, on[cover], taken, lines, sight, orders)]
    for cover, drawn in _pictures(sight, asked):
        dark = [each.at in taken or drawn.is_dark(_common(each.box, cover.box)) for each in on[cover]]
        seen = [each for each, is_dark in zip(on[cover], dark, strict=True) if not is_dark]
        unseen = [each for each, is_dark in zip(on[cover], dark, strict=True) if is_dark]
        if not drawn.is_solid(cover.box, [each.box for each in seen]):
            continue
        still = _still_there(unseen, cover, sight, orders)
        said = any(sight.text.text[each.at].isalnum() for each in still)
        if said or lines.stands_for_words(_upright(cover.box, sight), _written(seen, sight)):
            sight.bars.append(cover)
            sight.hidden += [each for each in still if each.at not in taken]
            taken |= {each.at for each in still}


def _shapes(sight: _Sight) -> Iterator[Cover]:
    """Return the parts of dark objects that fill their box."""
    dark = sight.painted.dark
    largest = _LARGEST_PICTURE * sight.frame.width * sight.frame.height
    dark = [cover for cover in dark if cover.made != "image" or _area(cover.box) <= largest]
    if sum(cover.made == "filled curve" for cover in dark) > _MOST_CURVES:
        dark = [cover for cover in dark if cover.made != "filled curve"]
    for cover in dark[:_MOST_DARK]:
        if not is_large(cover.box):
            continue
        for part in parts_of(cover, sight.frame):
            if part.share >= _FULL:
                yield replace(cover, box=part.box, made=part.made, item=0)


def _may_be_bar(
    cover: Cover, on: list[Hidden], taken: set[int], lines: Lines, sight: _Sight, orders: dict[int, int]
) -> bool:
    """Whether a box is worth a picture: what is written on it in white, later, is seen without one."""
    said = [each for each in on if sight.text.text[each.at].isalnum()]
    if any(each.at in taken for each in said):
        return True
    label = ""
    if said:
        white = set(sight.painted.white)
        if not all(each.item in white and orders.get(each.item, -1) > cover.order for each in said):
            return True
        label = _written(said, sight)
    return lines.stands_for_words(_upright(cover.box, sight), label)


def _still_there(unseen: list[Hidden], cover: Cover, sight: _Sight, orders: dict[int, int]) -> list[Hidden]:
    """Leave out the words that were put on a box, in its own colour, to say why it is there."""
    later = [each for each in unseen if orders.get(each.item, -1) > cover.order]
    if not is_label(_written(later, sight)):
        return unseen
    return [each for each in unseen if orders.get(each.item, -1) <= cover.order]


def _written(characters: Iterable[Hidden], sight: _Sight) -> str:
    return "".join(sight.text.text[each.at] for each in characters)


def _pictures(sight: _Sight, covers: list[Cover]) -> Iterator[tuple[Cover, Picture]]:
    """Draw each box by itself; for many boxes one large picture costs less."""
    if len(covers) <= _MOST_PICTURES:
        yield from ((cover, picture_of(sight.page, _around([cover.box], sight.frame))) for cover in covers)
        return
    drawn = picture_of(sight.page, _around([cover.box for cover in covers], sight.frame))
    yield from ((cover, drawn) for cover in covers)


def _find_coded(sight: _Sight) -> None:
    """Find boxes of any colour that nothing but a code such as `(b)(6)` stands on."""
    if not has_code(sight.text.text):
        return
    lines = _lines(sight, [])
    covers = [
        cover for cover in sight.painted.covers if not cover.picture and lines.has_shape(_upright(cover.box, sight))
    ]
    on: dict[int, list[Hidden]] = defaultdict(list)
    for each in characters_on(sight.text, covers, sight.frame):
        on[id(each.cover)].append(each)
    hidden = {each.at for each in sight.hidden}
    for cover in covers:
        if is_code(_written((each for each in on[id(cover)] if each.at not in hidden), sight)):
            sight.bars.append(cover)


# Scans


def _find_in_scan(sight: _Sight) -> None:
    """Find boxes painted into the picture of a scanned page, and what a text layer has in their place."""
    frame, painted = sight.frame, sight.painted
    sheet = (0.0, 0.0, frame.width, frame.height)
    if sum(_area(_common(box, sheet)) for box in painted.pictures) < _SCAN * _area(sheet) or not _area(sheet):
        return
    sight.bars += _over_scan(sight)
    drawn = grey_picture_of(sight.page, sheet)
    sideways = _is_sideways(sight)
    grey = drawn.pixels[..., 0]
    boxes = [_turned(box) if sideways else box for box in painted_in(grey.T if sideways else grey, drawn.scale)]
    drawn_over = [cover.box for cover in painted.dark if cover.made != "image"]
    boxes = [box for box in boxes if not any(_inside(box, other) for other in drawn_over)]
    covers = [Cover(box, inf, made="in the picture") for box in boxes]
    taken = {each.at for each in sight.hidden}
    sight.bars += covers
    for each in characters_on(sight.text, covers, frame):
        if each.at not in taken and drawn.is_dark(_common(each.box, each.cover.box), _SCANNED_BLACK):
            sight.hidden.append(each)
            taken.add(each.at)


def _over_scan(sight: _Sight) -> Iterator[Cover]:
    """Return the boxes of any colour that were drawn over a scan, with nothing to be seen on them."""
    lines = _lines(sight, [])
    found = [cover for cover in sight.painted.covers if cover.item and not cover.dark and cover.made != "line"]
    parts = [(cover, part) for cover in found[:_MOST_DARK] for part in parts_of(cover, sight.frame)]
    boxes = [replace(cover, box=part.box, made=part.made, item=0) for cover, part in parts if part.share >= _FULL]
    boxes = [cover for cover in boxes if lines.has_shape(_upright(cover.box, sight))]
    boxes = [cover for cover in boxes if _area(cover.box) < _PANEL * sight.frame.width * sight.frame.height]
    hidden = {each.at for each in sight.hidden}
    written = {id(each.cover) for each in characters_on(sight.text, boxes, sight.frame) if each.at not in hidden}
    yield from (cover for cover in boxes if id(cover) not in written)


# What is told of it


def _told(sight: _Sight) -> tuple[tuple[Withheld, ...], tuple[Redaction, ...]]:
    text, frame = sight.text.text, sight.frame
    parts = _parts_of_covers(sight)
    withheld: list[Withheld] = []
    found: list[Redaction] = []
    for run, hidden in runs(text, sight.hidden):
        cover = hidden[0].cover
        said = sum(map(str.isalnum, text[run.start : run.end]))
        if not cover.made and said < _LEAST_SAID:
            continue
        words = Part(_common(_union([each.box for each in hidden]), cover.box), 1.0, cover.made)
        over = [part for part in parts[id(cover)] if any(_is_on(each.box, [part.box]) for each in hidden)] or [words]
        withheld.append(replace(run, box=_clipped(_union([part.box for part in over]), frame)))
        for part in over:
            if part.made and not (part.made == "filled curve" and said < _LEAST_SAID):  # else a sign ran into a word
                found.append(Redaction(_clipped(part.box, frame), part.made, bad=True))
    found += [Redaction(_clipped(bar.box, frame), bar.made) for bar in sight.bars]
    return tuple(withheld), tuple(_listed(found))


def _parts_of_covers(sight: _Sight) -> dict[int, list[Part]]:
    """Return the parts of each cover (by its id) that hides something; none of a panel, on which other words stand."""
    covers = {id(each.cover): each.cover for each in sight.hidden}
    parts = {key: parts_of(cover, sight.frame) for key, cover in covers.items() if cover.made}
    light = [cover for cover in covers.values() if cover.made and not cover.meant and not cover.dark]
    hidden = {each.at for each in sight.hidden}
    under: dict[int, list[Box]] = defaultdict(list)
    seen: dict[int, int] = defaultdict(int)
    for each in characters_on(sight.text, light, sight.frame):
        if each.at in hidden:
            under[id(each.cover)].append(each.box)
        else:
            seen[id(each.cover)] += 1
    page = sight.frame.width * sight.frame.height
    for cover in light:
        wide = _area(cover.box) > _SPREAD * sum(map(_area, under[id(cover)]))
        if wide and (seen[id(cover)] > len(under[id(cover)]) or _area(cover.box) > _PANEL * page):
            parts[id(cover)] = []
    return defaultdict(list, parts)


def _listed(found: list[Redaction]) -> Iterator[Redaction]:
    """Leave out what lies within another one, in the order of the page: a bad one makes the larger one bad."""
    kept: list[Redaction] = []
    for each in sorted(found, key=lambda each: (-_area(each.box), not each.bad)):
        at = next((at for at, other in enumerate(kept) if _inside(each.box, other.box)), None)
        if at is None:
            kept.append(each)
        elif each.bad:
            kept[at] = replace(kept[at], bad=True)
    yield from sorted(kept, key=lambda each: (round(each.box[1]), each.box[0]))


def _lines(sight: _Sight, shapes: list[Cover]) -> Lines:
    words, bars = sight.text.boxes, np.array([cover.box for cover in shapes]).reshape(-1, 4)
    if _is_sideways(sight):
        return Lines.of(words[:, [1, 0, 3, 2]], bars[:, [1, 0, 3, 2]], sight.frame.height, sight.frame.width)
    return Lines.of(words, bars, sight.frame.width, sight.frame.height)


def _is_sideways(sight: _Sight) -> bool:
    """Whether most long words stand upright; without such, whether viewers turn the page by a quarter."""
    words: Floats = sight.text.boxes
    across, down = words[:, 2] - words[:, 0], words[:, 3] - words[:, 1]
    flat, upright = int((across > _LONG * down).sum()), int((down > _LONG * across).sum())
    return upright > flat if upright or flat else not len(words) and sight.rotation in (90, 270)


def _upright(box: Box, sight: _Sight) -> Box:
    return _turned(box) if _is_sideways(sight) else box


def _turned(box: Box) -> Box:
    return box[1], box[0], box[3], box[2]


def _around(boxes: list[Box], frame: Frame) -> Box:
    x0, top, x1, bottom = _union(boxes)
    return _clipped((x0 - 2, top - 2, x1 + 2, bottom + 2), frame)


def _clipped(box: Box, frame: Frame) -> Box:
    return max(0.0, box[0]), max(0.0, box[1]), min(frame.width, box[2]), min(frame.height, box[3])


def _union(boxes: list[Box]) -> Box:
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return min(x0), min(top), max(x1), max(bottom)


def _common(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _inside(one: Box, other: Box) -> bool:
    return _area(_common(one, other)) >= _SAME * _area(one)


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])
