"""Pictures as papers: PNG, JPEG, GIF, BMP, and TIFF with its pages. They have no text until they are recognised."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from corpus.errors import NotFound
from corpus.folding import CANONICAL_VERSION
from corpus.model import Page, Reason, State, UnitKind
from ingest.formats.model import FormatError, Outline

_READER = "1"
TOOL = f"Pillow, reader {_READER}"  # of any version: what is read is a size
FINGERPRINT = "image1-" + sha256(f"{TOOL}, canonical {CANONICAL_VERSION}".encode()).hexdigest()[:12]
MEDIA_TYPES = ("image/png", "image/jpeg", "image/gif", "image/bmp", "image/tiff")

_NO_RESOLUTION = 72.0  # dpi
_CREDIBLE = (10.0, 10_000.0)  # dpi
_MOST_PIXELS = 150_000_000  # A0 at 300 dpi
_EXIF_TURN = 274
_SWAPPED = (5, 6, 7, 8)  # values of it
_DAMAGED = "The picture is damaged and cannot be read; ask the agency to send it again."
# What Pillow's readers are known to raise for damaged files; a SyntaxError is a broken PNG.
_FAILURES = (OSError, SyntaxError, ValueError, EOFError, struct.error, KeyError, IndexError, TypeError, OverflowError)


def outline(path: Path, password: str | None = None) -> Outline:
    """Return how many pages a picture has, more than one only in TIFF, and what it says of itself."""
    with _opened(path) as image:
        facts = {"Format": str(image.format), "Pixels": f"{image.width} × {image.height}"}
        if "dpi" in image.info:
            facts["Resolution"] = f"{round(resolution(image), 1):g} dpi"
        return Outline(_pages(image), facts)


def read(path: Path, first: int, last: int, password: str | None = None, document: str = "") -> list[Page]:
    """Return the pages `first` to `last`, from 1 and inclusive, without text: each waits for OCR.

    Sizes are of the upright picture (Exif), in points by its own resolution, or 72 dpi. `document` is its id.
    """
    with _opened(path) as image:
        return [_page(image, number, document) for number in range(max(1, first), min(last, _pages(image)) + 1)]


def picture_of(path: Path, number: int) -> tuple[Any, float]:
    """Return page `number` (from 1) as a grey upright Pillow image, and its resolution in dots per inch.

    Raises:
        FormatError: it cannot be read.
    """
    from PIL import ImageOps

    with _opened(path) as image:
        image.seek(number - 1)
        dpi = resolution(image)
        return _grey(ImageOps.exif_transpose(image)), dpi


def embedded(data: bytes) -> tuple[Any, float]:
    """Return a picture that lies in another file, its first frame, as `picture_of` does; raises as that does."""
    from PIL import ImageOps

    with _decoded(BytesIO(data)) as image:
        return _grey(ImageOps.exif_transpose(image)), resolution(image)


def in_colours(path: Path, number: int) -> Any:
    """Return page `number` (from 1) as an upright Pillow image in RGB, what is transparent in white.

    Raises:
        FormatError: it cannot be read.
        NotFound: there is no such page.
    """
    from PIL import Image, ImageOps

    with _opened(path) as image:
        count = _pages(image)
        if not 1 <= number <= count:
            raise NotFound(f"There is no page {number}; give a number from 1 to {count}.")
        image.seek(number - 1)
        _check_size(image)
        upright = ImageOps.exif_transpose(image)
        if upright.mode.startswith(("I", "F")):
            return _grey(upright).convert("RGB")
        if "transparency" in upright.info or upright.mode in ("RGBA", "LA", "PA"):
            paper = Image.new("RGBA", upright.size, "white")
            paper.alpha_composite(upright.convert("RGBA"))
            return paper.convert("RGB")
        return upright.convert("RGB")


def resolution(image: Any) -> float:
    """Return an image's dots per inch across; where the file has no credible one, 72."""
    dpi = image.info.get("dpi", (_NO_RESOLUTION, _NO_RESOLUTION))
    across = float(dpi[0]) if isinstance(dpi, tuple) else _NO_RESOLUTION
    return across if _CREDIBLE[0] <= across <= _CREDIBLE[1] else _NO_RESOLUTION


def _page(image: Any, number: int, document: str) -> Page:
    state, reason, (width, height) = State.NOT_SEARCHABLE, Reason.NEEDS_OCR, (0.0, 0.0)
    try:
        image.seek(number - 1)
        _check_size(image)
        points = 72 / resolution(image)
        width, height = image.width * points, image.height * points
        if image.format != "TIFF" and image.getexif().get(_EXIF_TURN) in _SWAPPED:  # of TIFF Pillow says it turned
            width, height = height, width
        image.draft("L", (1, 1))  # a JPEG's smallest copy tells as well whether all of it is there
        image.load()
    except _FAILURES as error:
        if _pages(image) == 1:
            raise FormatError(Reason.DAMAGED, _DAMAGED) from error
        reason = Reason.DAMAGED
    return Page(
        document, number, FINGERPRINT, "", kind=UnitKind.IMAGE, width=width, height=height, state=state, reason=reason
    )


def _pages(image: Any) -> int:
    """Return the number of pages; the frames of a GIF or PNG are an animation."""
    return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1


def _grey(image: Any) -> Any:
    """Return an image in 256 greys, what is transparent in white."""
    from PIL import Image

    if image.mode.startswith(("I", "F")):  # 16 bits or more to a pixel
        lowest, highest = image.getextrema()
        return image.point(lambda value: (value - lowest) * 255 / max(1, highest - lowest)).convert("L")
    if "transparency" in image.info or image.mode in ("RGBA", "LA", "PA"):
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image.convert("RGBA"))
        return paper.convert("L")
    return image.convert("L")


def _check_size(image: Any) -> None:
    if image.width * image.height > _MOST_PIXELS:
        size = f"{image.width} × {image.height} pixels"
        raise FormatError(Reason.TOO_LARGE, f"The picture has {size}, too many to read; ask for a smaller copy of it.")


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """Open a picture file, of its first frame. Every failure while it is open is a `FormatError`."""
    try:
        if path.stat().st_size == 0:
            raise FormatError(Reason.EMPTY, "The file is empty (0 bytes); ask the agency to send it again.")
        file = path.open("rb")
    except OSError as error:
        said = f"The file cannot be opened ({error.strerror}); check that it may be read."
        raise FormatError(Reason.UNREADABLE, said) from error
    with file, _decoded(file) as image:
        yield image


@contextmanager
def _decoded(file: IO[bytes]) -> Iterator[Any]:
    """Open a picture, of its first frame. Every failure while it is open is a `FormatError`."""
    from PIL import Image, UnidentifiedImageError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd metadata; sizes are looked at here
        try:
            with Image.open(file, formats=("PNG", "JPEG", "GIF", "BMP", "DIB", "TIFF", "MPO")) as image:
                _check_size(image)
                yield image
        except FormatError:
            raise
        except Image.DecompressionBombError as error:
            said = "The picture has too many pixels to read; ask for a smaller copy of it."
            raise FormatError(Reason.TOO_LARGE, said) from error
        except UnidentifiedImageError as error:
            raise FormatError(Reason.DAMAGED, _DAMAGED) from error
        except _FAILURES as error:
            raise FormatError(Reason.DAMAGED, _DAMAGED) from error
