"""Writes the .7z files of this folder. Needs py7zr 1.1 (LGPL; not a dependency) in an environment of its own:

`python -m venv V; V/bin/pip install py7zr; V/bin/python benchmarks/archives/seven/write.py`
"""

import io
import struct
import zlib
from pathlib import Path

import py7zr

HERE = Path(__file__).parent
LZMA2 = [{"id": py7zr.FILTER_LZMA2, "preset": 6}]


def words(about: str) -> bytes:
    """Return the same text as benchmarks.archives.model.words."""
    return f"{about}\n이 파일에 든 글이다.\n".encode()


def pack(name: str, members: list[tuple[str, bytes]], **how: object) -> None:
    """Write one archive."""
    filters = how.pop("filters", LZMA2)
    with py7zr.SevenZipFile(HERE / name, "w", filters=filters, **how) as archive:
        for path, data in members:
            archive.writef(io.BytesIO(data), path)


def patch(name: str, source: str, old: str, new: str) -> None:
    """Write a copy with a name of its (unpacked) header changed to one as long, and the checksums mended."""
    data = bytearray((HERE / source).read_bytes())
    offset, size = struct.unpack_from("<QQ", data, 12)
    start = 32 + offset
    header = bytes(data[start : start + size])
    assert old.encode("utf-16-le") in header, f"{source}: the header is packed or has no {old}"
    header = header.replace(old.encode("utf-16-le"), new.encode("utf-16-le"))
    data[start : start + size] = header
    struct.pack_into("<L", data, 28, zlib.crc32(header))
    struct.pack_into("<L", data, 8, zlib.crc32(bytes(data[12:32])))
    (HERE / name).write_bytes(data)


def main() -> None:
    """Write all."""
    pack("plain.7z", [(path, words(path)) for path in ("계획서.txt", "붙임/계약서.txt")])
    stored = [{"id": py7zr.FILTER_COPY}]
    pack("stored.7z", [(path, words(path)) for path in ("plan.txt", "회신.txt")], filters=stored)
    secret = [("비밀.txt", words("비밀.txt"))]
    locked = [*LZMA2, {"id": py7zr.FILTER_CRYPTO_AES256_SHA256}]
    pack("locked.7z", secret, password="x", filters=locked)
    pack("locked-names.7z", secret, password="x", filters=locked, header_encryption=True)
    whole = (HERE / "plain.7z").read_bytes()
    (HERE / "cut.7z").write_bytes(whole[:-20])
    crc = bytearray((HERE / "stored.7z").read_bytes())
    crc[40] ^= 0xFF
    (HERE / "crc.7z").write_bytes(crc)
    pack("nested.7z", [("안.7z", whole), ("밖.txt", words("밖.txt"))])
    try:
        with py7zr.SevenZipFile(HERE / "open.7z", "w", filters=LZMA2) as archive:
            archive.set_encoded_header_mode(False)
            for path in ("xx!yy!a.txt", "b.txt"):
                archive.writef(io.BytesIO(words(path)), path)
        patch("out.7z", "open.7z", "xx!yy!a.txt", "../../a.txt")
        patch("absolute.7z", "open.7z", "xx!yy!a.txt", "/etc//a.txt")
    finally:
        (HERE / "open.7z").unlink()
    with py7zr.SevenZipFile(HERE / "empty.7z", "w"):
        pass


if __name__ == "__main__":
    main()
