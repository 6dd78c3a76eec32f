"""Originals: the bytes as they came, kept under their SHA-256 and never changed.

Through fsspec: a folder by default, an object store by URL. A file is written to a temporary name and renamed, so
that a name under the store always stands for whole bytes.
"""

from __future__ import annotations

import hashlib
import os
import stat
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import fsspec

from corpus.errors import NotFound
from corpus.failpoints import failpoint

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Originals:
    """Content-addressed files under `root`; `local_root` is set where they lie in a folder of this machine."""

    filesystem: Any
    root: str
    local_root: Path | None

    @classmethod
    def at(cls, url: str, folder: Path) -> Originals:
        """Open the originals at an fsspec URL, or at a folder relative to `folder`."""
        if "://" not in url:
            root = (folder / url).resolve()
            return cls(fsspec.filesystem("file"), root.as_posix(), root)
        filesystem, root = fsspec.core.url_to_fs(url)
        return cls(filesystem, root, None)

    def put(self, source: Path) -> tuple[str, int]:
        """Keep a file; return its SHA-256 in hexadecimal and its size in bytes. Kept bytes are not written twice."""
        part = f"{self.root}/part/{uuid.uuid4().hex}"
        self.filesystem.makedirs(f"{self.root}/part", exist_ok=True)
        try:
            with source.open("rb") as reading, self.filesystem.open(part, "wb") as writing:
                digest, size = _copy(reading, writing)
            self._settle(part, self._path(digest))
        finally:
            with suppress(FileNotFoundError):
                self.filesystem.rm_file(part)
        failpoint("original")
        return digest, size

    def forget_unfinished(self) -> None:
        """Delete what a killed writer left half written. Only the holder of the writer lock may call this."""
        part = f"{self.root}/part"
        if self.filesystem.exists(part):
            for left in self.filesystem.ls(part, detail=False):
                self.filesystem.rm_file(left)

    def _settle(self, part: str, place: str) -> None:
        if self.filesystem.exists(place):
            return
        self.filesystem.makedirs(place.rsplit("/", 1)[0], exist_ok=True)
        self.filesystem.mv(part, place)
        if self.local_root is not None:
            Path(place).chmod(stat.S_IRUSR | stat.S_IRGRP)

    def local(self, document: str) -> Path:
        """Return a path on this machine that holds a document's bytes.

        Raises:
            NotFound: the original is gone.
        """
        place = self._path(document)
        if self.local_root is not None:
            if not Path(place).exists():
                raise NotFound(f"The original of {document[:12]} is gone; restore it from a backup (gongmun verify).")
            return Path(place)
        protocol = self.filesystem.protocol
        name = protocol if isinstance(protocol, str) else protocol[0]
        return Path(fsspec.open_local(f"simplecache::{name}://{place}"))

    def forget(self, document: str) -> None:
        """Delete the kept bytes of a document, if they are there. Only the holder of the writer lock may call this."""
        place = self._path(document)
        if not self.filesystem.exists(place):
            return
        if self.local_root is not None:
            Path(place).chmod(stat.S_IRUSR | stat.S_IWUSR)  # Windows deletes no file that may not be written
        self.filesystem.rm_file(place)

    def digest(self, document: str) -> str | None:
        """Hash the kept bytes anew; None if they are gone."""
        try:
            with self.filesystem.open(self._path(document), "rb") as reading:
                return hashlib.file_digest(reading, "sha256").hexdigest()
        except FileNotFoundError:
            return None

    def ids(self) -> Iterator[str]:
        """Yield the names of all kept files."""
        for path in self.filesystem.find(self.root):
            name = path.rsplit("/", 1)[-1]
            if len(name) == 64:
                yield name

    def _path(self, document: str) -> str:
        return f"{self.root}/{document[:2]}/{document[2:4]}/{document}"


def _copy(reading: BinaryIO, writing: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := reading.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
        writing.write(chunk)
    writing.flush()
    with suppress(AttributeError, OSError):  # only real files have a number
        os.fsync(writing.fileno())
    return digest.hexdigest(), size


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as reading:
        return hashlib.file_digest(reading, "sha256").hexdigest()
