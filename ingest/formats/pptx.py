"""PPTX: a slide is a page, named by its title; its shapes in reading order, speaker's notes and comments apart.

What the slide's layout and master say in words of their own (an agency's name) stands on every slide: it is read as a
running foot. Hidden slides are read like others, and their address says so; hidden shapes are withheld.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from xml.etree.ElementTree import Element

from corpus.folding import CANONICAL_VERSION, canonical
from corpus.model import Page, UnitKind
from ingest.formats.blocks import Block, BlockKind, pictures_of, write
from ingest.formats.drawingml import large_pictures, text_of
from ingest.formats.model import Embedded, Outline
from ingest.formats.ooxml import Package, child, find, opened
from ingest.formats.pptx_shapes import blocks_of, shapes

_READER = "1"  # to be raised with every change of what is read
TOOL = f"Gongmun's reader of PPTX {_READER}"
FINGERPRINT = "pptx1-" + sha256(f"{TOOL}, canonical {CANONICAL_VERSION}".encode()).hexdigest()[:12]

_POINT = 12_700  # English metric units
_NAME = 80


@dataclass(frozen=True, slots=True)
class _Show:
    """A presentation: the parts of its slides in order, their width and height in English metric units."""

    package: Package
    main: str
    slides: list[str]
    width: float
    height: float


def outline(path: Path, password: str | None = None) -> Outline:
    """Return the number of slides, and the file's own claims about itself."""
    with opened(path) as package:
        return Outline(max(1, len(_show(package).slides)), package.facts())


def read(path: Path, first: int, last: int, password: str | None = None, document: str = "") -> list[Page]:
    """Return the slides `first` to `last`, from 1 and inclusive; a file without slides has one page, empty."""
    with opened(path) as package:
        show = _show(package)
        numbers = range(max(1, first), min(last, len(show.slides)) + 1)
        pages = [_page(show, number, document) for number in numbers]
        if not show.slides and first <= 1:
            pages = [Page(document, 1, FINGERPRINT, "", kind=UnitKind.SLIDE)]
    return pages


def pictures(path: Path, number: int, password: str | None = None) -> Iterator[Embedded]:
    """Yield the unread pictures of slide `number`, in the order of its text."""
    with opened(path) as package:
        show = _show(package)
        part = show.slides[number - 1]
        for each in pictures_of(list(_blocks(show, part, package.tree(part)))):
            yield Embedded(package.picture(each.key), each.cut)


def _show(package: Package) -> _Show:
    main = package.main()
    root = package.tree(main)
    slides = [package.target(main, each.get("r:id")) for each in child(root, "p:sldIdLst")]
    size = child(root, "p:sldSz")
    return _Show(package, main, [each for each in slides if each], float(size.get("cx", 0)), float(size.get("cy", 0)))


def _page(show: _Show, number: int, document: str) -> Page:
    part = show.slides[number - 1]
    slide = show.package.tree(part)
    blocks = list(_blocks(show, part, slide))
    title = next((block.text for block in blocks if block.kind is BlockKind.HEADING and not block.hidden), "")
    page = Page(
        document,
        number,
        FINGERPRINT,
        "",
        kind=UnitKind.SLIDE,
        name=canonical(title)[:_NAME] or None,
        address="hidden" if slide.get("show") in ("0", "false") else None,
        width=show.width / _POINT,
        height=show.height / _POINT,
    )
    return write(page, blocks)


def _blocks(show: _Show, part: str, slide: Element) -> Iterator[Block]:
    package = show.package
    layouts = package.related(part, "slideLayout")
    masters = [master for layout in layouts for master in package.related(layout, "slideMaster")]
    above = [package.tree(each) for each in [*layouts, *masters]]
    tree = child(slide, "p:cSld/p:spTree")
    for shape in shapes(tree, above):
        yield from blocks_of(package, part, shape, show.width * show.height)
    ground = find(slide, "p:cSld/p:bg")
    pictures = [] if ground is None else large_pictures(package, part, ground)
    if pictures:
        yield Block("", pictures=tuple(pictures))
    yield from _printed(slide, above)
    yield from _notes(package, part)
    yield from _comments(show, part)


def _printed(slide: Element, above: list[Element]) -> Iterator[Block]:
    """Yield the words that a layout and its master put on the slide themselves, not in a placeholder."""
    for page in above:
        if slide.get("showMasterSp") in ("0", "false"):
            return
        for shape in shapes(child(page, "p:cSld/p:spTree"), []):
            text = "" if shape.place or shape.hidden else text_of(shape.element.find("p:txBody"))
            if any(char.isalnum() for char in text):
                yield Block(text, BlockKind.FOOT)
        slide = page


def _notes(package: Package, part: str) -> Iterator[Block]:
    for notes in package.related(part, "notesSlide"):
        for shape in shapes(child(package.tree(notes), "p:cSld/p:spTree"), []):
            text = text_of(shape.element.find("p:txBody"))
            if text.strip() and shape.place in ("body", "", "obj"):
                yield Block(text, BlockKind.NOTE)


def _comments(show: _Show, part: str) -> Iterator[Block]:
    """Yield comments of both kinds, their author before a colon."""
    people = {
        each.get("id"): each.get("name", "")
        for kind in ("commentAuthors", "authors")
        for name in show.package.related(show.main, kind)
        for each in show.package.tree(name)
    }
    for name in show.package.related(part, "comments"):
        for each in show.package.tree(name).iter():
            if each.tag == "p:cm":
                words = each.findtext("p:text") or ""
            elif each.tag in ("p188:cm", "p188:reply"):
                words = text_of(each.find("p188:txBody"))
            else:
                continue
            author = people.get(each.get("authorId"), "")
            if words.strip():
                yield Block(f"{author}: {words}" if author else words, BlockKind.COMMENT)
