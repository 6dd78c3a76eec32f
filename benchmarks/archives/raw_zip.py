"""ZIP files written byte by byte, so that every field can be wrong on purpose (PKWARE APPNOTE 6.3, 4.3 to 4.5)."""

from __future__ import annotations

import bz2
import lzma
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

UTF8 = 0x800  # flag: the name is UTF-8
ENCRYPTED = 0x1
DESCRIPTOR = 0x8
STORED, DEFLATED, BZIP2, LZMA = 0, 8, 12, 14
_DATE = 0x5862  # 2024-03-02


@dataclass(frozen=True, slots=True)
class Entry:
    """A member. What is `None` is worked out; what is given is written as it is, true or not."""

    name: bytes
    data: bytes = b""
    flags: int = 0
    method: int = DEFLATED
    packed: bytes | None = None
    crc: int | None = None
    size: int | None = None
    extra: bytes = b""
    mode: int = 0o100644
    system: int = 3  # 0 is MS-DOS, 3 is Unix
    local_name: bytes | None = None
    local_size: int | None = None
    signed_descriptor: bool = True


def zip_bytes(
    entries: Sequence[Entry],
    *,
    before: bytes = b"",
    shifted: bool = True,
    comment: bytes = b"",
    disk: int = 0,
    repeat: int = 1,
) -> bytes:
    """Return a ZIP file.

    `before` goes in front (offsets count it if `shifted`); `repeat` lists each member so many times in the directory,
    all pointing to the same bytes; `disk` is the number of the last disk of a split archive.
    """
    body, directory, count = bytearray(before), bytearray(), 0
    base = 0 if shifted else len(before)
    for entry in entries:
        offset = len(body) - base
        packed, crc, size = _packed(entry)
        body += _local(entry, packed, crc, size)
        for time in range(repeat):
            directory += _listed(entry, packed, crc, size, offset, time)
            count += 1
    start = len(body) - base
    end = struct.pack("<4s4H2LH", b"PK\5\6", disk, 0, count, count, len(directory), start, len(comment))
    return bytes(body + directory + end + comment)


def _packed(entry: Entry) -> tuple[bytes, int, int]:
    packed = _pack(entry.method, entry.data) if entry.packed is None else entry.packed
    crc = zlib.crc32(entry.data) if entry.crc is None else entry.crc
    return packed, crc, len(entry.data) if entry.size is None else entry.size


def _pack(method: int, data: bytes) -> bytes:
    if method == DEFLATED:
        squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
        return squeezer.compress(data) + squeezer.flush()
    if method == BZIP2:
        return bz2.compress(data)
    if method == LZMA:  # 5.8.8: version, size of properties, properties, stream without end mark
        chain = [{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 16, "lc": 3, "lp": 0, "pb": 2}]
        stream = lzma.compress(data, lzma.FORMAT_RAW, filters=chain)
        return struct.pack("<BBHBL", 9, 4, 5, (2 * 5 + 0) * 9 + 3, 1 << 16) + stream
    return data


def _local(entry: Entry, packed: bytes, crc: int, size: int) -> bytes:
    late = bool(entry.flags & DESCRIPTOR)
    name = entry.name if entry.local_name is None else entry.local_name
    shown = size if entry.local_size is None else entry.local_size
    sums = (0, 0, 0) if late else (crc, len(packed), shown)
    flags = entry.flags | (2 if entry.method == LZMA else 0)
    head = struct.pack("<4s5H3L2H", b"PK\3\4", 20, flags, entry.method, 0, _DATE, *sums, len(name), len(entry.extra))
    tail = (b"PK\7\x08" if entry.signed_descriptor else b"") + struct.pack("<3L", crc, len(packed), size)
    return head + name + entry.extra + packed + (tail if late else b"")


def _listed(entry: Entry, packed: bytes, crc: int, size: int, offset: int, time: int) -> bytes:
    name = entry.name if not time else b"%d-%s" % (time, entry.name)
    flags = entry.flags | (2 if entry.method == LZMA else 0)
    made = (entry.system << 8) | 20
    sizes = (crc, len(packed), size, len(name), len(entry.extra), 0, 0, 0)
    head = struct.pack("<4s6H3L5H", b"PK\1\2", made, 20, flags, entry.method, 0, _DATE, *sizes)
    attributes = entry.mode << 16 if entry.system == 3 else 0x20
    return head + struct.pack("<2L", attributes, offset) + name + entry.extra
