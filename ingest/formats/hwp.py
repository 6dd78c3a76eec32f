"""HWP 5, HWPX and HWP 3: text, tables, notes and marks as the file has them, on pages as rhwp computes them.

Without rhwp, or where it cannot lay a paper out, the units are sections named by their headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from io import BytesIO
from pathlib import Path

from corpus.folding import CANONICAL_VERSION
from corpus.model import Box, Page, Reason, Span, State, UnitKind
from ingest.formats import hwp_files, hwp_layout
from ingest.formats.blocks import Picture, pictures_of, sections, units
from ingest.formats.hwp_blocks import blocks_of, bytes_of
from ingest.formats.hwp_pages import computed
from ingest.formats.model import Embedded, FormatError, Outline

_READER = "1"  # to be raised with every change of what is read


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


TOOL = f"dochan {_version('dochan')}, pages by rhwp {_version('rhwp-python')}, reader {_READER}"
FINGERPRINT = "hwp1-" + sha256(f"{TOOL}, canonical {CANONICAL_VERSION}".encode()).hexdigest()[:12]


def outline(path: Path, password: str | None = None) -> Outline:
    """Return how many pages a paper has, what computed them, and which of its fonts are not on this machine."""
    paper = _read(*_known(path), password)
    return Outline(len(paper.pages), dict(paper.facts))


def read(path: Path, first: int, last: int, password: str | None = None, document: str = "") -> list[Page]:
    """Return the pages `first` to `last`, from 1 and inclusive; `last` may lie beyond the end."""
    pages = _read(*_known(path), password).pages
    return [replace(page, document=document) for page in pages[max(1, first) - 1 : last]]


def pictures(path: Path, number: int, password: str | None = None) -> Iterator[Embedded]:
    """Yield the unread pictures of page `number`: as the layout draws them, else as they stand in the text."""
    paper = _read(*_known(path), password)
    drawn = hwp_layout.pictures(path, number) if paper.pages[number - 1].kind is UnitKind.COMPUTED else []
    yield from drawn
    wanted = paper.pictures[number - 1]
    if wanted and not drawn:
        model = hwp_files.opened(path, password)
        for each in wanted:
            yield Embedded(bytes_of(model, each.key), each.cut)


def picture(path: Path, number: int, width: int, password: str | None = None) -> bytes:
    """Return a computed page as a PNG about `width` pixels wide, words with something withheld in them painted over.

    Deleted text is drawn by rhwp as any other. What an operator has released stays painted over.

    Raises:
        FormatError: it cannot be drawn, or the paper's units are no pages.
    """
    pages = read(path, number, number, password)
    if not pages or pages[0].kind is not UnitKind.COMPUTED:
        raise FormatError(Reason.UNSUPPORTED, "This paper has no pages to draw; read its text, or open the original.")
    drawn = hwp_layout.picture(path, number, width)
    page = pages[0]
    if not page.withheld:
        return drawn
    from PIL import Image, ImageDraw

    image = Image.open(BytesIO(drawn)).convert("RGB")
    scale = image.width / page.width
    for hidden in page.withheld:
        for box in _places(page, Span(hidden.start, hidden.end)):
            ImageDraw.Draw(image).rectangle([edge * scale for edge in box], fill="black")
    painted = BytesIO()
    image.save(painted, "png", compress_level=3)
    return painted.getvalue()


def _places(page: Page, hidden: Span) -> list[Box]:
    """Return where withheld words stand; raises FormatError if that is not known of every one."""
    words = [word for word in page.words if word.start < hidden.end and hidden.start < word.end]
    for found in re.finditer(r"[^\W_]+", page.text[hidden.start : hidden.end]):
        start, end = hidden.start + found.start(), hidden.start + found.end()
        if not any(word.start < end and start < word.end for word in words):
            raise FormatError(Reason.WITHHELD, "Where its withheld text stands is not known; read the page's text.")
    return [word.box for word in words]


@dataclass(frozen=True, slots=True)
class _Paper:
    """What is read of a paper; `pictures` are, by page, the unread ones that can be had of its text alone."""

    pages: list[Page]
    facts: dict[str, str]
    pictures: list[list[Picture]]


def _known(path: Path) -> tuple[str, int, int]:
    facts = path.stat()
    return str(path), facts.st_size, facts.st_mtime_ns


@lru_cache(maxsize=1)  # a paper's outline and its batches of pages come one after the other
def _read(name: str, size: int, modified: int, password: str | None) -> _Paper:
    path = Path(name)
    model = hwp_files.opened(path, password)
    blocks = blocks_of(model)
    layout = hwp_layout.lay_out(path)
    placed = computed(blocks, layout, "", FINGERPRINT) if layout is not None else None
    facts: dict[str, str] = {}
    if layout is not None and placed is not None:
        pages, unread = [page for page, _ in placed], [lost for _, lost in placed]
        facts["pages computed by"] = layout.tool
        missing = hwp_layout.fonts_missing(layout.fonts)
        if missing:
            facts["fonts substituted"] = ", ".join(missing)
    else:
        pages = sections(blocks, "", FINGERPRINT) or [_blank()]
        unread = [pictures_of(held) for _, _, held in units(blocks)]
    if model.damage:
        pages = [_damaged(page) for page in pages]
        facts["damage"] = model.damage
    return _Paper(pages, facts, unread)


def _blank() -> Page:
    return Page("", 1, FINGERPRINT, "", kind=UnitKind.SECTION, address="¶1")


def _damaged(page: Page) -> Page:
    return replace(page, state=State.IN_PART, reason=Reason.DAMAGED)
