"""Pictures of pages, as a reader sees them; like all parsing, to be run in a worker process."""

from __future__ import annotations

from contextlib import closing
from io import BytesIO
from math import isfinite, sqrt
from pathlib import Path

from pypdfium2 import PdfiumError

from corpus.errors import NotFound
from corpus.model import Reason
from ingest.formats import FormatError
from ingest.formats.pdf_calls import open_document

_MOST_PIXELS = 20_000_000
_MOST_ACROSS = 30_000  # pixels of a side


def picture(path: Path, number: int, scale: float = 2.0, password: str | None = None) -> bytes:
    """Draw page `number` (from 1) as a PNG: turned as its rotation says, with annotations and filled-in forms.

    `scale` is in pixels to a point; of huge pages it is lowered, so that no picture has more than 20 megapixels.

    Raises:
        FormatError: the file cannot be opened, or the page cannot be drawn.
    """
    if not (isfinite(scale) and scale > 0):
        raise ValueError(f"A scale of {scale} draws nothing.")
    with closing(open_document(path, password)) as document:
        count = len(document)
        if not 1 <= number <= count:
            raise NotFound(f"There is no page {number}; give a number from 1 to {count}.")
        try:
            document.init_forms()
            page = document[number - 1]
            drawn = page.render(scale=_bounded(scale, *page.get_size()), rev_byteorder=True)
        except PdfiumError as error:
            detail = f"Page {number} is damaged and cannot be drawn; ask the agency to send the file again."
            raise FormatError(Reason.DAMAGED, detail) from error
        png = BytesIO()
        drawn.to_pil().convert("RGB").save(png, "PNG", compress_level=3)
    return png.getvalue()


def _bounded(scale: float, width: float, height: float) -> float:
    """Lower a scale so that the picture of a page, its sides rounded up, stays within bounds."""
    if not (0 < width < float("inf") and 0 < height < float("inf")):
        raise FormatError(Reason.DAMAGED, "The page has no size and cannot be drawn; ask the agency for it again.")
    most = _MOST_PIXELS - 2 * _MOST_ACROSS
    return min(scale, _MOST_ACROSS / max(width, height), sqrt(most / (width * height)))
