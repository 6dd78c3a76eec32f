"""What is to be ingested: the files under some paths."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UsageError

# What file managers leave behind; counted, never read as papers.
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Source:
    """A file to ingest: `relative` is its path in the delivery, `/` between parts; `modified_ns` since the epoch.

    `parents` are the documents it lies in (archives, mails), the outermost first.
    """

    path: Path
    relative: str
    size: int
    modified_ns: int
    parents: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.relative.rsplit("/", 1)[-1]

    @property
    def depth(self) -> int:
        return len(self.parents)


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


def short_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()[:16]
