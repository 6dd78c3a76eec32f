"""What every format reader gives and takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import FileFailure
from corpus.model import Page, Reason


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
class Format:
    """A reader: `outline(path, password)`, and `read(path, first, last, password, document)` for pages from 1.

    Both are top-level functions, since they are sent to worker processes. `fingerprint` changes whenever the text,
    the words or the marks that `read` gives may change; `tool` names the same for people.
    """

    tool: str
    fingerprint: str
    outline: Callable[[Path, str | None], Outline]
    read: Callable[[Path, int, int, str | None, str], list[Page]]
