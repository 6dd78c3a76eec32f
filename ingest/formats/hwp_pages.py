"""Computed pages of an HWP paper: its blocks, cut where the layout begins a new page, with the places of their words.

A table that runs over a page end is a table on each of its pages, its rows counted from 1 there. Notes stand on the
page of the words they belong to, heads and feet on the first page that shows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from corpus.model import Box, Page, Reason, State, UnitKind, Withheld, Word, Words
from ingest.formats.blocks import Block, BlockCell, BlockKind, Picture, write
from ingest.formats.hwp_layout import Layout
from ingest.formats.hwp_places import Drawn, Leaf, number, pages_of, place

_APART = frozenset({BlockKind.HEAD, BlockKind.FOOT, BlockKind.NOTE, BlockKind.COMMENT})
_REPEATED = frozenset({BlockKind.HEAD, BlockKind.FOOT})
_TRUSTED = 0.7  # of the running text's letters that must be drawn, for the pages of all to be believed
_FEW = 40
_WORD = re.compile(r"\S+")

_Piece = tuple[Leaf, int, int]  # a stretch of a leaf


@dataclass(slots=True)
class _Sheet:
    """A page as it fills: its blocks, and for each the stretches of leaves that its text and its cells are.

    `pictures`: it has large ones, which nobody read; `lost` are those of the file that the layout does not show.
    """

    blocks: list[Block] = field(default_factory=list)
    pieces: list[list[_Piece]] = field(default_factory=list)
    pictures: bool = False
    lost: list[Picture] = field(default_factory=list)

    def put(self, block: Block, pieces: list[_Piece]) -> None:
        self.blocks.append(block)
        self.pieces.append(pieces)


def computed(
    blocks: list[Block], layout: Layout, document: str, fingerprint: str
) -> list[tuple[Page, list[Picture]]] | None:
    """Return a paper's pages, each with the unread pictures that belong there and are not drawn.

    None where too little of its text is drawn to say which page it is on.
    """
    drawn = Drawn(layout.pages)
    leaves = [_leaves(block) for block in blocks]
    flat = [leaf for each in leaves for leaf in each]
    share = place(flat, drawn)
    if len(layout.pages) > 1 and share < _TRUSTED and sum(len(leaf.text) for leaf in flat) > _FEW:
        return None
    number(flat, drawn)
    sheets = [_Sheet(pictures=laid.pictures) for laid in layout.pages]
    last = range(1)  # the pages of the block before
    for block, own in zip(blocks, leaves, strict=True):
        if block.kind is BlockKind.TABLE:
            last = _put_table(block, own, sheets, drawn, last[-1])
        elif block.kind in _APART:
            _put_apart(block, own[0], sheets, drawn, last)
        elif block.text:
            last = _put_text(block, own[0], sheets, drawn, last[-1])
        near = sheets[last[0] : last[-1] + 2]
        if block.pictures and not any(sheet.pictures for sheet in near):
            next((sheet for sheet in near if sheet.lost), sheets[last[-1]]).lost += block.pictures
    return [
        (_page(sheet, drawn, n, Page(document, n + 1, fingerprint, "", kind=UnitKind.COMPUTED)), sheet.lost)
        for n, sheet in enumerate(sheets)
    ]


def _leaves(block: Block) -> list[Leaf]:
    table = block.kind is BlockKind.TABLE  # its caption may be drawn on any side of it
    own = Leaf(
        block.text,
        apart=table or block.kind in _APART,
        repeated=block.kind in _REPEATED,
        cell=table,
        fixed=bool(block.hidden),
    )
    return [own, *(Leaf(cell.text, cell=True, fixed=bool(cell.hidden)) for cell in block.cells)]


def _put_apart(block: Block, leaf: Leaf, sheets: list[_Sheet], drawn: Drawn, host: range) -> None:
    """Put a head on the first page that shows it, a note on the one of its host's pages that does, or the last."""
    shown = [page for page, _, _ in pages_of(leaf, drawn)]
    if block.kind in _REPEATED:
        page = shown[0] if shown else host[-1]
    else:
        page = next((page for page in shown if page in host), host[-1])
    sheets[page].put(replace(block, text=leaf.text), [(leaf, 0, len(leaf.text))])


def _put_text(block: Block, leaf: Leaf, sheets: list[_Sheet], drawn: Drawn, current: int) -> range:
    """Put a text on its pages; return these."""
    stretches = pages_of(leaf, drawn) or [(current, 0, len(leaf.text))]
    for page, start, end in stretches:
        start, end = _stripped(leaf.text, start, end)
        if start < end:
            part = replace(block, text=leaf.text[start:end], hidden=_within(block.hidden, start, end), pictures=())
            sheets[page].put(part, [(leaf, start, end)])
    return range(stretches[0][0], stretches[-1][0] + 1)


def _put_table(block: Block, leaves: list[Leaf], sheets: list[_Sheet], drawn: Drawn, current: int) -> range:
    """Put a table on its pages; return these."""
    parts: dict[int, list[tuple[BlockCell, _Piece]]] = {}
    rows: dict[int, int] = {}
    stretched = [pages_of(leaf, drawn) for leaf in leaves[1:]]
    for cell, stretches in zip(block.cells, stretched, strict=True):
        if stretches:
            rows[cell.row] = min(stretches[0][0], rows.get(cell.row, stretches[0][0]))
    shown = pages_of(leaves[0], drawn)
    at = min(rows.values(), default=shown[0][0] if shown else current)
    for cell, leaf, stretches in zip(block.cells, leaves[1:], stretched, strict=True):
        at = rows.get(cell.row, at)
        for page, start, end in stretches or [(at, 0, len(leaf.text))]:
            start, end = _stripped(leaf.text, start, end)
            part = replace(cell, text=leaf.text[start:end], hidden=_within(cell.hidden, start, end))
            parts.setdefault(page, []).append((part, (leaf, start, end)))
    caption = leaves[0]
    named = shown[0][0] if shown and shown[0][0] in parts else min(parts, default=current)
    for page, cells in sorted(parts.items()):
        text = caption if page == named else Leaf("")
        first = min(cell.row for cell, _ in cells)
        last = max(cell.row for cell, _ in cells)
        placed = sorted(
            ((_from_row(cell, first, last), piece) for cell, piece in cells),
            key=lambda each: (each[0].row, each[0].column),
        )
        made = replace(block, text=text.text, cells=tuple(cell for cell, _ in placed), pictures=())
        sheets[page].put(made, [(text, 0, len(text.text)), *(piece for _, piece in placed)])
    return range(min(parts, default=current), max(parts, default=current) + 1)


def _from_row(cell: BlockCell, first: int, last: int) -> BlockCell:
    """Return a cell of the part of a table that begins with a row, in the numbers of that part."""
    return replace(cell, row=cell.row - first + 1, rows=min(cell.rows, last - cell.row + 1) or 1)


def _within(spans: tuple[tuple[int, int], ...], start: int, end: int) -> tuple[tuple[int, int], ...]:
    cut = ((max(a, start) - start, min(z, end) - start) for a, z in spans)
    return tuple((a, z) for a, z in cut if a < z)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()) if piece.strip() else 0)


def _page(sheet: _Sheet, drawn: Drawn, at: int, empty: Page) -> Page:
    """Write a page: its text, its tables, the boxes of its words."""
    laid = drawn.pages[at]
    page = write(replace(empty, width=laid.width, height=laid.height), sheet.blocks)
    words = [word for piece, offset in _offsets(sheet, page) for word in _words(piece, offset, drawn, at)]
    words.sort(key=lambda word: word.start)
    page = replace(
        page,
        words=Words.pack(words, laid.width, laid.height),
        withheld=tuple(_covered(each, words) for each in page.withheld),
    )
    if (sheet.pictures or sheet.lost) and page.state is State.SEARCHABLE:
        return replace(page, state=State.IN_PART, reason=Reason.UNREAD_PICTURES)
    return page


def _covered(hidden: Withheld, words: list[Word]) -> Withheld:
    """Return withheld text with the box of the words it is in, where they are drawn."""
    boxes = [word.box for word in words if word.start < hidden.end and hidden.start < word.end]
    return replace(hidden, box=_hull(boxes)) if boxes else hidden


def _offsets(sheet: _Sheet, page: Page) -> Iterator[tuple[_Piece, int]]:
    """Yield where each stretch of a leaf stands in the page's text; `write` puts what is apart last."""
    order = sorted(range(len(sheet.blocks)), key=lambda n: sheet.blocks[n].kind in _APART)
    tables = iter(page.tables)
    length = 0
    for n in order:
        block, pieces = sheet.blocks[n], sheet.pieces[n]
        length += bool(length)
        yield pieces[0], length
        length += len(block.text)
        if block.kind is BlockKind.TABLE:
            cells = next(tables).cells
            yield from ((piece, cell.start) for piece, cell in zip(pieces[1:], cells, strict=True))
            length = cells[-1].end if cells else length


def _words(piece: _Piece, offset: int, drawn: Drawn, page: int) -> Iterator[Word]:
    """Yield the words of a stretch, each with a box for every line it stands on."""
    leaf, start, end = piece
    for found in _WORD.finditer(leaf.text, start, end):
        line: list[int] = []
        first = found.start()
        for at in range(found.start(), found.end()):
            sign = leaf.at[at]
            if sign < 0 or drawn.page(sign) != page:
                continue
            if line and not drawn.same_line(line[-1], sign):
                yield Word(first - start + offset, at - start + offset, _around(line, drawn))
                line, first = [], at
            line.append(sign)
        if line:
            yield Word(first - start + offset, found.end() - start + offset, _around(line, drawn))


def _around(signs: list[int], drawn: Drawn) -> Box:
    return _hull([drawn.box(sign) for sign in signs])


def _hull(boxes: list[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
