"""Optical character recognition: pages that are only a picture, and pictures on pages of text. With Tesseract.

To be run in worker processes. Measured (benchmarks/ocr.py): page segmentation mode 4 at 200 dpi, since mode 3, the
usual default, drops whole Korean lines; and one language, as the page's script has it, since the Korean and the
English model together take half as long again and read Korean worse. What is doubtful is read again with the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from corpus.folding import CANONICAL_VERSION
from corpus.model import Box, Page, Reason
from ingest import doubted
from ingest.formats import FORMATS, FormatError, images
from ingest.formats.pdf_unread import holds_centre, unread_pictures
from ingest.ocr_embedded import EDGE, framed, on_page, shown, sized
from ingest.ocr_engine import DPI, Engine
from ingest.ocr_models import LANGUAGES, available, folder
from ingest.ocr_models import fingerprint as fingerprint_of
from ingest.ocr_pages import page_of, with_pictures, without_pictures
from ingest.ocr_picture import Sheet, ink_of, is_sideways, levelled, samples, turned
from ingest.ocr_second import OWN, better
from ingest.ocr_words import Line, confidence_of, letters_of, words_of
from ingest.render import grey_picture

PDF = "application/pdf"
_PICTURES = {media_type: each.pictures for media_type, each in FORMATS.items() if each.pictures is not None}
MEDIA_TYPES = (PDF, *images.MEDIA_TYPES, *_PICTURES)
NOT_DECODED = (
    "Pictures there cannot be decoded (drawings in WMF or EMF, damaged or deleted ones, files in the file); open the "
    "original to see what they say."
)

_READER = "1"  # to be raised with every change of what is read
_SETTINGS = f"reader {_READER}, psm 4, {DPI} dpi, canonical {CANONICAL_VERSION}"

_SURE = 75.0  # confidence of a sample that decides how to read a page: in the wrong script it is 15 to 55
_IN_DOUBT = 60.0  # confidence below which a page is read in the other language too
_BETTER, _TURNED = 15.0, 60.0  # more than upright, and in all, that a sample must have for a page to be turned
_ENOUGH_IN_SAMPLE = 4  # letters of the language's own script: figures are read in either
_NOTHING = 40.0  # confidence below which nothing is taken for read: a photograph, handwriting
_NOTHING_IN_PICTURE = _SCATTERED = 60.0  # the same for a picture on a page, and for words here and there
_LEAST_LETTERS, _ENOUGH_LETTERS = 2, 20


def fingerprint(models: Path | None) -> str:
    """Return the name of what would be read now; it changes with Tesseract, its models, and the way they are used."""
    return fingerprint_of(models, _SETTINGS)


def read(path: Path, media_type: str, page: Page, models: Path | None, passwords: Sequence[str] = ()) -> Page:
    """Recognise what is not yet read of a page, with the first of the passwords that opens its file.

    A page of which nothing is unread comes back as it is, unless its text layer is garbage (`doubted`).

    Raises:
        FormatError: the file cannot be opened or drawn, or Tesseract is not there.
    """
    work = _WORK.get(page.reason, recognise)
    tries = (None, *passwords)
    for left, password in zip(range(len(tries) - 1, -1, -1), tries, strict=True):
        try:
            return work(path, media_type, page, models, password)
        except FormatError as error:
            if error.reason is not Reason.ENCRYPTED or not left:
                raise
    raise AssertionError("one of the passwords was the last")


def recognise(path: Path, media_type: str, page: Page, models: Path | None, password: str | None = None) -> Page:
    """Return a page with the text of its picture; what else is known of the page stays. `models` as in `available`.

    Raises:
        FormatError: as `read`.
    """
    reader = _Reader(_models(models))
    picture = _picture(path, media_type, page, password)
    lines = reader.lines(picture)
    return page_of(page, _placed([] if _is_nothing(lines) else lines, page, picture.size), fingerprint(models))


def recognise_pictures(
    path: Path, media_type: str, page: Page, models: Path | None, password: str | None = None
) -> Page:
    """Return a page of text with what its unread pictures say after it.

    Raises:
        FormatError: as `read`; or none of the pictures can be decoded.
    """
    if media_type != PDF:
        return _recognise_embedded(path, media_type, page, models, password)
    reader = _Reader(_models(models))
    own = [word.box for word in page.words]
    drawn = turned(_picture(path, media_type, page, password), -page.rotation % 360)
    upright = replace(page, rotation=0)
    found = []
    for region in unread_pictures(path, page.number, password, own):
        crop, corner = _cut(drawn, region, drawn.width / (page.width or 1.0))
        read = reader.lines(turned(crop, page.rotation), page.rotation)
        found.append(_beside(_placed([_moved(line, corner) for line in read], upright, drawn.size), own))
    return with_pictures(page, list(filter(_says_something, found)), fingerprint(models))


def _recognise_embedded(path: Path, media_type: str, page: Page, models: Path | None, password: str | None) -> Page:
    reader = _Reader(_models(models))
    found: list[list[Line]] = []
    lost = 0
    for picture in _PICTURES[media_type](path, page.number, password):
        image = shown(picture)
        if image is None:
            lost += 1
        elif _says_something(lines := on_page(reader.lines(image), picture.box, image.size)):
            found.append(lines)
    if lost and not found:
        raise FormatError(Reason.UNREAD_PICTURES, NOT_DECODED)
    return with_pictures(without_pictures(page), found, fingerprint(models), all_read=not lost)


def _says_something(lines: Sequence[Line]) -> bool:
    return letters_of(lines) >= _LEAST_LETTERS and confidence_of(lines) >= _NOTHING_IN_PICTURE


def shows_hangul(path: Path, media_type: str, page: Page, models: Path | None, password: str | None = None) -> bool:
    """Whether some lines of a page's picture are Korean for sure: a text layer without any Hangul is then garbage.

    It takes about an eighth of the time of `recognise`. Raises as that does.
    """
    found = _Reader(_models(models)).looked_at(_picture(path, media_type, page, password))
    return found.language == "kor" and found.confidence >= _SURE


def recognise_instead(
    path: Path, media_type: str, page: Page, models: Path | None, password: str | None = None
) -> Page:
    """Return a page as recognised, if its picture is Korean for sure and its text layer says something else; or itself.

    Raises:
        FormatError: as `read`.
    """
    if not shows_hangul(path, media_type, page, models, password):
        return page
    found = recognise(path, media_type, page, models, password)
    return found if doubted.replaces(found, page) else page


_WORK = {Reason.UNREAD_PICTURES: recognise_pictures, Reason.NONE: recognise_instead}


@dataclass(frozen=True, slots=True)
class _Look:
    """A picture made level, and the language that a sample of it was read in best."""

    sheet: Sheet
    language: str
    confidence: float


class _Reader:
    """Reads pictures with the models of one folder."""

    def __init__(self, models: Path) -> None:
        self._engine = Engine(models)

    def lines(self, picture: Image.Image, turn: int = 0) -> list[Line]:
        """Return the lines of a grey picture, boxes in pixels of it; or, if it was turned by `turn`, of it before."""
        look = self.looked_at(picture)
        image, sheet = look.sheet.image, replace(look.sheet, turn=(look.sheet.turn + turn) % 360)
        lines = self._read(image, look.language, "SINGLE_COLUMN")
        if _is_nothing(lines):  # words about a drawing stand in no column
            lines = [line for line in self._read(image, look.language, "SPARSE_TEXT") if _is_sure([line], _SCATTERED)]
        return [[replace(word, box=sheet.on_page(word.box)) for word in line] for line in lines]

    def looked_at(self, picture: Image.Image) -> _Look:
        """Find out which way up a picture is and in which script, from samples of its lines."""
        best: _Look | None = None
        for base in (90, 0) if is_sideways(ink_of(picture)) else (0, 90):
            if base == 90 and best and best.confidence >= _TURNED:
                break
            level = levelled(turned(picture, base), base)
            parts = samples(level.image)
            for flip in (0, 180):
                language, confidence = self._language([turned(part, flip) for part in parts])
                sheet = Sheet(turned(level.image, flip), base + flip, level.skew)
                least = best.confidence if best else -1.0
                if confidence > (max(_TURNED, least + _BETTER) if base + flip else least):
                    best = _Look(sheet, language, confidence)
                if confidence >= _TURNED:
                    break
        return best or _Look(levelled(picture, 0), LANGUAGES[0], 0.0)

    def _language(self, parts: Sequence[Image.Image]) -> tuple[str, float]:
        """Return the language that stretches of lines are read in best, and with which confidence.

        The first stretch that is read well decides: most often the first.
        """
        found: dict[str, list[Line]] = {language: [] for language in LANGUAGES}
        for part in parts:
            for language in LANGUAGES:
                lines = words_of(self._engine.pieces(part, language, "SINGLE_BLOCK", invert=False))
                if _own_letters(lines, language) >= _ENOUGH_IN_SAMPLE and _is_sure(lines, _SURE):
                    return language, confidence_of(lines)
                found[language] += lines
        language = max(LANGUAGES, key=lambda each: _weight(found[each]))
        enough = letters_of(found[language]) >= _ENOUGH_IN_SAMPLE
        return language, confidence_of(found[language]) if enough else 0.0

    def _read(self, image: Image.Image, language: str, mode: str) -> list[Line]:
        """Read a picture in a language, or the other one if that fits it better; and what is doubtful in the other."""
        found = self._engine.pieces(image, language, mode)
        if not _is_sure(words_of(found), _IN_DOUBT):
            again = self._engine.pieces(image, _other(language), mode)
            if _weight(words_of(again)) > _weight(words_of(found)):
                language, found = _other(language), again
        return words_of(better(found, language, self._engine.again(image, _other(language))))


def _own_letters(lines: Sequence[Line], language: str) -> int:
    return sum(len(OWN[language].findall(word.text)) for line in lines for word in line)


def _weight(lines: Sequence[Line]) -> float:
    return confidence_of(lines) * min(_ENOUGH_LETTERS, letters_of(lines))


def _is_sure(lines: Sequence[Line], least: float) -> bool:
    return confidence_of(lines) >= least


def _is_nothing(lines: Sequence[Line]) -> bool:
    return letters_of(lines) < _LEAST_LETTERS or confidence_of(lines) < _NOTHING


def _other(language: str) -> str:
    return LANGUAGES[1 - LANGUAGES.index(language)]


def _models(models: Path | None) -> Path:
    missing = available(models)
    place = folder(models)
    if missing or place is None:
        raise FormatError(Reason.NEEDS_OCR, missing or "OCR needs its language models in one folder (docs/ocr.md).")
    return place


def _picture(path: Path, media_type: str, page: Page, password: str | None) -> Image.Image:
    """Draw a page in grey as a reader sees it, at 200 dpi."""
    if media_type == PDF:
        return grey_picture(path, page.number, DPI / 72, password)
    image: Image.Image
    image, dpi = images.picture_of(path, page.number)
    return sized(image, dpi)


def _placed(lines: Sequence[Line], page: Page, size: tuple[int, int]) -> list[Line]:
    """Return lines of a picture of a page as a reader sees it, boxes in points of the page, its rotation undone."""
    sheet = Sheet(Image.new("1", size), page.rotation, 0.0)
    across = page.width / ((size[1] if page.rotation in (90, 270) else size[0]) or 1)
    down = page.height / ((size[0] if page.rotation in (90, 270) else size[1]) or 1)

    def place(box: Box) -> Box:
        x0, top, x1, bottom = sheet.on_page(box)
        return x0 * across, top * down, x1 * across, bottom * down

    return [[replace(word, box=place(word.box)) for word in line] for line in lines]


def _cut(drawn: Image.Image, region: Box, scale: float) -> tuple[Image.Image, tuple[float, float]]:
    """Cut a region (points) out of a picture, with white around it; return it and its corner there, in pixels."""
    left, top, right, bottom = (round(edge * scale) for edge in region)
    cut = drawn.crop((left, top, max(left + 1, right), max(top + 1, bottom)))
    return framed(cut), (left - EDGE, top - EDGE)


def _moved(line: Line, corner: tuple[float, float]) -> Line:
    x, y = corner
    return [replace(word, box=(word.box[0] + x, word.box[1] + y, word.box[2] + x, word.box[3] + y)) for word in line]


def _beside(lines: Sequence[Line], own: Sequence[Box]) -> list[Line]:
    """Leave out words that stand where the page's text has one."""
    kept: Iterator[Line] = (
        [word for word in line if not any(holds_centre(box, word.box) for box in own)] for line in lines
    )
    return [line for line in kept if line]
