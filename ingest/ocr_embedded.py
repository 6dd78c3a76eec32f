"""Pictures that lie in papers which are no PDFs, made ready to be recognised, and where their words stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PIL import Image

from corpus.model import Box
from ingest.formats import FormatError, images
from ingest.formats.model import Embedded
from ingest.ocr_engine import DPI
from ingest.ocr_words import Line

EDGE = 20  # pixels of white around a picture on a page: what touches the edge is not read
_SCREEN = 100.0  # dpi below which a file's resolution is that of a screen, or nothing at all
_MOST_ACROSS = 3500  # pixels: A3 at 200 dpi
_ENOUGH_ACROSS = 2000  # pixels that a picture of unknown resolution need not be enlarged from
_NOWHERE = (0.0, 0.0, 0.0, 0.0)


def sized(image: Image.Image, dpi: float) -> Image.Image:
    """Return a picture of some dots per inch as it is read best: at 200 dpi, as far as is known."""
    longer = max(image.size)
    factor = DPI / dpi if dpi >= _SCREEN else 1.0 if longer >= _ENOUGH_ACROSS else 2.0
    factor = min(factor, _MOST_ACROSS / longer)
    if 0.95 < factor < 1.05:
        return image
    size = max(1, round(image.width * factor)), max(1, round(image.height * factor))
    return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def framed(image: Image.Image) -> Image.Image:
    """Return a grey picture with white around it."""
    made = Image.new("L", (image.width + 2 * EDGE, image.height + 2 * EDGE), 255)
    made.paste(image, (EDGE, EDGE))
    return made


def shown(picture: Embedded) -> Image.Image | None:
    """Return what a reader sees of a picture, in grey, with white around it; None where it cannot be decoded."""
    try:
        image, dpi = images.embedded(picture.data)
    except FormatError:
        return None
    left, top, right, bottom = picture.cut
    x0, y0 = round(left * image.width), round(top * image.height)
    x1, y1 = round((1 - right) * image.width), round((1 - bottom) * image.height)
    return framed(sized(image.crop((x0, y0, max(x0 + 1, x1), max(y0 + 1, y1))), dpi))


def on_page(lines: Sequence[Line], box: Box | None, size: tuple[int, int]) -> list[Line]:
    """Return lines read in a picture of `shown` with boxes in points of its page; empty ones if its is not known.

    `size` is the picture's, in pixels.
    """
    if box is None:
        return [[replace(word, box=_NOWHERE) for word in line] for line in lines]
    x0, top, x1, bottom = box
    across, down = (x1 - x0) / (size[0] - 2 * EDGE), (bottom - top) / (size[1] - 2 * EDGE)

    def place(word: Box) -> Box:
        return (
            x0 + (word[0] - EDGE) * across,
            top + (word[1] - EDGE) * down,
            x0 + (word[2] - EDGE) * across,
            top + (word[3] - EDGE) * down,
        )

    return [[replace(word, box=place(word.box)) for word in line] for line in lines]
