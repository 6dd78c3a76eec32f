"""DOC, XLS and PPT (Office 97 to 2003), read by kreuzberg where it is installed: text, without notes or comments apart.

A sheet of XLS is a page, cut after 500 rows, its numbers as the file keeps them (0.125 where the sheet shows 12.5%);
DOC and PPT are cut into units by length. Whoever needs more can save the file in the form of today.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from struct import error as StructError
from struct import unpack_from
from typing import Any

from corpus.folding import CANONICAL_VERSION, canonical
from corpus.model import Page, Reason, UnitKind
from ingest.formats.blocks import UNKNOWN, Block, BlockCell, BlockKind, count, sections, write
from ingest.formats.model import FormatError, Outline

try:
    _VERSION = version("kreuzberg")
except PackageNotFoundError:
    _VERSION = "none"
_READER = "1"  # to be raised with every change of what is read
TOOL = f"kreuzberg {_VERSION}, reader {_READER}"
FINGERPRINT = "ole1-" + sha256(f"{TOOL}, canonical {CANONICAL_VERSION}".encode()).hexdigest()[:12]

_ROWS = 500
_LARGE_PICTURES = 20_000  # bytes of the stream that holds pictures
_STREAMS = {
    "WordDocument": "application/msword",
    "Workbook": "application/vnd.ms-excel",
    "Book": "application/vnd.ms-excel",
    "PowerPoint Document": "application/vnd.ms-powerpoint",
}
_FACTS = {"title": "Title", "created_by": "Author", "subject": "Subject", "modified_by": "LastModifiedBy"}
_LINK = re.compile(r'HYPERLINK(?: +\\[a-z]| +"[^"\n]*")+')  # the instruction of a field, which is not seen
_MASTER = re.compile(r"(?:Click to edit Master|마스터 (?:텍스트|제목) 스타일)[^\n]*")
_LEVELS = re.compile(r"(?:Second|Third|Fourth|Fifth) level|(?:둘째|셋째|넷째|다섯째) 수준")

_MISSING = (
    Reason.UNSUPPORTED,
    "Word, Excel and PowerPoint files of before 2007 need a package that is not installed. Type "
    "pip install 'gongmun[legacy-office]' and ingest again, or save the file as DOCX, XLSX or PPTX.",
)
_ENCRYPTED = (
    Reason.ENCRYPTED,
    "The file is protected by a password. Open it where the password is known, save it without one and ingest that, "
    "or ask the agency: please send an unprotected copy of it.",
)
_DAMAGED = (Reason.DAMAGED, "The file is damaged and cannot be read; ask the agency to send it again.")


def outline(path: Path, password: str | None = None) -> Outline:
    """Return how many pages a file makes, and its own claims about itself."""
    kind, found, facts, _ = _read_whole(path)
    return Outline(len(found) if kind == _STREAMS["Workbook"] else count(_blocks(found)), facts)


def read(path: Path, first: int, last: int, password: str | None = None, document: str = "") -> list[Page]:
    """Return the pages `first` to `last`, from 1 and inclusive."""
    kind, found, _, pictures = _read_whole(path)
    if kind != _STREAMS["Workbook"]:
        unread = UNKNOWN if pictures else ()
        blocks = [Block(line, pictures=unread) for line in _texts(found)] or [Block("", pictures=unread)]
        return sections(blocks, document, FINGERPRINT, first, last)
    pages = []
    for number, (name, rows) in enumerate(found, 1):
        if first <= number <= last:
            page = Page(document, number, FINGERPRINT, "", kind=UnitKind.SHEET, name=canonical(name) or None)
            pages.append(write(page, _table(rows)))
    return pages


def _texts(found: list[tuple[str, list[list[str]]]]) -> list[str]:
    return [name for name, _ in found]


def _blocks(found: list[tuple[str, list[list[str]]]]) -> list[Block]:
    return [Block(line) for line in _texts(found)]


def _table(rows: list[list[str]]) -> list[Block]:
    cells = [
        BlockCell(row, column, text)
        for row, line in enumerate(rows, 1)
        for column, text in enumerate(line, 1)
        if text.strip()
    ]
    return [Block("", BlockKind.TABLE, cells=tuple(cells))] if cells else []


_Whole = tuple[str, list[tuple[str, list[list[str]]]], dict[str, str], bool]


def _read_whole(path: Path) -> _Whole:
    facts = path.stat()
    return _kept(path, facts.st_size, facts.st_mtime_ns)


@lru_cache(maxsize=1)
def _kept(path: Path, size: int, modified_ns: int) -> _Whole:
    """Return a file's media type, its lines or its sheets with their rows, its facts, and whether it has pictures."""
    kind, pictures = _looked_into(path)
    try:
        kreuzberg = import_module("kreuzberg")
    except ImportError as error:
        raise FormatError(*_MISSING) from error
    try:
        settings = kreuzberg.ExtractionConfig(use_cache=False)
        result = kreuzberg.extract_file_sync(str(path), mime_type=kind, config=settings)
    except (kreuzberg.KreuzbergError, OSError, RuntimeError, ValueError) as error:
        raise FormatError(*(_ENCRYPTED if "password" in str(error).lower() else _DAMAGED)) from error
    told = dict(result.metadata)
    facts = {name: canonical(str(told[key])) for key, name in _FACTS.items() if told.get(key)}
    if kind == _STREAMS["Workbook"]:
        return kind, _sheets(result, told), facts, pictures
    text = _LINK.sub("", canonical(result.content))
    if kind == _STREAMS["PowerPoint Document"] and _MASTER.search(text):
        lines = [line for line in text.split("\n") if not (_MASTER.fullmatch(line) or _LEVELS.fullmatch(line))]
    else:
        lines = text.split("\n")
    return kind, [(line.rstrip(), []) for line in lines if line.strip()], facts, pictures


def _sheets(result: Any, told: dict[str, Any]) -> list[tuple[str, list[list[str]]]]:
    """Return the sheets with their rows, cut after so many; one without anything in it is a page all the same."""
    tables = {table.page_number: [[str(cell) for cell in row] for row in table.cells] for table in result.tables or ()}
    found = []
    for number, name in enumerate(told.get("sheet_names") or [""], 1):
        rows = tables.get(number, [])
        found += [(str(name), rows[at : at + _ROWS]) for at in range(0, max(1, len(rows)), _ROWS)]
    return found


def _looked_into(path: Path) -> tuple[str, bool]:
    """Return a file's media type by its streams, and whether it has pictures; refuse what is encrypted."""
    olefile = import_module("olefile")  # it has no types
    try:
        with olefile.OleFileIO(str(path)) as ole:
            kind = next((kind for name, kind in _STREAMS.items() if ole.exists(name)), "")
            if not kind:
                raise FormatError(*_DAMAGED)
            if ole.exists("WordDocument"):
                head = ole.openstream("WordDocument").read(12)
                if unpack_from("<H", head, 10)[0] & 0x0100:  # fEncrypted, [MS-DOC] 2.5.2
                    raise FormatError(*_ENCRYPTED)
            if ole.exists("EncryptedSummary"):  # [MS-PPT] 2.1.5
                raise FormatError(*_ENCRYPTED)
            large = [name for name in ("Data", "Pictures") if ole.exists(name) and ole.get_size(name) > _LARGE_PICTURES]
            return kind, bool(large)
    except FormatError:
        raise
    except (OSError, ValueError, LookupError, ArithmeticError, TypeError, RuntimeError, StructError) as error:
        raise FormatError(*_DAMAGED) from error
