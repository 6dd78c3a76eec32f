"""HTML: what a reader sees of a page, as paragraphs, headings and tables; what it hides, withheld.

Hidden is what an attribute hides (`hidden`, `style="display:none"`); style sheets and scripts are not run. Nothing is
fetched. Pictures inside the file that may have words in them make the unit searchable in part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from corpus.folding import CANONICAL_VERSION, canonical
from corpus.model import Page, Reason, State
from ingest.formats.blocks import UNKNOWN, Block, BlockCell, BlockKind, count, sections
from ingest.formats.encodings import decode
from ingest.formats.model import FormatError, Outline

_READER = "1"  # to be raised with every change of what is read
TOOL = f"selectolax {version('selectolax')}, reader {_READER}"
FINGERPRINT = "html1-" + sha256(f"{TOOL}, canonical {CANONICAL_VERSION}".encode()).hexdigest()[:12]

_MOST_BYTES = 32 << 20
_LARGE_PICTURE = 27_000  # characters of base64, for 20 kB
_MOST_SPAN = 100
_DECLARED = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.I)
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SKIPPED = frozenset(
    ("script", "style", "template", "noscript", "iframe", "object", "head", "title", "datalist", "rp", "-comment")
)
_INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "button", "cite", "code", "data", "del", "dfn", "em", "font",
     "i", "ins", "kbd", "label", "mark", "nobr", "o:p", "output", "q", "rb", "rt", "ruby", "s", "samp", "small",
     "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "input", "meter", "progress",
     "svg", "tspan", "text", "math", "mi", "mn", "mo", "mrow", "-text")
)  # fmt: skip
_Node = Any  # of selectolax, imported where it is used


@dataclass(slots=True)
class _Writer:
    """Puts text together as a browser would, and cuts it into blocks."""

    blocks: list[Block] = field(default_factory=list)
    text: str = ""
    hidden: list[tuple[int, int]] = field(default_factory=list)
    pictures: bool = False
    level: int = 0
    unseen: int = 0  # how many elements around hide what is in them
    verbatim: int = 0

    def add(self, text: str) -> None:
        if not self.verbatim:
            text = _BLANKS.sub(" ", text)
            if not self.text or self.text[-1] in " \n":
                text = text.lstrip(" ")
        if text and self.unseen:
            self.hidden.append((len(self.text), len(self.text) + len(text)))
        self.text += text

    def end(self) -> None:
        """End a block, if anything is in it."""
        text = self.text.rstrip(" \n") if not self.verbatim else self.text.strip("\n")
        if text.strip():
            spans = tuple((start, min(end, len(text))) for start, end in self.hidden if start < len(text))
            kind = BlockKind.HEADING if self.level else BlockKind.PARAGRAPH
            self.blocks.append(Block(text, kind, self.level, hidden=spans, pictures=UNKNOWN if self.pictures else ()))
        elif self.pictures:
            self.blocks.append(Block("", pictures=UNKNOWN))
        self.text, self.hidden, self.pictures = "", [], False


def outline(path: Path, password: str | None = None) -> Outline:
    """Return how many units a page is cut into, its title and its encoding."""
    found, facts, _ = _read_whole(path)
    return Outline(count(found), facts)


def read(path: Path, first: int, last: int, password: str | None = None, document: str = "") -> list[Page]:
    """Return the units `first` to `last`, from 1 and inclusive; a page without any text has one, empty."""
    found, _, damaged = _read_whole(path)
    pages = sections(found or [Block("")], document, FINGERPRINT, first, last)
    return [
        replace(page, state=State.IN_PART, reason=Reason.DAMAGED) if damaged and "\ufffd" in page.text else page
        for page in pages
    ]


def _read_whole(path: Path) -> tuple[list[Block], dict[str, str], bool]:
    facts = path.stat()
    if facts.st_size > _MOST_BYTES:
        raise FormatError(
            Reason.TOO_LARGE,
            f"A web page of more than {_MOST_BYTES >> 20} MB is not read; print it as PDF and ingest that.",
        )
    return _kept(path, facts.st_size, facts.st_mtime_ns)


@lru_cache(maxsize=1)
def _kept(path: Path, size: int, modified_ns: int) -> tuple[list[Block], dict[str, str], bool]:
    """Read a file; kept for the next batch of its units."""
    data = path.read_bytes()
    declared = _DECLARED.search(data[:4096])
    decoded = decode(data, declared[1].decode("ascii") if declared else None)
    if not decoded.text.strip():
        raise FormatError(Reason.EMPTY, "There is nothing in this file but blanks; ask the agency for the whole file.")
    found, title = parsed(decoded.text)
    facts = {"encoding": decoded.encoding} | ({"Title": title} if title else {})
    return found, facts, decoded.damaged


def parsed(text: str) -> tuple[list[Block], str]:
    """Return what is seen of a web page, in order, and its title. Also for the HTML of a mail."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(text)
    title = tree.css_first("title")
    found = _blocks(tree.body) if tree.body is not None else []
    return found, canonical(" ".join(title.text().split())) if title is not None else ""


def visible_text(text: str) -> str:
    """Return what is seen of a web page as plain text: tables as lines of cells, hidden text left out."""
    lines = []
    for block in parsed(text)[0]:
        lines.append(_shown(block.text, block.hidden))
        rows: dict[int, list[str]] = {}
        for cell in block.cells:
            rows.setdefault(cell.row, []).append(_shown(cell.text, cell.hidden))
        lines += ["\t".join(cells) for cells in rows.values()]
    return "\n".join(line for line in lines if line)


def _shown(text: str, hidden: tuple[tuple[int, int], ...]) -> str:
    for start, end in reversed(hidden):
        text = text[:start] + text[end:]
    return text


def _blocks(root: _Node) -> list[Block]:
    """Walk the tree below a node with a stack of its own: a hostile page may be nested without end."""
    writer = _Writer()
    layout = _layout_tables(root)
    stack: list[tuple[_Node, bool]] = [(root, False)]
    while stack:
        node, leaving = stack.pop()
        if leaving:
            _leave(node, writer)
        elif node.tag == "-text":
            writer.add(node.text_content or "")
        elif node.tag not in _SKIPPED and _enter(node, writer, layout):
            stack.append((node, True))
            stack += [(each, False) for each in reversed(_children(node))]
    writer.end()
    return writer.blocks


def _layout_tables(root: _Node) -> set[int]:
    """Return the tables, by their place in memory, that hold other tables or headings: they only lay a page out."""
    found: set[int] = set()
    within: list[int] = []  # the tables around
    stack: list[tuple[_Node, bool]] = [(root, False)]
    while stack:
        node, leaving = stack.pop()
        if leaving:
            within.pop()
            continue
        if node.tag in ("table", "h1", "h2", "h3"):
            for each in reversed(within):
                if each in found:
                    break  # and so are those around it
                found.add(each)
        if node.tag == "table":
            within.append(node.mem_id)
            stack.append((node, True))
        stack += [(each, False) for each in reversed(_children(node))]
    return found


def _children(node: _Node) -> list[_Node]:
    found = []
    child = node.child
    while child is not None:
        found.append(child)
        child = child.next
    return found


def _enter(node: _Node, writer: _Writer, layout: set[int]) -> bool:
    """Begin an element; return whether to go on into it."""
    tag = node.tag
    if tag == "br":
        writer.text = writer.text.rstrip(" ") + "\n"
        return False
    if tag == "img":
        source = node.attributes.get("src") or ""
        writer.pictures = writer.pictures or (source.startswith("data:") and len(source) > _LARGE_PICTURE)
        return False
    if tag not in _INLINE:
        writer.end()
        writer.level = _HEADINGS.get(tag, writer.level)
    writer.unseen += _is_hidden(node)
    writer.verbatim += tag in ("pre", "textarea", "listing", "plaintext", "xmp")
    if tag == "table" and node.mem_id not in layout:
        writer.blocks += [_table(node, writer.unseen > 0)]
        _leave(node, writer)
        return False
    return True


def _leave(node: _Node, writer: _Writer) -> None:
    tag = node.tag
    if tag not in _INLINE:
        writer.end()
        writer.level = 0 if tag in _HEADINGS else writer.level
    writer.unseen -= _is_hidden(node)
    writer.verbatim -= tag in ("pre", "textarea", "listing", "plaintext", "xmp")


def _is_hidden(node: _Node) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(_UNSEEN.search(attributes.get("style") or ""))


def _table(table: _Node, hidden: bool) -> Block:
    """Read a table that holds no other: cells at their places, spans as declared (HTML, 4.9.12)."""
    cells: list[BlockCell] = []
    taken: dict[int, int] = {}  # column -> the last row that a cell above reaches down to
    caption, pictures = "", False
    spans: list[tuple[int, int]] = []
    row = 0
    for part in table.css("caption, tr"):
        if part.tag == "caption":
            caption, spans, unread = _words(part, hidden)
            pictures = pictures or unread
            continue
        row, column = row + 1, 1
        unseen = hidden or any(_is_hidden(each) for each in (part, part.parent) if each is not None)
        for cell in _children(part):
            if cell.tag not in ("td", "th"):
                continue
            while taken.get(column, 0) >= row:
                column += 1
            rows, columns = _span(cell, "rowspan"), _span(cell, "colspan")
            text, within, unread = _words(cell, unseen)
            pictures = pictures or unread
            cells.append(BlockCell(row, column, text, rows, columns, tuple(within)))
            taken.update(dict.fromkeys(range(column, column + columns), row + rows - 1))
            column += columns
    inside = UNKNOWN if pictures else ()
    return Block(caption, BlockKind.TABLE, cells=tuple(cells), hidden=tuple(spans), pictures=inside)


def _span(cell: _Node, name: str) -> int:
    told = (cell.attributes.get(name) or "1").strip()
    return min(max(1, int(told)), _MOST_SPAN) if told.isascii() and told.isdigit() else 1


def _words(node: _Node, hidden: bool) -> tuple[str, list[tuple[int, int]], bool]:
    """Return the text in a cell, a line for each paragraph; what of it is hidden; whether pictures are in it."""
    blocks = _blocks(node)
    text, spans = "", []
    for block in blocks:
        text += "\n" if text and block.text else ""
        spans += [(start + len(text), end + len(text)) for start, end in block.hidden]
        text += block.text
    return text, [(0, len(text))] if hidden and text else spans, any(block.pictures for block in blocks)
