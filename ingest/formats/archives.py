"""Archives: ZIP, TAR, 7Z and what gzip, bzip2 and xz squeeze. They have no pages; the files in them are papers.

What is in an archive in an archive is for whoever walks them: here each is one file.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from corpus.model import Page
from ingest.formats import archive_7z, archive_tar, archive_zip
from ingest.formats.archive_room import Room
from ingest.formats.model import Limits, Member, Outline
from ingest.formats.zip_directory import entries

_READER = "1"  # to be raised with every change of what is taken out
TOOL = f"archives, reader {_READER}"
FINGERPRINT = "archive1-" + sha256(TOOL.encode()).hexdigest()[:12]
ALONE = archive_tar.ALONE
TYPES = (
    "application/zip",
    "application/x-tar",
    "application/gzip",
    "application/x-bzip2",
    "application/x-xz",
    "application/x-7z-compressed",
)
SEVEN_ZIP = b"7z\xbc\xaf\x27\x1c"


def outline(path: Path, password: str | None = None) -> Outline:
    """Return what is known without unpacking: of a ZIP, how many files it holds and how many of them are locked.

    Raises:
        FormatError: the directory of a ZIP is missing or damaged.
    """
    if _kind(path) != "zip":
        return Outline(0, {})
    files = locked = 0
    for entry in entries(path):
        files += not entry.is_folder
        locked += entry.encrypted
    return Outline(0, {"files": str(files)} | ({"locked files": str(locked)} if locked else {}))


def read(path: Path, first: int, last: int, password: str | None = None, document: str = "") -> list[Page]:
    """Return no pages: an archive has none."""
    return []


def unpack(path: Path, folder: Path, limits: Limits, password: str | None = None) -> list[Member]:
    """Take the files out of an archive, into an empty folder; folders are not listed.

    A ZIP lists every file, whatever becomes of it. The others are read from front to end: where a limit or damage ends
    that, one member stands for what follows.

    Raises:
        FormatError: nothing can be taken out: it is damaged, locked as a whole, or 7Z without libarchive.
    """
    room = Room(folder, limits, path.stat().st_size)
    kinds = {"zip": archive_zip.unpack, "7z": archive_7z.unpack, "tar": archive_tar.unpack}
    kinds[_kind(path)](path, room, password)
    return room.members


def _kind(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(6)
    if head == SEVEN_ZIP:
        return "7z"
    if head.startswith(b"PK"):
        return "zip"
    squeezed = any(head.startswith(mark) for mark in archive_tar.SQUEEZED)
    return "tar" if squeezed or archive_tar.is_tar(path) else "zip"
