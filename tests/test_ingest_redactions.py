"""Redactions of PDF pages: what is one, what is none, and what is still there under them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageDraw
from reportlab.lib.colors import Color, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from corpus.model import Page, Reason, Redaction, State
from ingest.formats import pdf
from ingest.formats.pdf_bars import is_code, is_label
from ingest.redactions import painted_in
from tests import pdfs
from tests.pdfs import PAGE, Draw, all_of, annotation, blank, box, lines, make, picture

GAP = (88.0, 87.0, 170.0, 104.0)  # after "Name:" of BEFORE, over "Hong Gildong," of TEXT
TEXT = lines("Name: Hong Gildong, born 1970", "and lives in Seoul", "since the year 1999")
BEFORE = all_of(lines("Name:"), lines("born 1970", x=174), lines("and lives in Seoul", "since the year 1999", top=120))
BLACK, YELLOW = pdfdoc.PDFArray([0, 0, 0]), pdfdoc.PDFArray([1, 1, 0])
CORNERS = pdfdoc.PDFArray([88, 513, 170, 513, 88, 496, 170, 496])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file.pdf"


def read(path: Path, *draws: Draw) -> Page:
    (page,) = pdf.read(make(path, all_of(*draws)), 1, 1, None, "sha256")
    return page


def covered(page: Page) -> list[str]:
    return [page.text[each.start : each.end] for each in page.withheld]


def polygon(canvas: Canvas) -> None:
    shape = canvas.beginPath()
    shape.moveTo(GAP[0], 496)
    for point in ((GAP[2], 496), (GAP[2] + 1, 504), (GAP[2], 513), (GAP[0], 513)):
        shape.lineTo(*point)
    shape.close()
    canvas.drawPath(shape, fill=1, stroke=0)


def thick_line(canvas: Canvas) -> None:
    canvas.setLineWidth(GAP[3] - GAP[1])
    middle = PAGE[1] - (GAP[1] + GAP[3]) / 2
    canvas.line(GAP[0], middle, GAP[2], middle)


def mosaic(canvas: Canvas) -> None:
    pixels = np.random.default_rng(1).integers(60, 220, (4, 20)).astype(np.uint8)
    image = ImageReader(Image.fromarray(pixels))
    canvas.drawImage(image, GAP[0], PAGE[1] - GAP[3], GAP[2] - GAP[0], GAP[3] - GAP[1])


MADE = [
    pytest.param(box(*GAP), "filled rectangle", id="black box"),
    pytest.param(polygon, "filled curve", id="polygon"),
    pytest.param(thick_line, "line", id="thick line"),
    pytest.param(picture(*GAP), "image", id="image"),
    pytest.param(annotation("Square", *GAP, C=BLACK, IC=BLACK), "annotation", id="square annotation"),
    pytest.param(annotation("Redact", *GAP), "unapplied annotation", id="redaction not applied"),
]


@pytest.mark.parametrize(("cover", "made"), MADE)
def test_what_is_put_over_words_is_a_bad_redaction(path: Path, cover: Draw, made: str) -> None:
    page = read(path, TEXT, cover)
    (found,) = page.redactions
    assert (found.made, found.bad) == (made, True)
    assert found.box == pytest.approx(GAP, abs=1.5)
    assert covered(page) == ["Hong Gildong,"]
    assert "Hong" not in page.visible
    assert (page.state, page.reason) == (State.IN_PART, Reason.WITHHELD)


@pytest.mark.parametrize(("cover", "made"), MADE)
def test_what_stands_in_a_gap_is_a_redaction(path: Path, cover: Draw, made: str) -> None:
    page = read(path, BEFORE, cover)
    (found,) = page.redactions
    assert (found.made, found.bad) == (made, False)
    assert found.box == pytest.approx(GAP, abs=1.5)
    assert page.withheld == ()


@pytest.mark.parametrize(
    "cover",
    [
        pytest.param(box(*GAP, color=white), id="white box"),
        pytest.param(mosaic, id="mosaic"),
        pytest.param(annotation("Highlight", *GAP, C=BLACK, QuadPoints=CORNERS), id="black highlighter"),
    ],
)
def test_words_are_hidden_in_other_ways_too(path: Path, cover: Draw) -> None:
    page = read(path, TEXT, cover)
    assert [each.bad for each in page.redactions] == [True]
    assert covered(page) == ["Hong Gildong,"]


def two_boxes(canvas: Canvas) -> None:
    shape = canvas.beginPath()
    shape.rect(GAP[0], PAGE[1] - GAP[3], GAP[2] - GAP[0], GAP[3] - GAP[1])
    shape.rect(50, 300, 120, 16)
    canvas.drawPath(shape, fill=1, stroke=0)


def test_a_path_of_two_boxes_is_two_redactions(path: Path) -> None:
    page = read(path, TEXT, lines("some words", "", "more words", top=270), two_boxes)
    assert [(each.made, each.bad) for each in page.redactions] == [
        ("filled rectangle", True),
        ("filled rectangle", False),
    ]
    assert page.redactions[1].box == pytest.approx((50, 284, 170, 300), abs=1)


def test_a_box_in_a_form_stands_where_it_is_seen(path: Path) -> None:
    (found,) = read(path, BEFORE, pdfs.form("cover", box(44, 243.5, 85, 252), dy=-200, scale=2)).redactions
    assert found.box == pytest.approx((88, 87, 170, 104), abs=1)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_boxes_are_those_of_the_page_turned_back(path: Path, rotation: int) -> None:
    page = read(path, pdfs.turned(rotation, all_of(TEXT, box(*GAP))))
    (found,) = page.redactions
    assert found.box == pytest.approx(GAP, abs=1)
    assert covered(page) == ["Hong Gildong,"]


def written(text: str, color: Color, x: float = 92) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(color)
        canvas.drawString(x, PAGE[1] - 100, text)
        canvas.setFillColor(Color(0, 0, 0))

    return draw


def test_words_in_the_colour_of_their_box_are_hidden(path: Path) -> None:
    page = read(path, BEFORE, box(*GAP), written("Gildong", Color(0, 0, 0)))
    assert [each.bad for each in page.redactions] == [True]
    assert covered(page) == ["Gildong"]


@pytest.mark.parametrize("color", [white, Color(0, 0, 0)])
def test_a_label_says_why_and_not_what(path: Path, color: Color) -> None:
    page = read(path, BEFORE, box(*GAP), written("(b)(6)", color))
    assert [each.bad for each in page.redactions] == [False]
    assert page.withheld == ()


def test_a_frame_with_a_code_is_a_redaction(path: Path) -> None:
    (found,) = read(path, BEFORE, box(*GAP, color=white, stroke=1), written("(b)(6)", Color(0, 0, 0))).redactions
    assert found.box == pytest.approx(GAP, abs=1)


def test_white_words_on_bare_paper_are_hidden(path: Path) -> None:
    page = read(path, lines("what is to be seen"), written("what is not", white, x=200))
    assert covered(page) == ["what is not"]
    assert page.redactions == ()


def stamp(canvas: Canvas) -> None:
    canvas.setStrokeColorRGB(0.8, 0.1, 0.1)
    canvas.setLineWidth(4)
    canvas.circle(130, 500, 25)


def dark_photo(canvas: Canvas) -> None:
    pixels = np.random.default_rng(2).integers(0, 70, (9, 9)).astype(np.uint8)
    canvas.drawImage(ImageReader(Image.fromarray(pixels).resize((90, 90), Image.Resampling.BICUBIC)), 60, 200, 80, 60)


def bars_of_a_chart(canvas: Canvas) -> None:
    for index, high in enumerate((90, 60, 30)):
        canvas.rect(100 + 40 * index, 200, 24, high, fill=1, stroke=0)


@pytest.mark.parametrize(
    "draw",
    [
        pytest.param(blank, id="nothing"),
        pytest.param(stamp, id="stamp"),
        pytest.param(dark_photo, id="dark photo"),
        pytest.param(bars_of_a_chart, id="bars of a chart"),
        pytest.param(all_of(*(box(50, 168 + 20 * row, 60, 178 + 20 * row) for row in range(3))), id="bullets"),
        pytest.param(box(50, 60, 350, 66), id="bar of a letterhead"),
        pytest.param(box(0, 0, 400, 30), id="edge of the page"),
        pytest.param(box(50, 160, 350, 180, color=Color(0.8, 0.8, 0.8)), id="shaded row"),
        pytest.param(annotation("Highlight", *GAP, C=YELLOW, QuadPoints=CORNERS), id="highlighter"),
        pytest.param(annotation("Square", *GAP, C=pdfdoc.PDFArray([1, 0, 0])), id="frame"),
        pytest.param(annotation("Link", *GAP), id="link"),
    ],
)
def test_what_is_no_redaction(path: Path, draw: Draw) -> None:
    page = read(path, TEXT, draw)
    assert page.redactions == ()
    assert page.withheld == ()


def test_a_header_is_no_redaction(path: Path) -> None:
    def header(canvas: Canvas) -> None:
        box(50, 200, 350, 220)(canvas)
        canvas.setFillColor(white)
        canvas.drawString(60, PAGE[1] - 215, "No.   Name   Office")

    page = read(path, TEXT, header)
    assert page.redactions == ()
    assert page.withheld == ()


# Scans


def scan_of(*draws: Draw, degrees: float = 0.0) -> Image.Image:
    """Return a page as a scanner gives it: grey, noisy, askew."""
    data = BytesIO()
    canvas = Canvas(data, pagesize=PAGE)
    canvas.setFont("Helvetica", 12)
    all_of(*draws)(canvas)
    canvas.showPage()
    canvas.save()
    image = pypdfium2.PdfDocument(data.getvalue())[0].render(scale=2, grayscale=True).to_pil()
    image = image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    noise = np.random.default_rng(1).normal(0, 9, (image.height, image.width))
    return Image.fromarray(np.clip(np.asarray(image) * 0.93 + 8 + noise, 0, 255).astype(np.uint8))


def scanned(image: Image.Image) -> Draw:
    return lambda canvas: canvas.drawImage(ImageReader(image), 0, 0, *PAGE)


@pytest.mark.parametrize("degrees", [0, 1, -2, 3])
def test_boxes_in_the_picture_of_a_scan(path: Path, degrees: float) -> None:
    page = read(path, scanned(scan_of(BEFORE, box(*GAP), box(50, 290, 250, 306), degrees=degrees)))
    assert [(each.made, each.bad) for each in page.redactions] == [("in the picture", False)] * 2
    angle = np.radians(degrees)
    for found, drawn in zip(page.redactions, (GAP, (50, 290, 250, 306)), strict=True):
        across, down = (drawn[0] + drawn[2]) / 2 - 200, (drawn[1] + drawn[3]) / 2 - 300
        middle = (
            200 + np.cos(angle) * across + np.sin(angle) * down,
            300 - np.sin(angle) * across + np.cos(angle) * down,
        )
        assert ((found.box[0] + found.box[2]) / 2, (found.box[1] + found.box[3]) / 2) == pytest.approx(middle, abs=2)


def test_a_layer_read_before_the_masking_is_withheld_where_it_is_masked(path: Path) -> None:
    def layer(canvas: Canvas) -> None:
        text = canvas.beginText(50, 500)
        text.setFont("Helvetica", 12)
        text.setTextRenderMode(3)
        text.textOut("Name: Hong Gildong, born 1970")
        canvas.drawText(text)

    page = read(path, scanned(scan_of(TEXT, box(*GAP))), layer)
    assert [(each.made, each.bad) for each in page.redactions] == [("in the picture", True)]
    assert covered(page) == ["Hong Gildong,"]


def test_a_box_drawn_over_a_scan(path: Path) -> None:
    for color in (Color(0, 0, 0), white):
        page = read(path, scanned(scan_of(TEXT)), box(*GAP, color=color))
        assert [(each.made, each.bad) for each in page.redactions] == [("filled rectangle", False)]


def test_lines_blacked_out_without_a_gap(path: Path) -> None:
    ends = (350, 310, 360, 200)
    blocks = [box(50, 290 + 18 * row, end, 308 + 18 * row) for row, end in enumerate(ends)]
    page = read(path, scanned(scan_of(TEXT, *blocks, degrees=0.5)))
    found: list[Redaction] = list(page.redactions)
    assert len(found) == len(ends)
    assert [each.box[2] for each in found] == pytest.approx(ends, abs=3)


def worn(canvas: Canvas) -> None:
    box(0, 0, 14, 600)(canvas)
    box(0, 0, 400, 8)(canvas)
    canvas.circle(30, 300, 9, fill=1, stroke=0)
    box(50, 250, 60, 260)(canvas)


def header_of_a_scan(canvas: Canvas) -> None:
    box(50, 300, 350, 320)(canvas)
    canvas.setFillColor(white)
    for x, word in ((60, "No."), (160, "Name"), (280, "Office")):
        canvas.drawString(x, PAGE[1] - 314, word)


@pytest.mark.parametrize("draw", [worn, header_of_a_scan, dark_photo, stamp, bars_of_a_chart])
@pytest.mark.parametrize("degrees", [0, 0.7])
def test_what_is_no_redaction_in_a_scan(path: Path, draw: Draw, degrees: float) -> None:
    assert read(path, scanned(scan_of(TEXT, draw, degrees=degrees))).redactions == ()


def test_pictures_of_nothing_and_of_a_night() -> None:
    assert painted_in(np.empty((0, 0), np.uint8), 1.5) == []
    assert painted_in(np.full((4, 4), 255, np.uint8), 1.5) == []
    assert painted_in(np.zeros((900, 600), np.uint8), 1.5) == []


def test_boxes_in_a_picture_are_in_points() -> None:
    image = Image.new("L", (600, 900), 255)
    ImageDraw.Draw(image).rectangle((150, 300, 449, 329), fill=0)
    assert painted_in(np.asarray(image), 1.5) == [pytest.approx((100, 200, 300, 220), abs=0.7)]


@pytest.mark.parametrize(
    "words", ["(b)(6)", "(b) (7)(C)", "비공개", "제9조제1항제6호", "Redacted", "개인정보 비공개", ""]
)
def test_labels(words: str) -> None:
    assert is_label(words)


@pytest.mark.parametrize("words", ["1", "Part 1", "성명", "처리 대상", "제1조", "홍길동", "Name 비공개 Office"])
def test_no_labels(words: str) -> None:
    assert not is_label(words)


def test_codes() -> None:
    assert is_code("(b)(6)")
    assert is_code("(b)(7)(C)")
    assert not is_code("비공개")
    assert not is_code("")
