"""From dochan's model of an HWP paper to blocks: what the paper says, without what dochan adds.

Left out: marks of pictures, names of bookmarks, pictures' descriptions made by the word processor, and Hancom's
private signs that only draw lines. Notes are numbered as the paper numbers them, and stand apart as
comments do; a frame (a table of one cell) is no table; a table in a cell stands after the table it lies in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Any

from corpus.folding import canonical
from corpus.model import Reason
from ingest.formats.blocks import Block, BlockCell, BlockKind, Picture
from ingest.formats.hwp_equations import as_text
from ingest.formats.hwp_files import Model
from ingest.formats.hwp_layout import UNREAD_PICTURE
from ingest.formats.model import FormatError

PLACEHOLDER = re.compile(r"\s*이 문서는 상위 버전의 배포용 문서입니다\.")
_BOOKMARK = re.compile(r"\[bookmark: .*\] ", re.DOTALL)
# An object's place, and Hancom's private signs for stretches of a ruled line, with the one where it is to be cut.
_DRAWN_ONLY = re.compile("\ufffc|[\U000f080f\U000f081c]+(?:\U000f012b[\U000f080f\U000f081c]+)?")
_SIGNS = str.maketrans(
    {  # Hancom's own signs, as rhwp draws them
        "\U000f012b": "(인)",
        "\U000f02ef": "·",
        "\uf53a": "\u1112\u119e\u11ab",  # ᄒᆞᆫ, in Hanyang's encoding of old syllables
        **{chr(0xF02B1 + n): chr(0x2776 + n) for n in range(9)},  # 1 to 9, white on black
        # of the fonts Symbol and Wingdings
        "\uf0a0": " ",
        "\uf0a7": "▪",
        "\uf0b7": "•",
        "\uf06c": "●",
        "\uf06e": "■",
        "\uf075": "◆",
        "\uf076": "❖",
        "\uf0d8": "➢",
        "\uf0e0": "→",
        "\uf0e8": "➔",
        "\uf0f0": "⇨",
        "\uf0f2": "⇩",
        "\uf0fc": "✓",
    }
)
_FLOWING = (BlockKind.PARAGRAPH, BlockKind.HEADING)
_DEEPEST = 32
_HEADINGS = 9


def blocks_of(model: Model) -> list[Block]:
    """Return a paper's blocks in reading order, what was deleted under tracking marked as hidden.

    Raises:
        FormatError: all it says is that it is a distribution document for a newer program.
    """
    blocks, placeheld = _written(model.document)
    if placeheld and not any(_texts(block) for block in blocks):
        said = "It is a distribution document (배포용) without its text; ask the agency: please send the paper itself."
        raise FormatError(Reason.DRM, said)
    return blocks if model.final is None else _hide(blocks, _written(model.final)[0])


def key_of(data: bytes) -> str:
    """Return the key that the blocks have for a picture of these bytes."""
    return sha256(data).hexdigest()


def bytes_of(model: Model, key: str) -> bytes:
    """Return the picture of a key in a paper; nothing where it is not there."""
    pictures: Iterator[bytes] = (image.image_data for image in model.document.find_all("image"))
    return next((data for data in pictures if len(data) > UNREAD_PICTURE and key_of(data) == key), b"")


def _texts(block: Block) -> str:
    return (block.text + "".join(cell.text for cell in block.cells)).strip()


def _written(document: Any) -> tuple[list[Block], bool]:
    writer = _Writer(_labels(document))
    for section in document.sections:
        writer.flow(section.elements)
    return writer.blocks, writer.placeheld


def _labels(document: Any) -> dict[int, str]:
    """Return each note's mark by dochan's number, which counts footnotes and endnotes as one."""
    counted: Counter[str] = Counter()
    labels = {}
    for note in sorted(_notes(document), key=lambda note: note.number):
        counted[note.type] += 1
        labels[note.number] = f"{counted[note.type]})"
    return labels


def _notes(document: Any) -> Iterator[Any]:
    for kind in ("footnote", "endnote"):
        yield from (note for note in document.find_all(kind) if note.number)


@dataclass(slots=True)
class _Writer:
    """The blocks of a paper as they are found."""

    labels: dict[int, str]
    blocks: list[Block] = field(default_factory=list)
    once: set[tuple[BlockKind, str]] = field(default_factory=set)
    placeheld: bool = False

    def flow(self, elements: Iterable[Any], depth: int = 0) -> None:
        """Write elements one after the other; each is of one of dochan's kinds, told by its name."""
        for element in elements if depth <= _DEEPEST else ():
            kind = type(element).__name__
            if kind == "Paragraph":
                level = min(element.heading_level, _HEADINGS)
                self._put(Block(self._text(element), BlockKind.HEADING if level else BlockKind.PARAGRAPH, level))
            elif kind == "Table":
                self._table(element, depth)
            elif kind == "Equation":
                self._put(Block(as_text(element.script)))
            elif kind == "Image":
                self._picture(element, depth)
            elif kind == "HeaderFooter":
                self._running(element, depth)
            elif hasattr(element, "paragraphs"):
                self._note(element, depth)

    def _put(self, block: Block) -> None:
        if PLACEHOLDER.match(block.text):
            self.placeheld = True
        elif block.text or block.cells or block.pictures:
            self.blocks.append(block)

    def _text(self, paragraph: Any) -> str:
        return _clean("".join(self._run(run) for run in paragraph.runs))

    def _run(self, run: Any) -> str:
        if run.note_ref:
            return self.labels.get(run.note_ref, "")
        if run.equation is not None:
            return as_text(run.equation.script)
        return "" if _BOOKMARK.fullmatch(run.text) else run.text

    def _picture(self, image: Any, depth: int) -> None:
        if len(image.image_data) > UNREAD_PICTURE:
            self._put(Block("", pictures=(Picture(key_of(image.image_data)),)))
        self.flow(image.caption, depth + 1)

    def _running(self, element: Any, depth: int) -> None:
        """Write a running head or foot, once however many sections repeat it."""
        kind = BlockKind.HEAD if element.type == "header" else BlockKind.FOOT
        text = self._flat(element.paragraphs, depth)
        if (kind, text) not in self.once:
            self.once.add((kind, text))
            self._put(Block(text, kind))

    def _note(self, note: Any, depth: int) -> None:
        text = self._flat(note.paragraphs, depth)
        if note.type in ("footnote", "endnote"):
            mark = self.labels.get(note.number, "")
            self._put(Block(f"{mark} {text}".strip(), BlockKind.NOTE))
        else:
            self._put(Block(text, BlockKind.COMMENT))

    def _flat(self, elements: Iterable[Any], depth: int) -> str:
        """Return what stands apart as one text; a table in it, row by row."""
        within = _Writer(self.labels)
        within.flow(elements, depth + 1)
        self.placeheld = self.placeheld or within.placeheld
        lines = [block.text for block in within.blocks]
        lines += ["\t".join(cell.text for cell in block.cells if cell.text) for block in within.blocks if block.cells]
        return "\n".join(line for line in lines if line)

    def _table(self, table: Any, depth: int) -> None:
        cells = [(row, column, cell) for row, each in enumerate(table.rows, 1) for column, cell in enumerate(each, 1)]
        cells = [each for each in cells if not each[2].is_merged_away]
        first = cells[0][2] if cells else None
        caption = self._flat(table.caption, depth)
        if first is not None and table.row_count <= first.row_span and table.col_count <= first.col_span:
            self._put(Block(caption))
            self.flow(first.paragraphs, depth + 1)
            return
        after = _Writer(self.labels, once=self.once)
        covered: set[tuple[int, int]] = set()
        written: list[BlockCell] = []
        pictures: list[Picture] = []
        for row, column, cell in cells:
            if (row, column) in covered:
                continue
            covered.update(
                (r, c) for r in range(row, row + cell.row_span) for c in range(column, column + cell.col_span)
            )
            within = _Writer(self.labels, once=self.once)
            within.flow(cell.paragraphs, depth + 1)
            inside = [block for block in within.blocks if block.kind in _FLOWING]
            after.blocks += [block for block in within.blocks if block.kind not in _FLOWING]
            after.placeheld = after.placeheld or within.placeheld
            pictures += [picture for block in inside for picture in block.pictures]
            text = "\n".join(block.text for block in inside if block.text)
            written.append(BlockCell(row, column, text, cell.row_span, cell.col_span))
        if written:
            self._put(Block(caption, BlockKind.TABLE, cells=tuple(written), pictures=tuple(pictures)))
        self.blocks += after.blocks
        self.placeheld = self.placeheld or after.placeheld


def _clean(text: str) -> str:
    return canonical(_DRAWN_ONLY.sub("", text).translate(_SIGNS)).strip("\n\t ")


def _hide(blocks: list[Block], final: list[Block]) -> list[Block]:
    """Mark in blocks what the final text does not have."""
    leaves = [text for block in blocks for text in (block.text, *(cell.text for cell in block.cells))]
    kept = [text for block in final for text in (block.text, *(cell.text for cell in block.cells))]
    hidden: list[tuple[tuple[int, int], ...]] = [()] * len(leaves)
    for tag, a, z, b, y in SequenceMatcher(None, leaves, kept, autojunk=False).get_opcodes():
        if tag in ("replace", "delete"):
            for at, spans in enumerate(_missing(leaves[a:z], kept[b:y]), a):
                hidden[at] = spans
    marks = iter(hidden)
    return [
        replace(block, hidden=next(marks), cells=tuple(replace(cell, hidden=next(marks)) for cell in block.cells))
        for block in blocks
    ]


def _missing(texts: list[str], final: list[str]) -> list[tuple[tuple[int, int], ...]]:
    """Return of each text the stretches that are not in the final ones, all of them read as one."""
    whole = "\n".join(texts)
    gone: list[tuple[int, int]] = [
        (a, z)
        for tag, a, z, _, _ in SequenceMatcher(None, whole, "\n".join(final), autojunk=False).get_opcodes()
        if tag in ("replace", "delete")
    ]
    found = []
    start = 0
    for text in texts:
        end = start + len(text)
        spans = [(max(a, start) - start, min(z, end) - start) for a, z in gone if a < end and start < z]
        bare = ((a + len(text[a:z]) - len(text[a:z].lstrip()), a + len(text[a:z].rstrip())) for a, z in spans)
        found.append(tuple((a, z) for a, z in bare if a < z))
        start = end + 1
    return found
