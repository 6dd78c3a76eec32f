"""TAR, bare or squeezed, and single files squeezed with gzip, bzip2 or xz: read from front to end, never back."""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO, BinaryIO, cast

from corpus.model import Reason
from ingest.formats.archive_names import decoded
from ingest.formats.archive_room import REST, Room
from ingest.formats.archive_streams import CHUNK, BadStream, CutOff, Forward, blocks, bunzipped, gunzipped, unxzed
from ingest.formats.model import FormatError

Opener = Callable[[BinaryIO], Iterator[bytes]]
SQUEEZED: dict[bytes, Opener] = {b"\x1f\x8b": gunzipped, b"BZh": bunzipped, b"\xfd7zXZ\0": unxzed}
ALONE = "content"  # the name of a squeezed file that does not bring its own; the archive's own is not known here
_BLOCK = 512
_SLACK = 64 << 20  # what may be gone through besides the files themselves: headers, and files that are not wanted
_ENDLESS = 1 << 62
_DAMAGED = "The archive is damaged from here on; ask for it again."
_NO_END = "The archive ends without its end mark, as if cut off here; if something is missing, ask for it again."
_NO_FILES = (b"D", b"V")  # GNU tar's lists of what was in a folder, and an archive's label
_SPLIT = "It is one part of an archive in several files; ask for it in one file."
_SPECIAL = "It is a link or a device, not a file; ask for the file itself if it is a paper."


_SUM = "The checksum of the archive is wrong, and which of its files is damaged cannot be told; ask for it again."
# What `tarfile` raises where headers are not what they should be; an OSError is ours, for no data comes from a file.
_FORESEEN = (tarfile.TarError, ValueError, ArithmeticError, LookupError, RecursionError, EOFError)


class _Header(tarfile.TarInfo):
    """A header; one that is damaged ends the reading, where `tarfile` would take it for the end of the archive."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str | None, errors: str) -> _Header:
        try:
            header = super().frombuf(buf, encoding, errors)  # type: ignore[arg-type]
            if buf[257:265] == b"ustar  \0" and header.isreg():  # GNU's: times stand where others have a folder
                header.name = bytes(buf[:100]).partition(b"\0")[0].decode(encoding or "utf-8", errors)
            return header
        except tarfile.HeaderError as error:
            if buf and (len(buf) < _BLOCK or any(buf)):
                raise FormatError(Reason.DAMAGED, _DAMAGED) from error
            raise


def unpack(path: Path, room: Room, password: str | None = None) -> None:
    """Take the files out of a TAR or a squeezed one, or the one file out of what is squeezed and no TAR.

    Raises:
        FormatError: it is neither, or damaged from its start on.
    """
    with path.open("rb") as file:
        opener = _opener(file)
        if opener is None:
            _files(Forward(blocks(file), _ENDLESS), room)
            return
        chunks = opener(file)
        first = next(chunks, b"")
        everything = chain([first], chunks)
        if _is_tar(first) and (any(first[:_BLOCK]) or len(first) <= tarfile.RECORDSIZE):  # zeros may be a file's own
            _files(Forward(everything, room.allowed + _SLACK), room)
        else:
            room.put(_own_name(path) or ALONE, everything)


def is_tar(path: Path) -> bool:
    """Whether a file begins with the header of a TAR, not squeezed."""
    with path.open("rb") as file:
        return _is_tar(file.read(_BLOCK))


def _is_tar(head: bytes) -> bool:
    try:
        tarfile.TarInfo.frombuf(head[:_BLOCK], "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError):
        return len(head) >= _BLOCK and not any(head)
    return True


def _opener(file: BinaryIO) -> Opener | None:
    head = file.read(6)
    file.seek(0)
    return next((opener for mark, opener in SQUEEZED.items() if head.startswith(mark)), None)


def _files(stream: Forward, room: Room) -> None:
    """Take the files out of a TAR until its end, a limit, or damage; list what follows these as one that is not had."""
    try:
        _each(stream, room)
    except BadStream as error:
        if not room.members:
            raise
        room.withdraw(error.reason, _SUM)
    except FormatError as error:
        if not room.members:
            raise
        room.refuse(REST, error.reason, error.detail)
    except _FORESEEN as error:
        if not room.members:
            raise FormatError(
                Reason.DAMAGED, "It is no TAR, or damaged from its start on; ask for it again."
            ) from error
        room.refuse(REST, Reason.DAMAGED, _DAMAGED)


def _each(stream: Forward, room: Room) -> None:
    # Zeros are the end mark; what follows them is another archive, put behind the first.
    archive = tarfile.open(  # noqa: SIM115 - the stream is the caller's, and nothing else is open
        fileobj=cast("IO[bytes]", stream),
        mode="r:",
        tarinfo=_Header,
        ignore_zeros=True,
        encoding="utf-8",
        errors="surrogateescape",
    )
    written: dict[str, Path] = {}
    while member := archive.next():
        archive.members.clear()  # type: ignore[attr-defined]  # `tarfile` keeps all of them, and they may be millions
        if room.full:
            raise FormatError(Reason.TOO_LARGE, room.too_many)
        if not member.isdir():
            _take(archive, member, room, written)
    if len(stream.last) != _BLOCK or any(stream.last):
        raise FormatError(Reason.DAMAGED, _NO_END)


def _take(archive: tarfile.TarFile, member: tarfile.TarInfo, room: Room, written: dict[str, Path]) -> None:
    """Take one member out; `written` are the files taken out so far by their names in the archive."""
    if member.size < 0:
        raise FormatError(Reason.DAMAGED, _DAMAGED)
    name = decoded(member.name.encode("utf-8", "surrogateescape"))
    if member.islnk() and member.linkname in written:  # another name of the same bytes
        original = written[member.linkname]
        with original.open("rb") as file:
            room.put(name, blocks(file), original.stat().st_size)
    elif member.issym() or member.islnk() or member.isdev() or member.type in _NO_FILES:
        room.refuse(name, Reason.NOT_A_FILE, _SPECIAL)
    elif member.type == b"M":
        room.refuse(name, Reason.UNSUPPORTED, _SPLIT)
    elif path := room.put(name, _content(archive, member), member.size):
        written[member.name] = path


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[bytes]:
    try:
        file = archive.extractfile(member)
        while file and (chunk := file.read(CHUNK)):
            yield chunk
    except _FORESEEN as error:
        raise CutOff from error


def _own_name(path: Path) -> str | None:
    """Return the name that a gzip file gives what is in it (RFC 1952), if it does."""
    with path.open("rb") as file:
        head = file.read(10)
        if len(head) < 10 or not head.startswith(b"\x1f\x8b") or not head[3] & 8:
            return None
        if head[3] & 4:
            file.seek(int.from_bytes(file.read(2), "little"), 1)
        name, end, _ = file.read(1024).partition(b"\0")
    return decoded(name) if end and name else None
