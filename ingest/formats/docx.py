"""DOCX: the text of the body with its tables; notes, comments, running heads apart; what is not seen, withheld.

Tracked insertions are read as text, tracked deletions and hidden text are withheld. Running heads are kept once.
Numbers of lists and notes stand in no DOCX: they are counted as Word counts them. Fields say what they said when the
file was saved. What is in a file of its own inside (an embedded spreadsheet) is not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from xml.etree.ElementTree import Element

from corpus.folding import CANONICAL_VERSION
from corpus.model import Page
from ingest.formats.blocks import Block, BlockKind, Picture, count, pictures_in, sections
from ingest.formats.docx_body import Body, notes_of
from ingest.formats.docx_numbering import Numbering
from ingest.formats.docx_styles import Styles
from ingest.formats.docx_text import Inline
from ingest.formats.model import Embedded, Outline
from ingest.formats.ooxml import Package, child, is_on, opened

_READER = "1"  # to be raised with every change of what is read
TOOL = f"Gongmun's reader of DOCX {_READER}"
FINGERPRINT = "docx1-" + sha256(f"{TOOL}, canonical {CANONICAL_VERSION}".encode()).hexdigest()[:12]


def outline(path: Path, password: str | None = None) -> Outline:
    """Return how many units a document is cut into, and its own claims about itself."""
    blocks, facts = _read_whole(path)
    return Outline(count(blocks), facts)


def read(path: Path, first: int, last: int, password: str | None = None, document: str = "") -> list[Page]:
    """Return the units `first` to `last`, from 1 and inclusive; a document without any text has one, empty."""
    return sections(_read_whole(path)[0] or [Block("")], document, FINGERPRINT, first, last)


def pictures(path: Path, number: int, password: str | None = None) -> Iterator[Embedded]:
    """Yield the unread pictures of unit `number`, in the order of its text."""
    with opened(path) as package:
        for each in pictures_in(_blocks(package), number):
            yield Embedded(package.picture(each.key), each.cut)


def _read_whole(path: Path) -> tuple[list[Block], dict[str, str]]:
    facts = path.stat()
    return _kept(path, facts.st_size, facts.st_mtime_ns)


@lru_cache(maxsize=1)
def _kept(path: Path, size: int, modified_ns: int) -> tuple[list[Block], dict[str, str]]:
    """Read a file; kept for the next batch of its units."""
    with opened(path) as package:
        found = _blocks(package), package.facts()
    return found


def _blocks(package: Package) -> list[Block]:
    main = package.main()
    root = package.tree(main)
    body = _body(package, main, root)
    holder = child(root, "w:body")
    found = [*_running_heads(package, main, holder, body), *body.blocks(holder)]
    for key in list(body.comments):  # those that the text does not refer to
        found += body.comment(key)
    return found


def _body(package: Package, main: str, root: Element) -> Body:
    styles = Styles.of(_part(package, main, "styles"))
    numbered = {kind: _note_numbers(root, kind) for kind in ("footnote", "endnote")}
    inline = Inline(package, main, styles, numbered=numbered)
    numbering = Numbering.of(_part(package, main, "numbering"))
    body = Body(package, main, styles, numbering, inline, notes_of(package, main))
    for part in package.related(main, "comments"):
        body.comments_part = part
        body.comments |= {each.get("w:id", ""): each for each in package.tree(part).findall("w:comment")}
    return body


def _part(package: Package, main: str, kind: str) -> Element:
    return next((package.tree(part) for part in package.related(main, kind)), Element("none"))


def _note_numbers(root: Element, kind: str) -> tuple[int, str]:
    """Return the first number of the notes of a kind and its format."""
    properties = next(root.iter(f"w:{kind}Pr"), Element("none"))
    usual = "decimal" if kind == "footnote" else "lowerRoman"
    start = int(child(properties, "w:numStart").get("w:val", "1"))
    return start, child(properties, "w:numFmt").get("w:val", usual)


def _running_heads(package: Package, main: str, holder: Element, body: Body) -> Iterator[Block]:
    """Yield the running heads and feet that are shown, each text once; page numbers in them are left out."""
    even = is_on(_part(package, main, "settings").find("w:evenAndOddHeaders"))
    first = any(is_on(each.find("w:titlePg")) for each in holder.iter("w:sectPr"))
    seen: set[tuple[BlockKind, str]] = set()
    pictures: dict[BlockKind, list[Picture]] = {}
    for section in holder.iter("w:sectPr"):
        for each in section:
            if each.tag not in ("w:headerReference", "w:footerReference"):
                continue
            kind = BlockKind.HEAD if each.tag == "w:headerReference" else BlockKind.FOOT
            form, part = each.get("w:type", "default"), package.target(main, each.get("r:id"))
            if part and (form == "default" or (form == "even" and even) or (form == "first" and first)):
                blocks = _running_head(package, part, body)
                yield from _once(blocks, kind, seen)
                pictures.setdefault(kind, []).extend(picture for block in blocks for picture in block.pictures)
    for found in pictures.values():
        if found:
            yield Block("", pictures=tuple(dict.fromkeys(found)))


def _running_head(package: Package, part: str, body: Body) -> list[Block]:
    outer, body.inline = body.inline, replace(body.inline, part=part, still=True, fields=[])
    try:
        return list(body.blocks(package.tree(part)))
    finally:
        body.inline = outer


def _once(blocks: list[Block], kind: BlockKind, seen: set[tuple[BlockKind, str]]) -> Iterator[Block]:
    for block in blocks:
        texts = [(block.text, block.hidden), *((cell.text, cell.hidden) for cell in block.cells)]
        for text, hidden in texts:
            if any(char.isalnum() for char in text) and (kind, text) not in seen:
                seen.add((kind, text))
                yield Block(text, kind, hidden=hidden)
