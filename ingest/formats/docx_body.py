"""The body of DOCX as blocks, in the order of the file: what text boxes, notes and comments say follows its anchor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from ingest.formats.blocks import UNKNOWN, Block, BlockCell, BlockKind, Picture
from ingest.formats.docx_numbering import Numbering
from ingest.formats.docx_styles import Styles
from ingest.formats.docx_text import Inline, Line
from ingest.formats.drawingml import drawn
from ingest.formats.ooxml import Package, child, choice, find, is_on

_THROUGH = frozenset(("w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag"))
_GONE = frozenset(("w:del", "w:moveFrom"))
_NOT_NOTES = frozenset(("separator", "continuationSeparator", "continuationNotice"))


@dataclass(slots=True)
class Body:
    """Reads the parts of one document. `notes` and `comments` are looked up by their ids."""

    package: Package
    part: str
    styles: Styles
    numbering: Numbering
    inline: Inline
    notes: dict[tuple[str, str], tuple[str, Element]] = field(default_factory=dict)  # its part, and its element
    comments: dict[str, Element] = field(default_factory=dict)
    comments_part: str = ""
    told: set[str] = field(default_factory=set)

    def blocks(self, holder: Element, hidden: bool = False) -> Iterator[Block]:
        """Yield what a body, a text box or another holder of paragraphs and tables says."""
        for each in holder:
            tag = each.tag
            if tag == "w:p":
                yield from self._paragraph(each, hidden)
            elif tag == "w:tbl":
                yield from self._table(each, hidden)
            elif tag == "w:sdt":
                yield from self.blocks(child(each, "w:sdtContent"), hidden)
            elif tag in _THROUGH:
                yield from self.blocks(each, hidden)
            elif tag in _GONE:
                yield from self.blocks(each, True)
            elif tag == "mc:AlternateContent":
                yield from self.blocks(choice(each), hidden)
            elif tag == "w:altChunk":
                yield Block("", pictures=UNKNOWN)  # a file in the file, of whatever format: not read

    def _paragraph(self, element: Element, hidden: bool) -> Iterator[Block]:
        properties = element.find("w:pPr")
        named = child(element, "w:pPr/w:pStyle").get("w:val", "") or self.styles.usual
        line = self.inline.line(element, hidden)
        label = self._label(named, properties) if line.length or line.boxes else ""
        text, spans = line.text, tuple(line.hidden)
        if label and text.strip():
            text = f"{label} {text}"
            spans = tuple((start + len(label) + 1, end + len(label) + 1) for start, end in spans)
        if spans and spans[0][0] == len(label) + 1 and spans[0][1] == len(text):
            spans = ((0, len(text)),)  # a number alone says nothing
        level = self.styles.heading(named, properties)
        if text.strip() or line.pictures:
            kind = BlockKind.HEADING if level and text.strip() else BlockKind.PARAGRAPH
            yield Block(text, kind, level, hidden=spans, pictures=tuple(line.pictures))
        yield from self._after(line, hidden)

    def _after(self, line: Line, hidden: bool) -> Iterator[Block]:
        """Yield what hangs on a paragraph: text boxes, charts, notes, comments."""
        for box in line.boxes:
            yield from self.blocks(box, hidden)
        for drawing in line.drawings:
            yield from drawn(self.package, self.inline.part, drawing)
        for note in line.notes:
            yield from self._note(note, hidden)
        for comment in line.comments:
            yield from self.comment(comment)

    def _label(self, named: str, properties: Element | None) -> str:
        own = None if properties is None else properties.find("w:numPr")
        style = self.styles.find(named, "w:pPr/w:numPr")
        number = at = ""
        for each in (style, own):  # a paragraph may take its list from its style and its level from itself
            if each is not None:
                number = child(each, "w:numId").get("w:val", number)
                at = child(each, "w:ilvl").get("w:val", at)
        return self.numbering.label(number, int(at or 0)) if number not in ("", "0") else ""

    def _note(self, key: tuple[str, str], hidden: bool) -> Iterator[Block]:
        if key in self.notes:
            part, element = self.notes[key]
            text, spans, others = self._told(element, part, hidden)
            mark = self.inline.marks.get(key, "")
            start = f"{mark} " if mark else ""
            yield Block(start + text.lstrip(), BlockKind.NOTE, hidden=_moved(spans, len(start) - _left(text), start))
            yield from others

    def comment(self, key: str) -> Iterator[Block]:
        """Yield a reviewer's comment, once, with its author before a colon."""
        element = self.comments.get(key)
        if element is None or key in self.told:
            return
        self.told.add(key)
        text, spans, others = self._told(element, self.comments_part, False)
        start = f"{author}: " if (author := element.get("w:author", "").strip()) else ""
        if text.strip():
            yield Block(start + text, BlockKind.COMMENT, hidden=_moved(spans, len(start), start))
        yield from others

    def _told(self, element: Element, part: str, hidden: bool) -> tuple[str, list[tuple[int, int]], list[Block]]:
        """Return the text of a note, comment or cell, what of it is hidden, and the blocks that do not fit in there."""
        outer, self.inline = self.inline, replace(self.inline, part=part, fields=[])
        try:
            blocks = list(self.blocks(element, hidden))
        finally:
            self.inline = outer
        return _joined(blocks)

    def _table(self, table: Element, hidden: bool) -> Iterator[Block]:
        """Yield a table, then the tables, notes and comments in it."""
        cells: list[BlockCell] = []
        above: dict[int, int] = {}  # column -> index of the cell that a merged one may go on
        others: list[Block] = []
        pictures: list[Picture] = []
        for row, (line, row_hidden) in enumerate(_rows(table, hidden), 1):
            column = 1 + _few(child(line, "w:trPr/w:gridBefore").get("w:val", "0"))
            for cell, cell_hidden in _cells(line, row_hidden):
                width = max(1, _few(child(cell, "w:tcPr/w:gridSpan").get("w:val", "1")))
                merge = find(cell, "w:tcPr/w:vMerge")
                goes_on = merge is not None and merge.get("w:val", "continue") == "continue" and column in above
                text, spans, more = self._told(cell, self.inline.part, cell_hidden)
                pictures += [picture for block in more for picture in block.pictures]
                others += [block for block in more if block.text or block.cells]
                if goes_on and not text.strip():
                    at = above[column]
                    cells[at] = replace(cells[at], rows=row - cells[at].row + 1)
                else:
                    above.update(dict.fromkeys([column] if merge is not None else [], len(cells)))
                    cells.append(BlockCell(row, column, text, 1, width, tuple(spans)))
                if merge is None:
                    above.pop(column, None)
                column += width
        if cells:
            yield Block("", BlockKind.TABLE, cells=tuple(cells), pictures=tuple(pictures))
        yield from others


def _few(columns: str) -> int:
    """Return a number of columns; Word has no more than 63."""
    return min(max(0, int(columns)), 100)


def _rows(table: Element, hidden: bool) -> Iterator[tuple[Element, bool]]:
    for each in table:
        if each.tag == "w:tr":
            yield each, hidden or find(each, "w:trPr/w:del") is not None or is_on(find(each, "w:trPr/w:hidden"))
        elif each.tag == "w:sdt":
            yield from _rows(child(each, "w:sdtContent"), hidden)
        elif each.tag in _THROUGH:
            yield from _rows(each, hidden)


def _cells(row: Element, hidden: bool) -> Iterator[tuple[Element, bool]]:
    for each in row:
        if each.tag == "w:tc":
            yield each, hidden or find(each, "w:tcPr/w:cellDel") is not None
        elif each.tag == "w:sdt":
            yield from _cells(child(each, "w:sdtContent"), hidden)
        elif each.tag in _THROUGH:
            yield from _cells(each, hidden)


def _joined(blocks: list[Block]) -> tuple[str, list[tuple[int, int]], list[Block]]:
    """Put paragraphs in one text, a line each; return it, its hidden stretches, and the blocks that are no paragraphs.

    A picture in a paragraph is given as a block of its own.
    """
    text = ""
    spans: list[tuple[int, int]] = []
    others: list[Block] = []
    for block in blocks:
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING):
            others.append(block)
            continue
        if block.text:
            text += "\n" if text else ""
            spans += [(start + len(text), end + len(text)) for start, end in block.hidden]
            text += block.text
        if block.pictures:
            others.append(Block("", pictures=block.pictures))
    return text, spans, others


def _left(text: str) -> int:
    return len(text) - len(text.lstrip())


def _moved(spans: list[tuple[int, int]], by: int, start: str) -> tuple[tuple[int, int], ...]:
    return tuple((max(begin + by, len(start)), end + by) for begin, end in spans if end + by > len(start))


def notes_of(package: Package, main: str) -> dict[tuple[str, str], tuple[str, Element]]:
    """Return the footnotes and endnotes of a document by kind and id, with the part each stands in."""
    found = {}
    for kind in ("footnote", "endnote"):
        for part in package.related(main, f"{kind}s"):
            for each in package.tree(part).findall(f"w:{kind}"):
                if each.get("w:type", "normal") not in _NOT_NOTES:
                    found[kind, each.get("w:id", "")] = part, each
    return found
