"""Files without pages: paragraphs, headings, tables and notes, cut into units that can be named and cited.

A unit begins at a heading, and where there is none within reach, at a paragraph. It has the heading for a name and the
numbers of its paragraphs for an address (`¶12–40`), so that a citation is not left with a number nobody can look up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from corpus.cells import Cell, Table
from corpus.folding import canonical
from corpus.model import Furniture, FurnitureKind, Page, Reason, State, UnitKind, Withheld

_LONG = 6000  # code points after which a unit ends with its paragraph
_SHORT = 200  # a heading does not begin a unit before the last one has as many
_NAME = 80


class BlockKind(StrEnum):
    """What a block is; the last four stand apart from the running text, at the end of their unit."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    TABLE = "table"
    HEAD = "running head"
    FOOT = "running foot"
    NOTE = "note"
    COMMENT = "comment"


_APART = {
    BlockKind.HEAD: FurnitureKind.HEAD,
    BlockKind.FOOT: FurnitureKind.FOOT,
    BlockKind.NOTE: FurnitureKind.NOTE,
    BlockKind.COMMENT: FurnitureKind.COMMENT,
}


@dataclass(frozen=True, slots=True)
class BlockCell:
    """A cell of a table block: place from 1, what it spans, its text."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a file in reading order. `level` is a heading's, from 1; `cells` are a table's, row by row.

    `hidden` are half-open stretches of `text` that a reader of the file does not see (text deleted under tracking,
    hidden text): they are withheld. `apart` of a text with none of these is empty. A table's own `text` is its caption.
    """

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    cells: tuple[BlockCell, ...] = ()
    hidden: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class _Written:
    """The text of a unit as it grows."""

    text: str = ""
    tables: list[Table] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    withheld: list[Withheld] = field(default_factory=list)

    def put(self, block: Block) -> tuple[int, int]:
        """Add a block on a line of its own; return where its text stands."""
        text, hidden = _canonical(block)
        if self.text:
            self.text += "\n"
        start = len(self.text)
        self.text += text
        self.withheld += [Withheld(start + a, start + z, (0.0, 0.0, 0.0, 0.0)) for a, z in hidden]
        if block.kind in _APART and text:
            self.furniture.append(Furniture(_APART[block.kind], start, len(self.text)))
        if block.kind is BlockKind.TABLE:
            self._put_cells(block, (start, len(self.text)) if text else None)
        return start, len(self.text)

    def _put_cells(self, block: Block, caption: tuple[int, int] | None) -> None:
        """Write cells row by row: a tab between the cells of a row, a line end between rows."""
        cells: list[Cell] = []
        row = 0
        for cell in sorted(block.cells, key=lambda each: (each.row, each.column)):
            if self.text:
                self.text += "\t" if cell.row == row else "\n"
            row, start = cell.row, len(self.text)
            self.text += canonical(cell.text).strip("\n")
            cells.append(Cell(cell.row, cell.column, start, len(self.text), cell.rows, cell.columns))
        self.tables.append(Table(len(self.tables) + 1, tuple(cells), None, caption))


def _canonical(block: Block) -> tuple[str, list[tuple[int, int]]]:
    """Return a block's canonical text and where its hidden stretches stand in that."""
    ends = sorted({0, len(block.text), *(end for span in block.hidden for end in span)})
    at, text = {}, ""
    for start, end in zip(ends, [*ends[1:], len(block.text)], strict=True):
        at[start] = len(text)
        text += canonical(block.text[start:end])
    at[len(block.text)] = len(text)
    return text, [(at[a], at[z]) for a, z in block.hidden if at[a] < at[z]]


def units(blocks: Iterable[Block]) -> Iterator[tuple[str | None, str, list[Block]]]:
    """Cut blocks into units; yield each one's name (its heading), its address and its blocks."""
    held: list[Block] = []
    name: str | None = None
    size = first = number = 0
    for block in blocks:
        starts = block.kind is BlockKind.HEADING and size >= _SHORT
        if held and (starts or size >= _LONG) and block.kind not in _APART:
            yield name, _paragraphs(first, number), held
            held, size, first = [], 0, number
        if block.kind is BlockKind.HEADING and (not size or name is None):
            name = " ".join(block.text.split())[:_NAME] or name
        number += block.kind not in _APART
        size += len(block.text) + sum(len(cell.text) for cell in block.cells)
        held.append(block)
    if held:
        yield name, _paragraphs(first, number), held


def _paragraphs(before: int, last: int) -> str:
    first = min(before + 1, last) or 1
    return f"¶{first}" if first >= last else f"¶{first}–{last}"


def write(page: Page, blocks: Sequence[Block]) -> Page:
    """Return a page with the text of blocks, what stands apart at its end, their tables and marks."""
    written = _Written()
    for block in [*(b for b in blocks if b.kind not in _APART), *(b for b in blocks if b.kind in _APART)]:
        written.put(block)
    state, reason = (State.IN_PART, Reason.WITHHELD) if written.withheld else (page.state, page.reason)
    return replace(
        page,
        text=written.text,
        furniture=tuple(written.furniture),
        withheld=tuple(written.withheld),
        tables=tuple(written.tables),
        state=state,
        reason=reason,
    )


def sections(blocks: Iterable[Block], document: str, fingerprint: str) -> list[Page]:
    """Return a file's units as pages of kind `section`, numbered from 1."""
    return [
        write(Page(document, number, fingerprint, "", kind=UnitKind.SECTION, name=name, address=address), held)
        for number, (name, address, held) in enumerate(units(blocks), 1)
    ]
