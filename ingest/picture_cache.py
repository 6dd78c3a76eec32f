"""Pictures of pages kept on disk, in the corpus's `cache` folder: bounded in size, checked when read, disposable.

One folder for each document, so that a document's pictures can be forgotten together. A file is a 16-byte BLAKE2b of
the picture and the picture; it is written under another name and renamed, so that any number of servers may share
the folder. The files used longest ago go first.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

_CHECK = 16  # bytes
_SUFFIX = ".picture"
_PART = ".part"
_EASED = 0.8  # of the limit, down to which files are deleted once it is passed
_RECENT = 60.0  # seconds within which a second use is not written down
_LEFT_OVER = 3600.0  # seconds after which a file half written has no writer any more


@dataclass(frozen=True, slots=True)
class PictureKey:
    """What a picture is of: `document` is a SHA-256 in hexadecimal, `page` from 1, `width` in pixels."""

    document: str
    page: int
    width: int
    turn: int
    version: str

    @property
    def name(self) -> str:
        return f"{self.page}-{self.width}-{self.turn}-{self.version}{_SUFFIX}"


class PictureCache:
    """A folder of pictures of at most `limit_mb` megabytes; 0 keeps nothing. Safe to share between threads.

    A disk that cannot be written to makes pictures slower and nothing worse: `failed` is told, and nothing raised.
    """

    def __init__(self, folder: Path, limit_mb: int, failed: Callable[[OSError], None]) -> None:
        self.folder = folder
        self._limit = limit_mb << 20
        self._failed = failed
        self._lock = threading.Lock()
        self._size: int | None = None  # bytes on disk, as far as this process knows

    def read(self, key: PictureKey) -> bytes | None:
        """Return a kept picture; None where there is none, or a damaged one, which is deleted."""
        path = self._folder_of(key.document) / key.name
        try:
            content = path.read_bytes()
            if _check(content[_CHECK:]) != content[:_CHECK]:
                path.unlink(missing_ok=True)
                return None
            if time.time() - path.stat().st_mtime > _RECENT:
                os.utime(path)
        except FileNotFoundError:
            return None
        except OSError as error:
            self._failed(error)
            return None
        return content[_CHECK:]

    def keep(self, key: PictureKey, picture: bytes) -> None:
        """Keep a picture, and delete others where that makes too much."""
        if not self._limit:
            return
        folder = self._folder_of(key.document)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            number, part = tempfile.mkstemp(_PART, dir=folder)
            try:
                with os.fdopen(number, "wb") as writing:
                    writing.write(_check(picture) + picture)
                Path(part).replace(folder / key.name)
            finally:
                Path(part).unlink(missing_ok=True)
            self._account(len(picture) + _CHECK)
        except OSError as error:
            self._failed(error)

    def forget(self, document: str) -> None:
        """Delete all pictures of a document."""
        shutil.rmtree(self._folder_of(document), ignore_errors=True)

    def _folder_of(self, document: str) -> Path:
        if not (document.isascii() and document.isalnum()):
            raise ValueError(f"{document!r} is not the id of a document.")
        return self.folder / document

    def _account(self, added: int) -> None:
        """Note what was written, and make room where it passes the limit."""
        with self._lock:
            if self._size is not None:
                self._size += added
            if self._size is None or self._size > self._limit:
                self._size = self._make_room()

    def _make_room(self) -> int:
        """Delete what was used longest ago, if there is more than may be, and return how many bytes are left."""
        files = sorted(self._files())
        size = sum(length for _, length, _ in files)
        most = self._limit if size <= self._limit else int(_EASED * self._limit)
        for used, length, path in files:
            if time.time() - used > _LEFT_OVER if path.suffix == _PART else size > most:
                with suppress(OSError):  # another server was quicker, or is reading it
                    path.unlink()
                    size -= length
        return size

    def _files(self) -> list[tuple[float, int, Path]]:
        """Return when each file was last used, its size in bytes and its path."""
        found = []
        for path in self.folder.glob("*/*"):
            with suppress(FileNotFoundError):
                facts = path.stat()
                found.append((facts.st_mtime, facts.st_size, path))
        return found


def _check(picture: bytes) -> bytes:
    return blake2b(picture, digest_size=_CHECK).digest()
