"""Archives that are small until they are opened, and large ones that are none the worse for it.

README.md names the limits these are made for.
"""

from __future__ import annotations

import gzip
import struct
import tarfile
import zlib
from collections.abc import Iterator
from functools import cache

from benchmarks.archives.model import Case, read, state, words
from benchmarks.archives.names import flagged
from benchmarks.archives.raw_zip import STORED, Entry, zip_bytes
from benchmarks.archives.tars import item, squeezed, tar_bytes

MB = 1 << 20
HUGE = 6144 * MB
REFUSED = ("ratio", "size", "count", "depth")
ODD = ("unsupported", *REFUSED)


def cases() -> Iterator[Case]:
    """Yield the cases in pairs, one for each half."""
    yield from _ratio()
    yield from _many_times()
    yield from _count()
    yield from _depth()
    yield from _lies()
    yield from _innocent()


@cache
def _zeros(size: int) -> tuple[bytes, int]:
    """Return a deflate stream of `size` zeros (whole MB) and their CRC, without making them all."""
    block = bytes(MB)
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    one = squeezer.compress(block) + squeezer.flush(zlib.Z_FULL_FLUSH)
    crc = 0
    for _ in range(size // MB):
        crc = zlib.crc32(block, crc)
    return one * (size // MB) + b"\x03\x00", crc


def _big(name: bytes, size: int, stated: int | None = None) -> Entry:
    packed, crc = _zeros(size)
    return Entry(name, packed=packed, crc=crc, size=size if stated is None else stated)


def _gzip(body: bytes, zeros: int) -> bytes:
    """Return gzip of some bytes and then so many zeros."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = squeezer.compress(body) + squeezer.flush(zlib.Z_FULL_FLUSH)
    crc, block = zlib.crc32(body), bytes(MB)
    for _ in range(zeros // MB):
        crc = zlib.crc32(block, crc)
    tail = struct.pack("<2L", crc, (len(body) + zeros) % (1 << 32))
    return b"\x1f\x8b\x08\0\0\0\0\0\x02\xff" + head + _zeros(zeros)[0] + tail


def _ratio() -> Iterator[Case]:
    size = 3072 * MB
    note = "3 GB of zeros in some 3 MB"
    zeros = (state("영.bin", "ratio", "size"), read("글.txt"))
    data = zip_bytes([_big("영.bin".encode("cp949"), size), flagged("글.txt")])
    yield Case("ratio-1.zip", data, zeros, ("read", *REFUSED), note, True, REFUSED)
    info = tarfile.TarInfo("zeros.bin")
    info.size = size
    data = _gzip(info.tobuf(), size)
    yield Case("ratio-2.tar.gz", data, (state("zeros.bin", "ratio", "size"),), ("read", *REFUSED), note, True, REFUSED)
    data = zip_bytes([_big(f"{n}.txt".encode(), 512 * MB) for n in range(12)])
    note = "twelve members of 512 MB in 6 MB: the limit is on the whole"
    yield Case("ratio-3.zip", data, (), ("read", *REFUSED), note, True, REFUSED)
    yield Case("ratio-4.gz", _gzip(b"", size), (), ("unsupported", *REFUSED), "gzip of 3 GB of zeros, no TAR")


def _many_times() -> Iterator[Case]:
    for at, (wide, deep) in enumerate(((16, 5), (10, 6)), 1):
        data = zip_bytes([_big(b"0.bin", 512 * MB)])
        for level in range(deep):
            data = zip_bytes([Entry(f"{level}-{n:x}.zip".encode(), data) for n in range(wide)])
        note = f"{wide} archives in each, {deep} levels, 512 MB at the bottom of each"
        yield Case(f"forty-two-{at}.zip", data, (), ("read", *REFUSED), note, True, REFUSED)
    for at, times in enumerate((6000, 30000), 1):
        data = zip_bytes([_big(b"same.bin", 64 * MB)], repeat=times)
        note = f"{times} entries of the directory share one stream of 64 MB"
        yield Case(f"overlap-{at}.zip", data, (), ("read", "damaged", *REFUSED), note, True, ("damaged", *REFUSED))


def _count() -> Iterator[Case]:
    data = zip_bytes([Entry(b"%d.txt" % n, b"%d" % n, method=STORED) for n in range(65_000)])
    yield Case("count-1.zip", data, (), ("read", "count"), "65,000 members", True, ("count",))
    head = bytearray(item("0000000.txt", b"x")[0].tobuf(tarfile.USTAR_FORMAT))
    blocks = bytearray()
    for n in range(120_000):
        head[:7] = b"%07d" % n
        head[148:156] = b" " * 8
        head[148:156] = b"%06o\0 " % sum(head)
        blocks += head + b"x" + bytes(511)
    data = gzip.compress(bytes(blocks) + bytes(1024), 6, mtime=0)
    yield Case("count-2.tar.gz", data, (), ("read", *REFUSED), "120,000 members", True, REFUSED)


def _depth() -> Iterator[Case]:
    for at, levels in enumerate((40, 60), 1):
        data = zip_bytes([flagged("바닥.txt")])
        for level in range(levels):
            data = zip_bytes([Entry(b"%d.zip" % level, data)])
        yield Case(f"depth-{at}.zip", data, (), ("read", "depth"), f"{levels} archives in each other", True, ("depth",))
    data = tar_bytes([item("바닥.txt")])
    for level in range(40):
        data = squeezed(tar_bytes([item(f"{level}.tar.gz", squeezed(data))]))
    yield Case("depth-3.tar.gz", data, (), ("read", *REFUSED), "40 squeezed TARs in each other", True, REFUSED)
    data = words("바닥")
    for _ in range(100):
        data = squeezed(data)
    yield Case("depth-4.gz", data, (), ("read", *ODD), "gzip of gzip, 100 times", True, ODD)
    for at, levels in enumerate((200, 250), 1):
        data = zip_bytes([])
        for _ in range(levels):
            data = zip_bytes([Entry(b"r/r.zip", data)])
        note = f"each archive holds r/r.zip, {levels} times: to a walker the same as one that holds itself"
        yield Case(f"quine-like-{at}.zip", data, (), ("read", *REFUSED), note, True, REFUSED)


def _lies() -> Iterator[Case]:
    bad = ("damaged", *REFUSED)
    data = zip_bytes([_big(b"small.txt", 3072 * MB, stated=10), flagged("옆.txt")])
    members = (state("small.txt", *bad), read("옆.txt"))
    yield Case("lie-1.zip", data, members, ("read", *bad), "says 10 bytes, is 3 GB", True, bad)
    data = zip_bytes([Entry(b"huge.txt", words("huge"), size=4_000_000_000), flagged("곁.txt")])
    members = (state("huge.txt", *bad), read("곁.txt"))
    yield Case("lie-2.zip", data, members, ("read", *bad), "says 4 GB, is some bytes", True, bad)
    info = tarfile.TarInfo("huge.bin")
    info.size = HUGE
    data = info.tobuf() + bytes(2048)
    yield Case("lie-3.tar", data, (state("huge.bin", *bad),), ("read", *bad), "says 6 GB, ends at once", True, bad)
    data = _sparse("sparse.bin", HUGE)
    note = "sparse: 512 bytes that stand for 6 GB"
    hole = (state("sparse.bin", *bad, "unsupported"),)
    yield Case("sparse-1.tar", data, hole, ("read", *bad), note, True, bad)
    data = _sparse("sparse.bin", 100 * HUGE)
    note = "sparse: 512 bytes that stand for 600 GB"
    yield Case("sparse-2.tar", data, hole, ("read", *bad), note, True, bad)


def _sparse(name: str, size: int) -> bytes:
    """Return a TAR with one old GNU sparse member (type S): 512 bytes of data at its end, else a hole."""
    info = tarfile.TarInfo(name)
    info.size, info.type = 512, tarfile.GNUTYPE_SPARSE
    head = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    head[386:398] = _number(size - 512)
    head[398:410] = _number(512)
    head[483:495] = _number(size)
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head) + b"x" * 512 + bytes(1024)


def _number(value: int) -> bytes:
    return b"%011o\0" % value if value < 8**11 else b"\x80" + value.to_bytes(11, "big")


def _innocent() -> Iterator[Case]:
    """Archives that look a little like bombs and must be read."""
    log = b"2021-03-02 09:00:00 INFO camera 12: ok\n" * 80_000
    yield Case(
        "innocent-1.zip", zip_bytes([Entry(b"log.txt", log)]), (read("log.txt", data=log),), note="3 MB, 400 : 1"
    )
    log = b"0,0,0,0,0,0,0,0\n" * 300_000
    info = item("table.csv", log)
    data = squeezed(tar_bytes([info]))
    yield Case("innocent-2.tar.gz", data, (read("table.csv", data=log),), note="5 MB, 900 : 1")
    small = [(f"{n // 100}/{n}.txt", b"%d\n" % n) for n in range(3000)]
    ends = tuple(read(path, data=data) for path, data in (small[0], small[-1]))
    data = zip_bytes([Entry(path.encode(), body) for path, body in small])
    yield Case("innocent-3.zip", data, ends, note="3,000 small members", open_ended=True, count=3000)
    small = [(f"{n}.txt", b"%d\n" % n) for n in range(2000)]
    ends = tuple(read(path, data=data) for path, data in (small[0], small[-1]))
    data = tar_bytes([item(path, body) for path, body in small])
    yield Case("innocent-4.tar", data, ends, note="2,000 small members", open_ended=True, count=2000)
