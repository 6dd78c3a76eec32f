"""One sheet of XLSX, read as a stream: the rows that are wanted are parsed, the others only counted (ECMA-376-1, 18.3).

A sheet is cut into stretches of rows with something in them, so that a sheet of a million rows needs no more memory
than a small one. Rows are told apart by their end tags, before any parsing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import IO

from ingest.formats.blocks import BlockCell
from ingest.formats.number_formats import general, shown, shown_text
from ingest.formats.ooxml import streamed

_ROWS = 500  # of a stretch
_CELLS = 20_000
_CHUNK = 1 << 20
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ROW = re.compile(rb"<((?:\w+:)?)row[\s>/]")
_ROW_NUMBER = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br=["'](\d+)""")
_FULL = re.compile(rb"<(?:\w+:)?[vt](?: [^>]*)?>\s*[^<\s]|</(?:\w+:)?f></")  # a value, a text, a formula without either
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FOOT_CODES = re.compile(r'&(?:"[^"]*"|K(?:[0-9A-F]{6}|[0-9]{2}[+-][0-9]{3})|[0-9]+|[A-Z])', re.I)
_HEADS = {"oddHeader": True, "evenHeader": True, "firstHeader": True, "oddFooter": False, "evenFooter": False,
          "firstFooter": False}  # fmt: skip


@dataclass(slots=True)
class Stretch:
    """Rows that make a page: their cells if they are wanted, else none. `unread`: a formula without its result."""

    first: int
    last: int
    columns: int
    cells: list[BlockCell] | None
    hidden_rows: list[int] = field(default_factory=list)
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What the cells of a workbook refer to: shared strings, number formats by style, where dates count from."""

    strings: Sequence[str]
    codes: Sequence[str]
    from_1904: bool

    def code(self, style: str | None) -> str:
        return self.codes[int(style)] if style and int(style) < len(self.codes) else "General"


@dataclass(slots=True)
class _Cell:
    column: int
    kind: str
    style: str | None
    value: str | None = None
    formula: str | None = None


class Sheet:
    """A sheet as it was read: its stretches, its merged and hidden parts, its running heads, its drawing's id."""

    def __init__(self, look: Look, wanted: Callable[[int], bool]) -> None:
        self.stretches: list[Stretch] = []
        self.merged: dict[tuple[int, int], tuple[int, int]] = {}
        self.hidden_columns: list[tuple[int, int]] = []
        self.heads: list[tuple[bool, str]] = []
        self.drawings: list[str] = []
        self._look, self._wanted = look, wanted
        self._row = self._column = self._rows = self._held = self._before = 0
        self._tag = b""
        self._row_hidden = False
        self._cells: list[_Cell] = []
        self._cell: _Cell | None = None
        self._text: list[str] | None = None
        self._phonetic = False

    def read(self, file: IO[bytes]) -> Sheet:
        """Read the part of a sheet."""
        streamed(self._pieces(file), self._start, self._end, self._data)
        return self

    def _pieces(self, file: IO[bytes]) -> Iterator[bytes]:
        """Yield a sheet without the rows that are not wanted."""
        held, end = b"", b""
        for chunk in iter(lambda: file.read(_CHUNK), b""):
            held += chunk
            if not end:
                found = _ROW.search(held)
                if not found:
                    continue
                yield held[: found.start()]
                held, end = held[found.start() :], b"</" + found[1] + b"row>"
                self._tag = b"<" + found[1] + b"row"
            *rows, held = held.split(end)
            for row in rows:
                if self._counts(row):
                    yield row + end
        yield held

    def _counts(self, row: bytes) -> bool:
        """Put a row in a stretch; return whether it is wanted."""
        number = _ROW_NUMBER.match(row, max(0, row.rfind(self._tag)))
        self._before = int(number[1]) if number else self._before + 1
        full = _FULL.search(row) is not None
        cells = row.count(b"<c ") if full else 0
        if full and (not self.stretches or self._rows == _ROWS or self._held + cells > _CELLS):
            kept: list[BlockCell] | None = [] if self._wanted(len(self.stretches)) else None
            self.stretches.append(Stretch(self._before, self._before, 1, kept))
            self._rows = self._held = 0
        if full:
            self._rows, self._held = self._rows + 1, self._held + cells
            self.stretches[-1].last = self._before
        return full and self.stretches[-1].cells is not None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            place = _PLACE.fullmatch(attributes.get("r", ""))
            self._column = _column_of(place[1]) if place else self._column + 1
            self._cell = _Cell(self._column, attributes.get("t", "n"), attributes.get("s"))
        elif name in ("v", "f", "t") or name in _HEADS:
            self._text = None if self._phonetic else []
        elif name == "row":
            self._row = int(attributes.get("r") or self._row + 1)
            self._row_hidden = attributes.get("hidden") in ("1", "true")
            self._column, self._cells = 0, []
        elif name == "rPh":
            self._phonetic = True
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            self.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "drawing":
            self.drawings += [value for key, value in attributes.items() if key.endswith(" id")]

    def _data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        if name in ("v", "t"):
            if self._cell is not None and self._text is not None:
                self._cell.value = (self._cell.value or "") + "".join(self._text)
            self._text = None
        elif name == "f":
            if self._cell is not None:
                self._cell.formula = "".join(self._text or ())
            self._text = None
        elif name == "c":
            cell, self._cell = self._cell, None
            if cell and cell.value == "" and cell.formula and cell.kind != "str":
                cell.value = None
            if cell and not self._is_empty(cell):
                self._cells.append(cell)
        elif name == "row":
            self._put_row()
        elif name == "rPh":
            self._phonetic = False
        elif name in _HEADS:
            self._head(_HEADS[name], "".join(self._text or ()))
            self._text = None

    def _is_empty(self, cell: _Cell) -> bool:
        if cell.kind == "s" and cell.value:
            return not self._look.strings[int(cell.value)].strip()
        return not (cell.value or "").strip() and (cell.value is not None or cell.formula is None)

    def _put_row(self) -> None:
        if not self._cells:
            return
        stretch = self.stretches[-1]
        stretch.columns = max(stretch.columns, self._cells[-1].column)
        assert stretch.cells is not None  # others do not come here
        if self._row_hidden:
            stretch.hidden_rows.append(self._row)
        for cell in self._cells:
            stretch.unread = stretch.unread or cell.value is None
            text, hidden = self._words(cell)
            if text:
                stretch.cells.append(
                    BlockCell(self._row, cell.column, text, hidden=((0, len(text)),) if hidden else ())
                )

    def _words(self, cell: _Cell) -> tuple[str, bool]:
        """Return what a cell shows, and whether its format hides it: then what it would show without one."""
        if cell.value is None:
            return f"={cell.formula}", False
        code = self._look.code(cell.style)
        if cell.kind in ("n", ""):
            text = shown(cell.value, code, self._look.from_1904)
            return (text, False) if text.strip() else _unseen(cell.value)
        if cell.kind == "b":
            return ("FALSE" if cell.value.strip() in ("0", "false") else "TRUE"), False
        if cell.kind in ("e", "d"):
            return cell.value.removesuffix("T00:00:00"), False
        plain = self._look.strings[int(cell.value)] if cell.kind == "s" else unescaped(cell.value)
        text = shown_text(plain, code)
        return (text, False) if text.strip() else (plain, True)

    def _merge(self, reference: str) -> None:
        ends = [_PLACE.fullmatch(end) for end in reference.split(":")]
        if len(ends) == 2 and ends[0] and ends[1]:
            (left, top), (right, bottom) = ((_column_of(end[1]), int(end[2])) for end in ends if end)
            self.merged[top, left] = bottom - top + 1, right - left + 1

    def _head(self, is_head: bool, text: str) -> None:
        plain = " ".join(_FOOT_CODES.sub(" ", text.replace("&&", "＆")).split()).replace("＆", "&")
        if any(char.isalnum() for char in plain) and (is_head, plain) not in self.heads:
            self.heads.append((is_head, plain))


def _unseen(value: str) -> tuple[str, bool]:
    """Return a number that its format does not show: hidden, but for 0, which formats leave out for good looks."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value, True
    return (general(number), True) if number and number.is_finite() else ("", False)


def _column_of(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def place_of(reference: str) -> tuple[int, int]:
    """Return row and column of a cell's address; (1, 1) where it is none."""
    found = _PLACE.fullmatch(reference.split(":")[0].replace("$", ""))
    return (int(found[2]), _column_of(found[1])) if found else (1, 1)


def unescaped(text: str) -> str:
    """Return a string with its escaped signs as themselves: _x000D_ is a carriage return (22.9.2.19)."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
