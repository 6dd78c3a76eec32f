"""Pictures of pages, as a reader sees them; like all parsing, to be run in a worker process."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from math import isfinite, sqrt
from pathlib import Path
from typing import Any, Literal

from PIL import Image
from pypdfium2 import PdfiumError
from pypdfium2.version import PDFIUM_INFO

from corpus.errors import NotFound
from corpus.model import Reason, UnitKind
from ingest.formats import FormatError, hwp, images
from ingest.formats.pdf_calls import open_document

Form = Literal["png", "webp"]

PDF = "application/pdf"
HWP = frozenset({"application/x-hwp", "application/hwp+zip"})
PICTURES = frozenset(images.MEDIA_TYPES)
DRAWN = HWP | PICTURES | {PDF}  # the media types whose pages may have a picture
TURNS = (0, 90, 180, 270)
VERSION = f"1p{PDFIUM_INFO.build}"  # of how pictures look: to be raised with every change of that

_MOST_PIXELS = 20_000_000
_MOST_ACROSS: dict[Form, int] = {"png": 30_000, "webp": 16_000}  # pixels of a side; WebP has 14 bits for it
_JUST_UNDER = 1 - 1e-9  # sides are rounded up: the least bit more than a whole number would be a pixel more
# Method 0 takes 40 to 110 ms for a page 1240 pixels wide, the default (4) three times that for a sixth fewer bytes.
_OPTIONS: dict[Form, dict[str, int]] = {"png": {"compress_level": 3}, "webp": {"quality": 82, "method": 0}}


def picture(path: Path, number: int, scale: float = 2.0, password: str | None = None, form: Form = "png") -> bytes:
    """Draw page `number` (from 1): turned as its rotation says, with annotations and filled-in forms.

    `scale` is in pixels to a point; of huge pages it is lowered, so that no picture has more than 20 megapixels.

    Raises:
        FormatError: the file cannot be opened, or the page cannot be drawn.
        NotFound: there is no such page.
    """
    if not (isfinite(scale) and scale > 0):
        raise ValueError(f"A scale of {scale} draws nothing.")
    with closing(open_to_draw(path, password)) as document:
        return _written(_drawn(document, number, lambda width: scale, 0, form), form)


def has_picture(media_type: str, kind: UnitKind) -> bool:
    """Whether a page can be drawn; an HWP paper has pages only where they could be computed."""
    return media_type in DRAWN and (media_type not in HWP or kind is UnitKind.COMPUTED)


def picture_of_image(path: Path, number: int, width: int, turn: int = 0, form: Form = "webp") -> bytes:
    """Draw page `number` (from 1) of a picture file, `width` pixels wide or as wide as it is, if that is less.

    Raises:
        FormatError: the file cannot be read.
        NotFound: there is no such page.
    """
    return _written(_turned_to(images.in_colours(path, number), width, turn, form), form)


def picture_of_hwp(path: Path, number: int, width: int, turn: int = 0, form: Form = "webp") -> bytes:
    """Draw the computed page `number` (from 1) of an HWP or HWPX paper about `width` pixels wide.

    Raises:
        FormatError: it cannot be drawn.
    """
    drawn = Image.open(BytesIO(hwp.picture(path, number, width))).convert("RGB")
    return _written(_turned_to(drawn, width, turn, form), form)


def _turned_to(image: Image.Image, width: int, turn: int, form: Form) -> Image.Image:
    if width < 1 or turn not in TURNS:
        raise ValueError(f"{width} pixels, turned by {turn} degrees, cannot be drawn.")
    if turn:
        image = image.rotate(-turn, expand=True)
    scale = _bounded(min(1.0, width / image.width), image.width, image.height, _MOST_ACROSS[form])
    if scale == 1:
        return image
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)


def grey_picture(path: Path, number: int, scale: float, password: str | None = None) -> Image.Image:
    """Draw page `number` (from 1) in grey, turned as its rotation says; raises as `picture` does.

    `scale` is in pixels to a point, and lowered as there: the picture's width tells by how much.
    """
    with closing(open_to_draw(path, password)) as document:
        return _drawn(document, number, lambda width: scale, 0, "png").convert("L")


def open_to_draw(path: Path, password: str | None = None) -> Any:
    """Open a PDF, its forms ready to be drawn; to be closed. Every failure is a `FormatError`."""
    document = open_document(path, password)
    try:
        document.init_forms()
    except PdfiumError as error:
        document.close()
        detail = "The file's forms are damaged and cannot be drawn; ask the agency to send the file again."
        raise FormatError(Reason.DAMAGED, detail) from error
    return document


def picture_of_width(document: Any, number: int, width: int, turn: int = 0, form: Form = "webp") -> bytes:
    """Draw page `number` (from 1) of a document from `open_to_draw`, `width` pixels wide.

    `turn` is in degrees clockwise and is added to the page's own rotation; `width` is that of the turned picture.

    Raises:
        FormatError: the page cannot be drawn.
        NotFound: there is no such page.
    """
    if width < 1 or turn not in TURNS:
        raise ValueError(f"{width} pixels, turned by {turn} degrees, cannot be drawn.")
    return _written(_drawn(document, number, lambda points: _JUST_UNDER * width / points, turn, form), form)


def _drawn(document: Any, number: int, scale_for: Callable[[float], float], turn: int, form: Form) -> Image.Image:
    count = len(document)
    if not 1 <= number <= count:
        raise NotFound(f"There is no page {number}; give a number from 1 to {count}.")
    try:
        page = document[number - 1]
        with closing(page):
            width, height = page.get_size()
            across = height if turn in (90, 270) else width
            scale = _bounded(scale_for(across or 1.0), width, height, _MOST_ACROSS[form])
            image: Image.Image = page.render(scale=scale, rotation=turn, rev_byteorder=True).to_pil()
            return image if image.mode == "RGB" else image.convert("RGB")
    except PdfiumError as error:
        detail = f"Page {number} is damaged and cannot be drawn; ask the agency to send the file again."
        raise FormatError(Reason.DAMAGED, detail) from error


def _written(image: Image.Image, form: Form) -> bytes:
    written = BytesIO()
    image.save(written, form, **_OPTIONS[form])
    return written.getvalue()


def _bounded(scale: float, width: float, height: float, across: int) -> float:
    """Lower a scale so that the picture of a page, its sides rounded up, stays within bounds."""
    if not (0 < width < float("inf") and 0 < height < float("inf")):
        raise FormatError(Reason.DAMAGED, "The page has no size and cannot be drawn; ask the agency for it again.")
    most = _MOST_PIXELS - 2 * across
    return min(scale, across / max(width, height), sqrt(most / (width * height)))
