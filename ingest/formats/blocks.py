"""Files without pages: paragraphs, headings, tables and notes, cut into units that can be named and cited.

A unit begins at a heading, and where there is none within reach, at a paragraph. It has the heading for a name and the
numbers of its paragraphs for an address (`¶12–40`), so that a citation is not left with a number nobody can look up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice

from corpus.cells import Cell, Table
from corpus.folding import canonical
from corpus.model import Box, Furniture, FurnitureKind, Page, Reason, State, UnitKind, Withheld

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
class Picture:
    """A picture in a file that is large enough to have words in it, and nobody read it.

    Its reader finds its bytes by `key`; where that is empty, they cannot be had. `cut`: see `model.Embedded`.
    """

    key: str
    cut: Box = (0.0, 0.0, 0.0, 0.0)


UNKNOWN = (Picture(""),)


@dataclass(frozen=True, slots=True)
class BlockCell:
    """A cell of a table block: place from 1, what it spans, its text, and what of that is hidden (see Block)."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    hidden: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a file in reading order. `level` is a heading's, from 1; `cells` are a table's, row by row.

    `hidden` are half-open stretches of `text` that a reader of the file does not see (text deleted under tracking,
    hidden text): they are withheld. A table's own `text` is its caption. `pictures` are those in it that are unread.
    `starts`: a unit begins here, however short the last one is.
    """

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    cells: tuple[BlockCell, ...] = ()
    hidden: tuple[tuple[int, int], ...] = ()
    pictures: tuple[Picture, ...] = ()
    starts: bool = False


@dataclass(slots=True)
class _Written:
    """The text of a unit as it grows: its pieces, and their length in all."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    tables: list[Table] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    withheld: list[Withheld] = field(default_factory=list)

    def put(self, block: Block) -> None:
        """Add a block on a line of its own."""
        text, hidden = _canonical(block.text, block.hidden)
        if block.pictures and not text and not block.cells:
            return  # nothing but a picture
        if self.length:
            self._add("\n")
        start, end = self._add(text)
        self._withhold(start, hidden)
        if block.kind in _APART and text:
            self.furniture.append(Furniture(_APART[block.kind], start, end))
        if block.kind is BlockKind.TABLE:
            self._put_cells(block, (start, end) if text else None)

    def _put_cells(self, block: Block, caption: tuple[int, int] | None) -> None:
        """Write cells row by row: a tab between the cells of a row, a line end between rows."""
        cells: list[Cell] = []
        row = 0
        for cell in sorted(block.cells, key=lambda each: (each.row, each.column)):
            if caption or cells:
                self._add("\t" if cell.row == row else "\n")
            row = cell.row
            text, hidden = _canonical(cell.text, cell.hidden)
            start, end = self._add(text)
            self._withhold(start, hidden)
            cells.append(Cell(cell.row, cell.column, start, end, cell.rows, cell.columns))
        self.tables.append(Table(len(self.tables) + 1, tuple(cells), None, caption))

    def _add(self, text: str) -> tuple[int, int]:
        start = self.length
        self.pieces.append(text)
        self.length += len(text)
        return start, self.length

    def _withhold(self, start: int, hidden: Iterable[tuple[int, int]]) -> None:
        self.withheld += [Withheld(start + a, start + z, (0.0, 0.0, 0.0, 0.0)) for a, z in hidden]


def _canonical(text: str, hidden: tuple[tuple[int, int], ...]) -> tuple[str, list[tuple[int, int]]]:
    """Return a text in canonical form, and where its hidden stretches stand in that."""
    if not hidden:
        return canonical(text).strip("\n"), []
    ends = sorted({0, len(text), *(end for span in hidden for end in span)})
    at, made = {}, ""
    for start, end in zip(ends, [*ends[1:], len(text)], strict=True):
        at[start] = len(made)
        made += canonical(text[start:end])
    at[len(text)] = len(made)
    return made, [(at[a], at[z]) for a, z in hidden if at[a] < at[z]]


def units(blocks: Iterable[Block]) -> Iterator[tuple[str | None, str, list[Block]]]:
    """Cut blocks into units; yield each one's name (its heading), its address and its blocks."""
    held: list[Block] = []
    name: str | None = None
    size = first = number = 0
    for block in blocks:
        starts = block.starts or (block.kind is BlockKind.HEADING and size >= _SHORT)
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
    for block in _in_order(blocks):
        written.put(block)
    state, reason = page.state, page.reason
    if state is State.SEARCHABLE and any(block.pictures for block in blocks):
        state, reason = State.IN_PART, Reason.UNREAD_PICTURES
    elif state is State.SEARCHABLE and written.withheld:
        state, reason = State.IN_PART, Reason.WITHHELD
    return replace(
        page,
        text="".join(written.pieces),
        furniture=tuple(written.furniture),
        withheld=tuple(written.withheld),
        tables=tuple(written.tables),
        state=state,
        reason=reason,
    )


def _in_order(blocks: Sequence[Block]) -> list[Block]:
    return [*(b for b in blocks if b.kind not in _APART), *(b for b in blocks if b.kind in _APART)]


def pictures_of(blocks: Sequence[Block]) -> list[Picture]:
    """Return the unread pictures of a page's blocks, in the order of its text."""
    return [picture for block in _in_order(blocks) for picture in block.pictures]


def pictures_in(blocks: Iterable[Block], number: int) -> list[Picture]:
    """Return the unread pictures of a file's unit `number`, from 1, as `sections` cuts it."""
    return next((pictures_of(held) for _, _, held in islice(units(blocks), number - 1, None)), [])


def sections(
    blocks: Iterable[Block], document: str, fingerprint: str, first: int = 1, last: int | None = None
) -> list[Page]:
    """Return a file's units as pages of kind `section`, numbered from 1: all, or the `first` to the `last`."""
    return [
        write(Page(document, number, fingerprint, "", kind=UnitKind.SECTION, name=name, address=address), held)
        for number, (name, address, held) in enumerate(islice(units(blocks), last), 1)
        if number >= first
    ]


def count(blocks: Iterable[Block]) -> int:
    """Return how many units `sections` makes: one at the least, and may it be empty."""
    return max(1, sum(1 for _ in units(blocks)))
