"""The shapes of a slide in reading order: from the top, and of those beside each other from the left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ingest.formats.blocks import Block, BlockKind, Picture
from ingest.formats.drawingml import drawn, filled_with, table_block, text_of
from ingest.formats.ooxml import Package, child, choice, find

TITLES = frozenset(("title", "ctrTitle"))
_FEET = frozenset(("ftr", "dt", "sldNum", "hdr"))
_BESIDE = 0.5  # of the lower shape's height: what overlaps as much is beside the other


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a shape lies on its slide, in English metric units (914,400 to an inch) from the top left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape that is no group: its element, the kind of its placeholder ("" if it is none), its frame."""

    element: Element
    place: str
    frame: Frame
    hidden: bool


_Move = tuple[float, float, float, float]  # what a group does to what is in it: x = a + b * x, y = c + d * y
_STILL: _Move = (0.0, 1.0, 0.0, 1.0)


def shapes(tree: Element, above: list[Element]) -> list[Shape]:
    """Return the shapes of a slide in reading order. `above`: its layout and master, where placeholders lie."""
    return _ordered(list(_flat(tree, above, _STILL, False)))


def _flat(tree: Element, above: list[Element], move: _Move, hidden: bool) -> Iterator[Shape]:
    for each in tree:
        if each.tag == "mc:AlternateContent":
            yield from _flat(choice(each), above, move, hidden)
        elif each.tag == "p:grpSp":
            unseen = hidden or _is_hidden(each)
            yield from _flat(each, above, _inside(child(each, "p:grpSpPr/a:xfrm"), move), unseen)
        elif each.tag in ("p:sp", "p:pic", "p:graphicFrame", "p:cxnSp"):
            place = next(each.iter("p:ph"), None)
            kind = "" if place is None else place.get("type", "obj")
            yield Shape(each, kind, _frame(each, place, above, move), hidden or _is_hidden(each))


def _is_hidden(shape: Element) -> bool:
    return next(shape.iter("p:cNvPr"), Element("none")).get("hidden") in ("1", "true")


def _numbers(element: Element, *names: str) -> tuple[float, ...]:
    return tuple(float(element.get(name, "0")) for name in names)


def _inside(transform: Element, move: _Move) -> _Move:
    x, y = _numbers(child(transform, "a:off"), "x", "y")
    width, height = _numbers(child(transform, "a:ext"), "cx", "cy")
    inner_x, inner_y = _numbers(child(transform, "a:chOff"), "x", "y")
    inner_width, inner_height = _numbers(child(transform, "a:chExt"), "cx", "cy")
    across = width / inner_width if inner_width else 1.0
    down = height / inner_height if inner_height else 1.0
    a, b, c, d = move
    return a + b * (x - inner_x * across), b * across, c + d * (y - inner_y * down), d * down


def _frame(shape: Element, place: Element | None, above: list[Element], move: _Move) -> Frame:
    """Return a shape's frame; a placeholder without one takes that of the layout, or of the master."""
    transform = _transform(shape)
    if transform is None and place is not None:
        transform = next((found for page in above if (found := _place_in(page, place)) is not None), None)
    if transform is None:
        return Frame(0, 0, 0, 0)
    x, y = _numbers(child(transform, "a:off"), "x", "y")
    width, height = _numbers(child(transform, "a:ext"), "cx", "cy")
    a, b, c, d = move
    return Frame(a + b * x, c + d * y, b * width, d * height)


def _transform(shape: Element) -> Element | None:
    found = find(shape, "p:spPr/a:xfrm")
    return shape.find("p:xfrm") if found is None else found


def _place_in(page: Element, place: Element) -> Element | None:
    kind, index = place.get("type", "obj"), place.get("idx")
    same = [each for each in page.iter("p:sp") if (other := next(each.iter("p:ph"), None)) is not None
            and (other.get("idx") == index if index else _alike(other.get("type", "obj"), kind))]  # fmt: skip
    same = same or [each for each in page.iter("p:sp") if (other := next(each.iter("p:ph"), None)) is not None
                    and _alike(other.get("type", "obj"), kind)]  # fmt: skip
    return next((found for each in same if (found := _transform(each)) is not None), None)


def _alike(one: str, other: str) -> bool:
    return one == other or {one, other} <= TITLES or {one, other} <= {"obj", "body"}


def _ordered(found: list[Shape]) -> list[Shape]:
    rows: list[list[Shape]] = []
    for shape in sorted(found, key=lambda each: (each.frame.top, each.frame.left)):
        if rows and _is_beside(rows[-1][0].frame, shape.frame):
            rows[-1].append(shape)
        else:
            rows.append([shape])
    return [shape for row in rows for shape in sorted(row, key=lambda each: each.frame.left)]


def _is_beside(upper: Frame, lower: Frame) -> bool:
    overlap = min(upper.top + upper.height, lower.top + lower.height) - lower.top
    least = min(upper.height, lower.height)
    shared = min(upper.left + upper.width, lower.left + lower.width) - max(upper.left, lower.left)
    above = shared > _BESIDE * min(upper.width, lower.width)  # one lies over or under the other
    return least > 0 and overlap > _BESIDE * least and not above


def blocks_of(package: Package, part: str, shape: Shape, page_area: float) -> Iterator[Block]:
    """Yield what a shape says: paragraphs, a table, a chart; and whether it is a picture that may have words in it."""
    element = shape.element
    kind = BlockKind.FOOT if shape.place in _FEET else BlockKind.PARAGRAPH
    text = text_of(element.find("p:txBody"))
    if shape.place in TITLES and text.strip():
        yield Block(" ".join(text.split()), BlockKind.HEADING, 1, hidden=_all(text) if shape.hidden else ())
    elif text.strip() and shape.place != "sldNum":
        for line in text.split("\n"):
            if line.strip() or kind is BlockKind.PARAGRAPH:
                yield Block(line, kind, hidden=_all(line) if shape.hidden else ())
    if element.tag == "p:graphicFrame":
        for table in element.iter("a:tbl"):
            yield table_block(table)
        yield from drawn(package, part, element)
    unread = () if shape.hidden else _unread(package, part, shape, page_area)
    if unread:
        yield Block("", pictures=unread)


def _all(text: str) -> tuple[tuple[int, int], ...]:
    return ((0, len(text)),) if text else ()


def _unread(package: Package, part: str, shape: Shape, page_area: float) -> tuple[Picture, ...]:
    """Return the pictures of over 5 % of the slide or over 20 kB that a shape is, or is filled with."""
    large = shape.frame.width * shape.frame.height > 0.05 * page_area
    found = [(package.target(part, key), cut) for key, cut in filled_with(shape.element)
             if large or package.is_large_picture(part, key)]  # fmt: skip
    return tuple(Picture(name, cut) for name, cut in found if name)
