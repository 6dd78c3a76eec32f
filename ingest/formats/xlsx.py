"""XLSX: a sheet is a page, or one for every 500 rows of it; its table has the sheet's own rows and columns.

Numbers and dates are written as the sheet shows them. A formula stands with the result it had when the file was saved;
where the file keeps none (programs that write files without calculating), the formula itself is the text, as `=B2*C2`,
and the page is searchable in part. Hidden sheets, rows and columns are read like others, since they unhide with two
clicks, and the page's address says so; what a number format hides (`;;;`) is withheld.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element

from corpus.cells import column_letters
from corpus.folding import CANONICAL_VERSION
from corpus.model import Page, Reason, State, UnitKind
from ingest.formats.blocks import Block, BlockCell, BlockKind, pictures_of, write
from ingest.formats.drawingml import drawn, large_pictures, text_of
from ingest.formats.model import Embedded, FormatError, Outline
from ingest.formats.number_codes import BUILT_IN
from ingest.formats.ooxml import Package, child, opened, streamed
from ingest.formats.xlsx_sheets import Look, Sheet, Stretch, place_of, unescaped

_READER = "1"  # to be raised with every change of what is read
TOOL = f"Gongmun's reader of XLSX {_READER}"
FINGERPRINT = "xlsx1-" + sha256(f"{TOOL}, canonical {CANONICAL_VERSION}".encode()).hexdigest()[:12]

_CHUNK = 1 << 20
_SHEETS = ("worksheet", "chartsheet", "dialogsheet", "xlMacrosheet")
_BINARY = (
    Reason.UNSUPPORTED,
    "Workbooks in the binary form (XLSB) are not read; open it in Excel, save it as XLSX and ingest that.",
)


@dataclass(frozen=True, slots=True)
class _Tab:
    """A sheet of the workbook: its name, its part, whether it is hidden."""

    name: str
    part: str
    hidden: bool


def outline(path: Path, password: str | None = None) -> Outline:
    """Return how many pages the sheets of a workbook make, and its own claims about itself."""
    with opened(path) as package:
        tabs, look = _workbook(package)
        pages = sum(len(_sheet(package, tab, look, 1, 0).stretches) or 1 for tab in tabs)
        return Outline(max(1, pages), package.facts() | {"sheets": str(len(tabs))})


def read(path: Path, first: int, last: int, password: str | None = None, document: str = "") -> list[Page]:
    """Return the pages `first` to `last`, from 1 and inclusive."""
    pages: list[Page] = []
    with opened(path) as package:
        tabs, look = _workbook(package)
        number = 1
        for tab in tabs:
            if number > last:
                break
            sheet = _sheet(package, tab, look, first - number, last - number)
            found = _pages(package, tab, sheet, number, document)
            pages += [page for page in found if first <= page.number <= last]
            number += len(sheet.stretches) or 1
        if not tabs and first <= 1:
            pages = [Page(document, 1, FINGERPRINT, "", kind=UnitKind.SHEET)]
    return pages


def pictures(path: Path, number: int, password: str | None = None) -> Iterator[Embedded]:
    """Yield the unread pictures of page `number`, in the order of its text."""
    with opened(path) as package:
        tabs, look = _workbook(package)
        at = number - 1  # of the pages of the sheet, from 0
        for tab in tabs:
            sheet = _sheet(package, tab, look, 1, 0)
            stretches = sheet.stretches or [Stretch(1, 1, 1, None)]
            if at < len(stretches):
                for each in pictures_of(_on(list(_beside(package, tab, sheet)), stretches, at)):
                    yield Embedded(package.picture(each.key), each.cut)
                return
            at -= len(stretches)


def _workbook(package: Package) -> tuple[list[_Tab], Look]:
    main = package.main()
    if main.endswith(".bin"):
        raise FormatError(*_BINARY)
    root = package.tree(main)
    tabs = []
    for each in child(root, "x:sheets"):
        part = package.target(main, each.get("r:id"))
        if part and package.relations(main)[each.get("r:id", "")].kind in _SHEETS:
            tabs.append(_Tab(each.get("name", ""), part, each.get("state", "visible") != "visible"))
    strings: list[str] = []
    for part in package.related(main, "sharedStrings"):
        with package.stream(part) as file:
            strings = _strings(file)
    codes = [code for part in package.related(main, "styles") for code in _codes(package.tree(part))]
    from_1904 = child(root, "x:workbookPr").get("date1904") in ("1", "true")
    return tabs, Look(strings, codes, from_1904)


def _strings(file: IO[bytes]) -> list[str]:
    """Return the shared strings: the runs of each joined, what tells its pronunciation left out."""
    found: list[str] = []
    pieces: list[str] = []
    inside, phonetic = False, False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside, phonetic
        if name == "si":
            pieces.clear()
        elif name == "rPh":
            phonetic = True
        inside = name == "t" and not phonetic

    def end(name: str) -> None:
        nonlocal inside, phonetic
        inside = False
        if name == "si":
            found.append(unescaped("".join(pieces)))
        elif name == "rPh":
            phonetic = False

    def data(text: str) -> None:
        if inside:
            pieces.append(text)

    streamed(iter(lambda: file.read(_CHUNK), b""), start, end, data)
    return found


def _codes(styles: Element) -> list[str]:
    """Return the number format of each style of cells."""
    own = {each.get("numFmtId"): each.get("formatCode", "") for each in child(styles, "x:numFmts")}
    found = []
    for each in child(styles, "x:cellXfs"):
        key = each.get("numFmtId", "0")
        found.append(own.get(key) or BUILT_IN.get(int(key), "General"))
    return found


def _sheet(package: Package, tab: _Tab, look: Look, first: int, last: int) -> Sheet:
    """Read a sheet; of its stretches, from 0, keep the cells of those from `first` to `last`."""
    with package.stream(tab.part) as file:
        return Sheet(look, lambda at: first <= at <= last).read(file)


def _pages(package: Package, tab: _Tab, sheet: Sheet, number: int, document: str) -> Iterator[Page]:
    stretches = sheet.stretches or [Stretch(1, 1, 1, [])]
    beside = list(_beside(package, tab, sheet)) if any(each.cells is not None for each in stretches) else []
    for at, stretch in enumerate(stretches):
        if stretch.cells is None:
            continue
        extra = _on(beside, stretches, at)
        cells = tuple(_spanning(stretch, sheet))
        table = [Block("", BlockKind.TABLE, cells=cells)] if cells else []
        page = Page(document, number + at, FINGERPRINT, "", kind=UnitKind.SHEET, name=tab.name)
        page = write(replace(page, address=_address(tab, sheet, stretch)), [*table, *extra])
        if stretch.unread and page.state is State.SEARCHABLE:
            page = replace(page, state=State.IN_PART, reason=Reason.UNSUPPORTED)
        yield page


def _on(beside: list[tuple[int, Block]], stretches: list[Stretch], at: int) -> list[Block]:
    """Return what is not in cells and belongs to a stretch of rows."""
    following = stretches[at + 1].first if at + 1 < len(stretches) else 1 << 30
    begins = stretches[at].first if at else 0
    return [block for row, block in beside if begins <= row < following]


def _spanning(stretch: Stretch, sheet: Sheet) -> Iterator[BlockCell]:
    for cell in stretch.cells or ():
        spans = sheet.merged.get((cell.row, cell.column))
        if spans:  # a merged cell may run on over the whole sheet, far from what is in it
            cell = replace(cell, rows=min(spans[0], 500), columns=min(spans[1], max(50, stretch.columns)))
        yield cell


def _address(tab: _Tab, sheet: Sheet, stretch: Stretch) -> str:
    """Return where a page's cells stand: "A1:F500", and what of them is hidden."""
    told = [f"A{stretch.first}:{column_letters(stretch.columns)}{stretch.last}"]
    columns = [(start, min(end, stretch.columns)) for start, end in sheet.hidden_columns if start <= stretch.columns]
    hidden = [_range(column_letters(start), column_letters(end)) for start, end in columns]
    hidden += [_range(str(start), str(end)) for start, end in _runs(stretch.hidden_rows)]
    if tab.hidden:
        told.append("hidden")
    elif hidden:
        told.append("hidden: " + ", ".join([*hidden[:10], *(["…"] if len(hidden) > 10 else [])]))
    return " · ".join(told)


def _range(start: str, end: str) -> str:
    return f"{start}:{end}"


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1] = found[-1][0], row
        else:
            found.append((row, row))
    return found


def _beside(package: Package, tab: _Tab, sheet: Sheet) -> Iterator[tuple[int, Block]]:
    """Yield what is not in cells, with the row it belongs to: running heads, drawings, comments."""
    for is_head, text in sheet.heads:
        yield 1, Block(text, BlockKind.HEAD if is_head else BlockKind.FOOT)
    for key in sheet.drawings:
        part = package.target(tab.part, key)
        for anchor in package.tree(part):
            row = int(child(anchor, "xdr:from/xdr:row").text or 0) + 1
            for block in _drawing(package, part, anchor):
                yield row, block
    yield from _comments(package, tab)


def _drawing(package: Package, part: str, anchor: Element) -> Iterator[Block]:
    for shape in anchor.iter("xdr:sp"):
        text = text_of(shape.find("xdr:txBody"))
        if text.strip():
            hidden = child(shape, "xdr:nvSpPr/xdr:cNvPr").get("hidden") in ("1", "true")
            yield Block(text, hidden=((0, len(text)),) if hidden else ())
    yield from drawn(package, part, anchor)
    pictures = large_pictures(package, part, anchor)
    if pictures:
        yield Block("", pictures=tuple(pictures))


def _comments(package: Package, tab: _Tab) -> Iterator[tuple[int, Block]]:
    """Yield comments as "B7 author: words"; of a conversation, not the note that stands in for it in old programs."""
    told = set()
    people = {
        each.get("id"): each.get("displayName", "")
        for part in package.related(package.main(), "person")
        for each in package.tree(part)
    }
    for part in package.related(tab.part, "threadedComment"):
        for each in package.tree(part):
            told.add(each.get("ref"))
            yield _comment(each.get("ref", ""), people.get(each.get("personId"), ""), each.findtext("tc:text") or "")
    for part in package.related(tab.part, "comments"):
        root = package.tree(part)
        authors = [each.text or "" for each in child(root, "x:authors")]
        for each in child(root, "x:commentList"):
            if each.get("ref") not in told:
                author = int(each.get("authorId", "-1"))
                words = "".join(piece.text or "" for piece in child(each, "x:text").iter("x:t"))
                yield _comment(each.get("ref", ""), authors[author] if 0 <= author < len(authors) else "", words)


def _comment(reference: str, author: str, words: str) -> tuple[int, Block]:
    words = unescaped(words).strip()
    start = f"{reference} {author}".strip()
    words = words.removeprefix(f"{author}:").strip() if author else words  # Excel writes the author there again
    return place_of(reference)[0], Block(f"{start}: {words}", BlockKind.COMMENT)
