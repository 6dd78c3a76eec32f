"""A page being drawn together with its labels, and what is drawn on it: a letter, scans, codes, photos."""

from __future__ import annotations

import hashlib
import io
import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595.0, 842.0
NANUM = Path("/usr/share/fonts/truetype/nanum/NanumGothic.ttf")
SIZE = 12.0  # of the letters, points
Box = tuple[float, float, float, float]  # left, top, right, bottom in points from the top left

LINES = (
    "수신 국회사무처 의사국장",
    "제목 출입국 심사 자료 제출",
    "담당자 홍길동 전화 02-0000-1234",
    "계약 금액 4,500백만원 계약 상대 가나전자",
    "Contact: Hong Gildong, phone 010-1111-2222",
    "얼굴 사진 1,234건을 사업자에게 제공하였음",
    "붙임 계약서 사본 1부. 끝.",
)


@dataclass(slots=True)
class Sheet:
    """A page being drawn, and its labels. `top` in all calls is counted from the top of the page."""

    canvas: Canvas
    redactions: list[dict[str, Any]] = field(default_factory=list)
    hidden: list[dict[str, Any]] = field(default_factory=list)
    optional: list[dict[str, Any]] = field(default_factory=list)
    no: list[dict[str, Any]] = field(default_factory=list)
    note: str = ""

    def text(self, x: float, top: float, words: str, colour: float = 0.0, size: float = SIZE) -> Box:
        """Write a line whose letters stand between `top` and `top + size`; return its box."""
        self.canvas.setFillGray(colour)
        self.canvas.setFont(font(), size)
        self.canvas.drawString(x, HEIGHT - top - size * 0.88, words)
        return x, top, x + pdfmetrics.stringWidth(words, font(), size), top + size * 1.15

    def fill(self, box: Box, *rgb: float) -> None:
        """Fill a rectangle."""
        self.canvas.setFillColorRGB(*(rgb or (0.0, 0.0, 0.0)))
        self.canvas.rect(box[0], HEIGHT - box[3], box[2] - box[0], box[3] - box[1], stroke=0, fill=1)

    def picture(self, box: Box, image: Image.Image) -> None:
        """Draw a picture into a box."""
        place = (box[0], HEIGHT - box[3], box[2] - box[0], box[3] - box[1])
        self.canvas.drawImage(ImageReader(image), *place, mask="auto")

    def masked(self, box: Box, made: str, colour: str = "black", hidden: str = "", **more: str) -> None:
        """Label a redaction; `hidden` is the text under it."""
        self.redactions.append(label(box, made, colour, hidden) | more)

    def never(self, box: Box, what: str) -> None:
        """Label what must not be called a redaction."""
        self.no.append({"box": rounded(box), "what": what})


def label(box: Box, made: str, colour: str, hidden: str) -> dict[str, Any]:
    """Return the label of a redaction as README.md describes it."""
    found: dict[str, Any] = {"box": rounded(box), "made": made, "colour": colour, "under": "text" if hidden else "none"}
    if hidden:
        squashed = "".join(hidden.split())
        found |= {"words": len(hidden.split()), "characters": len(squashed), "quote": " ".join(hidden.split()[:3])}
        found["sha256"] = hashlib.sha256(squashed.encode()).hexdigest()
    return found


def rounded(box: Box) -> list[float]:
    """Return a box as it is written down."""
    return [round(value, 1) for value in box]


def font() -> str:
    """Return a Korean font: embedded where there is one, else one that the viewer must have."""
    name = "Korean" if NANUM.exists() else "HYSMyeongJo-Medium"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(NANUM)) if NANUM.exists() else UnicodeCIDFont(name))
    return name


def letter(sheet: Sheet, hide: str = "", at: int = 3) -> Box:
    """Write the letter; return the box of the words `hide` in line `at`, a little larger."""
    found: Box = (0, 0, 0, 0)
    for row, line in enumerate(LINES):
        top = 100 + row * 26.0
        sheet.text(72, top, line)
        if hide and row == at:
            start = 72 + pdfmetrics.stringWidth(line[: line.index(hide)], font(), SIZE)
            found = (start - 1, top - 1, start + pdfmetrics.stringWidth(hide, font(), SIZE) + 1, top + SIZE * 1.15 + 1)
    return found


def gone(sheet: Sheet, at: int, hide: str) -> Box:
    """Write the letter without the words `hide` in line `at`: a gap is left; return its box."""
    found: Box = (0, 0, 0, 0)
    for row, line in enumerate(LINES):
        top = 100 + row * 26.0
        before, cut, after = line.partition(hide) if row == at else (line, "", "")
        right = sheet.text(72, top, before)[2] if before else 72.0
        if cut:
            wide = pdfmetrics.stringWidth(cut, font(), SIZE)
            found = (right - 1, top - 1, right + wide + 1, top + SIZE * 1.15 + 1)
            sheet.text(right + wide, top, after)
    return found


def annotate(sheet: Sheet, box: Box, kind: str, **entries: Any) -> None:
    """Put an annotation over a box; viewers draw it from its entries."""
    low, high = HEIGHT - box[3], HEIGHT - box[1]
    corners = [box[0], high, box[2], high, box[0], low, box[2], low]
    facts = {
        "Type": pdfdoc.PDFName("Annot"),
        "Subtype": pdfdoc.PDFName(kind),
        "Rect": pdfdoc.PDFArray([box[0], low, box[2], high]),
        "QuadPoints": pdfdoc.PDFArray(corners),
        "F": 4,
    } | {key: pdfdoc.PDFArray(value) if isinstance(value, list) else value for key, value in entries.items()}
    sheet.canvas._addAnnotation(pdfdoc.PDFDictionary(facts))


def scan(draw: Callable[[Sheet], None], degrees: float, seed: int) -> Image.Image:
    """Return a page as a scanner would give it at 150 dpi: grey, noisy, askew."""
    page, _ = drawn(draw)
    image = pypdfium2.PdfDocument(page)[0].render(scale=150 / 72, grayscale=True).to_pil()
    image = image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    noise = np.random.default_rng(seed).normal(0, 9, (image.height, image.width))
    return Image.fromarray(np.clip(np.asarray(image) * 0.93 + 8 + noise, 0, 255).astype(np.uint8))


def drawn(draw: Callable[[Sheet], None], rotate: int = 0) -> tuple[bytes, Sheet]:
    """Return a PDF of one page and the sheet with its labels."""
    buffer = io.BytesIO()
    # reportlab exchanges width and height of the media box when it turns a page.
    canvas = Canvas(buffer, pagesize=(HEIGHT, WIDTH) if rotate else (WIDTH, HEIGHT), invariant=True)
    sheet = Sheet(canvas)
    if rotate:
        canvas.setPageRotation(rotate)
    draw(sheet)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue(), sheet


def scanned(draw: Callable[[Sheet], None], degrees: float = 0.0, seed: int = 1) -> Callable[[Sheet], None]:
    """Return a drawing of the scan of a drawing, with its labels."""

    def over(sheet: Sheet) -> None:
        _, source = drawn(draw)
        sheet.picture((0, 0, WIDTH, HEIGHT), scan(draw, degrees, seed))
        for mine, theirs in ((sheet.redactions, source.redactions), (sheet.no, source.no)):
            mine += [labelled | {"box": rounded(turned(labelled["box"], degrees))} for labelled in theirs]
        sheet.note = f"scan at 150 dpi, noise, {degrees} degrees askew" + (f"; {source.note}" if source.note else "")

    return over


def photo(seed: int, size: int = 240, dark: int = 70) -> Image.Image:
    """Return something like a dark photograph: soft blots."""
    coarse = np.random.default_rng(seed).integers(0, dark, (12, 12, 3)).astype(np.uint8)
    return Image.fromarray(coarse).resize((size, size), Image.Resampling.BICUBIC)


def code(seed: int, bars: bool) -> Image.Image:
    """Return what looks like a QR code, or a bar code."""
    dice = random.Random(seed)
    image = Image.new("L", (58, 58), 255)
    pen = ImageDraw.Draw(image)
    for x in range(2, 27):
        for y in range(2, 27):
            if dice.random() < 0.5:
                pen.rectangle((x * 2, 0 if bars else y * 2, x * 2 + 1, 57 if bars else y * 2 + 1), fill=0)
    for x, y in [] if bars else [(2, 2), (20, 2), (2, 20)]:
        pen.rectangle((x * 2, y * 2, x * 2 + 13, y * 2 + 13), fill=0)
        pen.rectangle((x * 2 + 2, y * 2 + 2, x * 2 + 11, y * 2 + 11), fill=255)
        pen.rectangle((x * 2 + 4, y * 2 + 4, x * 2 + 9, y * 2 + 9), fill=0)
    return image


def turned(box: Box, degrees: float) -> Box:
    """Return the box around a box after the page was turned about its middle, counter-clockwise."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    corners = [(x - WIDTH / 2, y - HEIGHT / 2) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs = [WIDTH / 2 + cosine * x + sine * y for x, y in corners]
    ys = [HEIGHT / 2 - sine * x + cosine * y for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
