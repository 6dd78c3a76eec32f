"""Rows of text as a file for a spreadsheet: CSV or XLSX, in which no cell is a formula and nothing is half written."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from ui.cli.terminal import safe

ENDINGS = (".csv", ".xlsx")
_MOST_ROWS = 1_048_576  # of a sheet, and characters (UTF-16 units) of a cell, by Excel's specifications and limits
_MOST_CHARACTERS = 32_767
_CUT = "… (cut: a cell of a spreadsheet holds no more; the CSV has all of it)"
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as A (ISO/IEC 29500-1, 22.9.2.19 ST_Xstring)
_WIDTH = 18


def refuse_other(path: Path) -> None:
    """Refuse a file that is neither CSV nor XLSX, or cannot be written now: before the work, not after it.

    Raises:
        UsageError: its ending is another.
        OSError: it cannot be written: its folder is not there, or a spreadsheet has it open.
    """
    from corpus.errors import UsageError

    if path.suffix.lower() not in ENDINGS:
        raise UsageError(f"The hits are written as CSV or XLSX: call the file {path.with_suffix('.xlsx').name}, say.")
    if path.exists():
        with path.open("r+b"):
            pass
    part = _part(path)
    part.touch()
    part.unlink()


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write rows as they come, and put the file in its place when all are there; return how many there were.

    CSV begins with a byte order mark, so that spreadsheets read the Korean.

    Raises:
        UsageError: there are more rows than a sheet holds.
    """
    part = _part(path)
    try:
        made = (_csv if path.suffix.lower() == ".csv" else _xlsx)(part, header, rows)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return made


def inert_cell(value: str, lines: bool = True) -> str:
    """Return a cell that commands neither a terminal nor a spreadsheet: a formula gets an apostrophe before it.

    Without `lines`, line ends and tabs become blanks.
    """
    from corpus.annotation_forms import inert

    return inert(safe(value, lines))


def _part(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


def _csv(part: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    made = 0
    with part.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(map(inert_cell, header))
        for row in rows:
            writer.writerow(map(inert_cell, row))
            made += 1
    return made


def _xlsx(part: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils import get_column_letter

    from corpus.errors import UsageError

    def cell(value: str) -> WriteOnlyCell:
        made = WriteOnlyCell(sheet, _fitting(inert_cell(value)))
        made.data_type = "s"  # what looks like an error (#N/A) or a formula is text too
        return made

    book = Workbook(write_only=True)
    sheet = book.create_sheet("hits")
    sheet.freeze_panes = "A2"
    for at in range(1, len(header) + 1):
        sheet.column_dimensions[get_column_letter(at)].width = _WIDTH
    sheet.append([cell(name) for name in header])
    made = 0
    try:
        for row in rows:
            made += 1
            if made >= _MOST_ROWS:
                raise UsageError(f"There are more than {made - 1:,} rows, all a sheet holds; write a .csv instead.")
            sheet.append([cell(value) for value in row])
    finally:
        book.save(part)  # on the way out of an error too: openpyxl lets go of its own files by that alone
    return made


def _fitting(value: str) -> str:
    """Return what an XLSX cell can hold of a text, its own escapes escaped."""
    value = _ESCAPE.sub("_x005F_", value)
    if len(value.encode("utf-16-le")) // 2 <= _MOST_CHARACTERS:
        return value
    whole = value.encode("utf-16-le")[: (_MOST_CHARACTERS - len(_CUT)) * 2]
    return whole.decode("utf-16-le", errors="ignore") + _CUT
