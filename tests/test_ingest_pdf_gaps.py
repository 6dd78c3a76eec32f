"""Characters that one drawing operator puts far apart: cells of a row, which pdfium reads as one word."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus.glyphs import text_digest, unpack
from corpus.model import Page
from ingest.formats import pdf
from ingest.glyphs import glyphs
from tests import pdfs

SHARED = Path(__file__).parents[2] / "shared" / "data" / "pdf"
KOREAN = pdfs.korean()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "paper.pdf"


def spaced(text: str, space: float, *, font: str = "Helvetica", top: float = 100, x: float = 50) -> pdfs.Draw:
    """Draw a text of 10 points with so many points between its characters, by one operator."""

    def draw(canvas: Canvas) -> None:
        drawn = canvas.beginText(x, pdfs.PAGE[1] - top)
        drawn.setFont(font, 10)
        drawn.setCharSpace(space)
        drawn.textOut(text)
        canvas.drawText(drawn)

    return draw


def sideways(*draws: pdfs.Draw) -> pdfs.Draw:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(0, 50)
        canvas.rotate(90)
        canvas.translate(0, -pdfs.PAGE[1])
        pdfs.all_of(*draws)(canvas)
        canvas.restoreState()

    return draw


def read(path: Path, *draws: pdfs.Draw) -> Page:
    (page,) = pdf.read(pdfs.make(path, pdfs.all_of(*draws)), 1, 1)
    return page


@pytest.mark.parametrize("space", [6, 8, 12, 24, 60])
@pytest.mark.parametrize(("cells", "expected"), [("30", "3 0"), ("3001", "3 0 0 1")])
def test_figures_of_neighbouring_cells_are_not_joined(path: Path, cells: str, expected: str, space: float) -> None:
    page = read(path, spaced(cells, space))
    assert page.text == expected
    assert [page.text[word.start : word.end] for word in page.words] == expected.split()
    boxes = [word.box for word in page.words]
    assert all(left[2] + 5 < right[0] for left, right in pairwise(boxes))


@pytest.mark.parametrize(
    ("cells", "space", "expected"),
    [
        ("YN", 30, "Y N"),
        ("----", 40, "- - - -"),
        ("3%", 30, "3 %"),
        ("5명", 30, "5 명"),
    ],
)
def test_cells_of_signs_and_letters_are_not_joined(path: Path, cells: str, space: float, expected: str) -> None:
    assert read(path, spaced(cells, space, font=KOREAN)).text == expected


@pytest.mark.parametrize(
    ("text", "space"),
    [
        ("2026", 4),
        ("1,234,567", 2),
        ("REPORT", 6),
        ("추진계획", 10),
        ("합계", 80),
        ("2026년", 4),
        ("........", 9),
    ],
)
def test_letter_spacing_stays(path: Path, text: str, space: float) -> None:
    assert read(path, spaced(text, space, font=KOREAN)).text == text


def test_text_running_up_the_page(path: Path) -> None:
    assert read(path, sideways(spaced("30", 30), spaced("2026", 3, top=130))).text.split("\n") == ["3 0", "2026"]


@pytest.mark.parametrize("gap", [3, 6, 20, 100])
@pytest.mark.parametrize("pitch", [12, 20])
@pytest.mark.parametrize("by_row", [True, False])
def test_columns_drawn_apart(path: Path, gap: float, pitch: float, by_row: bool) -> None:
    """At 3 points, a quarter of the type's size, and more."""
    rows = (("3", "0"), ("12", "7"), ("1,234", "5"))

    def draw(canvas: Canvas) -> None:
        left = [(200 - canvas.stringWidth(row[0]), at, row[0]) for at, row in enumerate(rows)]
        right = [(200 + gap, at, row[1]) for at, row in enumerate(rows)]
        for x, at, text in sorted(left + right, key=lambda each: each[1]) if by_row else left + right:
            canvas.drawString(x, 500 - pitch * at, text)

    assert sorted(read(path, draw).text.split()) == ["0", "1,234", "12", "3", "5", "7"]


@pytest.mark.parametrize("pitch", [10, 12, 15, 20, 40])
def test_digits_one_below_the_other_are_no_figure(path: Path, pitch: float) -> None:
    page = read(path, *(pdfs.lines(each, top=100 + pitch * at) for at, each in enumerate("0755")))
    assert page.text == "0\n7\n5\n5"
    assert len(list(page.words)) == 4


def test_vertical_writing_stays(path: Path) -> None:
    text = read(path, *(pdfs.lines(each, top=100 + 20 * at, font=KOREAN) for at, each in enumerate("추진계획"))).text
    assert "".join(text.split()) == "추진계획"


def test_superscripts_stay(path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(50, 500, "10")
        canvas.setFont("Helvetica", 6)
        canvas.drawString(61.5, 504, "6")

    assert read(path, draw).text == "106"


def test_a_blank_put_in_has_no_place_on_the_page(path: Path) -> None:
    page = read(path, spaced("30", 30))
    boxes = unpack(glyphs(path, 1, text_digest(page.text)), len(page.text), page.width, page.height)
    assert len(boxes) == 3
    assert boxes[0, 2] < boxes[2, 0]
    assert boxes[1, 0] == boxes[1, 2]


def test_figures_apart_under_a_box_are_withheld(path: Path) -> None:
    page = read(path, spaced("3001", 20), spaced("open 5", 0, top=140), pdfs.box(45, 85, 150, 105))
    assert page.text == "3 0 0 1\nopen 5"
    assert "".join(page.visible.split()).endswith("open5")
    assert not {"3", "0", "1"} & set(page.visible)


@pytest.mark.skipif(not SHARED.exists(), reason="the papers are not here")
def test_cells_of_a_real_table() -> None:
    (page,) = pdf.read(SHARED / "plumber" / "background-checks.pdf", 1, 1)
    lines = page.text.splitlines()
    widths = {name: len(line.split()) for line in lines for name in ("Guam", "Hawaii", "Kentucky") if name in line}
    assert widths["Guam"] == widths["Hawaii"] == widths["Kentucky"]
