"""7Z, through libarchive, where that is installed."""

from __future__ import annotations

import locale
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import create_string_buffer
from pathlib import Path
from struct import unpack as unpack_fields
from typing import Any

from corpus.model import Reason
from ingest.formats.archive_room import REST, Room
from ingest.formats.archive_streams import CHUNK
from ingest.formats.model import FormatError

_SHORTEST = 48  # bytes that an archive has behind its first 32, if there is a file in it
_INSTALL = "To read 7Z files type: pip install 'gongmun[seven-zip]' (on Linux and macOS with the system's libarchive)."
_DAMAGED = "It is damaged or cut off, or packed in a way that cannot be undone here; ask for it again, as a ZIP."
_WRONG = "It is damaged: its checksum is wrong; ask for it again."
_LOCKED = "It is locked with a password, which cannot be opened here; ask the agency for a copy without one."
_SPECIAL = "It is a link or a device, not a file; ask for the file itself if it is a paper."


def unpack(path: Path, room: Room, password: str | None = None) -> None:
    """Take the files out of a 7Z.

    Raises:
        FormatError: libarchive is not installed; the archive is damaged, or its list of names is locked.
    """
    if _is_empty(path):
        return
    libarchive = _library()
    try:
        with _names_in_utf_8(), libarchive.file_reader(os.fspath(path), "7zip", passphrase=password) as archive:
            _each(archive, room, libarchive)
    except libarchive.ArchiveError as error:
        refusal = _refusal(error)
        if not room.members:
            raise refusal from error
        room.refuse(REST, refusal.reason, refusal.detail)


@contextmanager
def _names_in_utf_8() -> Iterator[None]:
    """Let libarchive hand out names beyond ASCII, which it drops where the process runs in the locale C."""
    before = locale.setlocale(locale.LC_CTYPE)
    for name in ("C.UTF-8", "en_US.UTF-8", "UTF-8"):
        try:
            locale.setlocale(locale.LC_CTYPE, name)
            break
        except locale.Error:
            continue
    try:
        yield
    finally:
        locale.setlocale(locale.LC_CTYPE, before)


def _is_empty(path: Path) -> bool:
    """Whether nothing is in an archive: its list of names is whole and too short. libarchive calls that damaged."""
    with path.open("rb") as file:
        head = file.read(32)
        if len(head) < 32 or zlib.crc32(head[12:]) != int.from_bytes(head[8:12], "little"):
            return False
        offset, size, crc = unpack_fields("<QQL", head[12:])
        rest = file.read(_SHORTEST)
    return len(rest) < _SHORTEST and len(rest) == offset + size and zlib.crc32(rest[offset:]) == crc


def _library() -> Any:
    try:
        import libarchive
    except (ImportError, OSError, AttributeError, TypeError) as error:  # the last three where the C library is missing
        raise FormatError(Reason.UNSUPPORTED, _INSTALL) from error
    return libarchive


def _each(archive: Any, room: Room, libarchive: Any) -> None:
    """Take the members out in order. Passing one over unpacks it too: hence the sum of all, wanted or not."""
    passed = 0
    for entry in archive:
        if entry.isdir:
            continue
        name, size = _name(entry), entry.size or 0
        passed += size
        if room.full:
            room.refuse(name, Reason.TOO_LARGE, f"{room.too_many} What follows was not looked at.")
            return
        if passed > room.allowed:
            room.refuse(name, Reason.TOO_LARGE, f"{room.too_large} What follows was not looked at.")
            return
        if entry.isfile and not entry.islnk:
            room.put(name, _content(archive, libarchive.ffi.read_data, libarchive.ArchiveError), size)
        else:
            room.refuse(name, Reason.NOT_A_FILE, _SPECIAL)


def _name(entry: Any) -> str:
    name = entry.pathname
    return name.decode("utf-8", "replace") if isinstance(name, bytes) else name or ""


def _content(archive: Any, read_data: Callable[..., int], failure: type[Exception]) -> Iterator[bytes]:
    """Yield what the current file holds. `get_blocks` of libarchive-c gives rubbish for what has a wrong checksum."""
    buffer = create_string_buffer(CHUNK)
    try:
        while size := read_data(archive._pointer, buffer, CHUNK):
            if size < 0:
                raise FormatError(Reason.DAMAGED, _WRONG)
            yield buffer.raw[:size]
    except failure as error:
        raise _refusal(error) from error


def _refusal(error: Exception) -> FormatError:
    if "ncrypt" in str(error) or "assphrase" in str(error):
        return FormatError(Reason.ENCRYPTED, _LOCKED)
    return FormatError(Reason.DAMAGED, _DAMAGED)
