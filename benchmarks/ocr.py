"""Does OCR read a bad scan as well as Tesseract by itself reads a clean page, and as quickly?

    .venv/bin/python -m benchmarks.ocr ../shared/data [--pages 20] [--seed 2026]

1. Pages of text PDFs (pdf/korean, and English ones of pdf/plumber) are drawn at 200 dpi. Bare tesserocr, page
   segmentation mode 4, with the right language given, reads the clean picture. Ours reads a PDF that holds the same
   picture turned by 1 degree, a little blurred, on grey paper, with noise (sigma 15 of 255) and specks (1 pixel in a
   thousand), as a JPEG. Both draw their page from a PDF, both are timed with it, in CPU seconds, models loaded before.
   Counted are the words of two letters or more of the text layer, as often as they stand there.
2. What is read of each file of scanned/.

Left out are pages on which bare tesserocr finds less than half of the words: mirrored ones, and such whose text layer
is not what they show.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

from corpus.errors import FileFailure
from corpus.model import Page, Reason, State
from ingest import ocr
from ingest.formats import pdf
from ingest.ocr_models import folder, tesseract

DPI = 200
LEAST_WORDS = 60
_MODELS = folder(None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a file, its number from 1."""

    path: Path
    number: int


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w\w+", text))


def common(one: Counter[str], other: Counter[str]) -> int:
    return (one & other).total()


def candidates(folder_: Path, hangul: bool) -> list[Sheet]:
    """Return the pages of a folder with enough words of a script, by their text layer."""
    found = []
    for path in sorted(folder_.glob("*.pdf")):
        try:
            count = pdf.outline(path).pages
        except FileFailure:
            continue
        for page in pdf.read(path, 1, count):
            letters = len(re.findall("[A-Za-z가-힣]", page.text))
            share = len(re.findall("[가-힣]", page.text)) / (letters or 1)
            enough = page.state is not State.NOT_SEARCHABLE and words(page.text).total() >= LEAST_WORDS
            if enough and (share > 0.5) == hangul:
                found.append(Sheet(path, page.number))
    return found


def drawn(sheet: Sheet) -> Image.Image:
    document = pypdfium2.PdfDocument(sheet.path)
    image: Image.Image = document[sheet.number - 1].render(scale=DPI / 72, grayscale=True).to_pil()
    document.close()
    return image.convert("L")


def as_pdf(image: Image.Image, path: Path, quality: int) -> Page:
    """Write a picture as a page of its own; return the page as the reader of PDFs gives it."""
    jpeg = BytesIO()
    image.save(jpeg, "JPEG", quality=quality)
    Image.open(jpeg).save(path, "PDF", resolution=DPI, quality=quality)
    (page,) = pdf.read(path, 1, 1)
    return page


def worn(image: Image.Image, seed: int) -> Image.Image:
    """Return a picture as a tired scanner would give it, turned by 1 degree one way or the other."""
    chance = np.random.default_rng(seed)
    askew = image.rotate((-1) ** seed, Image.Resampling.BICUBIC, fillcolor=255)
    pixels = np.asarray(askew.filter(ImageFilter.GaussianBlur(0.5)), np.float32) * (245 / 255)
    pixels = pixels + chance.normal(0, 15, pixels.shape).astype(np.float32)
    specks = chance.random(pixels.shape)
    pixels[specks < 0.0005], pixels[specks > 0.9995] = 0, 255
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


class Bare:
    """tesserocr as it comes, with page segmentation mode 4."""

    def __init__(self, language: str) -> None:
        module = tesseract()
        self.api = module.PyTessBaseAPI(path=str(_MODELS), lang=language, psm=module.PSM.SINGLE_COLUMN)

    def read(self, path: Path) -> tuple[Counter[str], float]:
        start = time.process_time()
        self.api.SetImage(drawn(Sheet(path, 1)))
        self.api.SetSourceResolution(DPI)
        found = words(self.api.GetUTF8Text())
        return found, time.process_time() - start


def ours(path: Path, page: Page) -> tuple[Page, float]:
    start = time.process_time()
    read = ocr.recognise(path, ocr.PDF, page, None)
    return read, time.process_time() - start


def compare(name: str, language: str, sheets: list[Sheet], pages: int, place: Path) -> None:
    """Read pages both ways, and print each and the sums."""
    bare, truth_, bare_, ours_, seconds_bare, seconds_ours, taken = Bare(language), 0, 0, 0, 0.0, 0.0, 0
    _warm_up(bare, sheets[0], place)
    for number, sheet in enumerate(sheets):
        image, truth = drawn(sheet), words(pdf.read(sheet.path, sheet.number, sheet.number)[0].text)
        clean, dirty = place / "clean.pdf", place / "dirty.pdf"
        as_pdf(image, clean, 95)
        page = as_pdf(worn(image, number), dirty, 80)
        found, seconds = bare.read(clean)
        if common(truth, found) < truth.total() / 2:
            print(f"  left out: {sheet.path.name} p. {sheet.number}: {common(truth, found)} of {truth.total()}")
            continue
        read, seconds_too = ours(dirty, page)
        both = common(truth, found), common(truth, words(read.text))
        print(f"  {sheet.path.name} p. {sheet.number}: {both[0]} / {both[1]} of {truth.total()}, "
              f"{seconds:.2f} / {seconds_too:.2f} s, confidence {read.confidence}", flush=True)  # fmt: skip
        truth_, bare_, ours_ = truth_ + truth.total(), bare_ + both[0], ours_ + both[1]
        seconds_bare, seconds_ours, taken = seconds_bare + seconds, seconds_ours + seconds_too, taken + 1
        if taken == pages:
            break
    print(f"{name}: {taken} pages, {truth_} words; bare on clean {bare_}, ours on worn {ours_}: {ours_ / bare_:.2%}; "
          f"{seconds_bare:.1f} s and {seconds_ours:.1f} s: {seconds_ours / seconds_bare:.2f} times")  # fmt: skip


def _warm_up(bare: Bare, sheet: Sheet, place: Path) -> None:
    path = place / "warm.pdf"
    page = as_pdf(drawn(sheet).crop((0, 0, 800, 400)), path, 80)
    bare.read(path)
    ours(path, page)


def scanned(folder_: Path) -> Iterator[str]:
    """Yield a line for each page of real scans: what it was listed as, and what was read."""
    for path in sorted(folder_.glob("*.pdf")):
        for page in pdf.read(path, 1, 50):
            name, start = f"{path.name} p. {page.number}", time.process_time()
            if page.reason not in (Reason.NEEDS_OCR, Reason.UNREAD_PICTURES):
                yield f"{name}: {page.state}, nothing to recognise"
                continue
            read = ocr.read(path, ocr.PDF, page, None)
            added = read.text[len(page.text) if page.reason is Reason.UNREAD_PICTURES else 0 :]
            yield (
                f"{name}: {page.reason} -> {read.state} {read.reason}".rstrip()
                + f"; {len(added.split())} words, confidence {read.confidence}, {time.process_time() - start:.1f} s: "
                + " | ".join(added.split("\n"))[:160]
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--no-scans", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        for name, language, sub in (("Korean", "kor", "korean"), ("English", "eng", "plumber")):
            sheets = candidates(given.data / "pdf" / sub, language == "kor")
            random.Random(given.seed).shuffle(sheets)
            compare(name, language, sheets, given.pages, Path(place))
    if not given.no_scans:
        for line in scanned(given.data / "scanned"):
            print(line)


if __name__ == "__main__":
    main()
