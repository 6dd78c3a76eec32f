"""ZIP: each file that the directory lists, unpacked and checked against it."""

from __future__ import annotations

import bz2
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from struct import unpack_from
from typing import BinaryIO

from corpus.model import Reason
from ingest.formats.archive_room import Room
from ingest.formats.archive_streams import CHUNK, blocks, expanded, inflated
from ingest.formats.model import FormatError
from ingest.formats.zip_directory import Entry, entries

_STORED, _DEFLATED, _BZIP2, _LZMA, _XZ, _AES = 0, 8, 12, 14, 95, 99
_MOST_LISTED = 100_000
_WRONG = "It is damaged: it is not what the archive's directory says; ask for it again."
_LOCKED = "It is locked with a password; give the password, or ask the agency for it or for a copy without one."
_AES_LOCKED = (
    "It is locked with a password and AES, which cannot be opened here; ask the agency for a copy without one."
)
_SPECIAL = "It is a link or a device, not a file; ask for the file itself if it is a paper."


def unpack(path: Path, room: Room, password: str | None) -> None:
    """Take the files out of a ZIP.

    Raises:
        FormatError: its directory is missing or damaged, or lists more than anybody packs.
    """
    found = list(islice(entries(path), _MOST_LISTED + 1))
    if len(found) > _MOST_LISTED:
        raise FormatError(Reason.TOO_LARGE, room.too_many)
    with path.open("rb") as file:
        for entry in found:
            if entry.is_folder:
                continue
            if room.full:
                room.refuse(entry.name, Reason.TOO_LARGE, room.too_many)
            elif entry.is_special:
                room.refuse(entry.name, Reason.NOT_A_FILE, _SPECIAL)
            else:
                room.put(entry.name, _checked(entry, _content(path, file, entry, password)), entry.size)


def locked(found: list[Entry]) -> int:
    """Return how many files are locked with a password."""
    return sum(entry.encrypted for entry in found)


def _checked(entry: Entry, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what was unpacked, and fail unless it is as long as the directory says and has its checksum."""
    size = crc = 0
    while size < entry.size and (chunk := next(chunks, b"")):
        size += len(chunk)
        if size > entry.size:
            break
        crc = zlib.crc32(chunk, crc)
        yield chunk
    if size == entry.size == 0 and next(chunks, b""):
        size = 1
    if size != entry.size or crc != entry.crc:
        raise FormatError(Reason.DAMAGED, _WRONG)


def _content(path: Path, file: BinaryIO, entry: Entry, password: str | None) -> Iterator[bytes]:
    """Yield what a file in the archive holds, unpacked; nothing is read before the first chunk is asked for."""
    if entry.method == _AES:
        raise FormatError(Reason.ENCRYPTED, _AES_LOCKED)
    if entry.encrypted:
        yield from _unlocked(path, entry, password)
        return
    file.seek(entry.offset)
    head = file.read(30)
    if len(head) < 30 or not head.startswith(b"PK\3\4"):
        raise FormatError(Reason.DAMAGED, _WRONG)
    file.seek(sum(unpack_from("<2H", head, 26)), 1)
    yield from _unpacked(file, entry)


def _unpacked(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    packed = blocks(file, entry.packed)
    if entry.method == _STORED:
        return packed
    if entry.method == _DEFLATED:
        return inflated(packed, -15)
    if entry.method == _BZIP2:
        return expanded(packed, bz2.BZ2Decompressor, several=False)
    if entry.method == _XZ:
        return expanded(packed, lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=1 << 28), several=False)
    if entry.method == _LZMA:
        return _lzma(file, entry)
    said = f"It is packed in a way that cannot be undone here (method {entry.method}); ask for an ordinary ZIP."
    raise FormatError(Reason.UNSUPPORTED, said)


def _lzma(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    """Yield what LZMA packed (APPNOTE 5.8.8: version, length of the properties, these, then the bare stream)."""
    head = file.read(9)
    if len(head) < 9 or unpack_from("<H", head, 2)[0] != 5 or head[4] > 224 or sum(divmod(head[4] % 45, 9)) > 4:
        raise FormatError(Reason.DAMAGED, _WRONG)
    lc, lp, pb = head[4] % 9, head[4] // 9 % 5, head[4] // 45
    # As large a dictionary as there are bytes is enough, and a file may ask for 4 GB.
    dictionary = max(4096, min(unpack_from("<L", head, 5)[0], entry.size))
    properties = {"id": lzma.FILTER_LZMA1, "lc": lc, "lp": lp, "pb": pb, "dict_size": dictionary}
    return expanded(
        blocks(file, max(0, entry.packed - 9)),
        lambda: lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[properties]),
        several=False,
    )


def _unlocked(path: Path, entry: Entry, password: str | None) -> Iterator[bytes]:
    """Yield what a file holds that is locked with the old cipher of ZIP, which `zipfile` knows."""
    begun = False
    for key in dict.fromkeys(password.encode(code, "replace") for code in ("utf-8", "cp949")) if password else ():
        try:
            with zipfile.ZipFile(path) as archive:
                info = next(each for each in archive.infolist() if each.header_offset == entry.offset)
                with archive.open(info, pwd=key) as opened:
                    while chunk := opened.read(CHUNK):
                        begun = True
                        yield chunk
                    return
        except (RuntimeError, StopIteration, zipfile.BadZipFile, zlib.error, ValueError, EOFError):
            if begun:
                break
            continue  # the wrong password, or damage, which cannot be told from it
        except NotImplementedError as error:
            raise FormatError(Reason.UNSUPPORTED, "It is packed in a way that cannot be undone here.") from error
    raise FormatError(Reason.ENCRYPTED, _LOCKED)
