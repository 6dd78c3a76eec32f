"""What is to be ingested: the files under some paths, with their type by content."""

from __future__ import annotations

import hashlib
import mimetypes
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UsageError

_PDF_WITHIN = 1024  # bytes of junk that PDF readers accept before the header (ISO 32000-1, Annex H, note 13)
_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"HWP Document File", "application/x-hwp"),
)
# What file managers leave behind; counted, never read as papers.
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Source:
    """A file to ingest: `relative` is its path in the delivery, `/` between parts; `modified_ns` since the epoch."""

    path: Path
    relative: str
    size: int
    modified_ns: int

    @property
    def name(self) -> str:
        return self.relative.rsplit("/", 1)[-1]


def walk(paths: Sequence[Path]) -> list[Source]:
    """Return the files at and under some paths, in the order of their names.

    Their paths are relative to the one path given, or to the folder that all of them lie in. Links are followed to
    files, not to folders, so that no walk runs in circles. A folder that cannot be opened is listed like a file.

    Raises:
        UsageError: a path is not there, or is neither a file nor a folder.
    """
    found: dict[str, Source] = {}
    base = _base(paths)
    for place, file in {whole(file): file for path in paths for file in _files(path)}.items():
        relative = "/".join(map(storable, Path(os.path.relpath(place, base)).parts)) or "."
        while relative in found:  # two names of other bytes that read alike
            relative += "~"
        try:
            facts = file.stat()
        except OSError:
            found[relative] = Source(file, relative, 0, 0)  # listed as one that cannot be opened
            continue
        found[relative] = Source(file, relative, facts.st_size, facts.st_mtime_ns)
    return [found[relative] for relative in sorted(found)]


def _base(paths: Sequence[Path]) -> str:
    """Return the folder that the files' paths start from."""
    try:
        return os.path.commonpath([whole(path if path.is_dir() else path.parent) for path in paths])
    except ValueError as error:
        raise UsageError("These paths have no folder in common; ingest those of each disk by themselves.") from error


def whole(path: Path) -> str:
    """Return a path from the root on, its links left alone: names are as they were received."""
    return os.path.normpath(path.absolute())


def _files(path: Path) -> Iterator[Path]:
    if not path.exists():
        raise UsageError(f"{path} is not there; check the name.")
    if not path.is_dir():
        if _is_pipe(path):
            raise UsageError(f"{path} is neither a file nor a folder; give one of these.")
        yield path
        return
    closed: list[OSError] = []
    for folder, names, files in os.walk(path, onerror=closed.append):
        names.sort()
        for name in sorted(files):
            file = Path(folder, name)
            if name not in _LITTER and not _is_pipe(file):
                yield file
    yield from (Path(error.filename) for error in closed)


def _is_pipe(file: Path) -> bool:
    """Whether something is neither a file nor a broken link: reading a pipe or a device might never end."""
    return file.exists() and not file.is_file()


def storable(name: str) -> str:
    """Return a file name as text that any catalogue can hold: bytes that are no UTF-8 are read as CP949."""
    try:
        name.encode("utf-8")
        return name
    except UnicodeEncodeError:
        return os.fsencode(name).decode("cp949", errors="backslashreplace")


def media_type(path: Path, name: str) -> str:
    """Return a file's type by its first bytes, or by its name where they say nothing."""
    with path.open("rb") as file:
        head = file.read(_PDF_WITHIN + 8)
    for signature, kind in _SIGNATURES:  # first, for an archive may begin with a whole PDF in it
        if head.startswith(signature):
            return kind
    if b"%PDF-" in head:
        return "application/pdf"
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def short_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()[:16]
