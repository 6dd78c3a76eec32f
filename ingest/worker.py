"""The task a worker does: read some pages of a paper and analyse them for the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.figures import PageFigures
from corpus.model import Page, Reason
from ingest.formats import FORMATS, FormatError, Outline
from search.analysis import Entry, entries
from search.figures import of_page

BATCH = 40  # pages read in one task: a limit on its time, and enough to see running heads


@dataclass(frozen=True, slots=True)
class Reading:
    """Some pages of a document, the entries the index takes of them, their figures, and the password that opened it."""

    outline: Outline
    first: int
    last: int
    pages: list[Page]
    entries: list[Entry]
    password: str | None
    figures: list[PageFigures]


def begin(path: Path, media_type: str, document: str, passwords: Sequence[str]) -> Reading:
    """Open a paper with the first of the passwords that fits, and read its first batch.

    Raises:
        FormatError: it cannot be read, or none of the passwords fits.
    """
    reader = FORMATS[media_type]
    for left, password in zip(range(len(passwords), -1, -1), (None, *passwords), strict=True):
        try:
            outline = reader.outline(path, password)
        except FormatError as error:
            if error.reason is Reason.ENCRYPTED and left:
                continue
            raise
        return go_on(path, media_type, document, outline, 1, batches(outline.pages)[0], password)
    raise AssertionError("one of the passwords was the last")


def go_on(
    path: Path, media_type: str, document: str, outline: Outline, first: int, last: int, password: str | None
) -> Reading:
    """Read the pages `first` to `last`, and one more to see whether a passage runs on over the end."""
    read = FORMATS[media_type].read(path, first, min(last + 1, outline.pages), password, document)
    pages = [page for page in read if page.number <= last]
    following = next((page for page in read if page.number == last + 1), None)
    return Reading(outline, first, last, pages, entries(pages, following), password, [of_page(page) for page in pages])


def batches(pages: int) -> list[int]:
    """Return the last page of each batch of a paper, all of about the same size."""
    count = max(1, -(-pages // BATCH))
    return [pages * (n + 1) // count for n in range(count)]
