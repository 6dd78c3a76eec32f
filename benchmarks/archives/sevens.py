"""7Z archives: small ones kept in seven/ (seven/write.py made them), and a bomb written here byte by byte.

Format: 7zFormat.txt of the LZMA SDK (public domain).
"""

from __future__ import annotations

import lzma
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from benchmarks.archives.model import Case, Member, read, state, words

SEVEN = Path(__file__).parent / "seven"
MB = 1 << 20
DICTIONARY = 16  # 1 MB, as the property byte of LZMA2 has it


def cases() -> Iterator[Case]:
    """Yield the cases in pairs, one for each half."""
    yield _kept("plain", tuple(map(read, ("계획서.txt", "붙임/계약서.txt"))), "LZMA2")
    yield _kept("stored", tuple(map(read, ("plan.txt", "회신.txt"))), "stored")
    yield _kept("locked", (state("비밀.txt", "encrypted"),), "bytes locked, names open", ("read", "encrypted"))
    yield _kept("locked-names", (), "names locked too", ("encrypted",))
    yield _kept("cut", (), "cut off", ("damaged",))
    members = tuple(Member((path,), ("read", "damaged"), words(path)) for path in ("plan.txt", "회신.txt"))
    yield _kept("crc", members, "one byte changed: nothing wrong is shown as whole", ("read", "damaged"), ("damaged",))
    yield _kept("empty", (), "nothing in it", ("empty", "read"))
    first, second = (f"안.7z!/{path}" for path in ("계획서.txt", "붙임/계약서.txt"))
    nested = tuple(read(path, data=words(path.removeprefix("안.7z!/"))) for path in (first, second))
    yield _kept("nested", (*nested, read("밖.txt")), "7Z in 7Z")
    for name, paths, note in (("out", ("a.txt",), "leads out"), ("absolute", ("etc/a.txt",), "absolute")):
        odd = Member(paths, ("read", "unsafe-name"), words("xx!yy!a.txt"))
        yield _kept(name, (odd, read("b.txt")), note, ("read", "damaged"))
    small = seven_bytes("text.txt", words("text.txt"))
    yield Case("written.7z", small, (read("text.txt"),), note="header not packed")
    data = seven_bytes("zeros.bin", b"", zeros=3072 * MB)
    reasons = ("ratio", "size")
    yield Case("ratio.7z", data, (state("zeros.bin", *reasons),), ("read", *reasons), "3 GB of zeros", True, reasons)


def _kept(
    name: str,
    members: tuple[Member, ...],
    note: str,
    archive: tuple[str, ...] = ("read",),
    say: tuple[str, ...] = (),
) -> Case:
    data = (SEVEN / f"{name}.7z").read_bytes()
    return Case(f"{name}.7z", data, members, archive, note, "damaged" in archive, say)


def seven_bytes(path: str, body: bytes, zeros: int = 0) -> bytes:
    """Return a 7Z file of one member: `body`, or so many zeros (whole MB), without an encoded header."""
    packed, crc = _zeros(zeros) if zeros else (_lzma2(body), zlib.crc32(body))
    size = zeros or len(body)
    folder = b"\x01\x21\x21\x01" + bytes([DICTIONARY])  # one coder: LZMA2 with one property byte
    name = path.encode("utf-16-le") + b"\0\0"
    header = (
        b"\x01\x04"
        + (b"\x06" + _number(0) + _number(1) + b"\x09" + _number(len(packed)) + b"\0")
        + (b"\x07\x0b" + _number(1) + b"\0" + folder + b"\x0c" + _number(size) + b"\0")
        + (b"\x08\x0a\x01" + struct.pack("<L", crc) + b"\0\0")
        + (b"\x05" + _number(1) + b"\x11" + _number(len(name) + 1) + b"\0" + name + b"\0\0")
    )
    start = struct.pack("<QQL", len(packed), len(header), zlib.crc32(header))
    return b"7z\xbc\xaf\x27\x1c\0\x04" + struct.pack("<L", zlib.crc32(start)) + start + packed + header


def _lzma2(data: bytes) -> bytes:
    return lzma.compress(data, lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA2, "dict_size": MB}])


def _zeros(size: int) -> tuple[bytes, int]:
    """Return LZMA2 of `size` zeros and their CRC: chunks that start anew can be repeated; the last byte is the end."""
    block, crc = bytes(MB), 0
    for _ in range(size // MB):
        crc = zlib.crc32(block, crc)
    return _lzma2(block)[:-1] * (size // MB) + b"\0", crc


def _number(value: int) -> bytes:
    """Return a 7Z number: as many leading 1 bits in the first byte as bytes follow, little-endian."""
    if value < 0x80:
        return bytes([value])
    follow = 8
    for extra in range(1, 8):
        if value < 1 << (7 * (extra + 1)):
            follow = extra
            break
    first = (0xFF << (8 - follow)) & 0xFF
    if follow < 8:
        first |= value >> (8 * follow)
    return bytes([first]) + (value & ((1 << (8 * follow)) - 1)).to_bytes(follow, "little")
