"""TAR archives, plain and squeezed, written by `tarfile` where it can, byte by byte where it will not."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import unicodedata
from collections.abc import Callable, Iterator
from typing import Literal

from benchmarks.archives.model import ANY, READ, Case, Member, read, state, words
from benchmarks.archives.names import flagged, korean
from benchmarks.archives.raw_zip import UTF8, Entry, zip_bytes

Item = tuple[tarfile.TarInfo, bytes]


def item(path: str, data: bytes | None = None, kind: bytes = tarfile.REGTYPE, link: str = "") -> Item:
    """Return a member of a TAR: a file with `words(path)` unless told otherwise."""
    info = tarfile.TarInfo(path)
    info.type, info.linkname, info.mtime = kind, link, 1_709_337_600
    body = b"" if kind != tarfile.REGTYPE else words(path) if data is None else data
    info.size = len(body)
    return info, body


def tar_bytes(items: list[Item], form: Literal[0, 1, 2] = tarfile.PAX_FORMAT, encoding: str = "utf-8") -> bytes:
    """Return a TAR archive of the members, one after another."""
    blocks = bytearray()
    for info, body in items:
        blocks += info.tobuf(form, encoding, "surrogateescape") + body + bytes(-len(body) % 512)
    return bytes(blocks + bytes(1024) + bytes(-(len(blocks) + 1024) % tarfile.RECORDSIZE))


def squeezed(data: bytes) -> bytes:
    """Return gzip of the bytes, without name and time."""
    return gzip.compress(data, 9, mtime=0)


def cases() -> Iterator[Case]:
    """Yield the cases in pairs, one for each half."""
    yield from _plain()
    yield from _names()
    yield from _ways_out()
    yield from _no_files()
    yield from _damaged()
    yield from _shapes()
    yield from _nested()


def _plain() -> Iterator[Case]:
    paths = ["plan.txt", "annex/list.txt"]
    members = tuple(map(read, paths))
    data = tar_bytes([item(path) for path in paths])
    packers: list[tuple[str, Callable[[bytes], bytes]]] = [
        ("tar", bytes),
        ("tar.gz", squeezed),
        ("tar.bz2", bz2.compress),
        ("tar.xz", lzma.compress),
    ]
    for ending, pack in packers:
        yield Case(f"plain.{ending}", pack(data), members, note="plain")


def _names() -> Iterator[Case]:
    paths = ["사업계획서.txt", "붙임/계약서.txt"]
    members = tuple(map(read, paths))
    items = [item(path) for path in paths]
    yield Case("pax.tar.gz", squeezed(tar_bytes(items)), members, note="names in PAX headers")
    data = tar_bytes(items, tarfile.GNU_FORMAT, "cp949")
    yield Case("cp949.tar.gz", squeezed(data), members, note="raw CP949 names")
    long = "보고/" + "긴 이름 " * 20 + "끝.txt"
    for at, encoding in enumerate(("utf-8", "cp949"), 1):
        data = tar_bytes([item(long)], tarfile.GNU_FORMAT, encoding)
        yield Case(f"long-name-{at}.tar", data, (read(long),), note=f"GNU long name in {encoding}")
    nfd = unicodedata.normalize("NFD", "한글 각서.txt")
    data = tar_bytes([item(nfd, words("nfd"))])
    yield Case("nfd.tar", data, (read("한글 각서.txt", data=words("nfd")),), note="NFD name")
    data = tar_bytes([item("줄\n바꿈\u202e.txt", words("marks"))])
    yield Case("marks.tar", data, (read(f"줄{ANY}바꿈{ANY}.txt", data=words("marks")),), note="control and bidi marks")
    data = tar_bytes([item("문서.txt", words("첫째")), item("문서.txt", words("둘째"))])
    members = tuple(read("문서.txt", f"문서.txt{ANY}", f"문서{ANY}.txt", data=words(each)) for each in ("첫째", "둘째"))
    yield Case("twice.tar", data, members, note="same name twice: both are papers")
    data = tar_bytes([item("폴더\\파일.txt", words("back"))])
    member = read("폴더\\파일.txt", "폴더/파일.txt", f"폴더{ANY}파일.txt", data=words("back"))
    yield Case("backslash.tar", data, (member,), note="a backslash is a letter on Unix: either reading")


def _ways_out() -> Iterator[Case]:
    paths = [
        ("../../밖.txt", "밖.txt"),
        ("/etc/사본.txt", "etc/사본.txt"),
        ("안/../../바깥.txt", "안/바깥.txt"),
        ("./점.txt", "점.txt"),
    ]
    for at, (name, path) in enumerate(paths, 1):
        states = READ if name.startswith("./") else ("read", "unsafe-name")
        member = Member((path, path.rpartition("/")[2]), states, words(name))
        yield Case(f"out-{at}.tar", tar_bytes([item(name)]), (member,), note="leads out, or seems to")
    members = (state("문", "link", "not-a-file"), read("문/안.txt"))
    data = tar_bytes([item("문", kind=tarfile.SYMTYPE, link="/tmp"), item("문/안.txt")])
    yield Case("through-link-1.tar", data, members, note="a file through a link that leads out: never followed")
    members = (state("sub", "link", "not-a-file"), read("sub/in.txt"))
    data = tar_bytes([item("sub", kind=tarfile.SYMTYPE, link="../.."), item("sub/in.txt")])
    yield Case("through-link-2.tar", data, members, note="a file through a link that leads out: never followed")
    whole = read("원본.txt")
    again = Member(("같은 것.txt",), ("read", "link"), words("원본.txt"))
    data = tar_bytes([item("원본.txt"), item("같은 것.txt", kind=tarfile.LNKTYPE, link="원본.txt")])
    yield Case("hard-link-1.tar", data, (whole, again), note="hard link within: same bytes again, or a link")
    data = tar_bytes([item("a.txt"), item("pw.txt", kind=tarfile.LNKTYPE, link="../../etc/passwd")])
    members = (read("a.txt"), state("pw.txt", "link", "damaged", "unsafe-name", "not-a-file"))
    yield Case("hard-link-2.tar", data, members, note="hard link that leads out")


def _no_files() -> Iterator[Case]:
    kinds = {"fifo": tarfile.FIFOTYPE, "char": tarfile.CHRTYPE, "block": tarfile.BLKTYPE, "odd": b"V"}
    for kind, mark in kinds.items():
        data = tar_bytes([item(kind, kind=mark), item("곁.txt")])
        members = (state(kind, "not-a-file", "unsupported", "empty"), read("곁.txt"))
        yield Case(f"device-{kind}.tar", data, members, note="not a file")


def _damaged() -> Iterator[Case]:
    items = [item(f"{n}.txt", bytes([48 + n]) * 4000) for n in (1, 2, 3)]
    data = tar_bytes(items)
    members = (
        Member(("1.txt",), ("read", "damaged"), items[0][1]),
        state("2.txt", "damaged"),
    )
    yield Case("cut-1.tar", data[:7000], members, ("damaged", *READ), "cut in the second member", True, ("damaged",))
    note = "cut: refused, or what is whole is read; nothing half is shown as whole"
    salvaged = tuple(Member((f"{n}.txt",), ("read", "damaged"), items[n - 1][1]) for n in (1, 2, 3))
    noisy = squeezed(tar_bytes(items))
    yield Case("cut-2.tar.gz", noisy[:-12], salvaged, ("damaged", *READ), note, True, ("damaged",))
    at = data.index(b"2.txt")
    broken = data[: at + 20] + b"Z" + data[at + 21 :]
    yield Case(
        "header-1.tar",
        broken,
        (read("1.txt", data=items[0][1]),),
        ("damaged", *READ),
        "bad header",
        open_ended=True,
        say=("damaged",),
    )
    yield Case(
        "header-2.tar", b"Z" + data[1:20] + b"ZZ" + data[22:], archive=("damaged", "not-an-archive", "unsupported")
    )
    wrong = bytearray(squeezed(tar_bytes([item("sum.txt")])))
    wrong[-8] ^= 0xFF
    member = Member(("sum.txt",), ("read", "damaged"), words("sum.txt"))
    yield Case("gzip-sum.tar.gz", bytes(wrong), (member,), ("damaged", *READ), "wrong checksum", False, ("damaged",))
    data = squeezed(tar_bytes([item("꼬리.txt")])) + bytes(700)
    yield Case("gzip-tail.tar.gz", data, (read("꼬리.txt"),), note="zeros after the gzip")


def _shapes() -> Iterator[Case]:
    yield Case("empty.tar", tar_bytes([]), archive=("empty", "read", "not-an-archive"), note="nothing but zeros")
    yield Case("empty.tar.gz", squeezed(tar_bytes([])), archive=("empty", "read", "unsupported"), note="nothing in it")
    data = tar_bytes([item("첫.txt"), item("끝.txt")])
    parts = squeezed(data[:700]) + squeezed(data[700:])
    yield Case("two-streams.tar.gz", parts, (read("첫.txt"), read("끝.txt")), note="gzip in two streams")
    members = (read("글.txt"), state("._글.txt", "litter"), state(".DS_Store", "litter"))
    data = tar_bytes([item("글.txt"), item("._글.txt"), item(".DS_Store")])
    yield Case("litter.tar", data, members, note="Mac litter")


def _nested() -> Iterator[Case]:
    inner = squeezed(tar_bytes([item("속.txt")]))
    data = zip_bytes([Entry("묶음.tar.gz".encode(), inner, flags=UTF8)])
    yield Case("tar-in.zip", data, (read("묶음.tar.gz!/속.txt", data=words("속.txt")),), note="TAR in ZIP")
    inner = zip_bytes([korean("한글.txt"), flagged("글.txt")])
    members = tuple(read(f"묶음.zip!/{name}", data=words(name)) for name in ("한글.txt", "글.txt"))
    yield Case("zip-in.tar", tar_bytes([item("묶음.zip", inner)]), members, note="ZIP in TAR")
