"""Files that hold others: archives and mail. What comes out of them is ingested like any other file.

A member's path is that of its archive, `!/`, and its own path there. How much may come out is bounded for everything
under one file of the delivery together, however deep it lies.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.model import Document, Reason
from corpus.settings import Settings
from ingest.formats import FORMATS, FormatError
from ingest.formats.model import Limits, Member
from ingest.sources import Source

_INSIDE = "!/"


def holds_files(document: Document) -> bool:
    return document.media_type in FORMATS and FORMATS[document.media_type].unpack is not None


def unpack(path: Path, media_type: str, folder: Path, limits: Limits, passwords: Sequence[str]) -> list[Member]:
    """Write the files that a file holds into an empty folder, with the first password that opens them all.

    The task of a worker. Raises:
        FormatError: nothing can be had of it.
    """
    reader = FORMATS[media_type].unpack
    assert reader is not None, media_type
    for attempt, password in enumerate((None, *passwords)):
        place = folder / str(attempt)
        place.mkdir()
        try:
            members = reader(path, place, limits, password)
        except FormatError as error:
            if error.reason is Reason.ENCRYPTED and attempt < len(passwords):
                continue
            raise
        if attempt == len(passwords) or all(member.reason is not Reason.ENCRYPTED for member in members):
            return members
    raise AssertionError("one of the passwords was the last")


@dataclass(slots=True)
class _Left:
    """What may still come out of one file of the delivery."""

    bytes: int
    files: int


class Unpacking:
    """The containers of one ingest: what each may still give, and where it is unpacked to."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._left: dict[str, _Left] = {}
        self._folders: set[Path] = set()

    def refused(self, source: Source) -> tuple[Reason, str] | None:
        """Say why a container is not unpacked: it lies too deep, or too much came out of the one around it."""
        left = self._of(source)
        if source.depth >= self._settings.archive_depth:
            detail = f"It lies {source.depth} archives deep; unpack the outermost by hand, or raise archive_depth."
            return Reason.TOO_LARGE, detail
        if left.files <= 0 or left.bytes <= 0:
            return Reason.TOO_LARGE, "The archive around it holds too much; unpack that by hand, or raise archive_mb."
        return None

    def limits(self, source: Source) -> Limits:
        left = self._of(source)
        return Limits(left.bytes, left.files, self._settings.archive_ratio)

    def folder(self) -> Path:
        """Make an empty folder to unpack a container to: one each time, since one document may lie at many places."""
        folder = Path(tempfile.mkdtemp(prefix="gongmun-"))
        self._folders.add(folder)
        return folder

    def sources(self, source: Source, document: str, members: Sequence[Member]) -> Iterator[Source]:
        """Yield the files that came out of a container, and count them against what may."""
        left = self._of(source)
        for member in members:
            if member.path is None or member.litter:
                continue
            size = member.path.stat().st_size
            left.files -= 1
            left.bytes -= size
            yield replace(
                inside(source, member),
                path=member.path,
                size=size,
                parents=(*source.parents, document),
            )

    def done(self, folder: Path) -> None:
        """Delete a folder that a container was unpacked to."""
        self._folders.remove(folder)
        shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        for folder in list(self._folders):
            self.done(folder)

    def _of(self, source: Source) -> _Left:
        top = source.relative.partition(_INSIDE)[0]
        limits = self._settings
        return self._left.setdefault(top, _Left(limits.archive_mb << 20, limits.archive_files))


def inside(source: Source, member: Member) -> Source:
    """Return a member as a source without bytes, under its path in the delivery."""
    return Source(source.path, f"{source.relative}{_INSIDE}{member.name}", 0, 0, source.parents)
