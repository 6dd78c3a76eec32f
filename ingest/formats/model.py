"""What every format reader gives and takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import FileFailure
from corpus.model import Box, Page, Reason


class FormatError(FileFailure):
    """A file that cannot be read: `reason` is what it will be listed under, `detail` a sentence that says what to do.

    It travels between processes, so its two arguments are its whole state.
    """

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return self.detail


@dataclass(frozen=True, slots=True)
class Outline:
    """What is known of a file before its pages are read: their number, and the file's own claims about itself."""

    pages: int
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Embedded:
    """A picture in a file, to be recognised: its bytes as they stand there, empty where they cannot be had.

    `cut` is what of it is not shown on its left, top, right and bottom, as shares of its width and height. `box` is
    where it lies on its page, in points from the top left, where that is known.
    """

    data: bytes
    cut: Box = (0.0, 0.0, 0.0, 0.0)
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may come out of one file that holds others: bytes in all, files, and bytes out for each byte in."""

    bytes: int
    files: int
    ratio: int


@dataclass(frozen=True, slots=True)
class Member:
    """A file in another. `name` is its path there as repaired, `/` between the parts, never leading out.

    `path` is where its bytes were written; None where they could not be had, and then `reason` and `detail` say why.
    `litter` is what file managers leave behind: counted, never read.
    """

    name: str
    path: Path | None = None
    reason: Reason = Reason.NONE
    detail: str = ""
    litter: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """A reader: `outline(path, password)`, and `read(path, first, last, password, document)` for pages from 1.

    All are top-level functions, since they are sent to worker processes. `fingerprint` changes whenever the text,
    the words or the marks that `read` gives may change; `tool` names the same for people. An archive has no pages.

    `unpack(path, folder, limits, password)` is given by formats that hold other files (archives, mail): it writes them
    into an empty folder under names of its own, numbers, and returns them in order, at most one for each name. What
    passes a limit is a Member without a path. Raises FormatError where nothing can be had.

    `pictures(path, number, password)` is given by formats whose pages may have pictures that `read` tells as unread: it
    yields these of page `number` (from 1) in the order of the text, one at a time.
    """

    tool: str
    fingerprint: str
    outline: Callable[[Path, str | None], Outline]
    read: Callable[[Path, int, int, str | None, str], list[Page]]
    unpack: Callable[[Path, Path, Limits, str | None], list[Member]] | None = None
    pictures: Callable[[Path, int, str | None], Iterator[Embedded]] | None = None
