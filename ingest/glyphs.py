"""Exact boxes of the characters of a page, read as the page's text was; like all parsing, for a worker process."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import NotFound
from corpus.glyphs import pack, text_digest
from corpus.model import Reason
from ingest.formats import FormatError
from ingest.formats import pdf_calls as calls
from ingest.formats.pdf_text import Frame, boxes_of, read_text

_OTHERWISE = (
    "This version of the reader reads the page otherwise than the one that its text is from; "
    "read the paper anew, or go on with the words' boxes."
)


def glyphs(path: Path, number: int, digest: str, password: str | None = None) -> bytes:
    """Return the packed boxes (`corpus.glyphs.pack`) of the code points of page `number` (from 1) of a PDF.

    `digest` is `corpus.glyphs.text_digest` of the text that the boxes are to be for.

    Raises:
        NotFound: there is no such page.
        FormatError: the file cannot be opened, the page is damaged, or it now reads otherwise.
    """
    with calls.opened(path, password) as document:
        count = calls.count_pages(document)
        if not 1 <= number <= count:
            raise NotFound(f"There is no page {number}; give a number from 1 to {count}.")
        with calls.loaded(document, number - 1) as page:
            if not page:
                detail = f"Page {number} is damaged and cannot be read; ask the agency to send the file again."
                raise FormatError(Reason.DAMAGED, detail)
            return _boxes(page, digest)


def _boxes(page: int, digest: str) -> bytes:
    calls.set_rotation(page, 0)  # as the text was read, and in the space of its words
    calls.page_box(page, calls.FLOATS_AT)
    left, top, right, bottom = calls.FLOATS[:4]
    frame = Frame(left, top, right - left, top - bottom)
    with calls.loaded_text(page) as handle:
        text = read_text(handle, frame)
        if text_digest(text.text) != digest:
            raise FormatError(Reason.NONE, _OTHERWISE)
        return pack(boxes_of(handle, text.chars, frame), frame.width, frame.height)
