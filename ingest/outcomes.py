"""What goes into a run, and what is told of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy.exc import OperationalError

from corpus import Corpus
from corpus.errors import CorpusUnusable
from corpus.model import UNREAD, Delivery, Page, Reason, Release, State
from corpus.stating import PageState
from ingest.formats import FormatError
from ingest.formats.model import Member
from ingest.sources import Source, short_hash, storable, whole
from ingest.workers import WorkerError


class Verdict(StrEnum):
    """What became of a file."""

    NEW = "new"
    UNCHANGED = "unchanged"
    KNOWN = "known already"
    FAILED = "not searchable"


@dataclass(frozen=True, slots=True)
class Request:
    """What the papers are part of: a release, and the day its delivery was received (ISO); `who` takes them in."""

    release: Release
    received: str | None = None
    who: str = "unknown"

    def delivery(self, paths: Sequence[Path]) -> Delivery:
        """Name the delivery by its release, day and place, so that the same folder is the same delivery again."""
        source = "; ".join(sorted(storable(whole(path)) for path in paths))
        key = "\n".join((self.release.id, self.received or "", source))
        return Delivery(short_hash(key), self.release.id, source, self.received)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file; `detail` is a sentence for the person who has to do something about it."""

    source: Source
    verdict: Verdict
    document: str | None
    state: State | None
    reason: Reason
    detail: str
    pages: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is."""

    files: int
    of_files: int
    bytes: int
    of_bytes: int
    pages: int


@dataclass(frozen=True, slots=True)
class Planned:
    """What a run would do with a file."""

    source: Source
    action: str


PURGED = "It was purged from this corpus; leave it out, or take it in again with --retry."


def with_lost(whole: tuple[State, Reason, str], members: Sequence[Member]) -> tuple[State, Reason, str]:
    """Return a file's listed state where some of the files in it could not be had."""
    lost = [member for member in members if member.path is None and not member.litter]
    if not lost:
        return whole
    named = ", ".join(f"{member.name} ({member.reason})" for member in lost[:3]) + (" …" if len(lost) > 3 else "")
    held = sum(not member.litter for member in members)
    detail = f"{len(lost)} of the {held} files in it could not be taken out: {named}. {whole[2]}".rstrip()
    if len(lost) == held and whole[0] is State.SEARCHABLE and not whole[2]:
        return State.NOT_SEARCHABLE, lost[0].reason, f"{lost[0].detail} ({detail})"
    return State.IN_PART, Reason.SOME_FILES if whole[0] is State.SEARCHABLE else whole[1], detail


def failure(error: Exception) -> tuple[Reason, str]:
    """Return what a paper is listed under whose reading ended in an error, and a sentence on it."""
    if isinstance(error, FormatError | WorkerError):
        return error.reason, str(error)
    if isinstance(error, MemoryError):
        return Reason.TOO_LARGE, "Reading it took more memory than a worker may use; raise the limit."
    return Reason.CRASHED, f"The reader made a mistake ({type(error).__name__}); leave the file out, or report it."


@contextmanager
def writing_to(corpus: Corpus) -> Iterator[None]:
    """Say in a sentence that a corpus or its index cannot be written: a full disk, a folder made read-only."""
    try:
        yield
    except (OSError, OperationalError, sqlite3.OperationalError) as error:
        said = getattr(error, "strerror", None) or str(getattr(error, "orig", error)).partition("\n")[0]
        raise CorpusUnusable(
            f"{corpus.folder} cannot be written to ({said}); make room or mend its permissions, then run it again."
        ) from error


def unread_pages(document: str, count: int, pages: Mapping[int, PageState], reason: Reason) -> list[Page]:
    """Return stand-ins for the pages of a paper that could not be read, so that each has its listed state.

    Their fingerprint is no extraction's: what is read one day takes their place.
    """
    lost = (number for number in range(1, count + 1) if number not in pages)
    return [Page(document, number, UNREAD, "", state=State.NOT_SEARCHABLE, reason=reason) for number in lost]
