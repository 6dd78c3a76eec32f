"""The directory of a ZIP, read an entry at a time (PKWARE APPNOTE 6.3.10, sections 4.3 and 4.4).

`zipfile` refuses a whole archive for one name that is flagged as UTF-8 and is none, forgets the bytes of names, and
takes any `PK\\5\\6` in a comment for the end of the archive: hence this.
"""

from __future__ import annotations

import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from struct import Struct, error, unpack_from
from typing import BinaryIO

from corpus.model import Reason
from ingest.formats.archive_names import decoded
from ingest.formats.model import FormatError

_END = Struct("<4s4H2LH")
_END64 = Struct("<4sQ2H2L4Q")
_LOCATOR = Struct("<4sLQL")
_ENTRY = Struct("<4s6H3L5H2L")
_TAIL = _END.size + 0xFFFF + (1 << 16)  # the longest comment, and as much that others put behind an archive
_FULL, _FULL_SHORT = 0xFFFFFFFF, 0xFFFF
_DAMAGED = "Its directory is damaged or missing, as where a file is cut off; ask for it again."
_SPLIT = "It is one part of an archive in several files; ask for it in one file."


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in a ZIP as the directory has it: `name` as decoded, not yet made harmless; sizes in bytes.

    `offset` is where its own header stands, from the start of the file. `mode` are its POSIX type and rights, or 0.
    """

    name: str
    method: int
    flags: int
    crc: int
    packed: int
    size: int
    offset: int
    mode: int

    @property
    def is_folder(self) -> bool:
        return stat.S_ISDIR(self.mode) or (self.name.endswith(("/", "\\")) and not self.size)

    @property
    def is_special(self) -> bool:
        """Whether it is a link, a device or a pipe."""
        kind = stat.S_IFMT(self.mode)
        return kind not in (0, stat.S_IFREG, stat.S_IFDIR)

    @property
    def encrypted(self) -> bool:
        return bool(self.flags & 1)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a directory stands, how long it is, and how many bytes stand before the archive (an unpacking program)."""

    start: int
    size: int
    before: int


def has_directory(file: BinaryIO, size: int) -> bool:
    """Whether a file ends in the directory of a ZIP, whatever it begins with."""
    try:
        return bool(_found(file, size))
    except (OSError, FormatError, error):
        return False


def entries(path: Path) -> Iterator[Entry]:
    """Yield what the directory of a ZIP lists, in its order.

    Raises:
        FormatError: there is no directory, or it is damaged; it is a part of an archive in several files.
    """
    with path.open("rb") as file:
        place = _found(file, path.stat().st_size)
        if place is None:
            raise FormatError(Reason.DAMAGED, _DAMAGED)
        file.seek(place.start)
        left = place.size
        while left > 0:
            head = file.read(_ENTRY.size)
            if head.startswith(b"PK\5\5"):  # a signature of the directory, which nobody makes any more
                return
            if len(head) < _ENTRY.size or not head.startswith(b"PK\1\2"):
                raise FormatError(Reason.DAMAGED, _DAMAGED)
            fields = _ENTRY.unpack(head)
            lengths = fields[10:13]
            rest = file.read(sum(lengths))
            if len(rest) < sum(lengths):
                raise FormatError(Reason.DAMAGED, _DAMAGED)
            left -= _ENTRY.size + len(rest)
            yield _entry(fields, rest[: lengths[0]], rest[lengths[0] : lengths[0] + lengths[1]], place.before)


def _found(file: BinaryIO, size: int) -> _Place | None:
    """Return where the directory is: the last that has entries, else an empty one. A comment may look like an end."""
    tail_at = max(0, size - _TAIL)
    file.seek(tail_at)
    tail = file.read(_TAIL)
    empty = None
    at = tail.rfind(b"PK\5\6")
    while at >= 0:
        place = _place(file, tail_at + at)
        if place and place.size:
            return place
        empty = empty or place
        at = tail.rfind(b"PK\5\6", 0, at)
    return empty


def _place(file: BinaryIO, at: int) -> _Place | None:
    """Return where the directory is that ends with the record at an offset, or None if none does."""
    file.seek(at)
    record = file.read(_END.size)
    if len(record) < _END.size:
        return None
    _, disk, _, _, count, size, offset, _ = _END.unpack(record)
    end = at
    if _FULL in (size, offset) or _FULL_SHORT in (count, disk):
        wide = _wide(file, at)
        if wide is not None:
            end, disk, size, offset = wide
    start = end - size
    for place in (_Place(start, size, start - offset), _Place(offset, size, 0)):
        file.seek(max(0, place.start))
        mark = file.read(4) if place.size else b"PK\1\2"
        if place.start >= 0 and place.before >= 0 and mark in (b"PK\1\2", b"PK\5\5"):
            return place
    if 0 < disk < _FULL_SHORT:
        raise FormatError(Reason.UNSUPPORTED, _SPLIT)
    return None


def _wide(file: BinaryIO, at: int) -> tuple[int, int, int, int] | None:
    """Return what the ZIP64 record before an end says: where it stands, its disk, the directory's size and offset."""
    if at < _LOCATOR.size + _END64.size:
        return None
    file.seek(at - _LOCATOR.size)
    mark, _, offset, _ = _LOCATOR.unpack(file.read(_LOCATOR.size))
    if mark != b"PK\6\7":
        return None
    for place in (offset, at - _LOCATOR.size - _END64.size):  # the second where bytes stand before the archive
        file.seek(min(place, at))
        record = file.read(_END64.size)
        if len(record) == _END64.size and record.startswith(b"PK\6\6"):
            fields = _END64.unpack(record)
            return min(place, at), fields[4], fields[8], fields[9]
    return None


def _entry(fields: tuple[int, ...], raw: bytes, extra: bytes, before: int) -> Entry:
    flags, method, crc = fields[3], fields[4], fields[7]
    packed, size, offset = fields[8], fields[9], fields[16]
    name = decoded(raw)
    for kind, data in _extras(extra):
        if kind == 1:
            wanted = iter(unpack_from(f"<{len(data) // 8}Q", data))
            size = next(wanted, size) if size == _FULL else size
            packed = next(wanted, packed) if packed == _FULL else packed
            offset = next(wanted, offset) if offset == _FULL else offset
        elif kind == 0x7075 and len(data) > 5 and data[0] == 1 and zlib.crc32(raw) == unpack_from("<L", data, 1)[0]:
            name = decoded(data[5:])
    mode = fields[15] >> 16
    if fields[15] & 0x10 and not size and not stat.S_IFMT(mode):  # a folder as DOS marks it, whatever its name ends in
        mode |= stat.S_IFDIR
    return Entry(name, method, flags, crc, packed, size, offset + before, mode)


def _extras(extra: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the extra fields that are whole, by number."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = unpack_from("<2H", extra, at)
        yield kind, extra[at + 4 : at + 4 + size]
        at += 4 + size
